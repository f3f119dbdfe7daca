//! Add a location.

use crate::events::LOCATION_CREATED;
use crate::{LocationDetails, LocationError, LocationId, store};
use kernel::{Actor, Event, Permission, Tx};

/// Add a shop or warehouse. Its code must be free; so repeating the call is refused rather than doubled.
pub fn create_location(tx: &mut Tx<'_>, actor: &Actor, details: LocationDetails) -> Result<LocationId, LocationError> {
    actor.require(Permission::EditLocations)?;
    details.check()?;
    let id: LocationId = tx.new_id();
    if !store::insert_location(tx, id, &details)? {
        return Err(LocationError::CodeTaken(details.code));
    }
    tx.announce(Event::new(LOCATION_CREATED, id).by(actor).body(&serde_json::json!({ "location": id, "code": details.code })))?;
    Ok(id)
}
