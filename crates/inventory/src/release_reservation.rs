//! A promise is withdrawn.

use crate::accounts::{parse, parse_incoming};
use crate::events::Change;
use crate::waiting::{freed, given_back};
use crate::{Cause, LocationId, ReservationError, ReservationId};
use catalogue::VariantId;
use kernel::{Actor, Quantity, ReadTx, Tx};

/// Give promised stock back; answers whether it was still promised. One released or lapsed before is left as it is.
/// Anybody may, since whoever cancels a cart or order does.
pub fn release_reservation(tx: &mut Tx<'_>, actor: &Actor, id: ReservationId) -> Result<bool, ReservationError> {
    let found = find(tx, id)?;
    if !ledger::release(tx, id)? {
        return Ok(false);
    }
    if found.waits {
        freed(tx, actor, (found.variant, found.location), (found.quantity, id))?;
        return Ok(true);
    }
    given_back(tx, actor, (found.variant, found.location), found.quantity)?;
    tell(tx, actor, &found, Cause::Released, found.quantity)?;
    Ok(true)
}

/// What a reservation is about.
pub(crate) struct Found {
    pub(crate) id: ReservationId,
    pub(crate) variant: VariantId,
    pub(crate) location: LocationId,
    pub(crate) quantity: Quantity,
    /// It is out of what is on its way.
    pub(crate) waits: bool,
}

/// The reservation, if the hold is one on stock.
pub(crate) fn find(tx: &ReadTx<'_>, id: ReservationId) -> Result<Found, ReservationError> {
    let hold = ledger::find_hold(tx, id)?.ok_or(ReservationError::UnknownReservation)?;
    let coming = parse_incoming(&hold.account);
    let (variant, location) = coming.or_else(|| parse(&hold.account)).ok_or(ReservationError::UnknownReservation)?;
    Ok(Found { id, variant, location, quantity: Quantity(hold.amount), waits: coming.is_some() })
}

pub(crate) fn tell(tx: &mut Tx<'_>, actor: &Actor, found: &Found, cause: Cause, quantity: Quantity) -> Result<(), ReservationError> {
    let change = Change { variant: found.variant, location: found.location, cause, quantity, reservation: Some(found.id) };
    change.tell_as_it_is(tx, actor)?;
    Ok(())
}
