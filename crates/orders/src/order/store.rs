//! Every SQL text about orders and their lines.

use super::line_part::LinePart;
use super::model::{Contact, Order, OrderHead, OrderLine};
use super::number::OrderNumber;
use super::states::{OrderState, Progress};
use crate::cart::Matched;
use crate::fulfilment;
use crate::ids::OrderId;
use crate::page::Cursor;
use customers::companies::CompanyId;
use inventory::LocationId;
use kernel::{Currency, Fault, Money, ProfileId, ReadTx, Row, Timestamp, Tx, params, sql};

/// The columns of a head, in the order of [`read_head`].
macro_rules! columns {
    () => {
        "serial, id, secret, state, profile, cart_id, channel, locale, sold_by, sold_at, contact_name, contact_email, contact_phone,
         note, summary, units, currency, delivery_fee, tax, total, paid, refunded, placed_at, updated_at, coupon"
    };
}
macro_rules! head {
    ($rest:literal) => {
        concat!("SELECT ", columns!(), " FROM customer_order ", $rest)
    };
}

fn read_head(row: &Row<'_>) -> Result<OrderHead, Fault> {
    let currency: Currency = row.get(16)?;
    let money = |column| Ok::<_, Fault>(Money::new(row.get(column)?, currency));
    Ok(OrderHead {
        number: OrderNumber(row.get(0)?),
        id: row.get(1)?,
        secret: row.get(2)?,
        state: row.get(3)?,
        profile: row.get(4)?,
        cart: row.get(5)?,
        channel: row.get(6)?,
        locale: row.get(7)?,
        sold_by: row.get(8)?,
        sold_at: row.get(9)?,
        contact: Contact { name: row.get(10)?, email: row.get(11)?, phone: row.get(12)? },
        note: row.get(13)?,
        summary: row.get(14)?,
        units: row.get(15)?,
        currency,
        delivery_fee: money(17)?,
        tax: money(18)?,
        total: money(19)?,
        paid: money(20)?,
        refunded: money(21)?,
        placed_at: row.get(22)?,
        updated_at: row.get(23)?,
        coupon: row.get(24)?,
    })
}

pub(crate) fn head(tx: &ReadTx<'_>, id: OrderId) -> Result<Option<OrderHead>, Fault> {
    tx.query_opt(sql!(head!("WHERE id = ?1")), params![id], read_head)
}

pub(crate) fn load(tx: &ReadTx<'_>, id: OrderId) -> Result<Option<Order>, Fault> {
    let Some(head) = head(tx, id)? else { return Ok(None) };
    let mut fulfilments = fulfilment::of_order(tx, id)?;
    let lines: Vec<OrderLine> = tx.query(
        sql!(
            "SELECT id, fulfilment_id, variant, sku, title, quantity, unit_price, discount, tax_basis_points, tax, total, returned, refunded,
               reservation, tax_included, matched, parts
               FROM order_line WHERE order_id = ?1 ORDER BY position"
        ),
        params![id],
        |row| read_line(row, head.currency, 16),
    )?;
    // As they were placed: in the order of their first lines.
    fulfilments.sort_by_key(|part| lines.iter().position(|line| line.fulfilment == part.id));
    Ok(Some(Order { head, lines, fulfilments }))
}

/// A line, with its parts in this column.
pub(crate) fn read_line(row: &Row<'_>, currency: Currency, parts: usize) -> Result<OrderLine, Fault> {
    let money = |column| Ok::<_, Fault>(Money::new(row.get(column)?, currency));
    Ok(OrderLine {
        id: row.get(0)?,
        fulfilment: row.get(1)?,
        variant: row.get(2)?,
        sku: row.get(3)?,
        title: row.get(4)?,
        quantity: row.get(5)?,
        unit_price: money(6)?,
        discount: money(7)?,
        tax_basis_points: row.get(8)?,
        tax: money(9)?,
        total: money(10)?,
        returned: row.get(11)?,
        refunded: money(12)?,
        reservation: row.get(13)?,
        is_tax_included: row.get(14)?,
        matched: Matched::from_column(row.get(15)?)?,
        parts: LinePart::from_column(row.get(parts)?)?,
    })
}

pub(super) fn id_by_key(tx: &ReadTx<'_>, key: &str) -> Result<Option<OrderId>, Fault> {
    tx.query_opt(sql!("SELECT id FROM customer_order WHERE intent = ?1"), params![key], |row| row.get(0))
}

pub(super) fn id_by_serial(tx: &ReadTx<'_>, serial: i64) -> Result<Option<OrderId>, Fault> {
    tx.query_opt(sql!("SELECT id FROM customer_order WHERE serial = ?1"), params![serial], |row| row.get(0))
}

pub(super) fn of_profile(tx: &ReadTx<'_>, profile: ProfileId, after: &Cursor, count: i64) -> Result<Vec<OrderHead>, Fault> {
    tx.query(
        sql!(head!("WHERE profile = ?1 AND (placed_at, id) < (?2, ?3) ORDER BY placed_at DESC, id DESC LIMIT ?4")),
        params![profile, after.at, after.id, count],
        read_head,
    )
}

pub(super) fn in_state(tx: &ReadTx<'_>, state: OrderState, after: &Cursor, count: i64) -> Result<Vec<OrderHead>, Fault> {
    tx.query(
        sql!(head!("WHERE state = ?1 AND (placed_at, id) < (?2, ?3) ORDER BY placed_at DESC, id DESC LIMIT ?4")),
        params![state, after.at, after.id, count],
        read_head,
    )
}

pub(super) fn placed_since(tx: &ReadTx<'_>, from: Timestamp, after: &Cursor, count: i64) -> Result<Vec<OrderHead>, Fault> {
    tx.query(
        sql!(head!("WHERE placed_at >= ?1 AND (placed_at, id) < (?2, ?3) ORDER BY placed_at DESC, id DESC LIMIT ?4")),
        params![from, after.at, after.id, count],
        read_head,
    )
}

pub(super) fn sold_at(tx: &ReadTx<'_>, shop: LocationId, from: Timestamp, after: &Cursor, count: i64) -> Result<Vec<OrderHead>, Fault> {
    tx.query(
        sql!(head!("WHERE sold_at = ?1 AND placed_at >= ?2 AND (placed_at, id) < (?3, ?4) ORDER BY placed_at DESC, id DESC LIMIT ?5")),
        params![shop, from, after.at, after.id, count],
        read_head,
    )
}

pub(super) fn of_email(tx: &ReadTx<'_>, email: &str, count: i64) -> Result<Vec<OrderHead>, Fault> {
    tx.query(
        sql!(head!("WHERE contact_email = ?1 AND contact_email <> '' ORDER BY placed_at DESC, id DESC LIMIT ?2")),
        params![email, count],
        read_head,
    )
}

pub(super) fn of_phone(tx: &ReadTx<'_>, phone: &str, count: i64) -> Result<Vec<OrderHead>, Fault> {
    tx.query(
        sql!(head!("WHERE contact_phone = ?1 AND contact_phone <> '' ORDER BY placed_at DESC, id DESC LIMIT ?2")),
        params![phone, count],
        read_head,
    )
}

pub(super) fn link_company(tx: &mut Tx<'_>, order: OrderId, company: CompanyId, placed_at: Timestamp) -> Result<(), Fault> {
    tx.execute(
        sql!("INSERT INTO company_order (order_id, company, placed_at) VALUES (?1, ?2, ?3) ON CONFLICT (order_id) DO NOTHING"),
        params![order, company, placed_at],
    )
    .map(drop)
}

pub(super) fn company_of(tx: &ReadTx<'_>, order: OrderId) -> Result<Option<CompanyId>, Fault> {
    tx.query_opt(sql!("SELECT company FROM company_order WHERE order_id = ?1"), params![order], |row| row.get(0))
}

pub(super) fn of_company(tx: &ReadTx<'_>, company: CompanyId, after: &Cursor, count: i64) -> Result<Vec<OrderHead>, Fault> {
    let ids: Vec<OrderId> = tx.query(
        sql!(
            "SELECT order_id FROM company_order WHERE company = ?1 AND (placed_at, order_id) < (?2, ?3)
              ORDER BY placed_at DESC, order_id DESC LIMIT ?4"
        ),
        params![company, after.at, after.id, count],
        |row| row.get(0),
    )?;
    let mut found = Vec::with_capacity(ids.len());
    for id in ids {
        found.extend(head(tx, id)?);
    }
    Ok(found)
}

/// Answers the serial, or nothing when the key has acted before.
pub(super) fn insert_head(tx: &mut Tx<'_>, order: &OrderHead, key: &str) -> Result<Option<i64>, Fault> {
    let serial = tx.write_query(
        sql!(
            "INSERT INTO customer_order (id, intent, secret, state, profile, cart_id, channel, locale, sold_by, sold_at, contact_name,
               contact_email, contact_phone, note, summary, units, currency, delivery_fee, tax, total, paid, refunded, placed_at, updated_at,
               coupon)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, 0, 0, ?21, ?21, ?22)
             ON CONFLICT (intent) DO NOTHING RETURNING serial"
        ),
        params![
            order.id,
            key,
            order.secret,
            order.state,
            order.profile,
            order.cart,
            order.channel,
            order.locale,
            order.sold_by,
            order.sold_at,
            order.contact.name,
            order.contact.email,
            order.contact.phone,
            order.note,
            order.summary,
            order.units,
            order.currency,
            order.delivery_fee.minor,
            order.tax.minor,
            order.total.minor,
            order.placed_at,
            order.coupon
        ],
        |row| row.get(0),
    )?;
    Ok(serial.first().copied())
}

/// Their places in the order begin with `from`.
pub(crate) fn insert_lines(tx: &mut Tx<'_>, order: OrderId, from: i64, lines: &[OrderLine]) -> Result<(), Fault> {
    for (position, line) in lines.iter().enumerate() {
        tx.execute(
            sql!(
                "INSERT INTO order_line (id, order_id, fulfilment_id, position, variant, sku, title, quantity, unit_price, discount,
                   tax_basis_points, tax, total, reservation, tax_included, returned, refunded, matched, parts)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, 0, 0, ?16, ?17)"
            ),
            params![
                line.id,
                order,
                line.fulfilment,
                from + position as i64,
                line.variant,
                line.sku,
                line.title,
                line.quantity,
                line.unit_price.minor,
                line.discount.minor,
                line.tax_basis_points,
                line.tax.minor,
                line.total.minor,
                line.reservation,
                line.is_tax_included,
                Matched::to_column(line.matched.as_ref()),
                LinePart::to_column(&line.parts)
            ],
        )?;
    }
    Ok(())
}

/// The order afterwards; nothing when there is none in this currency.
pub(super) fn add_paid(tx: &mut Tx<'_>, order: OrderId, amount: Money) -> Result<Option<OrderHead>, Fault> {
    let now = tx.now();
    let found = tx.write_query(
        sql!(concat!("UPDATE customer_order SET paid = paid + ?2, updated_at = ?3 WHERE id = ?1 AND currency = ?4 RETURNING ", columns!())),
        params![order, amount.minor, now, amount.currency],
        read_head,
    )?;
    Ok(found.into_iter().next())
}

/// The order afterwards; nothing when less than that stayed with us.
pub(super) fn take_from_paid(tx: &mut Tx<'_>, order: OrderId, amount: Money) -> Result<Option<OrderHead>, Fault> {
    let now = tx.now();
    let found = tx.write_query(
        sql!(concat!(
            "UPDATE customer_order SET paid = paid - ?2, updated_at = ?3
              WHERE id = ?1 AND currency = ?4 AND refunded + ?2 <= paid RETURNING ",
            columns!()
        )),
        params![order, amount.minor, now, amount.currency],
        read_head,
    )?;
    Ok(found.into_iter().next())
}

/// What comes back pays for what goes out; below zero it does no longer.
pub(crate) fn credit(tx: &mut Tx<'_>, order: OrderId, amount: i64) -> Result<(), Fault> {
    let now = tx.now();
    let statement = sql!("UPDATE customer_order SET paid = paid + ?2, refunded = refunded + ?2, updated_at = ?3 WHERE id = ?1");
    tx.execute(statement, params![order, amount, now]).map(drop)
}

/// The order afterwards; nothing when that much did not come in, or went back already.
pub(super) fn add_refunded(tx: &mut Tx<'_>, order: OrderId, amount: Money) -> Result<Option<OrderHead>, Fault> {
    let now = tx.now();
    let found = tx.write_query(
        sql!(concat!(
            "UPDATE customer_order SET refunded = refunded + ?2, updated_at = ?3
              WHERE id = ?1 AND currency = ?4 AND refunded + ?2 <= paid RETURNING ",
            columns!()
        )),
        params![order, amount.minor, now, amount.currency],
        read_head,
    )?;
    Ok(found.into_iter().next())
}

/// What a changed order costs, and what it is.
pub(crate) fn set_totals(tx: &mut Tx<'_>, order: &Order, delivery_fee: Money, tax: Money, total: Money) -> Result<(), Fault> {
    let now = tx.now();
    let units: i64 = order.lines.iter().map(|line| line.quantity.0).sum();
    let summary = order.lines.first().map(|line| line.title.clone()).unwrap_or_default();
    tx.execute(
        sql!("UPDATE customer_order SET delivery_fee = ?2, tax = ?3, total = ?4, units = ?5, summary = ?6, updated_at = ?7 WHERE id = ?1"),
        params![order.id, delivery_fee.minor, tax.minor, total.minor, units, summary, now],
    )
    .map(drop)
}

pub(super) fn change_state(tx: &mut Tx<'_>, order: OrderId, from: OrderState, to: OrderState) -> Result<bool, Fault> {
    let now = tx.now();
    let changed = tx.execute(
        sql!("UPDATE customer_order SET state = ?3, updated_at = ?4 WHERE id = ?1 AND state = ?2"),
        params![order, from, to, now],
    )?;
    Ok(changed == 1)
}

pub(super) fn progress(tx: &ReadTx<'_>, order: OrderId) -> Result<Progress, Fault> {
    tx.query_one(
        sql!(
            "SELECT o.state,
               (SELECT COUNT(*) FROM fulfilment f WHERE f.order_id = o.id AND f.state NOT IN ('collected', 'delivered', 'cancelled')),
               (SELECT COUNT(*) FROM fulfilment f WHERE f.order_id = o.id AND f.state IN ('collected', 'shipped', 'delivered')),
               (SELECT CAST(COALESCE(SUM(l.quantity), 0) AS BIGINT) FROM order_line l JOIN fulfilment f ON f.id = l.fulfilment_id
                 WHERE l.order_id = o.id AND f.state <> 'cancelled'),
               (SELECT CAST(COALESCE(SUM(l.quantity), 0) AS BIGINT) FROM goods_return r JOIN return_line l ON l.return_id = r.id
                 WHERE r.order_id = o.id AND r.state IN ('received', 'refunded'))
             FROM customer_order o WHERE o.id = ?1"
        ),
        params![order],
        |row| Ok(Progress { state: row.get(0)?, open: row.get(1)?, gone: row.get(2)?, units: row.get(3)?, returned: row.get(4)? }),
    )
}
