//! Identifiers of a profile: add, prove, mark as shared.

use crate::permission::may_edit;
use crate::{EditError, Identifier, IdentifierKind, KnownIdentifier, PersonId, events, store};
use kernel::{Actor, Channel, Event, Fault, Permission, ProfileId, Timestamp, Tx};

/// What became of an identifier that was to be added.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Added {
    /// It is the profile's now.
    Added,
    /// A profile of the same person has it already.
    Already,
    /// It belongs to somebody else and stays there; remembered as a hint that the two may be one.
    Elsewhere {
        /// The profile that has it.
        owner: ProfileId,
        /// Its person.
        person: PersonId,
    },
}

/// Give a profile one more identifier. What staff, programs and Hilo add counts as vouched for; what customers add themselves only
/// after they prove it. Announces `identifier.added`.
pub fn add_identifier(
    tx: &mut Tx<'_>,
    actor: &Actor,
    profile: ProfileId,
    identifier: &Identifier,
    source: Channel,
) -> Result<Added, EditError> {
    let person = may_edit(tx, actor, profile)?;
    match store::identifiers::find(tx, identifier)? {
        Some(known) if known.person == person => Ok(Added::Already),
        Some(known) => {
            sighted(tx, identifier, profile)?;
            Ok(Added::Elsewhere { owner: known.profile, person: known.person })
        }
        None => {
            let vouched = !matches!(actor, Actor::Customer(_) | Actor::Guest);
            attach(tx, actor, identifier, profile, source, false, vouched)?;
            Ok(Added::Added)
        }
    }
}

/// Record that the profile's owner proved an identifier; it is added when nobody has it. The proof itself (a code, a channel's
/// signature) is the caller's business, so a customer cannot do this alone. Announces `identifier.verified`.
pub fn verify_identifier(
    tx: &mut Tx<'_>,
    actor: &Actor,
    profile: ProfileId,
    identifier: &Identifier,
    source: Channel,
) -> Result<(), EditError> {
    actor.require(Permission::EditCustomers)?;
    let person = may_edit(tx, actor, profile)?;
    match store::identifiers::find(tx, identifier)? {
        Some(known) if known.person != person => {
            Err(EditError::TakenIdentifier { identifier: identifier.to_string(), owner: known.profile })
        }
        Some(known) => {
            if store::identifiers::verify(tx, identifier, tx.now())? {
                announce_identifier(tx, actor, events::IDENTIFIER_VERIFIED, identifier, known.profile, source)?;
            }
            Ok(())
        }
        None => {
            attach(tx, actor, identifier, profile, source, true, true)?;
            Ok(announce_identifier(tx, actor, events::IDENTIFIER_VERIFIED, identifier, profile, source)?)
        }
    }
}

/// Say that several persons use an identifier (a family e-mail, a shop's tablet), or no longer: shared ones are weak.
/// Announces `identifier.shared`, hidden.
pub fn mark_shared(tx: &mut Tx<'_>, actor: &Actor, identifier: &Identifier, shared: bool) -> Result<(), EditError> {
    actor.require(Permission::EditCustomers)?;
    let known = store::identifiers::find(tx, identifier)?.ok_or_else(|| EditError::UnknownIdentifier(identifier.to_string()))?;
    if store::identifiers::set_shared(tx, identifier, shared, &actor.to_string())? {
        announce_shared(tx, actor, identifier, known.profile)?;
    }
    Ok(())
}

pub(crate) fn announce_shared(tx: &mut Tx<'_>, actor: &Actor, identifier: &Identifier, owner: ProfileId) -> Result<(), Fault> {
    tx.announce(Event::new(events::IDENTIFIER_SHARED, owner).profile(owner).by(actor).body(&of(identifier)).hidden())
}

/// Remember that a profile gave an identifier that it does not own. Announces `identifier.seen`, hidden.
pub(crate) fn sighted(tx: &mut Tx<'_>, identifier: &Identifier, profile: ProfileId) -> Result<(), Fault> {
    if store::identifiers::sighted(tx, identifier, profile)? && identifier.kind() != IdentifierKind::Device {
        tx.announce(Event::new(events::IDENTIFIER_SEEN, profile).profile(profile).body(&of(identifier)).hidden())?;
    }
    Ok(())
}

/// Insert one that nobody has.
pub(crate) fn attach(
    tx: &mut Tx<'_>,
    actor: &Actor,
    identifier: &Identifier,
    profile: ProfileId,
    source: Channel,
    verified: bool,
    vouched: bool,
) -> Result<(), Fault> {
    let now = tx.now();
    let new = KnownIdentifier {
        identifier: identifier.clone(),
        profile,
        person: profile.into(),
        verified_at: verified.then_some::<Timestamp>(now),
        vouched,
        shared: false,
        source,
        added_at: now,
    };
    if !store::identifiers::insert(tx, &new)? {
        return Err(Fault::data(format!("`{identifier}` got an owner within one transaction")));
    }
    announce_identifier(tx, actor, events::IDENTIFIER_ADDED, identifier, profile, source)
}

pub(crate) fn announce_identifier(
    tx: &mut Tx<'_>,
    actor: &Actor,
    kind: &'static str,
    identifier: &Identifier,
    profile: ProfileId,
    channel: Channel,
) -> Result<(), Fault> {
    let event = Event::new(kind, profile).profile(profile).channel(channel).by(actor).body(&of(identifier));
    tx.announce(if identifier.kind() == IdentifierKind::Device { event.hidden() } else { event })
}

fn of(identifier: &Identifier) -> events::OfIdentifier {
    events::OfIdentifier { identifier: identifier.to_string(), display: identifier.display().to_owned() }
}
