//! Looking at orders.

use super::model::{Order, OrderHead};
use super::number::OrderNumber;
use super::states::OrderState;
use super::store;
use crate::code::{same_secret, tidy_code};
use crate::fulfilment;
use crate::ids::OrderId;
use crate::page::{Cursor, MAX_PAGE, Page, ReadError, fetch_count};
use inventory::LocationId;
use kernel::{Actor, Fault, Permission, ProfileId, ReadTx, Timestamp};

/// An order by id. The caller has made sure that whoever asks may see it.
pub fn order(tx: &ReadTx<'_>, id: OrderId) -> Result<Option<Order>, Fault> {
    store::load(tx, id)
}

/// An order of one of these profiles: what a customer may see.
pub fn order_of(tx: &ReadTx<'_>, profiles: &[ProfileId], id: OrderId) -> Result<Option<Order>, Fault> {
    Ok(store::load(tx, id)?.filter(|order| order.profile.is_some_and(|owner| profiles.contains(&owner))))
}

/// An order by the number people say.
pub fn order_by_number(tx: &ReadTx<'_>, number: OrderNumber) -> Result<Option<Order>, Fault> {
    store::id_by_serial(tx, number.0)?.map_or(Ok(None), |id| store::load(tx, id))
}

/// The order whose tracking link holds this token.
pub fn order_by_token(tx: &ReadTx<'_>, token: &str) -> Result<Option<Order>, Fault> {
    let parts = token.split_at_checked(26).and_then(|(id, secret)| Some((id.parse::<OrderId>().ok()?, secret)));
    let Some((id, secret)) = parts else { return Ok(None) };
    Ok(store::load(tx, id)?.filter(|order| same_secret(&order.secret, secret)))
}

/// Orders of these profiles, newest first.
pub fn orders_of(tx: &ReadTx<'_>, profiles: &[ProfileId], after: Option<Cursor>, limit: usize) -> Result<Page<OrderHead>, Fault> {
    let after = after.unwrap_or_else(Cursor::latest);
    let mut found = Vec::new();
    for profile in profiles {
        found.extend(store::of_profile(tx, *profile, &after, fetch_count(limit))?);
    }
    found.sort_unstable_by_key(|order| std::cmp::Reverse((order.placed_at, order.id)));
    Ok(cut(found, limit))
}

/// Orders in one state, newest first; for staff.
pub fn orders_in_state(
    tx: &ReadTx<'_>,
    actor: &Actor,
    state: OrderState,
    after: Option<Cursor>,
    limit: usize,
) -> Result<Page<OrderHead>, ReadError> {
    actor.require(Permission::ViewOrders)?;
    let found = store::in_state(tx, state, &after.unwrap_or_else(Cursor::latest), fetch_count(limit))?;
    Ok(cut(found, limit))
}

/// Orders placed in `[from, until)`, newest first, of one shop or of the whole brand: today's sales. For staff.
pub fn sold_between(
    tx: &ReadTx<'_>,
    actor: &Actor,
    sold_at: Option<LocationId>,
    span: (Timestamp, Timestamp),
    after: Option<Cursor>,
    limit: usize,
) -> Result<Page<OrderHead>, ReadError> {
    actor.require(Permission::ViewOrders)?;
    let (from, until) = span;
    let after = after.unwrap_or_else(|| Cursor { at: until, id: String::new() });
    let found = match sold_at {
        Some(shop) => store::sold_at(tx, shop, from, &after, fetch_count(limit))?,
        None => store::placed_since(tx, from, &after, fetch_count(limit))?,
    };
    Ok(cut(found, limit))
}

/// What staff type to find an order: its number, an e-mail, a telephone in E.164, a collect code. Newest first.
pub fn search_orders(tx: &ReadTx<'_>, actor: &Actor, typed: &str, limit: usize) -> Result<Vec<OrderHead>, ReadError> {
    actor.require(Permission::ViewOrders)?;
    let typed = typed.trim();
    let limit = limit.clamp(1, MAX_PAGE) as i64;
    if typed.contains('@') {
        return Ok(store::of_email(tx, &typed.to_lowercase(), limit)?);
    }
    if typed.starts_with('+') {
        let phone: String = typed.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect();
        return Ok(store::of_phone(tx, &phone, limit)?);
    }
    if let Ok(number) = typed.parse::<OrderNumber>()
        && let Some(id) = store::id_by_serial(tx, number.0)?
    {
        return Ok(store::head(tx, id)?.into_iter().collect());
    }
    let mut found = Vec::new();
    for part in fulfilment::with_code(tx, &tidy_code(typed))? {
        found.extend(store::head(tx, part.order)?);
    }
    Ok(found)
}

fn cut(found: Vec<OrderHead>, limit: usize) -> Page<OrderHead> {
    Page::cut(found, limit, |order| Cursor::new(order.placed_at, order.id))
}
