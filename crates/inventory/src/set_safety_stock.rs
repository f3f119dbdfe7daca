//! Keep some stock back.

use crate::events::LOCATION_CHANGED;
use crate::update_location::LocationChanged;
use crate::{LocationId, MOST, StockError, store};
use catalogue::VariantId;
use kernel::{Actor, Event, Permission, Quantity, Tx};

/// Keep `quantity` of a variant back in one place; `None` goes back to the place's own figure. Reservations already made stay.
pub fn set_safety_stock(
    tx: &mut Tx<'_>,
    actor: &Actor,
    variant: VariantId,
    location: LocationId,
    quantity: Option<Quantity>,
) -> Result<(), StockError> {
    actor.require(Permission::AdjustStock)?;
    if quantity.is_some_and(|q| !(0..=MOST).contains(&q.0)) {
        return Err(StockError::InvalidQuantity);
    }
    store::place(tx, variant, location)?.ok_or(StockError::UnknownLocation)?;
    store::set_safety(tx, variant, location, quantity)?;
    let body = LocationChanged { location, variant: Some(variant), safety_stock: quantity, is_stock_affected: false };
    tx.announce(Event::new(LOCATION_CHANGED, location).by(actor).body(&body))?;
    Ok(())
}
