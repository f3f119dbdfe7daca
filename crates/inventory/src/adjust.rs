//! Correct stock by hand, with a reason.

use crate::accounts::world;
use crate::movement::{Movement, positive};
use crate::{Cause, LocationId, StockError};
use catalogue::VariantId;
use kernel::{Actor, Permission, Quantity, Tx};

kernel::db_enum! {
    /// Why stock is corrected.
    pub enum AdjustReason {
        /// Cannot be sold.
        Damaged = "damaged",
        /// Cannot be found.
        Lost = "lost",
        /// Turned up.
        Found = "found",
        /// Stolen.
        Stolen = "stolen",
        /// Given away or shown in the window.
        Sample = "sample",
        /// A mistake is put right.
        Correction = "correction",
    }
}

/// A correction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Adjust {
    /// The caller's name for this correction.
    pub key: String,
    /// Of what.
    pub variant: VariantId,
    /// Where.
    pub location: LocationId,
    /// Signed; not zero.
    pub change: Quantity,
    /// Why.
    pub reason: AdjustReason,
}

/// Correct what is on hand; answers what can be promised now. Repeating the `key` changes nothing.
///
/// # Errors
/// [`StockError::TooFew`] when that would take what is reserved.
pub fn adjust(tx: &mut Tx<'_>, actor: &Actor, cmd: Adjust) -> Result<Quantity, StockError> {
    actor.require(Permission::AdjustStock)?;
    positive(Quantity(cmd.change.0.saturating_abs()))?;
    let movement = Movement {
        key: format!("adjust/{}", cmd.key),
        variant: cmd.variant,
        location: cmd.location,
        change: cmd.change,
        against: world("adjusted", cmd.variant, cmd.location),
        reason: cmd.reason.as_str(),
        cause: Cause::Adjusted,
    };
    movement.make(tx, actor)
}
