//! Count what is there.

use crate::accounts::{stock_account, world};
use crate::movement::Movement;
use crate::{Cause, LocationId, MOST, StockError, store};
use catalogue::VariantId;
use kernel::{Actor, Permission, Quantity, Tx};

/// A count of one variant in one place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Count {
    /// The caller's name for this count.
    pub key: String,
    /// Of what.
    pub variant: VariantId,
    /// Where.
    pub location: LocationId,
    /// How many lie there, reserved ones included; 0 or more.
    pub counted: Quantity,
}

/// Make what is on hand what was counted; answers the signed difference. Repeating the `key` answers the first difference.
///
/// # Errors
/// [`StockError::TooFew`] when fewer were counted than are reserved: release reservations first.
pub fn count(tx: &mut Tx<'_>, actor: &Actor, cmd: Count) -> Result<Quantity, StockError> {
    actor.require(Permission::AdjustStock)?;
    if !(0..=MOST).contains(&cmd.counted.0) {
        return Err(StockError::InvalidQuantity);
    }
    if let Some(first) = store::count_by_key(tx, &cmd.key)? {
        return Ok(first);
    }
    store::place(tx, cmd.variant, cmd.location)?.ok_or(StockError::UnknownLocation)?;
    // Read, then post the difference: the transaction is serialisable, and the ledger checks again.
    let balance = ledger::balance(tx, &stock_account(cmd.variant, cmd.location))?;
    let difference = Quantity(cmd.counted.0 - balance.posted);
    store::insert_count(tx, &cmd, difference)?;
    if difference != Quantity::ZERO {
        let movement = Movement {
            key: format!("count/{}", cmd.key),
            variant: cmd.variant,
            location: cmd.location,
            change: difference,
            against: world("adjusted", cmd.variant, cmd.location),
            reason: "counted",
            cause: Cause::Counted,
        };
        movement.make(tx, actor)?;
    }
    Ok(difference)
}
