//! Change a location.

use crate::events::LOCATION_CHANGED;
use crate::{LocationDetails, LocationError, LocationId, store};
use catalogue::VariantId;
use kernel::{Actor, Event, Permission, Quantity, Tx};
use serde::{Deserialize, Serialize};

/// What is told of a change of a location.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct LocationChanged {
    pub(crate) location: LocationId,
    /// Its safety stock of this variant is another.
    #[serde(default)]
    pub(crate) variant: Option<VariantId>,
    #[serde(default)]
    pub(crate) safety_stock: Option<Quantity>,
    /// Whether all that lies there can be had, sent or not, otherwise than before.
    #[serde(default)]
    pub(crate) is_stock_affected: bool,
}

/// Put these details in place of the old ones. Stock and reservations are untouched, also when it is closed for good.
pub fn update_location(tx: &mut Tx<'_>, actor: &Actor, id: LocationId, details: LocationDetails) -> Result<(), LocationError> {
    actor.require(Permission::EditLocations)?;
    details.check()?;
    let holder = store::location_by_code(tx, &details.code)?;
    if holder.is_some_and(|other| other.id != id) {
        return Err(LocationError::CodeTaken(details.code));
    }
    let before = store::location(tx, id)?.ok_or(LocationError::UnknownLocation)?.details;
    store::update_location(tx, id, &details)?;
    let of_stock = |details: &LocationDetails| (details.is_active, details.ships, details.safety_stock);
    let is_stock_affected = of_stock(&before) != of_stock(&details);
    let body = LocationChanged { location: id, variant: None, safety_stock: None, is_stock_affected };
    tx.announce(Event::new(LOCATION_CHANGED, id).by(actor).body(&body))?;
    Ok(())
}
