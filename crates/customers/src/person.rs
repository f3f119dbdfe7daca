//! Everything known of one person.

use crate::naming::{BestName, Candidate, best_name};
use crate::permission::may_view;
use crate::{Claim, Consent, Identifier, IdentifierKind, KnownIdentifier, PersonId, Profile, QueryError, store};
use kernel::log::TimelineKey;
use kernel::{Actor, Channel, Fault, Locale, Logged, ProfileId, ReadTx};
use serde::Serialize;
use std::collections::HashSet;

/// What the claims about profiles add up to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Person {
    /// Who.
    pub id: PersonId,
    /// What to call them, and why.
    pub name: BestName,
    /// Their language, from the profile that changed last.
    pub locale: Option<Locale>,
    /// Channels they prefer, best first, from the profile that changed last.
    pub preferred_channels: Vec<Channel>,
    /// What the sources know, oldest first.
    pub profiles: Vec<Profile>,
    /// Every way to recognise them; proven first, then oldest.
    pub identifiers: Vec<KnownIdentifier>,
    /// The answer in force for each purpose and channel: the newest of all profiles.
    pub consents: Vec<Consent>,
}

impl Person {
    /// Their identifiers of one sort, best first.
    pub fn of_kind(&self, kind: IdentifierKind) -> impl Iterator<Item = &KnownIdentifier> {
        self.identifiers.iter().filter(move |i| i.identifier.kind() == kind)
    }
}

/// A person, by the id they have or ever had: an id from before a join leads to the person of today.
pub fn person(tx: &ReadTx<'_>, id: PersonId) -> Result<Option<Person>, Fault> {
    let Some(id) = person_of(tx, id.oldest_profile())? else { return Ok(None) };
    let profiles = store::profiles::of_person(tx, id)?;
    let identifiers = store::identifiers::of_person(tx, id)?;
    let mut answered = HashSet::new();
    let mut consents = store::profiles::consents_of(tx, id)?;
    consents.retain(|c| answered.insert((c.purpose, c.channel)));
    consents.sort_unstable_by_key(|c| (c.purpose, c.channel));
    let mut latest: Vec<&Profile> = profiles.iter().collect();
    latest.sort_by_key(|p| std::cmp::Reverse((p.updated_at, p.id)));
    Ok(Some(Person {
        id,
        name: name_of(&profiles, &identifiers),
        locale: latest.iter().find_map(|p| p.locale),
        preferred_channels: latest.iter().map(|p| &p.preferred_channels).find(|c| !c.is_empty()).cloned().unwrap_or_default(),
        profiles,
        identifiers,
        consents,
    }))
}

fn name_of(profiles: &[Profile], identifiers: &[KnownIdentifier]) -> BestName {
    let proven =
        |id| identifiers.iter().any(|i| i.profile == id && i.verified_at.is_some() && i.identifier.kind() != IdentifierKind::Device);
    let candidates: Vec<Candidate> =
        profiles.iter().map(|p| Candidate { profile: p.id, name: p.name(), proven: proven(p.id), updated_at: p.updated_at }).collect();
    let readable = identifiers.iter().find(|i| i.identifier.kind() != IdentifierKind::Device);
    best_name(&candidates, readable.map(|i| i.identifier.display()))
}

/// The person a profile belongs to now.
pub fn person_of(tx: &ReadTx<'_>, profile: ProfileId) -> Result<Option<PersonId>, Fault> {
    store::profiles::person_of(tx, profile)
}

/// The person that an id means today: an id from before a join leads to whoever it became. An unknown one stays as it is.
pub fn current(tx: &ReadTx<'_>, person: PersonId) -> Result<PersonId, Fault> {
    Ok(person_of(tx, person.oldest_profile())?.unwrap_or(person))
}

/// A person's profiles, oldest first: other rooms list what hangs on any of them. Follows an old id, as all queries here.
pub fn profiles_of(tx: &ReadTx<'_>, person: PersonId) -> Result<Vec<ProfileId>, Fault> {
    store::profiles::ids_of_person(tx, current(tx, person)?)
}

/// One profile.
pub fn profile(tx: &ReadTx<'_>, id: ProfileId) -> Result<Option<Profile>, Fault> {
    store::profiles::by_id(tx, id)
}

/// Whose identifier it is.
pub fn by_identifier(tx: &ReadTx<'_>, identifier: &Identifier) -> Result<Option<KnownIdentifier>, Fault> {
    store::identifiers::find(tx, identifier)
}

/// All that happened to a person on every channel, newest first, older than `before`, at most `limit` (200). The cost does not depend
/// on the length of the history. Staff see anybody's; a customer their own.
pub fn timeline(
    tx: &ReadTx<'_>,
    actor: &Actor,
    person: PersonId,
    before: Option<TimelineKey>,
    limit: usize,
) -> Result<Vec<Logged>, QueryError> {
    let person = current(tx, person)?;
    may_view(tx, actor, person)?;
    Ok(kernel::log::timeline(tx, &store::profiles::ids_of_person(tx, person)?, before, limit.min(200))?)
}

/// Every claim that touches a person, newest first, at most `limit` (200): what can be undone is [`Claim::is_standing`].
pub fn claims_of(tx: &ReadTx<'_>, actor: &Actor, person: PersonId, limit: usize) -> Result<Vec<Claim>, QueryError> {
    let person = current(tx, person)?;
    may_view(tx, actor, person)?;
    Ok(store::claims::touching(tx, person, limit.min(200) as i64)?)
}
