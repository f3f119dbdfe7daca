//! This room's part of handing out what is known of a person, and of erasing it: what books must show stays, who it was goes.

use crate::ids::{FulfilmentId, OrderId};
use crate::order::{OrderHead, OrderNumber, OrderState, order, orders_of};
use crate::returns::returns_of;
use crate::way::Address;
use kernel::{Fault, Json, ProfileId, ReadTx, Timestamp, Tx, params, sql};
use serde_json::{Value, json};

/// Orders read at once.
const BATCH: usize = 100;

/// What was taken out of this room, and what stays.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ErasedOrders {
    /// Carts that are gone.
    pub carts: u64,
    /// Orders that stay, without contact, note and street: number, dates, lines, amounts and taxes, postcode and country.
    pub kept: u64,
    /// When the last of them was placed.
    pub last: Option<Timestamp>,
}

/// Orders that are neither with the customer nor called off, and so cannot be erased yet; at most 100.
pub fn unfinished_orders(tx: &ReadTx<'_>, profiles: &[ProfileId]) -> Result<Vec<OrderNumber>, Fault> {
    let mut found = Vec::new();
    each(tx, profiles, |head| {
        if matches!(head.state, OrderState::Placed | OrderState::Paid | OrderState::Fulfilling) && found.len() < BATCH {
            found.push(head.number);
        }
        Ok(())
    })?;
    Ok(found)
}

fn each(tx: &ReadTx<'_>, profiles: &[ProfileId], mut visit: impl FnMut(&OrderHead) -> Result<(), Fault>) -> Result<(), Fault> {
    let mut after = None;
    loop {
        let page = orders_of(tx, profiles, after, BATCH)?;
        page.items.iter().try_for_each(&mut visit)?;
        after = page.next;
        if after.is_none() {
            return Ok(());
        }
    }
}

/// Every order of these profiles with its lines and returns, and their open cart.
pub fn export_orders(tx: &ReadTx<'_>, profiles: &[ProfileId]) -> Result<Value, Fault> {
    let mut orders = Vec::new();
    each(tx, profiles, |head| {
        if let Some(order) = order(tx, head.id)? {
            orders.push(exported(tx, &order)?);
        }
        Ok(())
    })?;
    let cart = crate::open_cart_of(tx, profiles)?;
    let line = |line: &crate::CartLine| json!({ "variant": line.variant, "quantity": line.quantity.0, "way": line.way, "added_at": line.added_at });
    let cart =
        cart.map(|cart| json!({ "id": cart.id, "created_at": cart.created_at, "lines": cart.lines.iter().map(line).collect::<Vec<_>>() }));
    Ok(json!({ "orders": orders, "cart": cart }))
}

fn exported(tx: &ReadTx<'_>, order: &crate::Order) -> Result<Value, Fault> {
    let line = |line: &crate::OrderLine| {
        json!({ "sku": line.sku, "title": line.title, "quantity": line.quantity.0, "unit_price": line.unit_price, "discount": line.discount,
            "tax": line.tax, "total": line.total, "returned": line.returned.0 })
    };
    let part = |part: &crate::Fulfilment| json!({ "way": part.way, "place": part.place, "address": part.address, "state": part.state });
    let goods = |goods: crate::Return| json!({ "id": goods.id, "state": goods.state, "reason": goods.reason, "refund": goods.refund, "requested_at": goods.requested_at });
    let change = |change: crate::OrderChange| json!({ "asked_at": change.created_at, "state": change.state, "difference": change.difference, "changes": change.proposal.notes });
    Ok(json!({
        "id": order.id, "number": order.number.to_string(), "state": order.state, "channel": order.channel, "placed_at": order.placed_at,
        "contact": order.contact, "note": order.note, "total": order.total, "tax": order.tax, "paid": order.paid, "refunded": order.refunded,
        "lines": order.lines.iter().map(line).collect::<Vec<_>>(),
        "fulfilments": order.fulfilments.iter().map(part).collect::<Vec<_>>(),
        "changes": crate::changes_of(tx, order.id)?.into_iter().map(change).collect::<Vec<_>>(),
        "returns": returns_of(tx, order.id)?.into_iter().map(goods).collect::<Vec<_>>(),
    }))
}

/// Take whom it was sold to out of every order; drop the carts. Amounts, numbers, taxes, lines and states are not touched. The caller has
/// made sure that none is unfinished.
pub fn erase_orders(tx: &mut Tx<'_>, profiles: &[ProfileId]) -> Result<ErasedOrders, Fault> {
    let mut erased = ErasedOrders::default();
    let mut ids: Vec<OrderId> = Vec::new();
    each(tx, profiles, |head| {
        ids.push(head.id);
        erased.last = erased.last.max(Some(head.placed_at));
        Ok(())
    })?;
    for id in &ids {
        keep_tax_address(tx, *id)?;
        tx.execute(sql!("DELETE FROM order_change WHERE order_id = ?1"), params![id])?;
    }
    for profile in profiles {
        erased.kept += tx.execute(
            sql!("UPDATE customer_order SET contact_name = '', contact_email = '', contact_phone = '', note = '' WHERE profile = ?1"),
            params![profile],
        )?;
        tx.execute(sql!("UPDATE goods_return SET reason = '' WHERE profile = ?1"), params![profile])?;
        tx.execute(sql!("DELETE FROM cart_line WHERE cart_id IN (SELECT id FROM cart WHERE profile = ?1)"), params![profile])?;
        erased.carts += tx.execute(sql!("DELETE FROM cart WHERE profile = ?1"), params![profile])?;
    }
    Ok(erased)
}

/// Where goods went decides whose tax it was: postcode, region and country stay.
fn keep_tax_address(tx: &mut Tx<'_>, order: OrderId) -> Result<(), Fault> {
    let parts = tx.query(
        sql!("SELECT id, address FROM fulfilment WHERE order_id = ?1 AND address IS NOT NULL ORDER BY id"),
        params![order],
        |row| Ok((row.get::<FulfilmentId>(0)?, row.get::<Json<Address>>(1)?.0)),
    )?;
    for (part, address) in parts {
        let kept = Address { name: String::new(), street: String::new(), city: String::new(), ..address };
        tx.execute(sql!("UPDATE fulfilment SET address = ?2 WHERE id = ?1"), params![part, Json(&kept)])?;
    }
    Ok(())
}

/// The time for which books must be kept is over: orders and returns placed before `before` belong to nobody from now on. Answers the
/// orders.
pub fn forget_owner(tx: &mut Tx<'_>, profile: ProfileId, before: Timestamp) -> Result<Vec<OrderId>, Fault> {
    tx.execute(sql!("UPDATE goods_return SET profile = NULL WHERE profile = ?1 AND requested_at < ?2"), params![profile, before])?;
    tx.write_query(
        sql!("UPDATE customer_order SET profile = NULL WHERE profile = ?1 AND placed_at < ?2 RETURNING id"),
        params![profile, before],
        |row| row.get(0),
    )
}
