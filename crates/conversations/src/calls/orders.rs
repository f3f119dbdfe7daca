//! What the provider is asked about a call: taken in one transaction, asked in none, recorded in another.

use super::{Call, CallError, CallId, CallOrderId, CallState, Over, store};
use kernel::{Actor, Fault, ReadTx, Timestamp, Tx, params, sql};
use std::time::Duration;

/// How long an asker may take before another may try.
const LEASE: Duration = Duration::from_secs(60);
/// Nobody on a line waits longer for the provider than this many tries.
const ATTEMPTS: i64 = 5;

kernel::db_enum! {
    /// What to ask.
    pub enum CallVerb {
        /// Ring the customer.
        Place = "place",
        /// Ask us again what the customer shall hear now.
        Redirect = "redirect",
        /// Hang up.
        End = "end",
    }
}

/// Something to ask, taken by an asker.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CallOrder {
    /// Which.
    pub id: CallOrderId,
    /// What.
    pub verb: CallVerb,
    /// How often it was tried before. A call that may have been placed already is not placed again.
    pub attempts: i64,
    /// About which call.
    pub call: Call,
}

pub(super) fn order(tx: &mut Tx<'_>, call: CallId, verb: CallVerb) -> Result<(), Fault> {
    let id: CallOrderId = tx.new_id();
    let now = tx.now();
    tx.execute(sql!("INSERT INTO call_order (id, call, verb, attempts, due_at) VALUES (?1, ?2, ?3, 0, ?4)"), params![id, call, verb, now])
        .map(drop)
}

/// A line that is dead hears nothing.
pub(super) fn forget_redirects(tx: &mut Tx<'_>, call: CallId) -> Result<(), Fault> {
    tx.execute(sql!("DELETE FROM call_order WHERE call = ?1 AND verb <> 'end'"), params![call]).map(drop)
}

/// When the provider wants to be asked next.
pub fn next_call_order_due(tx: &ReadTx<'_>) -> Result<Option<Timestamp>, Fault> {
    tx.query_opt(sql!("SELECT due_at FROM call_order ORDER BY due_at, id LIMIT 1"), params![], |row| row.get(0))
}

/// Take what is due, oldest first.
pub fn take_call_orders(tx: &mut Tx<'_>, limit: i64) -> Result<Vec<CallOrder>, Fault> {
    let now = tx.now();
    let due = tx.query(
        sql!("SELECT id, call, verb, attempts FROM call_order WHERE due_at <= ?1 ORDER BY due_at, id LIMIT ?2"),
        params![now, limit],
        |row| Ok((row.get::<CallOrderId>(0)?, row.get::<CallId>(1)?, row.get::<CallVerb>(2)?, row.get::<i64>(3)?)),
    )?;
    let mut taken = Vec::new();
    for (id, call, verb, attempts) in due {
        let Some(call) = super::call(tx, call)? else {
            tx.execute(sql!("DELETE FROM call_order WHERE id = ?1"), params![id])?;
            continue;
        };
        tx.execute(sql!("UPDATE call_order SET due_at = ?2, attempts = attempts + 1 WHERE id = ?1"), params![id, now.plus(LEASE)])?;
        taken.push(CallOrder { id, verb, attempts, call });
    }
    Ok(taken)
}

/// The provider is ringing the customer, under this name.
pub fn record_call_placed(tx: &mut Tx<'_>, order: CallOrderId, id: CallId, provider_id: &str) -> Result<(), Fault> {
    drop_call_order(tx, order)?;
    tx.execute(
        sql!("UPDATE call SET provider_id = ?2 WHERE id = ?1 AND provider_id IS NULL AND ended_at IS NULL"),
        params![id, provider_id],
    )
    .map(drop)
}

/// It is done, or no longer to be done.
pub fn drop_call_order(tx: &mut Tx<'_>, order: CallOrderId) -> Result<(), Fault> {
    tx.execute(sql!("DELETE FROM call_order WHERE id = ?1"), params![order]).map(drop)
}

/// It was not taken now: try again after a while; `None`, or too many tries, gives up. A customer who cannot be rung is missed.
pub fn retry_call_order(tx: &mut Tx<'_>, order: &CallOrder, after: Option<Duration>) -> Result<(), Fault> {
    if let Some(after) = after.filter(|_| order.attempts + 1 < ATTEMPTS) {
        let due = tx.now().plus(after);
        return tx.execute(sql!("UPDATE call_order SET due_at = ?2 WHERE id = ?1"), params![order.id, due]).map(drop);
    }
    drop_call_order(tx, order.id)?;
    if order.verb != CallVerb::Place || store::find(tx, order.call.id).is_ok_and(|call| call.state != CallState::Dialling) {
        return Ok(());
    }
    super::over(tx, order.call.id, Over::Failed, &Actor::system()).or_else(|error| match error {
        CallError::Fault(fault) => Err(fault),
        _ => Ok(()),
    })
}
