//! A promise is withdrawn.

use crate::accounts::{parse, stock_account};
use crate::events::Change;
use crate::{Cause, LocationId, ReservationError, ReservationId, store};
use catalogue::VariantId;
use kernel::{Actor, Quantity, ReadTx, Tx};
use ledger::Balance;

/// Give promised stock back; answers whether it was still promised. One released or lapsed before is left as it is.
/// Anybody may, since whoever cancels a cart or order does.
pub fn release_reservation(tx: &mut Tx<'_>, actor: &Actor, id: ReservationId) -> Result<bool, ReservationError> {
    let found = find(tx, id)?;
    if !ledger::release(tx, id)? {
        return Ok(false);
    }
    let balance = ledger::balance(tx, &stock_account(found.variant, found.location))?;
    tell(tx, actor, &found, Cause::Released, found.quantity, balance)?;
    Ok(true)
}

/// What a reservation is about.
pub(crate) struct Found {
    pub(crate) id: ReservationId,
    pub(crate) variant: VariantId,
    pub(crate) location: LocationId,
    pub(crate) quantity: Quantity,
}

/// The reservation, if the hold is one on stock.
pub(crate) fn find(tx: &ReadTx<'_>, id: ReservationId) -> Result<Found, ReservationError> {
    let hold = ledger::find_hold(tx, id)?.ok_or(ReservationError::UnknownReservation)?;
    let (variant, location) = parse(&hold.account).ok_or(ReservationError::UnknownReservation)?;
    Ok(Found { id, variant, location, quantity: Quantity(hold.amount) })
}

pub(crate) fn tell(
    tx: &mut Tx<'_>,
    actor: &Actor,
    found: &Found,
    cause: Cause,
    quantity: Quantity,
    balance: Balance,
) -> Result<(), ReservationError> {
    let safety = store::place(tx, found.variant, found.location)?.map_or(Quantity::ZERO, |p| p.safety);
    let change = Change { variant: found.variant, location: found.location, cause, quantity, reservation: Some(found.id) };
    change.tell(tx, actor, balance, safety)?;
    Ok(())
}
