//! Identifiers that several persons use (a household's telephone, a family's e-mail) are learnt to be weak.

use super::ASK;
use super::row::Row;
use crate::identifiers::announce_shared;
use crate::store;
use identity::{Agreement, FieldKind, Matcher, Record};
use kernel::{Actor, Fault, ProfileId, Tx};

/// Mark as shared what this profile and another gave, when the two are held to be two persons: somebody said so, or their given names differ and
/// nobody would even be asked. What its owner proved stays theirs alone, and what people once said of an identifier is not overruled.
pub(super) fn learn_shared(tx: &mut Tx<'_>, matcher: &mut Matcher, profile: ProfileId, record: &Record) -> Result<(), Fault> {
    let given = store::identifiers::given_by_two(tx, profile)?;
    if given.is_empty() {
        return Ok(());
    }
    let person = store::profiles::person_of(tx, profile)?.unwrap_or(profile.into());
    let apart = store::claims::kept_apart(tx, person)?;
    for (identifier, owner, other, other_person) in given {
        if other_person == person {
            continue;
        }
        let two = apart.contains(&other_person) || {
            let row: Option<Row> = store::matches::record_of(tx, other)?;
            row.is_some_and(|row| {
                let other = matcher.read(&row);
                matcher.weigh(record, &other) <= ASK && differ_by_name(matcher, record, &other)
            })
        };
        if two && store::identifiers::set_shared(tx, &identifier, true, &Actor::system().to_string())? {
            announce_shared(tx, &Actor::system(), &identifier, owner)?;
        }
    }
    Ok(())
}

/// What only this profile showed to be shared is so no longer; answers whom else it concerns, who are to be looked at again without this profile.
pub(crate) fn unlearn_shared(tx: &mut Tx<'_>, profile: ProfileId) -> Result<Vec<ProfileId>, Fault> {
    let mut owners = Vec::new();
    for (identifier, owner) in store::identifiers::learnt_shared(tx, profile)? {
        store::identifiers::set_shared(tx, &identifier, false, "")?;
        announce_shared(tx, &Actor::system(), &identifier, owner)?;
        owners.push(owner);
    }
    Ok(owners)
}

fn differ_by_name(matcher: &Matcher, a: &Record, b: &Record) -> bool {
    matcher.explain(a, b).iter().any(|e| e.field == FieldKind::GivenName && e.agreement == Agreement::Different)
}
