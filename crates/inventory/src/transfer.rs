//! Send stock to another place.

use crate::accounts::transit;
use crate::movement::{Movement, positive};
use crate::{Cause, LocationId, StockError, StockTransferId, store};
use catalogue::VariantId;
use kernel::{Actor, Permission, Quantity, Tx};

/// Stock to be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Transfer {
    /// The caller's name for this line of the transfer.
    pub key: String,
    /// Of what.
    pub variant: VariantId,
    /// From.
    pub origin: LocationId,
    /// To.
    pub destination: LocationId,
    /// How much.
    pub quantity: Quantity,
}

/// Take stock out of one place; it is under way until [`crate::receive_transfer`]. Repeating the `key` answers the first.
///
/// # Errors
/// [`StockError::TooFew`] when that would take what is reserved.
pub fn transfer(tx: &mut Tx<'_>, actor: &Actor, cmd: Transfer) -> Result<StockTransferId, StockError> {
    actor.require(Permission::AdjustStock)?;
    positive(cmd.quantity)?;
    if cmd.origin == cmd.destination {
        return Err(StockError::SamePlace);
    }
    store::place(tx, cmd.variant, cmd.destination)?.filter(|p| p.is_active).ok_or(StockError::UnknownLocation)?;
    if let Some(first) = store::transfer_by_key(tx, &cmd.key)? {
        return Ok(first);
    }
    let id: StockTransferId = tx.new_id();
    let movement = Movement {
        key: format!("transfer/{id}/send"),
        variant: cmd.variant,
        location: cmd.origin,
        change: Quantity(-cmd.quantity.0),
        against: transit(cmd.variant, id),
        reason: "sent",
        cause: Cause::Sent,
    };
    movement.make(tx, actor)?;
    store::insert_transfer(tx, id, &cmd)?;
    Ok(id)
}
