//! Looking at the work of a place.

use super::model::{Fulfilment, FulfilmentState};
use super::store;
use crate::code::tidy_code;
use crate::ids::FulfilmentId;
use crate::order::{OrderLine, OrderNumber};
use crate::page::{Cursor, Page, ReadError, fetch_count};
use inventory::LocationId;
use kernel::{Actor, Currency, Fault, Permission, ProfileId, ReadTx};

/// One task in a shop: a part with what the card shows.
#[derive(Debug, Clone, PartialEq)]
pub struct QueueEntry {
    /// The part.
    pub fulfilment: Fulfilment,
    /// Number of its order.
    pub number: OrderNumber,
    /// Whose order.
    pub profile: Option<ProfileId>,
    /// Name of the customer.
    pub contact_name: String,
    /// Of the lines' amounts.
    pub currency: Currency,
    /// What to pick.
    pub lines: Vec<OrderLine>,
}

/// One part by id.
pub fn fulfilment(tx: &ReadTx<'_>, id: FulfilmentId) -> Result<Option<Fulfilment>, Fault> {
    store::load(tx, id)
}

/// Parts with this collect code, newest first; nearly always one.
pub fn fulfilments_by_code(tx: &ReadTx<'_>, actor: &Actor, code: &str) -> Result<Vec<Fulfilment>, ReadError> {
    actor.require(Permission::ViewOrders)?;
    Ok(store::with_code(tx, &tidy_code(code))?)
}

/// What a place has to do in one stage, oldest first: `pending` to pick, `ready` to hand over, `packed` for the carrier.
pub fn queue(
    tx: &ReadTx<'_>,
    actor: &Actor,
    location: LocationId,
    state: FulfilmentState,
    after: Option<Cursor>,
    limit: usize,
) -> Result<Page<QueueEntry>, ReadError> {
    actor.require(Permission::ViewOrders)?;
    let after = after.unwrap_or_else(Cursor::earliest);
    let key = |entry: &QueueEntry| Cursor::new(entry.fulfilment.created_at, entry.fulfilment.id);
    let mut page = Page::cut(store::queue(tx, location, state, &after, fetch_count(limit))?, limit, key);
    if let Some(last) = page.items.last().map(key) {
        for (part, line) in store::queue_lines(tx, location, state, (&after, &last))? {
            if let Some(entry) = page.items.iter_mut().find(|entry| entry.fulfilment.id == part) {
                entry.lines.push(line);
            }
        }
    }
    Ok(page)
}
