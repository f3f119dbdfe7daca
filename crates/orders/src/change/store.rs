//! Every SQL text about changes of orders.

use super::model::{ChangeState, OrderChange};
use crate::ids::{ChangeId, FulfilmentId, OrderId};
use kernel::{Currency, Fault, Json, Money, ReadTx, Row, Tx, params, sql};

macro_rules! change {
    ($rest:literal) => {
        concat!(
            "SELECT id, order_id, state, asked_by, channel, proposal, currency, difference, created_at, settled_at FROM order_change ",
            $rest
        )
    };
}

fn read(row: &Row<'_>) -> Result<OrderChange, Fault> {
    Ok(OrderChange {
        id: row.get(0)?,
        order: row.get(1)?,
        state: row.get(2)?,
        asked_by: row.get(3)?,
        channel: row.get(4)?,
        proposal: row.get::<Json<_>>(5)?.0,
        difference: Money::new(row.get(7)?, row.get::<Currency>(6)?),
        created_at: row.get(8)?,
        settled_at: row.get(9)?,
    })
}

pub(super) fn insert(tx: &mut Tx<'_>, change: &OrderChange, key: &str) -> Result<(), Fault> {
    tx.execute(
        sql!(
            "INSERT INTO order_change (id, intent, order_id, state, asked_by, channel, proposal, currency, difference, created_at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)"
        ),
        params![
            change.id,
            key,
            change.order,
            change.state,
            change.asked_by,
            change.channel,
            Json(&change.proposal),
            change.difference.currency,
            change.difference.minor,
            change.created_at
        ],
    )
    .map(drop)
}

pub(super) fn by_key(tx: &ReadTx<'_>, order: OrderId, key: &str) -> Result<Option<OrderChange>, Fault> {
    tx.query_opt(sql!(change!("WHERE intent = ?1 AND order_id = ?2")), params![key, order], read)
}

pub(super) fn of_order(tx: &ReadTx<'_>, order: OrderId) -> Result<Vec<OrderChange>, Fault> {
    tx.query(sql!(change!("WHERE order_id = ?1 ORDER BY id DESC LIMIT 50")), params![order], read)
}

pub(super) fn settle(tx: &mut Tx<'_>, id: ChangeId, to: ChangeState) -> Result<bool, Fault> {
    let now = tx.now();
    let statement = sql!("UPDATE order_change SET state = ?2, settled_at = ?3 WHERE id = ?1 AND state = 'waiting'");
    Ok(tx.execute(statement, params![id, to, now])? == 1)
}

/// A part and its lines go; false when somebody moved it on meanwhile.
pub(super) fn delete_part(tx: &mut Tx<'_>, part: FulfilmentId) -> Result<bool, Fault> {
    tx.execute(sql!("DELETE FROM awaited WHERE fulfilment = ?1"), params![part])?;
    tx.execute(sql!("DELETE FROM order_line WHERE fulfilment_id = ?1"), params![part])?;
    let statement =
        sql!("DELETE FROM fulfilment WHERE id = ?1 AND state IN ('waiting', 'awaiting', 'pending', 'picking', 'ready', 'packed')");
    Ok(tx.execute(statement, params![part])? == 1)
}

pub(super) fn last_position(tx: &ReadTx<'_>, order: OrderId) -> Result<i64, Fault> {
    let statement = sql!("SELECT position FROM order_line WHERE order_id = ?1 ORDER BY position DESC LIMIT 1");
    Ok(tx.query_opt(statement, params![order], |row| row.get(0))?.unwrap_or(-1))
}
