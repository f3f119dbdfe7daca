//! Every SQL text about carts.

use super::model::{Cart, CartLine, CartState, Matched};
use crate::ids::{CartId, CartLineId};
use crate::way::Way;
use kernel::{Fault, ProfileId, ReadTx, Tx, params, sql};

pub(super) fn load(tx: &ReadTx<'_>, id: CartId) -> Result<Option<Cart>, Fault> {
    let found = tx.query_opt(
        sql!("SELECT id, profile, guest, code, state, version, created_at, updated_at, coupon, delivery FROM cart WHERE id = ?1"),
        params![id],
        |row| {
            Ok(Cart {
                id: row.get(0)?,
                profile: row.get(1)?,
                guest: row.get(2)?,
                code: row.get(3)?,
                state: row.get(4)?,
                version: row.get(5)?,
                created_at: row.get(6)?,
                updated_at: row.get(7)?,
                coupon: row.get(8)?,
                delivery: row.get(9)?,
                lines: vec![],
            })
        },
    )?;
    let Some(mut cart) = found else { return Ok(None) };
    cart.lines = tx.query(
        sql!(
            "SELECT id, variant, quantity, way, place, added_by, changed_by, added_at, updated_at, matched FROM cart_line
              WHERE cart_id = ?1 ORDER BY added_at, id LIMIT 100"
        ),
        params![id],
        |row| {
            Ok(CartLine {
                id: row.get(0)?,
                variant: row.get(1)?,
                quantity: row.get(2)?,
                way: Way::from_columns(&row.get::<String>(3)?, &row.get::<String>(4)?)?,
                added_by: row.get(5)?,
                changed_by: row.get(6)?,
                added_at: row.get(7)?,
                updated_at: row.get(8)?,
                matched: Matched::from_column(row.get(9)?)?,
            })
        },
    )?;
    Ok(Some(cart))
}

pub(super) fn open_id_of_profile(tx: &ReadTx<'_>, profile: ProfileId) -> Result<Option<CartId>, Fault> {
    tx.query_opt(sql!("SELECT id FROM cart WHERE profile = ?1 AND state = 'open'"), params![profile], |row| row.get(0))
}

pub(super) fn open_id_of_guest(tx: &ReadTx<'_>, token: &str) -> Result<Option<CartId>, Fault> {
    tx.query_opt(sql!("SELECT id FROM cart WHERE guest = ?1 AND state = 'open'"), params![token], |row| row.get(0))
}

pub(super) fn id_by_code(tx: &ReadTx<'_>, code: &str) -> Result<Option<CartId>, Fault> {
    tx.query_opt(sql!("SELECT id FROM cart WHERE code = ?1"), params![code], |row| row.get(0))
}

pub(super) fn insert(tx: &mut Tx<'_>, cart: &Cart) -> Result<(), Fault> {
    tx.execute(
        sql!("INSERT INTO cart (id, profile, guest, state, version, created_at, updated_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)"),
        params![cart.id, cart.profile, cart.guest, cart.state, cart.version, cart.created_at, cart.updated_at],
    )
    .map(drop)
}

pub(super) fn put_line(tx: &mut Tx<'_>, cart: CartId, line: &CartLine) -> Result<(), Fault> {
    tx.execute(
        sql!(
            "INSERT INTO cart_line (id, cart_id, variant, quantity, way, place, added_by, changed_by, added_at, updated_at, matched)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)
             ON CONFLICT (id) DO UPDATE SET quantity = excluded.quantity, way = excluded.way, place = excluded.place,
               changed_by = excluded.changed_by, updated_at = excluded.updated_at, matched = excluded.matched"
        ),
        params![
            line.id,
            cart,
            line.variant,
            line.quantity,
            line.way.name(),
            line.way.place(),
            line.added_by,
            line.changed_by,
            line.added_at,
            line.updated_at,
            Matched::to_column(line.matched.as_ref())
        ],
    )
    .map(drop)
}

pub(super) fn delete_lines(tx: &mut Tx<'_>, lines: &[CartLineId]) -> Result<(), Fault> {
    for line in lines {
        tx.execute(sql!("DELETE FROM cart_line WHERE id = ?1"), params![line])?;
    }
    Ok(())
}

/// One version further, with its coupon and its way of delivery; the version read must still be there.
pub(super) fn touch(tx: &mut Tx<'_>, cart: &Cart) -> Result<(), Fault> {
    let now = tx.now();
    let touched = tx.execute(
        sql!("UPDATE cart SET version = version + 1, updated_at = ?3, coupon = ?4, delivery = ?5 WHERE id = ?1 AND version = ?2 AND state = 'open'"),
        params![cart.id, cart.version, now, cart.coupon, cart.delivery],
    )?;
    exactly_one(touched)
}

pub(super) fn set_code(tx: &mut Tx<'_>, cart: &Cart, code: &str) -> Result<(), Fault> {
    let set = tx.execute(
        sql!("UPDATE cart SET code = ?3, version = version + 1 WHERE id = ?1 AND version = ?2 AND state = 'open'"),
        params![cart.id, cart.version, code],
    )?;
    exactly_one(set)
}

pub(super) fn give_to(tx: &mut Tx<'_>, cart: &Cart, profile: ProfileId) -> Result<(), Fault> {
    let now = tx.now();
    let given = tx.execute(
        sql!("UPDATE cart SET profile = ?3, guest = NULL, version = version + 1, updated_at = ?4 WHERE id = ?1 AND version = ?2 AND state = 'open'"),
        params![cart.id, cart.version, profile, now],
    )?;
    exactly_one(given)
}

pub(super) fn close(tx: &mut Tx<'_>, cart: CartId, state: CartState) -> Result<(), Fault> {
    let now = tx.now();
    let closed = tx.execute(
        sql!("UPDATE cart SET state = ?2, code = NULL, version = version + 1, updated_at = ?3 WHERE id = ?1 AND state = 'open'"),
        params![cart, state, now],
    )?;
    exactly_one(closed)
}

/// The cart becomes an order, if it is still open (and of this version, when one is given); answers whether it did.
pub(crate) fn mark_ordered(tx: &mut Tx<'_>, cart: CartId, version: Option<i64>) -> Result<bool, Fault> {
    let now = tx.now();
    let closed = tx.execute(
        sql!(
            "UPDATE cart SET state = 'ordered', code = NULL, version = version + 1, updated_at = ?3
              WHERE id = ?1 AND state = 'open' AND (CAST(?2 AS BIGINT) IS NULL OR version = CAST(?2 AS BIGINT))"
        ),
        params![cart, version, now],
    )?;
    Ok(closed == 1)
}

/// A serialisable transaction has read the row it now writes, so this cannot fail.
fn exactly_one(rows: u64) -> Result<(), Fault> {
    if rows == 1 { Ok(()) } else { Err(Fault::data("a cart changed within one transaction")) }
}
