//! Orders follow what they wait for: goods that came, and goods that come another day.

use crate::delivery::promise_when_expected;
use inventory::{Allocated, STOCK_ALLOCATED, SUPPLY_CHANGED, SupplyChanged};
use kernel::{Fault, Logged, Reaction, Tx};

pub(crate) const ARRIVED: Reaction = Reaction { name: "flows.goods_arrived", kinds: &[STOCK_ALLOCATED], folds: false, react: arrived };
pub(crate) const EXPECTED: Reaction = Reaction { name: "flows.goods_expected", kinds: &[SUPPLY_CHANGED], folds: false, react: expected };

/// The parts that waited for nothing else can be picked.
fn arrived(tx: &mut Tx<'_>, event: &Logged) -> Result<(), Fault> {
    let body: Allocated = event.read()?;
    for reservation in body.reservations {
        orders::goods_arrived(tx, reservation)?;
    }
    Ok(())
}

/// What is promised of the parts that wait follows the days on which their goods come now.
fn expected(tx: &mut Tx<'_>, event: &Logged) -> Result<(), Fault> {
    let body: SupplyChanged = event.read()?;
    for (reservation, day) in inventory::waiting(tx, body.variant, body.location)? {
        if let Some(part) = orders::goods_expected(tx, reservation, day)? {
            promise_when_expected(tx, &part)?;
        }
    }
    Ok(())
}
