//! What this room announces.

use crate::{AccountName, HoldId};
use kernel::Event;
use serde::{Deserialize, Serialize};

/// `ledger.hold_expired`: an amount went back by itself. Its subject is the hold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HoldExpired {
    /// The hold.
    pub hold: HoldId,
    /// Where it went back to.
    pub account: AccountName,
    /// The account's unit.
    pub unit: String,
    /// How much.
    pub amount: i64,
    /// Why it had been set aside.
    pub reason: String,
}

impl HoldExpired {
    /// The event's kind.
    pub const KIND: &'static str = "ledger.hold_expired";
}

pub(crate) fn hold_expired(body: &HoldExpired) -> Event {
    Event::new(HoldExpired::KIND, body.hold).body(body).hidden()
}
