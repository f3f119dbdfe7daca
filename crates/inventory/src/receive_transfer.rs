//! Sent stock arrives.

use crate::accounts::{UNIT, transit, world};
use crate::movement::Movement;
use crate::{Cause, StockError, StockTransferId, store};
use kernel::{Actor, Permission, Quantity, Tx};
use ledger::{Entry, Post};

/// Add what arrived to the destination's stock; `None` means all that was sent. What is missing is posted as lost.
/// Answers how much arrived; repeating the call answers the first.
pub fn receive_transfer(tx: &mut Tx<'_>, actor: &Actor, id: StockTransferId, arrived: Option<Quantity>) -> Result<Quantity, StockError> {
    actor.require(Permission::AdjustStock)?;
    let sent = store::transfer(tx, id)?.ok_or(StockError::UnknownTransfer)?;
    if let Some(first) = sent.arrived {
        return Ok(first);
    }
    let arrived = arrived.unwrap_or(sent.quantity);
    if !(0..=sent.quantity.0).contains(&arrived.0) {
        return Err(StockError::InvalidQuantity);
    }
    store::transfer_arrived(tx, id, arrived)?;
    let lost = sent.quantity.0 - arrived.0;
    if lost > 0 {
        let entries = vec![Entry::new(transit(sent.variant, id), -lost), Entry::new(world("lost", sent.variant, sent.destination), lost)];
        ledger::post(tx, Post { key: format!("transfer/{id}/lost"), reason: "lost", unit: UNIT.into(), entries })?;
    }
    if arrived.is_positive() {
        let movement = Movement {
            key: format!("transfer/{id}/arrive"),
            variant: sent.variant,
            location: sent.destination,
            change: arrived,
            against: transit(sent.variant, id),
            reason: "arrived",
            cause: Cause::Arrived,
        };
        movement.make(tx, actor)?;
    }
    Ok(arrived)
}
