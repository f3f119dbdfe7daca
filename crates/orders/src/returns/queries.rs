//! Looking at returns.

use super::model::{Return, ReturnState};
use super::store;
use crate::ids::{OrderId, ReturnId};
use crate::page::{Cursor, Page, ReadError, fetch_count};
use kernel::{Actor, Fault, Permission, ReadTx};

/// One return. The caller has made sure that whoever asks may see its order.
pub fn return_by_id(tx: &ReadTx<'_>, id: ReturnId) -> Result<Option<Return>, Fault> {
    store::load(tx, id)
}

/// All returns of an order, oldest first.
pub fn returns_of(tx: &ReadTx<'_>, order: OrderId) -> Result<Vec<Return>, Fault> {
    let mut found = Vec::new();
    for id in store::ids_of_order(tx, order)? {
        found.extend(store::load(tx, id)?);
    }
    Ok(found)
}

/// Returns in one state, oldest first: what is expected, what waits for its refund. For staff.
pub fn returns_in_state(
    tx: &ReadTx<'_>,
    actor: &Actor,
    state: ReturnState,
    after: Option<Cursor>,
    limit: usize,
) -> Result<Page<Return>, ReadError> {
    actor.require(Permission::ViewOrders)?;
    let ids = store::ids_in_state(tx, state, &after.unwrap_or_else(Cursor::earliest), fetch_count(limit))?;
    let mut found = Vec::new();
    for id in ids {
        found.extend(store::load(tx, id)?);
    }
    Ok(Page::cut(found, limit, |goods| Cursor::new(goods.requested_at, goods.id)))
}
