//! What is said, for whoever asks.

use crate::permission::{may_view, may_view_own};
use crate::person::current;
use crate::record::best::record;
use crate::{
    Basis, Field, FieldKind, FieldSource, Guarded, IdentifierKind, KnownIdentifier, PersonId, Profile, QueryError, RecordField, masked,
    store,
};
use kernel::{Actor, Fault, ProfileId, ReadTx, Timestamp};
use serde::Serialize;
use std::collections::HashMap;

/// A profile with its person, its identifiers and all that is said of it: what a matcher compares.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// Which profile.
    pub profile: ProfileId,
    /// Its person now.
    pub person: PersonId,
    /// Its identifiers.
    pub identifiers: Vec<KnownIdentifier>,
    /// All that is said of it now, e-mails and phones among it.
    pub fields: Vec<Field>,
}

/// What a source said before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PastField {
    /// What it said.
    pub field: Field,
    /// Until when.
    pub until: Timestamp,
}

/// All that is said of one profile now, its e-mails and phones among it, in the order of kinds and sources.
pub fn fields_of(tx: &ReadTx<'_>, profile: ProfileId) -> Result<Vec<Field>, Fault> {
    let Some(of) = store::profiles::by_id(tx, profile)? else { return Ok(Vec::new()) };
    let mut rows = store::fields::of_profile(tx, profile)?;
    let identifiers = store::identifiers::of_profile(tx, profile)?;
    complete(&mut rows, &of, &identifiers);
    Ok(rows)
}

/// Every profile after this one, in the order of their ids, at most `limit` (500) with all that [`fields_of`] says: to read the whole list
/// page by page.
pub fn known_after(tx: &ReadTx<'_>, after: Option<ProfileId>, limit: usize) -> Result<Vec<Known>, Fault> {
    let after = after.unwrap_or(ProfileId::nil());
    let profiles = store::profiles::after(tx, after, limit.clamp(1, 500) as i64)?;
    let Some(last) = profiles.last().map(|p| p.id) else { return Ok(Vec::new()) };
    let mut fields: HashMap<ProfileId, Vec<Field>> = HashMap::new();
    for field in store::fields::between(tx, after, last)? {
        fields.entry(field.profile).or_default().push(field);
    }
    let mut identifiers: HashMap<ProfileId, Vec<KnownIdentifier>> = HashMap::new();
    for identifier in store::identifiers::between(tx, after, last)? {
        identifiers.entry(identifier.profile).or_default().push(identifier);
    }
    let known = profiles.into_iter().map(|of| {
        let mut fields = fields.remove(&of.id).unwrap_or_default();
        let identifiers = identifiers.remove(&of.id).unwrap_or_default();
        complete(&mut fields, &of, &identifiers);
        Known { profile: of.id, person: of.person, identifiers, fields }
    });
    Ok(known.collect())
}

/// For each kind the value to believe, why, and every other saying with its source and time. Staff see anybody's, with dots for
/// what is [`Guarded`] from them; a customer their own.
pub fn record_of_person(tx: &ReadTx<'_>, actor: &Actor, person: PersonId) -> Result<Vec<RecordField>, QueryError> {
    let person = current(tx, person)?;
    may_view(tx, actor, person)?;
    let mut rows = store::fields::of_person(tx, person)?;
    let identifiers = store::identifiers::of_person(tx, person)?;
    for profile in store::profiles::of_person(tx, person)? {
        let mut own: Vec<Field> = rows.extract_if(.., |f| f.profile == profile.id).collect();
        let of_profile: Vec<KnownIdentifier> = identifiers.iter().filter(|i| i.profile == profile.id).cloned().collect();
        complete(&mut own, &profile, &of_profile);
        rows.extend(own);
    }
    mask(tx, actor, person, rows.iter_mut())?;
    Ok(record(rows))
}

/// Dots for what the actor may not read; a person reads all of their own.
fn mask<'a>(tx: &ReadTx<'_>, actor: &Actor, person: PersonId, fields: impl Iterator<Item = &'a mut Field>) -> Result<(), Fault> {
    if may_view_own(tx, actor, person)?.is_none() {
        for (field, guarded) in fields.filter_map(|field| Guarded::of(field.kind).map(|guarded| (field, guarded))) {
            field.value = masked(actor, guarded, &field.value);
        }
    }
    Ok(())
}

/// What was said of one kind before, newest first, at most `limit` (100).
pub fn past_fields(tx: &ReadTx<'_>, actor: &Actor, person: PersonId, kind: FieldKind, limit: usize) -> Result<Vec<PastField>, QueryError> {
    let person = current(tx, person)?;
    may_view(tx, actor, person)?;
    let mut past = store::fields::past_of_person(tx, person, kind, limit.min(100) as i64)?;
    mask(tx, actor, person, past.iter_mut().map(|past| &mut past.field))?;
    Ok(past)
}

/// Add what is known without having been written as a field: names and postcode that came with the profile, and its identifiers.
pub(crate) fn complete(rows: &mut Vec<Field>, of: &Profile, identifiers: &[KnownIdentifier]) {
    for (kind, value) in column_fields(of) {
        if !value.is_empty() && !rows.iter().any(|f| f.kind == kind) {
            rows.push(from_column(of, kind, value));
        }
    }
    for known in identifiers {
        let kind = match known.identifier.kind() {
            IdentifierKind::Email => FieldKind::Email,
            IdentifierKind::Phone => FieldKind::Phone,
            _ => continue,
        };
        let written = rows.iter().position(|f| f.kind == kind && f.value == known.identifier.value());
        match written {
            Some(at) if known.verified_at.is_none() => rows[at].value = known.identifier.display().to_owned(),
            Some(at) => {
                rows.remove(at);
                rows.push(from_identifier(kind, known));
            }
            None => rows.push(from_identifier(kind, known)),
        }
    }
    rows.sort_by(|a, b| (a.kind, &a.source).cmp(&(b.kind, &b.source)));
}

/// The kinds that have a column of their own, with its value.
pub(crate) fn column_fields(of: &Profile) -> [(FieldKind, &str); 4] {
    [
        (FieldKind::GivenName, &of.given_name),
        (FieldKind::FamilyName, &of.family_name),
        (FieldKind::FullName, &of.full_name),
        (FieldKind::Postcode, &of.postcode),
    ]
}

/// What the profile said when it came.
pub(crate) fn from_column(of: &Profile, kind: FieldKind, value: &str) -> Field {
    let (basis, actor) = (Basis::of_channel(of.source), Actor::system().to_string());
    Field { profile: of.id, kind, value: value.to_owned(), source: FieldSource::Channel(of.source), basis, at: of.updated_at, actor }
}

fn from_identifier(kind: FieldKind, known: &KnownIdentifier) -> Field {
    let basis = match known.verified_at {
        Some(_) => Basis::Code,
        None if !known.vouched => Basis::Customer,
        None => Basis::of_channel(known.source),
    };
    Field {
        profile: known.profile,
        kind,
        value: known.identifier.display().to_owned(),
        source: FieldSource::Channel(known.source),
        basis,
        at: known.verified_at.unwrap_or(known.added_at),
        actor: Actor::system().to_string(),
    }
}
