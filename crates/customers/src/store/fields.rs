//! What is said of profiles, now and before.

use crate::{Field, FieldKind, FieldSource, PastField, PersonId};
use kernel::{Fault, ProfileId, ReadTx, Row, Timestamp, Tx, params, sql};

fn field(row: &Row<'_>) -> Result<Field, Fault> {
    Ok(Field {
        profile: row.get(0)?,
        kind: row.get(1)?,
        value: row.get(2)?,
        source: row.get(3)?,
        basis: row.get(4)?,
        at: row.get(5)?,
        actor: row.get(6)?,
    })
}

pub(crate) fn of_profile(tx: &ReadTx<'_>, profile: ProfileId) -> Result<Vec<Field>, Fault> {
    tx.query(
        sql!(
            "SELECT profile_id, kind, value, source, basis, at, actor FROM profile_field WHERE profile_id = ?1
              ORDER BY profile_id, kind, source, slot"
        ),
        params![profile],
        field,
    )
}

/// Of the profiles after `after` up to `last`.
pub(crate) fn between(tx: &ReadTx<'_>, after: ProfileId, last: ProfileId) -> Result<Vec<Field>, Fault> {
    tx.query(
        sql!(
            "SELECT profile_id, kind, value, source, basis, at, actor FROM profile_field WHERE profile_id > ?1 AND profile_id <= ?2
              ORDER BY profile_id, kind, source, slot"
        ),
        params![after, last],
        field,
    )
}

pub(crate) fn of_person(tx: &ReadTx<'_>, person: PersonId) -> Result<Vec<Field>, Fault> {
    tx.query(
        sql!(
            "SELECT f.profile_id, f.kind, f.value, f.source, f.basis, f.at, f.actor
               FROM profile p JOIN profile_field f ON f.profile_id = p.id
              WHERE p.person_id = ?1 ORDER BY f.profile_id, f.kind, f.source, f.slot"
        ),
        params![person],
        field,
    )
}

/// Newest first.
pub(crate) fn past_of_person(tx: &ReadTx<'_>, person: PersonId, kind: FieldKind, limit: i64) -> Result<Vec<PastField>, Fault> {
    tx.query(
        sql!(
            "SELECT f.profile_id, f.kind, f.value, f.source, f.basis, f.at, f.actor, f.until
               FROM profile p JOIN profile_field_past f ON f.profile_id = p.id AND f.kind = ?2
              WHERE p.person_id = ?1 ORDER BY f.until DESC, f.profile_id, f.source, f.slot LIMIT ?3"
        ),
        params![person, kind, limit],
        |row| Ok(PastField { field: field(row)?, until: row.get(7)? }),
    )
}

/// Values of one kind and source are numbered as they come.
pub(crate) fn insert(tx: &mut Tx<'_>, fields: &[Field]) -> Result<(), Fault> {
    let mut slot = 0i64;
    for (at, new) in fields.iter().enumerate() {
        let goes_on = at > 0 && fields[at - 1].kind == new.kind && fields[at - 1].source == new.source;
        slot = if goes_on { slot + 1 } else { 0 };
        tx.execute(
            sql!(
                "INSERT INTO profile_field (profile_id, kind, source, slot, value, basis, at, actor)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)"
            ),
            params![new.profile, new.kind, new.source, slot, new.value, new.basis, new.at, new.actor],
        )?;
    }
    Ok(())
}

/// What one source said of a kind becomes past.
pub(crate) fn retire(tx: &mut Tx<'_>, profile: ProfileId, kind: FieldKind, source: &FieldSource, until: Timestamp) -> Result<(), Fault> {
    tx.execute(
        sql!(
            "INSERT INTO profile_field_past (profile_id, kind, source, slot, value, basis, at, actor, until)
             SELECT profile_id, kind, source, slot, value, basis, at, actor, ?4 FROM profile_field
              WHERE profile_id = ?1 AND kind = ?2 AND source = ?3 ON CONFLICT (profile_id, kind, until, source, slot) DO NOTHING"
        ),
        params![profile, kind, source, until],
    )?;
    tx.execute(sql!("DELETE FROM profile_field WHERE profile_id = ?1 AND kind = ?2 AND source = ?3"), params![profile, kind, source])?;
    trim_past(tx, profile, kind)
}

/// What any source said of a kind becomes past.
pub(crate) fn retire_kind(tx: &mut Tx<'_>, profile: ProfileId, kind: FieldKind, until: Timestamp) -> Result<(), Fault> {
    tx.execute(
        sql!(
            "INSERT INTO profile_field_past (profile_id, kind, source, slot, value, basis, at, actor, until)
             SELECT profile_id, kind, source, slot, value, basis, at, actor, ?3 FROM profile_field
              WHERE profile_id = ?1 AND kind = ?2 ON CONFLICT (profile_id, kind, until, source, slot) DO NOTHING"
        ),
        params![profile, kind, until],
    )?;
    tx.execute(sql!("DELETE FROM profile_field WHERE profile_id = ?1 AND kind = ?2"), params![profile, kind])?;
    trim_past(tx, profile, kind)
}

/// The newest fifty of a kind are kept.
fn trim_past(tx: &mut Tx<'_>, profile: ProfileId, kind: FieldKind) -> Result<(), Fault> {
    tx.execute(
        sql!(
            "DELETE FROM profile_field_past WHERE profile_id = ?1 AND kind = ?2 AND until <
               (SELECT MIN(kept.until) FROM (SELECT until FROM profile_field_past WHERE profile_id = ?1 AND kind = ?2
                 ORDER BY until DESC, source, slot LIMIT 50) kept)"
        ),
        params![profile, kind],
    )
    .map(drop)
}

/// True when something that a source said of a kind became past at that moment.
pub(crate) fn was_retired(
    tx: &ReadTx<'_>,
    profile: ProfileId,
    kind: FieldKind,
    source: &FieldSource,
    until: Timestamp,
) -> Result<bool, Fault> {
    let one = sql!("SELECT 1 FROM profile_field_past WHERE profile_id = ?1 AND kind = ?2 AND until = ?3 AND source = ?4 LIMIT 1");
    Ok(tx.query_opt(one, params![profile, kind, until, source], |row| row.get::<i64>(0))?.is_some())
}

/// As if what a source said at that moment, and what it replaced, had never been written.
pub(crate) fn put_back(tx: &mut Tx<'_>, profile: ProfileId, kind: FieldKind, source: &FieldSource, until: Timestamp) -> Result<(), Fault> {
    tx.execute(sql!("DELETE FROM profile_field WHERE profile_id = ?1 AND kind = ?2 AND source = ?3"), params![profile, kind, source])?;
    tx.execute(
        sql!("DELETE FROM profile_field_past WHERE profile_id = ?1 AND kind = ?2 AND until = ?3 AND source = ?4"),
        params![profile, kind, until, source],
    )
    .map(drop)
}
