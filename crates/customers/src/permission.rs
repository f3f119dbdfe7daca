//! Who may see and change what.

use crate::{EditError, PersonId, QueryError, store};
use kernel::{Actor, Fault, Permission, ProfileId, ReadTx};

/// Staff and programs by permission; a customer, all profiles of their own person.
pub(crate) fn may_edit(tx: &ReadTx<'_>, actor: &Actor, profile: ProfileId) -> Result<PersonId, EditError> {
    let person = store::profiles::person_of(tx, profile)?;
    if is_self(tx, actor, person)? {
        return person.ok_or(EditError::UnknownProfile(profile));
    }
    actor.require(Permission::EditCustomers)?;
    person.ok_or(EditError::UnknownProfile(profile))
}

/// As [`may_edit`], for reading.
pub(crate) fn may_view(tx: &ReadTx<'_>, actor: &Actor, person: PersonId) -> Result<(), QueryError> {
    if !is_self(tx, actor, Some(person))? {
        actor.require(Permission::ViewCustomers)?;
    }
    Ok(())
}

/// The person, when it is they who ask.
pub(crate) fn may_view_own(tx: &ReadTx<'_>, actor: &Actor, person: PersonId) -> Result<Option<PersonId>, Fault> {
    Ok(is_self(tx, actor, Some(person))?.then_some(person))
}

fn is_self(tx: &ReadTx<'_>, actor: &Actor, person: Option<PersonId>) -> Result<bool, Fault> {
    match (actor.profile(), person) {
        (Some(own), Some(person)) => Ok(store::profiles::person_of(tx, own)? == Some(person)),
        _ => Ok(false),
    }
}
