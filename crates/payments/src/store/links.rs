//! SQL of pay links.

use crate::{PayLink, PayLinkId, PayLinkState, PaymentId};
use kernel::{Fault, Money, ReadTx, Row, Tx, params, sql};

pub(crate) fn insert(tx: &mut Tx<'_>, key: &str, l: &PayLink) -> Result<(), Fault> {
    tx.execute(
        sql!(
            "INSERT INTO pay_link (id, key, token, subject, profile, matter, channel, currency, amount, state, expires_at, created_at)
              VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)"
        ),
        params![
            l.id,
            key,
            l.token,
            l.subject,
            l.profile,
            l.matter,
            l.channel,
            l.amount.currency,
            l.amount.minor,
            l.state,
            l.expires_at,
            l.created_at
        ],
    )
    .map(drop)
}

fn link_row(row: &Row<'_>) -> Result<PayLink, Fault> {
    Ok(PayLink {
        id: row.get(0)?,
        token: row.get(1)?,
        subject: row.get(2)?,
        profile: row.get(3)?,
        matter: row.get(4)?,
        channel: row.get(5)?,
        amount: Money::new(row.get(7)?, row.get(6)?),
        state: row.get(8)?,
        payment: row.get(9)?,
        expires_at: row.get(10)?,
        created_at: row.get(11)?,
    })
}

pub(crate) fn by_id(tx: &ReadTx<'_>, id: PayLinkId) -> Result<Option<PayLink>, Fault> {
    tx.query_opt(
        sql!(
            "SELECT id, token, subject, profile, matter, channel, currency, amount, state, payment, expires_at, created_at
              FROM pay_link WHERE id = ?1"
        ),
        params![id],
        link_row,
    )
}

pub(crate) fn by_key(tx: &ReadTx<'_>, key: &str) -> Result<Option<PayLink>, Fault> {
    tx.query_opt(
        sql!(
            "SELECT id, token, subject, profile, matter, channel, currency, amount, state, payment, expires_at, created_at
              FROM pay_link WHERE key = ?1"
        ),
        params![key],
        link_row,
    )
}

pub(crate) fn by_token(tx: &ReadTx<'_>, token: &str) -> Result<Option<PayLink>, Fault> {
    tx.query_opt(
        sql!(
            "SELECT id, token, subject, profile, matter, channel, currency, amount, state, payment, expires_at, created_at
              FROM pay_link WHERE token = ?1"
        ),
        params![token],
        link_row,
    )
}

pub(crate) fn of_subject(tx: &ReadTx<'_>, subject: &str) -> Result<Vec<PayLink>, Fault> {
    tx.query(
        sql!(
            "SELECT id, token, subject, profile, matter, channel, currency, amount, state, payment, expires_at, created_at
              FROM pay_link WHERE subject = ?1 ORDER BY id DESC LIMIT 100"
        ),
        params![subject],
        link_row,
    )
}

/// End an open link; false when it was over before.
pub(crate) fn end(tx: &mut Tx<'_>, id: PayLinkId, state: PayLinkState) -> Result<bool, Fault> {
    Ok(tx.execute(sql!("UPDATE pay_link SET state = ?2 WHERE id = ?1 AND state = 'open'"), params![id, state])? == 1)
}

pub(crate) fn set_payment(tx: &mut Tx<'_>, id: PayLinkId, payment: PaymentId) -> Result<(), Fault> {
    tx.execute(sql!("UPDATE pay_link SET payment = ?2 WHERE id = ?1"), params![id, payment]).map(drop)
}
