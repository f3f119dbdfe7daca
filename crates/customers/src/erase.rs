//! This room's part of erasing a person, and of handing out all that is known of them. `flows` adds the other rooms'.

use crate::permission::may_view_own;
use crate::{Identifier, KnownIdentifier, PersonId, QueryError, contact_setting, current, events, fields_of, person, store};
use kernel::{Actor, Event, Fault, Permission, ProfileId, ReadTx, Timestamp, Tx};
use serde_json::{Value, json};

/// What was taken out of this room.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Erased {
    /// Profiles whose fields are empty now.
    pub profiles: u64,
    /// Identifiers that nobody has any more.
    pub identifiers: u64,
    /// Answers that are kept without their words.
    pub consents: u64,
}

/// Refuse unless the actor is the person, or may erase people.
pub fn may_erase(tx: &ReadTx<'_>, actor: &Actor, person: PersonId) -> Result<(), QueryError> {
    own_or(tx, actor, person, Permission::EraseCustomers)
}

/// Refuse unless the actor is the person, or may take out people's data.
pub fn may_export(tx: &ReadTx<'_>, actor: &Actor, person: PersonId) -> Result<(), QueryError> {
    own_or(tx, actor, person, Permission::ExportCustomers)
}

fn own_or(tx: &ReadTx<'_>, actor: &Actor, person: PersonId, permission: Permission) -> Result<(), QueryError> {
    if may_view_own(tx, actor, current(tx, person)?)?.is_none() {
        actor.require(permission)?;
    }
    Ok(())
}

/// Empty a person's profiles and forget their identifiers, sessions, settings. Claims and answers stay without their words. The caller
/// has asked [`may_erase`]. Announces `customer.erased` on each profile.
pub fn erase(tx: &mut Tx<'_>, actor: &Actor, id: PersonId) -> Result<Erased, Fault> {
    let Some(known) = person(tx, id)? else { return Ok(Erased::default()) };
    let mut erased = Erased::default();
    for profile in known.profiles.iter().map(|profile| profile.id) {
        let own = |identifier: &&KnownIdentifier| identifier.profile == profile;
        let identifiers: Vec<Identifier> = known.identifiers.iter().filter(own).map(|known| known.identifier.clone()).collect();
        store::erase::blank_profile(tx, profile)?;
        erased.identifiers += store::erase::drop_identifiers(tx, profile, &identifiers)?;
        store::erase::blank_claims(tx, profile)?;
        erased.consents += store::erase::blank_evidence(tx, profile)?;
        erased.profiles += 1;
        tx.announce(Event::new(events::ERASED, profile).profile(profile).by(actor))?;
    }
    Ok(erased)
}

/// Forget what a profile once allowed or forbade.
pub fn forget_consents(tx: &mut Tx<'_>, profile: ProfileId) -> Result<(), Fault> {
    store::erase::drop_consents(tx, profile)
}

/// Keep what was erased of a person, what was kept and why.
pub fn record_erasure(tx: &mut Tx<'_>, actor: &Actor, id: PersonId, report: &Value) -> Result<(), Fault> {
    for profile in store::profiles::ids_of_person(tx, current(tx, id)?)? {
        store::accesses::add_erasure(tx, profile, &actor.to_string(), report)?;
    }
    Ok(())
}

/// When a person was erased, and the report; `None` for everybody else.
pub fn erasure_of(tx: &ReadTx<'_>, id: PersonId) -> Result<Option<(Timestamp, Value)>, Fault> {
    store::accesses::erasure_of(tx, current(tx, id)?.oldest_profile())
}

/// All that this room knows of a person. The caller has asked [`may_export`].
pub fn export(tx: &ReadTx<'_>, id: PersonId) -> Result<Value, Fault> {
    let Some(known) = person(tx, id)? else { return Ok(Value::Null) };
    let (mut answers, mut accesses, mut fields) = (Vec::new(), Vec::new(), Vec::new());
    for profile in &known.profiles {
        fields.extend(fields_of(tx, profile.id)?);
        answers.extend(store::contact::answers_of(tx, profile.id, 10_000)?);
        accesses.extend(store::accesses::of_profile(tx, profile.id, 10_000)?);
    }
    let setting = contact_setting(tx, known.id)?;
    let claims = store::claims::touching(tx, known.id, 1_000)?;
    Ok(
        json!({ "person": known, "fields": fields, "consent_history": answers, "contact_setting": setting, "claims": claims, "accesses": accesses }),
    )
}
