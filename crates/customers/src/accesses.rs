//! Who opened whose record: once an hour each, visible to the person and to those who watch over it.

use crate::{PersonId, QueryError, current, permission, person_of, store};
use kernel::{Actor, Channel, Fault, Permission, ProfileId, ReadTx, Timestamp, Tx};
use serde::Serialize;

const HOUR: i64 = 3600 * 1_000_000;

/// Somebody opened a record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Access {
    /// Whose: the person as they were named then.
    pub profile: ProfileId,
    /// Who: `staff:ID` or `api_key:ID`.
    pub actor: String,
    /// Through which door.
    pub door: Channel,
    /// When, the first time in that hour.
    pub at: Timestamp,
}

/// True when this opening has still to be noted by [`note_access`]: staff and programs, the first time in an hour.
pub fn is_unnoted(tx: &ReadTx<'_>, actor: &Actor, person: PersonId) -> Result<bool, Fault> {
    if !matches!(actor, Actor::Staff { .. } | Actor::ApiKey { .. }) {
        return Ok(false);
    }
    // An id that is nobody's opens nothing.
    let Some(person) = person_of(tx, person.oldest_profile())? else { return Ok(false) };
    Ok(!store::accesses::is_noted(tx, person.oldest_profile(), &actor.to_string(), tx.now().as_micros() / HOUR)?)
}

/// Note that staff or a program opened a record; a second time within the hour changes nothing. The caller has checked that the actor
/// may see people.
pub fn note_access(tx: &mut Tx<'_>, actor: &Actor, person: PersonId, door: Channel) -> Result<(), Fault> {
    if is_unnoted(tx, actor, person)? {
        let (person, now) = (current(tx, person)?, tx.now());
        let access = Access { profile: person.oldest_profile(), actor: actor.to_string(), door, at: now };
        store::accesses::add(tx, &access, now.as_micros() / HOUR)?;
    }
    Ok(())
}

/// Who opened a person's record, newest first, at most `limit` (200): for the person, and for those who may see it.
pub fn accesses_of(tx: &ReadTx<'_>, actor: &Actor, person: PersonId, limit: usize) -> Result<Vec<Access>, QueryError> {
    let person = current(tx, person)?;
    if permission::may_view_own(tx, actor, person)?.is_none() {
        actor.require(Permission::ViewAccesses)?;
    }
    let limit = limit.clamp(1, 200);
    let mut found = Vec::new();
    for profile in store::profiles::ids_of_person(tx, person)? {
        found.extend(store::accesses::of_profile(tx, profile, limit as i64)?);
    }
    found.sort_unstable_by_key(|access| std::cmp::Reverse((access.at, access.profile)));
    found.truncate(limit);
    Ok(found)
}

/// Whose records were opened lately, newest first, at most `limit` (200).
pub fn latest_accesses(tx: &ReadTx<'_>, actor: &Actor, limit: usize) -> Result<Vec<Access>, QueryError> {
    actor.require(Permission::ViewAccesses)?;
    Ok(store::accesses::latest(tx, limit.clamp(1, 200) as i64)?)
}
