//! A promise gets another end.

use crate::release_reservation::find;
use crate::{ReservationError, ReservationId};
use kernel::{Timestamp, Tx};

/// Move the end of a reservation, either way; `None` keeps it until commit or release, as an order wants it.
pub fn extend_reservation(tx: &mut Tx<'_>, id: ReservationId, expires_at: Option<Timestamp>) -> Result<(), ReservationError> {
    find(tx, id)?;
    Ok(ledger::extend(tx, id, expires_at)?)
}
