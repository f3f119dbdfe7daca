//! Say something of a profile.

use crate::permission::may_edit;
use crate::record::best::columns;
use crate::record::read::{column_fields, from_column};
use crate::record::source::IMPORT_NAME_LENGTH;
use crate::record::value::{FieldProblem, read_value};
use crate::{Basis, EditError, Field, FieldKind, FieldSource, Identifier, Profile, add_identifier, events, store};
use kernel::{Actor, Channel, Event, Fault, ProfileId, Timestamp, Tx};

/// Values that one call may bring.
const MOST: usize = 64;
/// Values of one kind that one source may say at once.
const SEVERAL: usize = 8;

/// Say fields of a profile, as one source knows them; staff, programs, or the customer themselves.
///
/// What this source said of the same kinds before becomes past; what other sources say stays beside it. An empty value takes back what
/// the source said. Only e-mails, phones and free fields may come several times in one call. E-mails and phones become identifiers of the
/// profile too, unless somebody else has them. Answers the kinds that changed; announces `customer.fields_changed` when any did.
pub fn set_fields(
    tx: &mut Tx<'_>,
    actor: &Actor,
    profile: ProfileId,
    fields: Vec<(FieldKind, String)>,
    source: FieldSource,
) -> Result<Vec<FieldKind>, EditError> {
    may_edit(tx, actor, profile)?;
    let of = store::profiles::by_id(tx, profile)?.ok_or(EditError::UnknownProfile(profile))?;
    let said = read(fields)?;
    if let FieldSource::Import(name) = &source
        && name.chars().count() > IMPORT_NAME_LENGTH
    {
        return Err(EditError::TooLong { field: "source", most: IMPORT_NAME_LENGTH });
    }
    for (kind, values) in &said {
        let Some(identifier_kind) = kind.identifier() else { continue };
        for value in values {
            let identifier =
                Identifier::new(identifier_kind, value).map_err(|e| EditError::BadField { kind: *kind, why: e.to_string() })?;
            add_identifier(tx, actor, profile, &identifier, channel_of(&source))?;
        }
    }
    let changed = write(tx, actor, of, said, &source)?;
    announce(tx, actor, profile, &source, &changed, true)?;
    Ok(changed)
}

/// As [`set_fields`] for what comes with a message, form or visit: asks no permission, keeps what fits and passes over the rest, leaves
/// identifiers to the caller, never takes anything back, and announces hidden.
pub fn note_fields(
    tx: &mut Tx<'_>,
    actor: &Actor,
    profile: ProfileId,
    fields: &[(FieldKind, &str)],
    channel: Channel,
) -> Result<Vec<FieldKind>, Fault> {
    let Some(of) = store::profiles::by_id(tx, profile)? else { return Ok(Vec::new()) };
    let mut said: Vec<(FieldKind, Vec<String>)> = Vec::new();
    for (kind, text) in fields.iter().take(MOST) {
        if let Ok(value) = read_value(*kind, text)
            && !value.is_empty()
            && kind.identifier().is_none()
            && !said.iter().any(|(k, _)| k == kind)
        {
            said.push((*kind, vec![value]));
        }
    }
    let source = FieldSource::Channel(channel);
    let changed = write(tx, actor, of, said, &source)?;
    announce(tx, actor, profile, &source, &changed, false)?;
    Ok(changed)
}

/// What somebody corrected in the profile itself: it takes the place of whatever any source said of these kinds. The columns are the
/// caller's business. Announces hidden.
pub(crate) fn replace(tx: &mut Tx<'_>, actor: &Actor, before: &Profile, after: &Profile) -> Result<(), Fault> {
    let now = tx.now();
    let source = FieldSource::Channel(channel_of_actor(actor, before.source));
    let mut rows = store::fields::of_profile(tx, before.id)?;
    seed(tx, before, &mut rows)?;
    let changed = replace_kinds(before, after);
    for (kind, value) in &changed {
        store::fields::retire_kind(tx, before.id, *kind, now)?;
        let said = (!value.is_empty()).then(|| field(actor, before.id, *kind, value.clone(), &source, now));
        store::fields::insert(tx, said.as_slice())?;
    }
    let kinds: Vec<FieldKind> = changed.into_iter().map(|(kind, _)| kind).collect();
    announce(tx, actor, before.id, &source, &kinds, false)
}

/// The kinds whose column differs, with what it says now.
fn replace_kinds(before: &Profile, after: &Profile) -> Vec<(FieldKind, String)> {
    let pairs = column_fields(before).into_iter().zip(column_fields(after));
    pairs.filter(|((_, old), (_, new))| old != new).map(|(_, (kind, new))| (kind, new.to_owned())).collect()
}

/// In the form they are kept, grouped by kind.
fn read(fields: Vec<(FieldKind, String)>) -> Result<Vec<(FieldKind, Vec<String>)>, EditError> {
    if fields.len() > MOST {
        return Err(EditError::TooMany { most: MOST });
    }
    let mut said: Vec<(FieldKind, Vec<String>)> = Vec::new();
    for (kind, text) in fields {
        let value = read_value(kind, &text).map_err(|problem| match problem {
            FieldProblem::TooLong { kind, most } => EditError::TooLong { field: kind.as_str(), most },
            other => EditError::BadField { kind, why: other.to_string() },
        })?;
        let at = said.iter().position(|(k, _)| *k == kind).unwrap_or_else(|| {
            said.push((kind, Vec::new()));
            said.len() - 1
        });
        let values = &mut said[at].1;
        if value.is_empty() || values.contains(&value) {
            continue;
        }
        if values.len() >= if kind.takes_several() { SEVERAL } else { 1 } {
            return Err(EditError::BadField { kind, why: format!("{kind} was given too often in one go") });
        }
        values.push(value);
    }
    Ok(said)
}

/// Write what differs, and let the profile's columns follow.
pub(crate) fn write(
    tx: &mut Tx<'_>,
    actor: &Actor,
    mut of: Profile,
    said: Vec<(FieldKind, Vec<String>)>,
    source: &FieldSource,
) -> Result<Vec<FieldKind>, Fault> {
    let now = tx.now();
    let mut rows = store::fields::of_profile(tx, of.id)?;
    let has_column =
        |kind: &FieldKind| matches!(kind, FieldKind::GivenName | FieldKind::FamilyName | FieldKind::FullName | FieldKind::Postcode);
    if said.iter().any(|(kind, _)| has_column(kind)) {
        seed(tx, &of, &mut rows)?;
    }
    let (mut changed, mut fresh) = (Vec::new(), Vec::new());
    for (kind, values) in said {
        let held: Vec<&String> = rows.iter().filter(|f| f.kind == kind && f.source == *source).map(|f| &f.value).collect();
        if held.iter().copied().eq(values.iter()) {
            continue;
        }
        if !held.is_empty() {
            store::fields::retire(tx, of.id, kind, source, now)?;
        }
        changed.push(kind);
        fresh.extend(values.into_iter().map(|value| field(actor, of.id, kind, value, source, now)));
    }
    store::fields::insert(tx, &fresh)?;
    if !changed.iter().any(has_column) {
        return Ok(changed);
    }
    rows.retain(|f| !(changed.contains(&f.kind) && f.source == *source));
    rows.extend(fresh);
    let shown = columns(rows);
    let before = of.clone();
    (of.given_name, of.family_name, of.full_name, of.postcode) = (shown.given_name, shown.family_name, shown.full_name, shown.postcode);
    if of != before {
        of.updated_at = now;
        store::profiles::save(tx, &of)?;
    }
    Ok(changed)
}

fn field(actor: &Actor, profile: ProfileId, kind: FieldKind, value: String, source: &FieldSource, at: Timestamp) -> Field {
    Field { profile, kind, value, source: source.clone(), basis: Basis::of(actor, source), at, actor: actor.to_string() }
}

/// Write down what the columns said before anybody wrote a field, so that it stays a saying among others.
fn seed(tx: &mut Tx<'_>, of: &Profile, rows: &mut Vec<Field>) -> Result<(), Fault> {
    let missing = column_fields(of).into_iter().filter(|(kind, value)| !value.is_empty() && !rows.iter().any(|f| f.kind == *kind));
    let seeds: Vec<Field> = missing.map(|(kind, value)| from_column(of, kind, value)).collect();
    store::fields::insert(tx, &seeds)?;
    rows.extend(seeds);
    Ok(())
}

fn announce(tx: &mut Tx<'_>, actor: &Actor, id: ProfileId, source: &FieldSource, kinds: &[FieldKind], shown: bool) -> Result<(), Fault> {
    if kinds.is_empty() {
        return Ok(());
    }
    let body = events::FieldsChanged { source: source.clone(), kinds: kinds.to_vec(), import: None };
    let event = Event::new(events::FIELDS_CHANGED, id).profile(id).channel(channel_of(source)).by(actor).body(&body);
    tx.announce(if shown { event } else { event.hidden() })
}

/// Where an import counts as said.
fn channel_of(source: &FieldSource) -> Channel {
    match source {
        FieldSource::Channel(channel) => *channel,
        FieldSource::Import(_) => Channel::Studio,
    }
}

/// Where somebody corrects a profile, when the command does not say.
fn channel_of_actor(actor: &Actor, profile: Channel) -> Channel {
    match actor {
        Actor::Staff { .. } => Channel::Desk,
        Actor::Customer(_) | Actor::Guest => Channel::Web,
        Actor::ApiKey { .. } => Channel::Api,
        Actor::System => profile,
    }
}
