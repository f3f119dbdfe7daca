//! A profile as the engine compares it.

use crate::store;
use identity::{FieldKind as Kind, Matcher, Schema};
use kernel::{Fault, ProfileId, ReadTx};

/// The fields that are compared, in order.
const KINDS: [Kind; 18] = [
    Kind::GivenName,
    Kind::MiddleName,
    Kind::FamilyName,
    Kind::FullName,
    Kind::BirthDate,
    Kind::Sex,
    Kind::Occupation,
    Kind::BirthPlace,
    Kind::StreetNumber,
    Kind::Street,
    Kind::Unit,
    Kind::Place,
    Kind::Region,
    Kind::Postcode,
    Kind::Country,
    Kind::Phone,
    Kind::Email,
    Kind::NationalId,
];

/// A profile's fields in the order of [`KINDS`]; empty where nothing is known.
pub(crate) type Row = Vec<String>;

pub(crate) fn schema() -> Schema {
    Schema::new(&KINDS)
}

/// The matcher with what was last learnt.
pub(crate) fn matcher(tx: &ReadTx<'_>) -> Result<Matcher, Fault> {
    Ok(match store::matches::learnt(tx)? {
        Some(learnt) => Matcher::of(schema(), learnt),
        None => Matcher::new(schema()),
    })
}

/// What is known of a profile: what its sources say, best first, then what the profile itself shows.
pub(crate) fn of_profile(tx: &ReadTx<'_>, id: ProfileId) -> Result<Option<Row>, Fault> {
    let Some(profile) = store::profiles::by_id(tx, id)? else { return Ok(None) };
    let fields = crate::fields_of(tx, id)?;
    let identifiers = store::identifiers::of_profile(tx, id)?;
    let row = KINDS
        .iter()
        .map(|kind| {
            let word = serde_json::to_value(kind).ok().and_then(|v| v.as_str().map(str::to_owned)).unwrap_or_default();
            let own = match kind {
                Kind::GivenName => profile.given_name.clone(),
                Kind::FamilyName => profile.family_name.clone(),
                Kind::FullName => profile.full_name.clone(),
                Kind::Postcode => profile.postcode.clone(),
                Kind::Email | Kind::Phone => identifiers
                    .iter()
                    .find(|i| i.identifier.kind().as_str() == word && !i.shared)
                    .map(|i| i.identifier.value().to_owned())
                    .unwrap_or_default(),
                _ => String::new(),
            };
            if own.is_empty() { fields.iter().find(|f| f.kind.as_str() == word).map(|f| f.value.clone()).unwrap_or_default() } else { own }
        })
        .collect();
    Ok(Some(row))
}

/// Different strong identifiers: both profiles have one of a kind, and not the same.
pub(crate) fn conflict(a: &Row, b: &Row) -> bool {
    KINDS.iter().enumerate().filter(|(_, kind)| matches!(kind, Kind::Phone | Kind::Email | Kind::NationalId)).any(|(at, _)| {
        let (x, y) = (a.get(at).map_or("", String::as_str), b.get(at).map_or("", String::as_str));
        !x.is_empty() && !y.is_empty() && x != y
    })
}
