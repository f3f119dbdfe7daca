//! Every SQL text about returns.

use super::model::{Condition, Return, ReturnLine, ReturnState};
use crate::ids::{OrderId, OrderLineId, ReturnId};
use crate::order::{LinePart, OrderNumber};
use crate::page::Cursor;
use inventory::LocationId;
use kernel::{Currency, Fault, Money, ReadTx, Tx, params, sql};

pub(super) fn load(tx: &ReadTx<'_>, id: ReturnId) -> Result<Option<Return>, Fault> {
    let found = tx.query_opt(
        sql!(
            "SELECT r.id, r.order_id, o.serial, r.profile, r.channel, r.requested_by, r.state, r.reason, r.location, r.place, r.currency, r.refund,
               r.requested_at, r.received_at, r.refunded_at, r.rejected_at, r.credited, r.onto_card
               FROM goods_return r JOIN customer_order o ON o.id = r.order_id WHERE r.id = ?1"
        ),
        params![id],
        |row| {
            Ok(Return {
                id: row.get(0)?,
                order: row.get(1)?,
                number: OrderNumber(row.get(2)?),
                profile: row.get(3)?,
                channel: row.get(4)?,
                requested_by: row.get(5)?,
                state: row.get(6)?,
                reason: row.get(7)?,
                location: row.get(8)?,
                place: row.get(9)?,
                refund: Money::new(row.get(11)?, row.get::<Currency>(10)?),
                credited: Money::new(row.get(16)?, row.get::<Currency>(10)?),
                requested_at: row.get(12)?,
                received_at: row.get(13)?,
                refunded_at: row.get(14)?,
                rejected_at: row.get(15)?,
                onto_card: row.get(17)?,
                lines: vec![],
            })
        },
    )?;
    let Some(mut goods) = found else { return Ok(None) };
    goods.lines = tx.query(
        sql!(
            "SELECT r.order_line_id, l.variant, l.title, r.quantity, r.condition, r.refund, l.parts
               FROM return_line r JOIN order_line l ON l.id = r.order_line_id WHERE r.return_id = ?1 ORDER BY l.position, r.condition"
        ),
        params![id],
        |row| {
            Ok(ReturnLine {
                line: row.get(0)?,
                variant: row.get(1)?,
                title: row.get(2)?,
                quantity: row.get(3)?,
                condition: row.get(4)?,
                refund: Money::new(row.get(5)?, goods.refund.currency),
                parts: LinePart::from_column(row.get(6)?)?,
            })
        },
    )?;
    Ok(Some(goods))
}

pub(super) fn id_by_key(tx: &ReadTx<'_>, key: &str) -> Result<Option<ReturnId>, Fault> {
    tx.query_opt(sql!("SELECT id FROM goods_return WHERE intent = ?1"), params![key], |row| row.get(0))
}

pub(super) fn ids_of_order(tx: &ReadTx<'_>, order: OrderId) -> Result<Vec<ReturnId>, Fault> {
    tx.query(sql!("SELECT id FROM goods_return WHERE order_id = ?1 ORDER BY id LIMIT 200"), params![order], |row| row.get(0))
}

pub(super) fn ids_in_state(tx: &ReadTx<'_>, state: ReturnState, after: &Cursor, count: i64) -> Result<Vec<ReturnId>, Fault> {
    tx.query(
        sql!("SELECT id FROM goods_return WHERE state = ?1 AND (requested_at, id) > (?2, ?3) ORDER BY requested_at, id LIMIT ?4"),
        params![state, after.at, after.id, count],
        |row| row.get(0),
    )
}

pub(super) fn insert(tx: &mut Tx<'_>, goods: &Return, key: &str) -> Result<(), Fault> {
    tx.execute(
        sql!(
            "INSERT INTO goods_return (id, intent, order_id, profile, channel, requested_by, state, reason, place, currency, refund, requested_at, onto_card)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, '', ?9, ?10, ?11, ?12)"
        ),
        params![
            goods.id,
            key,
            goods.order,
            goods.profile,
            goods.channel,
            goods.requested_by,
            goods.state,
            goods.reason,
            goods.refund.currency,
            goods.refund.minor,
            goods.requested_at,
            goods.onto_card
        ],
    )?;
    for line in &goods.lines {
        put_line(tx, goods.id, line)?;
    }
    Ok(())
}

fn put_line(tx: &mut Tx<'_>, id: ReturnId, line: &ReturnLine) -> Result<(), Fault> {
    tx.execute(
        sql!("INSERT INTO return_line (return_id, order_line_id, condition, quantity, refund) VALUES (?1, ?2, ?3, ?4, ?5)"),
        params![id, line.line, line.condition, line.quantity, line.refund.minor],
    )
    .map(drop)
}

/// Count the units and their money on the order's line; false when that many are no longer there.
pub(super) fn take_back(tx: &mut Tx<'_>, line: &ReturnLine) -> Result<bool, Fault> {
    let taken = tx.execute(
        sql!(
            "UPDATE order_line SET returned = returned + ?2, refunded = refunded + ?3
              WHERE id = ?1 AND returned + ?2 <= quantity AND refunded + ?3 <= total"
        ),
        params![line.line, line.quantity, line.refund.minor],
    )?;
    Ok(taken == 1)
}

pub(super) fn give_again(tx: &mut Tx<'_>, line: &ReturnLine) -> Result<(), Fault> {
    tx.execute(
        sql!("UPDATE order_line SET returned = returned - ?2, refunded = refunded - ?3 WHERE id = ?1"),
        params![line.line, line.quantity, line.refund.minor],
    )
    .map(drop)
}

pub(super) fn change_state(tx: &mut Tx<'_>, id: ReturnId, from: ReturnState, to: ReturnState) -> Result<bool, Fault> {
    let now = tx.now();
    let changed = tx.execute(
        sql!(
            "UPDATE goods_return SET state = ?3,
               received_at = CASE WHEN CAST(?3 AS TEXT) = 'received' THEN ?4 ELSE received_at END,
               refunded_at = CASE WHEN CAST(?3 AS TEXT) = 'refunded' THEN ?4 ELSE refunded_at END,
               rejected_at = CASE WHEN CAST(?3 AS TEXT) = 'rejected' THEN ?4 ELSE rejected_at END
              WHERE id = ?1 AND state = ?2"
        ),
        params![id, from, to, now],
    )?;
    Ok(changed == 1)
}

pub(super) fn set_place(tx: &mut Tx<'_>, id: ReturnId, location: LocationId, place: &str) -> Result<(), Fault> {
    tx.execute(sql!("UPDATE goods_return SET location = ?2, place = ?3 WHERE id = ?1"), params![id, location, place]).map(drop)
}

/// All units of a line in this return are in this condition after all.
pub(super) fn set_condition(tx: &mut Tx<'_>, id: ReturnId, line: OrderLineId, condition: Condition) -> Result<(), Fault> {
    let found = tx.write_query(
        sql!("DELETE FROM return_line WHERE return_id = ?1 AND order_line_id = ?2 RETURNING quantity, refund"),
        params![id, line],
        |row| Ok((row.get::<i64>(0)?, row.get::<i64>(1)?)),
    )?;
    let (quantity, refund) = found.into_iter().fold((0, 0), |sum, row| (sum.0 + row.0, sum.1 + row.1));
    if quantity == 0 {
        return Ok(());
    }
    tx.execute(
        sql!("INSERT INTO return_line (return_id, order_line_id, condition, quantity, refund) VALUES (?1, ?2, ?3, ?4, ?5)"),
        params![id, line, condition, quantity, refund],
    )
    .map(drop)
}

pub(super) fn set_credited(tx: &mut Tx<'_>, id: ReturnId, amount: Money) -> Result<(), Fault> {
    tx.execute(sql!("UPDATE goods_return SET credited = ?2 WHERE id = ?1"), params![id, amount.minor]).map(drop)
}
