//! Find who speaks, or make a profile for them.

use crate::identifiers::{announce_identifier, attach, sighted};
use crate::{Identifier, KnownIdentifier, PersonId, Profile, Strength, events, store};
use kernel::{Actor, Channel, Denied, Event, Fault, Kind, Locale, Permission, Problem, ProfileId, Tx};

/// Identifiers that one message, form or visit may bring.
const MOST: usize = 16;
/// Letters kept of a name.
pub(crate) const NAME_LENGTH: usize = 200;

/// What a channel knows of whoever speaks.
#[derive(Debug, Clone)]
pub struct Recognise {
    /// All that came with the message, form or visit. May be empty: then a new profile is made.
    pub identifiers: Vec<Identifier>,
    /// The name they give themselves.
    pub name: Option<String>,
    /// Their language, if known.
    pub locale: Option<Locale>,
    /// Where they speak.
    pub channel: Channel,
    /// True when the channel itself proves that all these identifiers are theirs (a WhatsApp sender, a signed-in customer);
    /// false for what was only typed.
    pub verified: bool,
}

/// Who it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recognised {
    /// The profile that whatever comes now belongs to.
    pub profile: ProfileId,
    /// Its person.
    pub person: PersonId,
    /// True when the profile was made just now.
    pub is_new: bool,
    /// Other persons to whom given identifiers belong: possibly the same, to be asked.
    pub suggestions: Vec<PersonId>,
}

/// Why nobody was recognised.
#[derive(Debug, thiserror::Error)]
pub enum RecogniseError {
    /// Too many identifiers at once.
    #[error("at most {MOST} identifiers can be given at once")]
    TooMany,
    /// The actor may not.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// Everything else.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl Problem for RecogniseError {
    fn kind(&self) -> Kind {
        match self {
            RecogniseError::TooMany => Kind::Invalid,
            RecogniseError::Denied(denied) => denied.kind(),
            RecogniseError::Fault(fault) => fault.kind(),
        }
    }
    fn code(&self) -> &'static str {
        match self {
            RecogniseError::TooMany => "customers.too_many_identifiers",
            RecogniseError::Denied(denied) => denied.code(),
            RecogniseError::Fault(fault) => fault.code(),
        }
    }
}

/// Find the profile of the strongest known identifier, or make one.
///
/// Order: proven, then unproven, then shared, then a browser's token; of equals the first given. A browser known to be shared finds
/// nobody. An identifier never leaves its profile; a new one is added to a profile found only when that is safe:
/// - the channel proves it, or the profile has no strong identifier yet (a visitor who gives an address for the first time);
/// - it did not come through a mere browser whose person is known by something else, nor with nothing but what several persons use: then the
///   newcomer gets a profile of their own.
///
/// What is not added is remembered as seen, and shows up in [`crate::possible_same`]. Anybody may be recognised; what they may then
/// see is another question. Announces `customer.created` and `identifier.added`.
pub fn recognise(tx: &mut Tx<'_>, actor: &Actor, cmd: Recognise) -> Result<Recognised, RecogniseError> {
    if matches!(actor, Actor::Staff { .. } | Actor::ApiKey { .. }) {
        actor.require(Permission::EditCustomers)?;
    }
    if cmd.identifiers.len() > MOST {
        return Err(RecogniseError::TooMany);
    }
    let (known, fresh) = look_up(tx, &cmd.identifiers)?;
    let found = choose(tx, &known, &fresh)?;
    let is_new = found.is_none();
    let (profile, person) = match found {
        Some(found) => found,
        None => create(tx, actor, &cmd)?,
    };
    let takes_all = is_new || cmd.verified || !store::identifiers::has_strong(tx, person)?;
    for identifier in fresh {
        if takes_all {
            attach(tx, actor, identifier, profile, cmd.channel, cmd.verified, cmd.verified)?;
        } else {
            sighted(tx, identifier, profile)?;
        }
    }
    let mut suggestions = Vec::new();
    for owned in &known {
        if owned.person == person {
            if cmd.verified && owned.profile == profile && store::identifiers::verify(tx, &owned.identifier, tx.now())? {
                announce_identifier(tx, actor, events::IDENTIFIER_VERIFIED, &owned.identifier, profile, cmd.channel)?;
            }
        } else {
            sighted(tx, &owned.identifier, profile)?;
            if !suggestions.contains(&owned.person) {
                suggestions.push(owned.person);
            }
        }
    }
    if !is_new {
        complete(tx, profile, &cmd)?;
    }
    Ok(Recognised { profile, person, is_new, suggestions })
}

/// Given identifiers, once each: those somebody has, and those nobody has.
fn look_up<'i>(tx: &Tx<'_>, given: &'i [Identifier]) -> Result<(Vec<KnownIdentifier>, Vec<&'i Identifier>), Fault> {
    let (mut known, mut fresh) = (Vec::new(), Vec::new());
    for (at, identifier) in given.iter().enumerate() {
        if given[..at].contains(identifier) {
            continue;
        }
        match store::identifiers::find(tx, identifier)? {
            Some(found) => known.push(found),
            None => fresh.push(identifier),
        }
    }
    Ok((known, fresh))
}

/// The profile and person of the strongest; nobody when something new is given and only a browser or what several persons use points at somebody.
fn choose(tx: &Tx<'_>, known: &[KnownIdentifier], fresh: &[&Identifier]) -> Result<Option<(ProfileId, PersonId)>, Fault> {
    let usable = known.iter().filter_map(|k| Some((k.rank()?, k)));
    let Some((_, best)) = usable.min_by_key(|(rank, _)| *rank) else { return Ok(None) };
    let only_browser = best.identifier.strength() == Strength::Weak;
    let names_somebody = fresh.iter().any(|i| i.strength() == Strength::Strong);
    if names_somebody && (best.shared || only_browser && store::identifiers::has_strong(tx, best.person)?) {
        return Ok(None);
    }
    Ok(Some((best.profile, best.person)))
}

fn create(tx: &mut Tx<'_>, actor: &Actor, cmd: &Recognise) -> Result<(ProfileId, PersonId), Fault> {
    new_profile(tx, actor, tidy(cmd.name.as_deref()), cmd.locale, cmd.channel)
}

/// A profile that is a person of its own.
pub(crate) fn new_profile(
    tx: &mut Tx<'_>,
    actor: &Actor,
    full_name: String,
    locale: Option<Locale>,
    source: Channel,
) -> Result<(ProfileId, PersonId), Fault> {
    let id: ProfileId = tx.new_id();
    let now = tx.now();
    let profile = Profile {
        id,
        person: id.into(),
        given_name: String::new(),
        family_name: String::new(),
        full_name,
        display_name: String::new(),
        locale,
        postcode: String::new(),
        preferred_channels: Vec::new(),
        note: String::new(),
        source,
        created_at: now,
        updated_at: now,
    };
    store::profiles::insert(tx, &profile)?;
    let body = events::Created { name: profile.full_name };
    tx.announce(Event::new(events::CREATED, id).profile(id).channel(source).by(actor).body(&body))?;
    Ok((id, id.into()))
}

/// Fill in what the profile lacked; never overwrite.
fn complete(tx: &mut Tx<'_>, id: ProfileId, cmd: &Recognise) -> Result<(), Fault> {
    if cmd.name.is_none() && cmd.locale.is_none() {
        return Ok(());
    }
    let Some(mut profile) = store::profiles::by_id(tx, id)? else { return Ok(()) };
    let name = tidy(cmd.name.as_deref());
    let (lacks_name, lacks_locale) = (profile.name().is_empty() && !name.is_empty(), profile.locale.is_none() && cmd.locale.is_some());
    if lacks_name {
        profile.full_name = name;
    }
    if lacks_locale {
        profile.locale = cmd.locale;
    }
    if lacks_name || lacks_locale {
        profile.updated_at = tx.now();
        store::profiles::save(tx, &profile)?;
        tx.announce(Event::new(events::UPDATED, id).profile(id).hidden())?;
    }
    Ok(())
}

/// Spaces put right, cut to what is kept.
pub(crate) fn tidy(name: Option<&str>) -> String {
    let words: Vec<&str> = name.unwrap_or_default().split_whitespace().collect();
    words.join(" ").chars().take(NAME_LENGTH).collect()
}
