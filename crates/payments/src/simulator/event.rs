//! What the gateway sends.

use crate::PaymentId;
use kernel::{Money, Timestamp};
use serde::{Deserialize, Serialize};

kernel::db_enum! {
    /// What happened to a payment.
    pub enum ProviderEventKind {
        /// The money is promised.
        Authorised = "payment.authorised",
        /// The money was taken.
        Captured = "payment.captured",
        /// An attempt was declined.
        Declined = "payment.declined",
    }
}

/// The body of a webhook.
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
    /// When.
    pub created: Timestamp,
}

/// A webhook ready to be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedEvent {
    /// The raw body.
    pub body: String,
    /// Its signature, for the header.
    pub signature: String,
}
