//! Pay links: an address that asks one person for one amount, once.

use crate::{PayLinkId, PaymentId};
use kernel::{Channel, Money, ProfileId, Timestamp};

kernel::db_enum! {
    /// Where a link stands. Only an open one changes.
    pub enum PayLinkState {
        /// It can be paid.
        Open = "open",
        /// It was paid.
        Paid = "paid",
        /// Its time is over.
        Expired = "expired",
        /// It was withdrawn.
        Cancelled = "cancelled",
    }
}

/// A link as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PayLink {
    /// Its id.
    pub id: PayLinkId,
    /// The secret part of its address: whoever has it may pay.
    pub token: String,
    /// What is paid for.
    pub subject: String,
    /// Who is asked.
    pub profile: ProfileId,
    /// The matter it was sent in, if any.
    pub matter: Option<String>,
    /// Where it was sent.
    pub channel: Channel,
    /// How much.
    pub amount: Money,
    /// Where it stands.
    pub state: PayLinkState,
    /// The payment, once the customer has opened the link.
    pub payment: Option<PaymentId>,
    /// When it ends by itself.
    pub expires_at: Timestamp,
    /// Since when.
    pub created_at: Timestamp,
}
