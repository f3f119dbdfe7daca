//! Parts that were sold before their goods were there.

use super::advance::move_to;
use super::model::{Fulfilment, FulfilmentState};
use super::promised::Promised;
use super::store;
use crate::events;
use crate::order::store as orders;
use inventory::ReservationId;
use jiff::civil::Date;
use kernel::{Actor, Channel, Fault, Tx};

/// The goods of a reservation are there. A paid part that waits for nothing else is to be picked now; answers it. Nothing for a
/// reservation that no part waits for.
pub fn goods_arrived(tx: &mut Tx<'_>, reservation: ReservationId) -> Result<Option<Fulfilment>, Fault> {
    let Some(id) = store::delete_awaited(tx, reservation)? else { return Ok(None) };
    if store::last_awaited(tx, id)?.is_some() {
        return Ok(None);
    }
    store::set_expected(tx, id, None)?;
    let Some(part) = store::load(tx, id)?.filter(|part| part.state == FulfilmentState::Awaiting) else { return Ok(None) };
    let moved = move_to(tx, &Actor::system(), part, FulfilmentState::Pending, None, Channel::System)?;
    Ok(moved.map(|moved| moved.fulfilment))
}

/// The goods of a reservation come another day; answers its part when that is there on another day than was thought.
pub fn goods_expected(tx: &mut Tx<'_>, reservation: ReservationId, day: Date) -> Result<Option<Fulfilment>, Fault> {
    let Some(id) = store::move_awaited(tx, reservation, day)? else { return Ok(None) };
    let (last, part) = (store::last_awaited(tx, id)?, store::load(tx, id)?);
    let Some(part) = part.filter(|part| last.is_some() && part.expected != last) else { return Ok(None) };
    store::set_expected(tx, id, last)?;
    Ok(Some(Fulfilment { expected: last, ..part }))
}

/// A part arrives on other days than was promised; what was promised is none where it was sent without. Announces `fulfilment.delayed`
/// where that is later.
pub fn promise_delayed(tx: &mut Tx<'_>, part: &Fulfilment, promised: &Promised) -> Result<(), Fault> {
    store::set_promised(tx, part.id, promised)?;
    if part.promised.as_ref().is_none_or(|before| promised.arrival.to <= before.arrival.to) {
        return Ok(());
    }
    let order = orders::head(tx, part.order)?.ok_or_else(|| Fault::data("a fulfilment without its order"))?;
    tx.announce(events::of_fulfilment("fulfilment.delayed", &Actor::system(), Channel::System, &order, part))
}
