//! Promised stock leaves.

use crate::accounts::world;
use crate::release_reservation::{find, tell};
use crate::waiting::given_back;
use crate::{Cause, ReservationError, ReservationId};
use kernel::{Actor, Permission, Quantity, Tx};

/// Take promised stock out: it was handed over or shipped. `None` means all of it; less gives the rest back.
/// Repeating the call changes nothing. Needs the permission to fulfil or to sell.
pub fn commit_reservation(tx: &mut Tx<'_>, actor: &Actor, id: ReservationId, quantity: Option<Quantity>) -> Result<(), ReservationError> {
    if !actor.may(Permission::Sell) {
        actor.require(Permission::Fulfil)?;
    }
    let found = find(tx, id)?;
    if found.waits {
        return Err(ReservationError::NotArrived);
    }
    let sold = world("sold", found.variant, found.location);
    let posted = ledger::commit(tx, id, &sold, quantity.map(|q| q.0))?;
    if posted.is_repeat {
        return Ok(());
    }
    let rest = found.quantity.0 - quantity.unwrap_or(found.quantity).0;
    if rest > 0 {
        given_back(tx, actor, (found.variant, found.location), Quantity(rest))?;
    }
    tell(tx, actor, &found, Cause::Sold, quantity.unwrap_or(found.quantity))
}
