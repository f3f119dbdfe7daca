//! Change a location.

use crate::events::LOCATION_CHANGED;
use crate::{LocationDetails, LocationError, LocationId, store};
use kernel::{Actor, Event, Permission, Tx};

/// Put these details in place of the old ones. Stock and reservations are untouched, also when it is closed for good.
pub fn update_location(tx: &mut Tx<'_>, actor: &Actor, id: LocationId, details: LocationDetails) -> Result<(), LocationError> {
    actor.require(Permission::EditLocations)?;
    details.check()?;
    let holder = store::location_by_code(tx, &details.code)?;
    if holder.is_some_and(|other| other.id != id) {
        return Err(LocationError::CodeTaken(details.code));
    }
    if !store::update_location(tx, id, &details)? {
        return Err(LocationError::UnknownLocation);
    }
    tx.announce(Event::new(LOCATION_CHANGED, id).by(actor).body(&serde_json::json!({ "location": id, "code": details.code })))?;
    Ok(())
}
