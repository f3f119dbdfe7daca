//! SQL of the simulated gateway.

use crate::simulator::{HostedPage, IntentState};
use crate::{Payment, PaymentId};
use kernel::{Fault, Money, ReadTx, Tx, params, sql};

pub(crate) fn insert(tx: &mut Tx<'_>, id: &str, token: &str, payment: &Payment) -> Result<(), Fault> {
    let (now, amount) = (tx.now(), payment.amount);
    tx.execute(
        sql!(
            "INSERT INTO simulated_intent (id, token, payment, currency, amount, capture_later, state, created_at)
              VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)"
        ),
        params![id, token, payment.id, amount.currency, amount.minor, payment.capture_later, IntentState::Open, now],
    )
    .map(drop)
}

pub(crate) fn token_of(tx: &ReadTx<'_>, payment: PaymentId) -> Result<Option<String>, Fault> {
    tx.query_opt(sql!("SELECT token FROM simulated_intent WHERE payment = ?1"), params![payment], |row| row.get(0))
}

pub(crate) fn page(tx: &ReadTx<'_>, token: &str) -> Result<Option<HostedPage>, Fault> {
    tx.query_opt(
        sql!("SELECT payment, currency, amount, capture_later, state FROM simulated_intent WHERE token = ?1"),
        params![token],
        |row| {
            Ok(HostedPage {
                payment: row.get(0)?,
                amount: Money::new(row.get(2)?, row.get(1)?),
                capture_later: row.get(3)?,
                state: row.get(4)?,
            })
        },
    )
}

/// False when it was in another state.
pub(crate) fn change(tx: &mut Tx<'_>, payment: PaymentId, from: IntentState, to: IntentState) -> Result<bool, Fault> {
    let statement = sql!("UPDATE simulated_intent SET state = ?3 WHERE payment = ?1 AND state = ?2");
    Ok(tx.execute(statement, params![payment, from, to])? == 1)
}
