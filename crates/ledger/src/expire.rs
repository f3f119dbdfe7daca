//! Holds end by themselves.

use crate::{HoldExpired, HoldId, HoldState, events, store};
use kernel::{Fault, Timer, TimerHandler, Tx};

pub(crate) const EXPIRE_HOLD: &str = "ledger.expire_hold";

/// The timers of this room.
pub const TIMERS: &[TimerHandler] = &[TimerHandler { kind: EXPIRE_HOLD, run: expire }];

/// Commit and release end a hold by the same `UPDATE .. WHERE state = 'open'`, so that exactly one of the three wins.
fn expire(tx: &mut Tx<'_>, timer: &Timer) -> Result<(), Fault> {
    let hold: HoldId = timer.key.parse().map_err(|e: kernel::IdError| Fault::data(e.to_string()))?;
    let Some(ended) = store::end_hold(tx, hold, HoldState::Expired)? else { return Ok(()) };
    store::put_back(tx, &ended.account, ended.amount)?;
    let body = HoldExpired { hold, account: ended.account, unit: ended.unit, amount: ended.amount, reason: ended.reason };
    tx.announce(events::hold_expired(&body))
}
