//! Sold goods come back.

use crate::accounts::world;
use crate::movement::{Movement, positive};
use crate::{Cause, LocationId, StockError};
use catalogue::VariantId;
use kernel::{Actor, Permission, Quantity, Tx};

/// Goods that came back and can be sold again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TakeBack {
    /// The caller's name for this line of the return.
    pub key: String,
    /// Of what.
    pub variant: VariantId,
    /// Where they came back to; any place, not only where they were sold.
    pub location: LocationId,
    /// How much.
    pub quantity: Quantity,
}

/// Put returned goods into the stock; answers what can be promised now. Repeating the `key` adds nothing.
pub fn take_back(tx: &mut Tx<'_>, actor: &Actor, cmd: TakeBack) -> Result<Quantity, StockError> {
    actor.require(Permission::AcceptReturns)?;
    positive(cmd.quantity)?;
    let movement = Movement {
        key: format!("take_back/{}", cmd.key),
        variant: cmd.variant,
        location: cmd.location,
        change: cmd.quantity,
        against: world("sold", cmd.variant, cmd.location),
        reason: "taken_back",
        cause: Cause::TakenBack,
    };
    movement.make(tx, actor)
}
