//! What a gateway tells, in words of our own.

use crate::PaymentId;
use kernel::{Money, Timestamp};
use serde::{Deserialize, Serialize};

kernel::db_enum! {
    /// What happened to a payment.
    pub enum ProviderEventKind {
        /// The bank said yes: the money is taken, unless it was to be taken later.
        Approved = "payment.approved",
        /// The money is promised.
        Authorised = "payment.authorised",
        /// The money was taken.
        Captured = "payment.captured",
        /// An attempt was declined.
        Declined = "payment.declined",
        /// Money that was to go back did not arrive.
        RefundFailed = "refund.failed",
    }
}

/// One event; adapters make it of what they were told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProviderEvent {
    /// The gateway's name for the event; the same event keeps it however often it is sent.
    pub id: String,
    /// What happened.
    #[serde(rename = "type")]
    pub kind: ProviderEventKind,
    /// To which payment.
    pub payment: PaymentId,
    /// How much.
    pub amount: Money,
    /// Why it was declined.
    pub failure: Option<String>,
    /// The gateway's name for the money, by which it is given back; empty for none.
    #[serde(default)]
    pub reference: String,
    /// When.
    pub created: Timestamp,
}
