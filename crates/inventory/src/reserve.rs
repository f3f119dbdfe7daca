//! Promise stock.

use crate::accounts::stock_account;
use crate::events::Change;
use crate::model::promise;
use crate::{Cause, LocationId, MOST, ReservationId, ReserveError, store};
use catalogue::VariantId;
use kernel::{Actor, Fault, Quantity, Timestamp, Tx};
use ledger::{AccountName, Held, Hold, LedgerError};

/// Stock to be promised.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reserve {
    /// The caller's name for this intent, such as `order/ID/line/1`.
    pub key: String,
    /// Of what.
    pub variant: VariantId,
    /// Where.
    pub location: LocationId,
    /// How much.
    pub quantity: Quantity,
    /// When the promise lapses; `None` keeps it until commit or release.
    pub expires_at: Option<Timestamp>,
}

/// Stock that is promised.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reservation {
    /// Its id, for commit and release.
    pub id: ReservationId,
    /// What can still be promised to others.
    pub available: Quantity,
    /// True when the key had acted before; the reservation may be over by now.
    pub is_repeat: bool,
}

/// Hold stock until it is handed over, shipped, released, or the promise lapses. Announces `stock.changed`.
///
/// Invariant kept: reserved <= on hand - safety stock at the moment of the promise, whoever else buys meanwhile.
/// Anybody may reserve, since a visitor's checkout does. Repeating the `key` answers the first reservation.
pub fn reserve(tx: &mut Tx<'_>, actor: &Actor, cmd: Reserve) -> Result<Reservation, ReserveError> {
    if !(1..=MOST).contains(&cmd.quantity.0) {
        return Err(ReserveError::InvalidQuantity);
    }
    let place = store::place(tx, cmd.variant, cmd.location)?.filter(|p| p.is_active).ok_or(ReserveError::UnknownLocation)?;
    let held = hold(tx, &cmd, stock_account(cmd.variant, cmd.location), place.safety)?;
    if held.is_repeat {
        return Ok(Reservation { id: held.id, available: promise(held.balance.available(), place.safety), is_repeat: true });
    }
    let change =
        Change { variant: cmd.variant, location: cmd.location, cause: Cause::Reserved, quantity: cmd.quantity, reservation: Some(held.id) };
    let available = change.tell(tx, actor, held.balance, place.safety)?;
    Ok(Reservation { id: held.id, available, is_repeat: false })
}

/// Hold the quantity on an account, and leave so many there.
pub(crate) fn hold(tx: &mut Tx<'_>, cmd: &Reserve, account: AccountName, leave: Quantity) -> Result<Held, ReserveError> {
    let (key, amount) = (format!("reserve/{}", cmd.key), cmd.quantity.0);
    let hold = Hold { key, account, amount, leave: leave.0, expires_at: cmd.expires_at, reason: "reserved" };
    ledger::hold(tx, hold).map_err(|error| match error {
        LedgerError::Insufficient { available, .. } => ReserveError::OutOfStock { available: promise(available, leave) },
        LedgerError::Fault(fault) => ReserveError::Fault(fault),
        other => ReserveError::Fault(Fault::outside("holding stock", other)),
    })
}
