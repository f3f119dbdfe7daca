//! Take up one line.

use super::read::Record;
use super::take_back::Before;
use super::{Import, Outcome};
use crate::identifiers::{attach, sighted};
use crate::record::{columns, write};
use crate::store::imports::{Known, Waiting};
use crate::{Basis, Consent, ConsentState, Field, FieldKind, FieldSource, Identifier, IdentifierKind, PersonId, Profile, events, store};
use kernel::{Actor, Channel, Event, Fault, ProfileId, Tx};

/// Where imported things count as said.
const WHERE: Channel = Channel::Studio;

pub(super) fn apply(tx: &mut Tx<'_>, actor: &Actor, import: &Import, line: &Waiting) -> Result<Outcome, Fault> {
    let source = FieldSource::Import(import.name.clone());
    let digest = line.record.digest();
    let known = store::imports::known(tx, &source, &line.key)?;
    // Somebody may have erased the profile since.
    let known = match known {
        Some(known) => store::profiles::by_id(tx, known.profile)?.map(|profile| (known, profile)),
        None => None,
    };
    let (outcome, profile, before, why) = match known {
        Some((known, _)) if known.digest == digest => (Outcome::Unchanged, known.profile, Before::default(), String::new()),
        Some((known, profile)) => {
            let (id, before) = (profile.id, Before::of(tx, &known, &profile, &source)?);
            let why = change(tx, actor, import, profile, line, &source)?;
            (Outcome::Changed, id, before, why)
        }
        None => {
            let (id, why) = create(tx, actor, import, line, &source)?;
            (Outcome::Created, id, Before::default(), why)
        }
    };
    if outcome != Outcome::Unchanged {
        store::imports::remember(tx, &source, &line.key, &Known { profile, import: import.id, digest })?;
    }
    store::imports::finish_line(tx, import.id, line.line, outcome, profile, &before, &why)?;
    Ok(outcome)
}

fn create(tx: &mut Tx<'_>, actor: &Actor, import: &Import, line: &Waiting, source: &FieldSource) -> Result<(ProfileId, String), Fault> {
    let (id, now): (ProfileId, _) = (tx.new_id(), tx.now());
    let field = |(kind, value): &(FieldKind, String)| Field {
        profile: id,
        kind: *kind,
        value: value.clone(),
        source: source.clone(),
        basis: Basis::of(actor, source),
        at: now,
        actor: actor.to_string(),
    };
    let fields: Vec<Field> = line.record.fields.iter().map(field).collect();
    let shown = columns(fields.clone());
    let profile = Profile {
        id,
        person: id.into(),
        given_name: shown.given_name,
        family_name: shown.family_name,
        full_name: shown.full_name,
        display_name: String::new(),
        locale: None,
        postcode: shown.postcode,
        preferred_channels: Vec::new(),
        note: String::new(),
        source: WHERE,
        created_at: now,
        updated_at: now,
    };
    store::profiles::insert(tx, &profile)?;
    store::fields::insert(tx, &fields)?;
    let body = events::Created { name: profile.name() };
    tx.announce(Event::new(events::CREATED, id).profile(id).channel(WHERE).by(actor).body(&body))?;
    let owners = identifiers(tx, actor, id, &line.record)?;
    let mut kinds: Vec<FieldKind> = fields.iter().map(|f| f.kind).collect();
    kinds.dedup();
    announce(tx, actor, import, id, kinds)?;
    let why = consents(tx, actor, import, id, line, &owners)?;
    Ok((id, why))
}

fn change(tx: &mut Tx<'_>, actor: &Actor, import: &Import, of: Profile, line: &Waiting, source: &FieldSource) -> Result<String, Fault> {
    let id = of.id;
    let mut said: Vec<(FieldKind, Vec<String>)> = Vec::new();
    for (kind, value) in &line.record.fields {
        match said.last_mut() {
            Some((last, values)) if last == kind => values.push(value.clone()),
            _ => said.push((*kind, vec![value.clone()])),
        }
    }
    for held in store::fields::of_profile(tx, id)?.iter().filter(|f| f.source == *source) {
        if !said.iter().any(|(kind, _)| *kind == held.kind) {
            said.push((held.kind, Vec::new()));
        }
    }
    let kinds = write(tx, actor, of, said, source)?;
    let owners = identifiers(tx, actor, id, &line.record)?;
    announce(tx, actor, import, id, kinds)?;
    consents(tx, actor, import, id, line, &owners)
}

fn announce(tx: &mut Tx<'_>, actor: &Actor, import: &Import, id: ProfileId, kinds: Vec<FieldKind>) -> Result<(), Fault> {
    let body = events::FieldsChanged { source: FieldSource::Import(import.name.clone()), kinds, import: Some(import.id) };
    tx.announce(Event::new(events::FIELDS_CHANGED, id).profile(id).channel(WHERE).by(actor).body(&body).hidden())
}

/// Give the profile what nobody has, remember the rest as seen; answers the persons who have those.
fn identifiers(tx: &mut Tx<'_>, actor: &Actor, id: ProfileId, record: &Record) -> Result<Vec<PersonId>, Fault> {
    let of_fields = record.fields.iter().filter_map(|(kind, value)| Some((kind.identifier()?, value)));
    let all = of_fields.chain(record.cards.iter().map(|card| (IdentifierKind::Card, card)));
    let mut owners = Vec::new();
    for (kind, value) in all {
        let Ok(identifier) = Identifier::new(kind, value) else { continue };
        match store::identifiers::find(tx, &identifier)? {
            None => attach(tx, actor, &identifier, id, WHERE, false, true)?,
            Some(known) if known.profile == id => {}
            Some(known) => {
                sighted(tx, &identifier, id)?;
                owners.push(known.person);
            }
        }
    }
    Ok(owners)
}

/// Record answers that differ. A yes of a list never overrules a no that somebody gave us, here or under an identifier of theirs.
fn consents(tx: &mut Tx<'_>, actor: &Actor, import: &Import, id: ProfileId, line: &Waiting, owners: &[PersonId]) -> Result<String, Fault> {
    let own = store::profiles::person_of(tx, id)?;
    let mut why = String::new();
    for (purpose, channel, state) in &line.record.consents {
        let (purpose, channel, state) = (*purpose, *channel, *state);
        let mut refused = false;
        for person in own.iter().chain(owners) {
            let standing = store::profiles::consent_for(tx, *person, purpose, channel)?;
            refused |= standing.is_some_and(|c| c.state == ConsentState::Refused && line.record.consent_at.is_none_or(|at| at <= c.at));
        }
        if state == ConsentState::Granted && refused {
            why = "consent:refused".to_owned();
            continue;
        }
        let file = format!("{}:{}", import.file_name, line.line);
        let evidence = if line.record.evidence.is_empty() { file } else { format!("{} ({file})", line.record.evidence) };
        let at = line.record.consent_at.unwrap_or(tx.now()).min(tx.now());
        let consent = Consent { profile: id, purpose, channel, state, evidence, source: WHERE, at };
        let held = store::profiles::consent_of_profile(tx, id, purpose, channel)?;
        if held.is_some_and(|held| held.state == state || held.at > at) {
            continue;
        }
        store::profiles::save_consent(tx, &consent)?;
        let body = events::ConsentChanged { purpose, channel, state };
        tx.announce(Event::new(events::CONSENT_CHANGED, id).profile(id).channel(WHERE).by(actor).body(&body))?;
    }
    Ok(why)
}
