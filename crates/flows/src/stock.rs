//! The stock set aside for the lines of an order.

use inventory::ReservationError;
use kernel::{Actor, Tx};
use orders::OrderLine;

/// The goods of these lines left: their reservations become a sale.
pub(crate) fn commit<'a>(tx: &mut Tx<'_>, actor: &Actor, lines: impl IntoIterator<Item = &'a OrderLine>) -> Result<(), ReservationError> {
    for reservation in lines.into_iter().flat_map(OrderLine::reservations) {
        inventory::commit_reservation(tx, actor, reservation, None)?;
    }
    Ok(())
}

/// The goods of these lines stay: others may have them.
pub(crate) fn release<'a>(tx: &mut Tx<'_>, actor: &Actor, lines: impl IntoIterator<Item = &'a OrderLine>) -> Result<(), ReservationError> {
    for reservation in lines.into_iter().flat_map(OrderLine::reservations) {
        inventory::release_reservation(tx, actor, reservation)?;
    }
    Ok(())
}
