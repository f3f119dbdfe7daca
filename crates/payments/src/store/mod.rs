//! Every SQL text of payments and refunds; `gateways`, `gift_cards`, `links` and `simulated` hold those of their tables.

pub(crate) mod gateways;
pub(crate) mod gift_cards;
pub(crate) mod links;
pub(crate) mod simulated;

use crate::{GiftCardId, Method, Payment, PaymentId, PaymentState, ProviderEvent, RefundRecord};
use kernel::{Currency, Fault, Money, ReadTx, Row, Tx, params, sql};

pub(crate) fn insert_payment(tx: &mut Tx<'_>, key: &str, p: &Payment) -> Result<(), Fault> {
    tx.execute(
        sql!(
            "INSERT INTO payment (id, key, subject, profile, channel, method, currency, amount, captured, refunded, state, capture_later,
                reference, link, created_at, changed_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, 0, 0, ?9, ?10, ?11, ?12, ?13, ?13)"
        ),
        params![
            p.id,
            key,
            p.subject,
            p.profile,
            p.channel,
            p.method,
            p.amount.currency,
            p.amount.minor,
            p.state,
            p.capture_later,
            p.reference,
            p.link,
            p.created_at
        ],
    )
    .map(drop)
}

fn payment_row(row: &Row<'_>) -> Result<Payment, Fault> {
    let currency: Currency = row.get(5)?;
    let money = |index| Ok::<_, Fault>(Money::new(row.get(index)?, currency));
    Ok(Payment {
        id: row.get(0)?,
        subject: row.get(1)?,
        profile: row.get(2)?,
        channel: row.get(3)?,
        method: row.get(4)?,
        amount: money(6)?,
        captured: money(7)?,
        refunded: money(8)?,
        state: row.get(9)?,
        capture_later: row.get(10)?,
        reference: row.get(11)?,
        failure: row.get(12)?,
        link: row.get(13)?,
        created_at: row.get(14)?,
        changed_at: row.get(15)?,
    })
}

pub(crate) fn payment(tx: &ReadTx<'_>, id: PaymentId) -> Result<Option<Payment>, Fault> {
    tx.query_opt(
        sql!(
            "SELECT id, subject, profile, channel, method, currency, amount, captured, refunded, state, capture_later, reference, failure,
                link, created_at, changed_at FROM payment WHERE id = ?1"
        ),
        params![id],
        payment_row,
    )
}

pub(crate) fn payment_by_key(tx: &ReadTx<'_>, key: &str) -> Result<Option<Payment>, Fault> {
    tx.query_opt(
        sql!(
            "SELECT id, subject, profile, channel, method, currency, amount, captured, refunded, state, capture_later, reference, failure,
                link, created_at, changed_at FROM payment WHERE key = ?1"
        ),
        params![key],
        payment_row,
    )
}

pub(crate) fn payments_of(tx: &ReadTx<'_>, subject: &str) -> Result<Vec<Payment>, Fault> {
    tx.query(
        sql!(
            "SELECT id, subject, profile, channel, method, currency, amount, captured, refunded, state, capture_later, reference, failure,
                link, created_at, changed_at FROM payment WHERE subject = ?1 ORDER BY id LIMIT 100"
        ),
        params![subject],
        payment_row,
    )
}

/// Minor units that are promised and not captured.
pub(crate) fn authorised_of(tx: &ReadTx<'_>, subject: &str) -> Result<i64, Fault> {
    tx.query_one(
        sql!("SELECT CAST(COALESCE(SUM(amount), 0) AS BIGINT) FROM payment WHERE subject = ?1 AND state = 'authorised'"),
        params![subject],
        |row| row.get(0),
    )
}

/// Move on from the state that `payment` was read in; a fault when it has moved meanwhile.
pub(crate) fn set_state(tx: &mut Tx<'_>, payment: &Payment, next: PaymentState, failure: Option<&str>) -> Result<(), Fault> {
    let now = tx.now();
    let changed = tx.execute(
        sql!("UPDATE payment SET state = ?3, failure = ?4, changed_at = ?5 WHERE id = ?1 AND state = ?2"),
        params![payment.id, payment.state, next, failure, now],
    )?;
    moved(changed, payment)
}

pub(crate) fn set_captured(tx: &mut Tx<'_>, payment: &Payment, amount: Money) -> Result<(), Fault> {
    let now = tx.now();
    let changed = tx.execute(
        sql!("UPDATE payment SET state = 'captured', captured = ?3, failure = NULL, changed_at = ?4 WHERE id = ?1 AND state = ?2"),
        params![payment.id, payment.state, amount.minor, now],
    )?;
    moved(changed, payment)
}

/// The gateway's name for the money; the first stays.
pub(crate) fn name_money(tx: &mut Tx<'_>, id: PaymentId, reference: &str) -> Result<(), Fault> {
    let statement = sql!("UPDATE payment SET reference = ?2 WHERE id = ?1 AND reference = ''");
    tx.execute(statement, params![id, reference]).map(drop)
}

fn moved(changed: u64, payment: &Payment) -> Result<(), Fault> {
    if changed == 1 { Ok(()) } else { Err(Fault::data(format!("payment {} is no longer {}", payment.id, payment.state))) }
}

/// Count a refund on the payment, if that much is left; the state after it.
pub(crate) fn add_refund(tx: &mut Tx<'_>, id: PaymentId, amount: Money) -> Result<Option<PaymentState>, Fault> {
    let now = tx.now();
    let rows = tx.write_query(
        sql!(
            "UPDATE payment SET refunded = refunded + ?2, changed_at = ?3,
                state = CASE WHEN refunded + ?2 = captured THEN 'refunded' ELSE 'partly_refunded' END
              WHERE id = ?1 AND state IN ('captured', 'partly_refunded') AND refunded + ?2 <= captured RETURNING state"
        ),
        params![id, amount.minor, now],
        |row| row.get(0),
    )?;
    Ok(rows.into_iter().next())
}

pub(crate) fn insert_refund(tx: &mut Tx<'_>, key: &str, refund: &RefundRecord) -> Result<(), Fault> {
    tx.execute(
        sql!("INSERT INTO payment_refund (id, key, payment, amount, reason, at, card) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)"),
        params![refund.id, key, refund.payment, refund.amount.minor, refund.reason, refund.at, refund.card],
    )
    .map(drop)
}

fn refund_row(row: &Row<'_>) -> Result<RefundRecord, Fault> {
    Ok(RefundRecord {
        id: row.get(0)?,
        payment: row.get(1)?,
        method: if row.get::<Option<GiftCardId>>(7)?.is_some() { Method::GiftCard } else { row.get(2)? },
        amount: Money::new(row.get(3)?, row.get(4)?),
        reason: row.get(5)?,
        at: row.get(6)?,
        card: row.get(7)?,
    })
}

pub(crate) fn refunds_by_key(tx: &ReadTx<'_>, key: &str) -> Result<Vec<RefundRecord>, Fault> {
    tx.query(
        sql!(
            "SELECT r.id, r.payment, p.method, r.amount, p.currency, r.reason, r.at, r.card FROM payment_refund r JOIN payment p ON p.id = r.payment
              WHERE r.key = ?1 ORDER BY r.id LIMIT 100"
        ),
        params![key],
        refund_row,
    )
}

pub(crate) fn refunds_of(tx: &ReadTx<'_>, subject: &str) -> Result<Vec<RefundRecord>, Fault> {
    tx.query(
        sql!(
            "SELECT r.id, r.payment, p.method, r.amount, p.currency, r.reason, r.at, r.card FROM payment p JOIN payment_refund r ON r.payment = p.id
              WHERE p.subject = ?1 ORDER BY r.id LIMIT 100"
        ),
        params![subject],
        refund_row,
    )
}

/// False when the event had come before.
pub(crate) fn insert_provider_event(tx: &mut Tx<'_>, event: &ProviderEvent) -> Result<bool, Fault> {
    let now = tx.now();
    let inserted = tx.execute(
        sql!("INSERT INTO payment_provider_event (id, kind, payment, at) VALUES (?1, ?2, ?3, ?4) ON CONFLICT (id) DO NOTHING"),
        params![event.id, event.kind, event.payment, now],
    )?;
    Ok(inserted == 1)
}

pub(crate) fn secret(tx: &ReadTx<'_>, name: &str) -> Result<Option<Vec<u8>>, Fault> {
    tx.query_opt(sql!("SELECT secret FROM payment_secret WHERE name = ?1"), params![name], |row| row.get(0))
}

pub(crate) fn insert_secret(tx: &mut Tx<'_>, name: &str, secret: &[u8]) -> Result<(), Fault> {
    let now = tx.now();
    let statement = sql!("INSERT INTO payment_secret (name, secret, created_at) VALUES (?1, ?2, ?3) ON CONFLICT (name) DO NOTHING");
    tx.execute(statement, params![name, secret, now]).map(drop)
}
