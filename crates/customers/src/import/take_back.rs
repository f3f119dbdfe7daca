//! Take back what one line did.

use super::{Import, Outcome};
use crate::record::{columns, complete};
use crate::store::imports::{DoneLine, Known};
use crate::{ClaimError, Consent, Field, FieldKind, FieldSource, KnownIdentifier, Profile, events, resolution, store};
use kernel::{Actor, Event, Fault, Logged, ProfileId, Timestamp, Tx};
use serde::{Deserialize, Serialize};

/// Entries of a thread that are looked at: an import writes fewer.
const LOOKED_AT: usize = 100;

/// What a line changed, as it was before.
#[derive(Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Before {
    known: Option<Known>,
    fields: Vec<Field>,
    names: [String; 4],
    updated_at: Option<Timestamp>,
    consents: Vec<Consent>,
}

impl Before {
    /// The profile as it stands, where a line may change it.
    pub(super) fn of(tx: &Tx<'_>, known: &Known, profile: &Profile, source: &FieldSource) -> Result<Self, Fault> {
        let mut fields = store::fields::of_profile(tx, profile.id)?;
        fields.retain(|f| f.source == *source);
        let names = [&profile.given_name, &profile.family_name, &profile.full_name, &profile.postcode].map(Clone::clone);
        let consents = store::profiles::consents_of_profile(tx, profile.id)?;
        Ok(Before { known: Some(known.clone()), fields, names, updated_at: Some(profile.updated_at), consents })
    }
}

pub(super) fn take_back(tx: &mut Tx<'_>, actor: &Actor, import: &Import, line: DoneLine) -> Result<Outcome, Fault> {
    let source = FieldSource::Import(import.name.clone());
    let known = store::imports::known(tx, &source, &line.key)?;
    let profile = store::profiles::by_id(tx, line.profile)?;
    let later = known.as_ref().filter(|known| known.import != import.id);
    let why = match (&profile, later, line.outcome) {
        // Erased since: nothing is left to take back.
        (None, _, _) => None,
        (Some(_), Some(_), _) => Some(format!("import:{}", import.name)),
        (Some(profile), None, Outcome::Created) => lives_on(tx, profile.id)?,
        (Some(_), None, _) => None,
    };
    let outcome = if why.is_some() { Outcome::Kept } else { Outcome::TakenBack };
    if why.is_none() {
        match profile {
            Some(profile) if line.outcome == Outcome::Changed => {
                restore(tx, actor, import, profile, &line)?;
                if let Some(before) = &line.before.known {
                    store::imports::remember(tx, &source, &line.key, before)?;
                }
            }
            profile => {
                if let Some(profile) = profile {
                    withdraw(tx, actor, import, profile.id)?;
                }
                store::imports::forget_key(tx, &source, &line.key, import.id)?;
            }
        }
    }
    store::imports::close_line(tx, import.id, line.line, outcome, why.as_deref().unwrap_or_default())?;
    Ok(outcome)
}

/// The kind of the first thing that happened to a profile besides its imports and the claims about it; `None` when nothing did.
fn lives_on(tx: &Tx<'_>, profile: ProfileId) -> Result<Option<String>, Fault> {
    let imported = store::imports::moments_of(tx, profile)?;
    let mut entries = kernel::log::timeline(tx, &[profile], None, LOOKED_AT)?;
    entries.extend(kernel::log::of_subject(tx, &profile.to_string(), LOOKED_AT as i64)?);
    let of_import = |entry: &Logged| match entry.kind.as_str() {
        events::JOINED | events::SEPARATED | events::CLAIM_UNDONE | events::IDENTIFIER_SHARED => true,
        events::CREATED | events::IDENTIFIER_ADDED | events::IDENTIFIER_SEEN | events::CONSENT_CHANGED => imported.contains(&entry.at),
        events::FIELDS_CHANGED => entry.read::<events::FieldsChanged>().is_ok_and(|body| body.import.is_some()),
        _ => false,
    };
    Ok(entries.into_iter().rev().find(|entry| !of_import(entry)).map(|entry| entry.kind))
}

/// The profile goes as if it had never been: first the claims about it, then what it owns. Those who were compared with it, and do not go
/// with the same import, are decided anew without it.
fn withdraw(tx: &mut Tx<'_>, actor: &Actor, import: &Import, profile: ProfileId) -> Result<(), Fault> {
    let mut compared = store::imports::compared_with(tx, profile, import.id)?;
    compared.extend(resolution::unlearn_shared(tx, profile)?);
    resolution::forget(tx, profile)?;
    for claim in store::claims::standing_of(tx, profile)? {
        crate::undo::undo(tx, &Actor::system(), claim).map_err(|error| match error {
            ClaimError::Fault(fault) => fault,
            other => Fault::data(other.to_string()),
        })?;
    }
    for known in store::identifiers::of_profile(tx, profile)? {
        give_back(tx, actor, import, &known)?;
    }
    store::imports::delete_profile(tx, profile)?;
    compared.sort_unstable();
    compared.dedup();
    for other in compared {
        resolution::resolve_profile(tx, other)?;
    }
    tx.announce(Event::new(events::WITHDRAWN, profile).by(actor))
}

/// Whoever gave the identifier since has it now; nobody when nobody did.
fn give_back(tx: &mut Tx<'_>, actor: &Actor, import: &Import, known: &KnownIdentifier) -> Result<(), Fault> {
    let identifier = &known.identifier;
    match store::imports::next_owner(tx, identifier, known.profile, known.added_at)? {
        Some((owner, vouched)) => {
            store::imports::hand_on(tx, identifier, owner, vouched)?;
            announce(tx, actor, import, owner, Vec::new())
        }
        None => store::imports::delete_identifier(tx, identifier),
    }
}

/// Values become what they were, kind by kind, where nobody has changed them since.
fn restore(tx: &mut Tx<'_>, actor: &Actor, import: &Import, profile: Profile, line: &DoneLine) -> Result<(), Fault> {
    let source = &FieldSource::Import(import.name.clone());
    let rows = store::fields::of_profile(tx, profile.id)?;
    let of = |rows: &[Field], kind: FieldKind| -> Vec<Field> {
        rows.iter().filter(|f| f.kind == kind && f.source == *source).cloned().collect()
    };
    let mut kinds: Vec<FieldKind> = Vec::new();
    for kind in FieldKind::ALL {
        let (now, before) = (of(&rows, *kind), of(&line.before.fields, *kind));
        let retired = store::fields::was_retired(tx, profile.id, *kind, source, line.at)?;
        let is_ours = now.iter().all(|f| f.at == line.at) && (!now.is_empty() || retired);
        if now != before && is_ours {
            store::fields::put_back(tx, profile.id, *kind, source, line.at)?;
            store::fields::insert(tx, &before)?;
            kinds.push(*kind);
        }
    }
    for known in store::identifiers::of_profile(tx, profile.id)? {
        if known.added_at == line.at && known.verified_at.is_none() {
            give_back(tx, actor, import, &known)?;
        }
    }
    store::imports::forget_sightings(tx, profile.id, line.at)?;
    store::imports::restore_consents(tx, profile.id, line.at, &line.before.consents)?;
    put_names_back(tx, profile, line)?;
    announce(tx, actor, import, line.profile, kinds)
}

/// Say that what is known of a profile is other than before: fields, identifiers or consents.
fn announce(tx: &mut Tx<'_>, actor: &Actor, import: &Import, profile: ProfileId, kinds: Vec<FieldKind>) -> Result<(), Fault> {
    let body = events::FieldsChanged { source: FieldSource::Import(import.name.clone()), kinds, import: Some(import.id) };
    tx.announce(Event::new(events::FIELDS_CHANGED, profile).profile(profile).by(actor).body(&body).hidden())
}

/// The columns as they were, or by the rule when somebody has changed them since.
fn put_names_back(tx: &mut Tx<'_>, mut profile: Profile, line: &DoneLine) -> Result<(), Fault> {
    let before = profile.clone();
    if profile.updated_at == line.at {
        let [given_name, family_name, full_name, postcode] = line.before.names.clone();
        (profile.given_name, profile.family_name, profile.full_name, profile.postcode) = (given_name, family_name, full_name, postcode);
        profile.updated_at = line.before.updated_at.unwrap_or(profile.updated_at);
    } else {
        let mut rows = store::fields::of_profile(tx, profile.id)?;
        complete(&mut rows, &profile, &[]);
        let shown = columns(rows);
        (profile.given_name, profile.family_name, profile.full_name, profile.postcode) =
            (shown.given_name, shown.family_name, shown.full_name, shown.postcode);
    }
    if profile != before { store::profiles::save(tx, &profile) } else { Ok(()) }
}
