//! Goods come in from outside.

use crate::accounts::world;
use crate::movement::{Movement, positive};
use crate::{Cause, LocationId, StockError};
use catalogue::VariantId;
use kernel::{Actor, Permission, Quantity, Tx};

/// Goods that came in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receive {
    /// The caller's name for this delivery line.
    pub key: String,
    /// Of what.
    pub variant: VariantId,
    /// Where.
    pub location: LocationId,
    /// How much.
    pub quantity: Quantity,
}

/// Add goods from a supplier to the stock; answers what can be promised now. Repeating the `key` adds nothing.
pub fn receive(tx: &mut Tx<'_>, actor: &Actor, cmd: Receive) -> Result<Quantity, StockError> {
    actor.require(Permission::AdjustStock)?;
    positive(cmd.quantity)?;
    let movement = Movement {
        key: format!("receive/{}", cmd.key),
        variant: cmd.variant,
        location: cmd.location,
        change: cmd.quantity,
        against: world("supplier", cmd.variant, cmd.location),
        reason: "received",
        cause: Cause::Received,
    };
    movement.make(tx, actor)
}
