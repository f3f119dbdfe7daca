//! The page where the customer pays.

use super::IntentState;
use crate::PaymentId;
use crate::store::simulated;
use kernel::{Fault, Money, ReadTx};

/// What the hosted page shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HostedPage {
    /// The payment it is for; [`crate::payment`] leads on to its subject.
    pub payment: PaymentId,
    /// How much.
    pub amount: Money,
    /// True when approval only promises the money.
    pub capture_later: bool,
    /// Whether it can still be paid.
    pub state: IntentState,
}

/// The page with this token.
pub fn hosted_page(tx: &ReadTx<'_>, token: &str) -> Result<Option<HostedPage>, Fault> {
    simulated::page(tx, token)
}
