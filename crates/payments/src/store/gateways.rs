//! SQL of gateways, their sessions and what they are to be told.

use crate::gateway::{CallState, Gateway, GatewayCall, GatewaySession, GatewaySettings};
use crate::{GatewayCallId, GatewayId, PaymentId};
use kernel::{Fault, Money, ReadTx, Row, Timestamp, Tx, params, sql};

fn gateway_row(row: &Row<'_>) -> Result<Gateway, Fault> {
    Ok(Gateway {
        id: row.get(0)?,
        provider: row.get(1)?,
        name: row.get(2)?,
        settings: GatewaySettings(row.get(3)?),
        is_active: row.get(4)?,
    })
}

pub(crate) fn all(tx: &ReadTx<'_>) -> Result<Vec<Gateway>, Fault> {
    tx.query(sql!("SELECT id, provider, name, settings, is_active FROM payment_gateway ORDER BY id LIMIT 50"), params![], gateway_row)
}

pub(crate) fn one(tx: &ReadTx<'_>, id: GatewayId) -> Result<Option<Gateway>, Fault> {
    tx.query_opt(sql!("SELECT id, provider, name, settings, is_active FROM payment_gateway WHERE id = ?1"), params![id], gateway_row)
}

pub(crate) fn active(tx: &ReadTx<'_>) -> Result<Option<GatewayId>, Fault> {
    tx.query_opt(sql!("SELECT id FROM payment_gateway WHERE is_active = 1 ORDER BY id LIMIT 1"), params![], |row| row.get(0))
}

pub(crate) fn switch_off_all(tx: &mut Tx<'_>) -> Result<(), Fault> {
    tx.execute(sql!("UPDATE payment_gateway SET is_active = 0 WHERE is_active = 1"), params![]).map(drop)
}

pub(crate) fn save(tx: &mut Tx<'_>, gateway: &Gateway) -> Result<(), Fault> {
    let now = tx.now();
    tx.execute(
        sql!(
            "INSERT INTO payment_gateway (id, provider, name, settings, is_active, created_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
              ON CONFLICT (id) DO UPDATE SET name = excluded.name, settings = excluded.settings, is_active = excluded.is_active"
        ),
        params![gateway.id, gateway.provider, gateway.name, gateway.settings.0, gateway.is_active, now],
    )
    .map(drop)
}

fn session_row(row: &Row<'_>) -> Result<GatewaySession, Fault> {
    Ok(GatewaySession { payment: row.get(0)?, gateway: row.get(1)?, token: row.get(2)?, reference: row.get(3)?, url: row.get(4)? })
}

pub(crate) fn insert_session(tx: &mut Tx<'_>, session: &GatewaySession) -> Result<(), Fault> {
    tx.execute(
        sql!("INSERT INTO gateway_session (payment, gateway, token) VALUES (?1, ?2, ?3)"),
        params![session.payment, session.gateway, session.token],
    )
    .map(drop)
}

pub(crate) fn session(tx: &ReadTx<'_>, payment: PaymentId) -> Result<Option<GatewaySession>, Fault> {
    let statement = sql!("SELECT payment, gateway, token, reference, url FROM gateway_session WHERE payment = ?1");
    tx.query_opt(statement, params![payment], session_row)
}

pub(crate) fn session_by_token(tx: &ReadTx<'_>, token: &str) -> Result<Option<GatewaySession>, Fault> {
    let statement = sql!("SELECT payment, gateway, token, reference, url FROM gateway_session WHERE token = ?1");
    tx.query_opt(statement, params![token], session_row)
}

/// The first reference stays.
pub(crate) fn open_session(
    tx: &mut Tx<'_>,
    payment: PaymentId,
    reference: &str,
    url: Option<&str>,
    ask_at: Timestamp,
) -> Result<(), Fault> {
    tx.execute(
        sql!("UPDATE gateway_session SET reference = ?2, url = ?3, ask_at = ?4 WHERE payment = ?1 AND reference IS NULL"),
        params![payment, reference, url, ask_at],
    )
    .map(drop)
}

pub(crate) fn next_asked(tx: &ReadTx<'_>) -> Result<Option<Timestamp>, Fault> {
    let statement = sql!("SELECT ask_at FROM gateway_session WHERE ask_at IS NOT NULL ORDER BY ask_at LIMIT 1");
    tx.query_opt(statement, params![], |row| row.get(0))
}

pub(crate) fn due_sessions(tx: &ReadTx<'_>, now: Timestamp, limit: i64) -> Result<Vec<GatewaySession>, Fault> {
    tx.query(
        sql!("SELECT payment, gateway, token, reference, url FROM gateway_session WHERE ask_at <= ?1 ORDER BY ask_at LIMIT ?2"),
        params![now, limit],
        session_row,
    )
}

pub(crate) fn ask_again(tx: &mut Tx<'_>, payment: PaymentId, at: Option<Timestamp>) -> Result<(), Fault> {
    tx.execute(sql!("UPDATE gateway_session SET ask_at = ?2 WHERE payment = ?1"), params![payment, at]).map(drop)
}

fn call_row(row: &Row<'_>) -> Result<GatewayCall, Fault> {
    Ok(GatewayCall {
        id: row.get(0)?,
        gateway: row.get(1)?,
        payment: row.get(2)?,
        verb: row.get(3)?,
        amount: Money::new(row.get(5)?, row.get(4)?),
        state: row.get(6)?,
        attempts: row.get(7)?,
        was_taken: row.get(8)?,
        detail: row.get(9)?,
        created_at: row.get(10)?,
    })
}

pub(crate) fn insert_call(tx: &mut Tx<'_>, call: &GatewayCall) -> Result<(), Fault> {
    tx.execute(
        sql!(
            "INSERT INTO gateway_call (id, gateway, payment, verb, currency, amount, state, attempts, is_taken, due_at, detail, created_at)
              VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, 0, 0, ?8, '', ?8)"
        ),
        params![call.id, call.gateway, call.payment, call.verb, call.amount.currency, call.amount.minor, call.state, call.created_at],
    )
    .map(drop)
}

pub(crate) fn call(tx: &ReadTx<'_>, id: GatewayCallId) -> Result<Option<GatewayCall>, Fault> {
    tx.query_opt(
        sql!(
            "SELECT id, gateway, payment, verb, currency, amount, state, attempts, is_taken, detail, created_at FROM gateway_call WHERE id = ?1"
        ),
        params![id],
        call_row,
    )
}

pub(crate) fn next_call(tx: &ReadTx<'_>) -> Result<Option<Timestamp>, Fault> {
    let statement = sql!("SELECT due_at FROM gateway_call WHERE due_at IS NOT NULL ORDER BY due_at LIMIT 1");
    tx.query_opt(statement, params![], |row| row.get(0))
}

pub(crate) fn due_calls(tx: &ReadTx<'_>, now: Timestamp, limit: i64) -> Result<Vec<GatewayCall>, Fault> {
    tx.query(
        sql!(
            "SELECT id, gateway, payment, verb, currency, amount, state, attempts, is_taken, detail, created_at FROM gateway_call
              WHERE due_at <= ?1 ORDER BY due_at LIMIT ?2"
        ),
        params![now, limit],
        call_row,
    )
}

pub(crate) fn lease_call(tx: &mut Tx<'_>, id: GatewayCallId, attempts: i64, due: Timestamp) -> Result<(), Fault> {
    let statement = sql!("UPDATE gateway_call SET attempts = ?2, due_at = ?3, is_taken = 1 WHERE id = ?1");
    tx.execute(statement, params![id, attempts, due]).map(drop)
}

pub(crate) fn postpone_call(tx: &mut Tx<'_>, id: GatewayCallId, due: Timestamp) -> Result<(), Fault> {
    tx.execute(sql!("UPDATE gateway_call SET due_at = ?2, is_taken = 0 WHERE id = ?1"), params![id, due]).map(drop)
}

pub(crate) fn end_call(tx: &mut Tx<'_>, id: GatewayCallId, state: CallState, detail: &str) -> Result<(), Fault> {
    let statement = sql!("UPDATE gateway_call SET state = ?2, due_at = NULL, detail = ?3 WHERE id = ?1");
    tx.execute(statement, params![id, state, detail]).map(drop)
}

/// False unless it failed.
pub(crate) fn repeat_call(tx: &mut Tx<'_>, id: GatewayCallId, now: Timestamp) -> Result<bool, Fault> {
    let statement =
        sql!("UPDATE gateway_call SET state = 'due', attempts = 0, is_taken = 0, due_at = ?2 WHERE id = ?1 AND state = 'failed'");
    Ok(tx.execute(statement, params![id, now])? == 1)
}

pub(crate) fn failed_calls(tx: &ReadTx<'_>) -> Result<Vec<GatewayCall>, Fault> {
    tx.query(
        sql!(
            "SELECT id, gateway, payment, verb, currency, amount, state, attempts, is_taken, detail, created_at FROM gateway_call
              WHERE state = 'failed' ORDER BY id LIMIT 100"
        ),
        params![],
        call_row,
    )
}

/// The last refund of this amount that the gateway took on.
pub(crate) fn refund_call(tx: &ReadTx<'_>, payment: PaymentId, amount: Money) -> Result<Option<GatewayCall>, Fault> {
    tx.query_opt(
        sql!(
            "SELECT id, gateway, payment, verb, currency, amount, state, attempts, is_taken, detail, created_at FROM gateway_call
              WHERE payment = ?1 AND verb = 'refund' AND amount = ?2 AND state IN ('due', 'done') ORDER BY id DESC LIMIT 1"
        ),
        params![payment, amount.minor],
        call_row,
    )
}
