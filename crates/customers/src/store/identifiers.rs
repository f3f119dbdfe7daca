//! Identifiers and where else they were seen.

use crate::{Identifier, IdentifierKind, KnownIdentifier, PersonId};
use kernel::{Fault, ProfileId, ReadTx, Row, Timestamp, Tx, params, sql};

pub(crate) fn known(row: &Row<'_>) -> Result<KnownIdentifier, Fault> {
    Ok(KnownIdentifier {
        identifier: Identifier::stored(row.get(0)?, row.get(1)?, row.get(2)?),
        profile: row.get(3)?,
        person: row.get(4)?,
        verified_at: row.get(5)?,
        vouched: row.get(6)?,
        shared: row.get(7)?,
        source: row.get(8)?,
        added_at: row.get(9)?,
    })
}

pub(crate) fn find(tx: &ReadTx<'_>, identifier: &Identifier) -> Result<Option<KnownIdentifier>, Fault> {
    tx.query_opt(
        sql!(
            "SELECT i.kind, i.value, i.display, i.profile_id, p.person_id, i.verified_at, i.vouched, i.shared, i.source, i.added_at
               FROM identifier i JOIN profile p ON p.id = i.profile_id WHERE i.kind = ?1 AND i.value = ?2"
        ),
        params![identifier.kind(), identifier.value()],
        known,
    )
}

/// Verified first, then oldest.
pub(crate) fn of_person(tx: &ReadTx<'_>, person: PersonId) -> Result<Vec<KnownIdentifier>, Fault> {
    tx.query(
        sql!(
            "SELECT i.kind, i.value, i.display, i.profile_id, p.person_id, i.verified_at, i.vouched, i.shared, i.source, i.added_at
               FROM profile p JOIN identifier i ON i.profile_id = p.id WHERE p.person_id = ?1
              ORDER BY CASE WHEN i.verified_at IS NULL THEN 1 ELSE 0 END, i.added_at, i.kind, i.value"
        ),
        params![person],
        known,
    )
}

/// Of one profile.
pub(crate) fn of_profile(tx: &ReadTx<'_>, profile: ProfileId) -> Result<Vec<KnownIdentifier>, Fault> {
    between_ids(tx, profile, profile)
}

/// Of the profiles after `after` up to `last`.
pub(crate) fn between(tx: &ReadTx<'_>, after: ProfileId, last: ProfileId) -> Result<Vec<KnownIdentifier>, Fault> {
    let mut found = between_ids(tx, after, last)?;
    found.retain(|i| i.profile != after);
    Ok(found)
}

fn between_ids(tx: &ReadTx<'_>, first: ProfileId, last: ProfileId) -> Result<Vec<KnownIdentifier>, Fault> {
    tx.query(
        sql!(
            "SELECT i.kind, i.value, i.display, i.profile_id, p.person_id, i.verified_at, i.vouched, i.shared, i.source, i.added_at
               FROM identifier i JOIN profile p ON p.id = i.profile_id WHERE i.profile_id >= ?1 AND i.profile_id <= ?2
              ORDER BY i.profile_id, i.kind, i.value"
        ),
        params![first, last],
        known,
    )
}

/// Phones that end with these six digits.
pub(crate) fn by_tail(tx: &ReadTx<'_>, tail: &str, limit: i64) -> Result<Vec<KnownIdentifier>, Fault> {
    tx.query(
        sql!(
            "SELECT i.kind, i.value, i.display, i.profile_id, p.person_id, i.verified_at, i.vouched, i.shared, i.source, i.added_at
               FROM identifier i JOIN profile p ON p.id = i.profile_id WHERE i.tail = ?1 AND i.tail <> ''
              ORDER BY i.kind, i.value LIMIT ?2"
        ),
        params![tail, limit],
        known,
    )
}

/// True when the person has a strong identifier besides what is asked about; a device never counts.
pub(crate) fn has_strong(tx: &ReadTx<'_>, person: PersonId) -> Result<bool, Fault> {
    let one = sql!(
        "SELECT 1 FROM profile p JOIN identifier i ON i.profile_id = p.id WHERE p.person_id = ?1 AND i.kind <> ?2 AND i.shared = 0 LIMIT 1"
    );
    Ok(tx.query_opt(one, params![person, IdentifierKind::Device], |row| row.get::<i64>(0))?.is_some())
}

/// False when another profile was quicker.
pub(crate) fn insert(tx: &mut Tx<'_>, new: &KnownIdentifier) -> Result<bool, Fault> {
    let rows = tx.execute(
        sql!(
            "INSERT INTO identifier (kind, value, display, tail, profile_id, verified_at, vouched, shared, source, added_at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10) ON CONFLICT (kind, value) DO NOTHING"
        ),
        params![
            new.identifier.kind(),
            new.identifier.value(),
            new.identifier.display(),
            new.identifier.tail(),
            new.profile,
            new.verified_at,
            new.vouched,
            new.shared,
            new.source,
            new.added_at
        ],
    )?;
    Ok(rows == 1)
}

/// The first proof stays.
pub(crate) fn verify(tx: &mut Tx<'_>, identifier: &Identifier, at: Timestamp) -> Result<bool, Fault> {
    let rows = tx.execute(
        sql!("UPDATE identifier SET verified_at = ?3, vouched = 1 WHERE kind = ?1 AND value = ?2 AND verified_at IS NULL"),
        params![identifier.kind(), identifier.value(), at],
    )?;
    Ok(rows == 1)
}

/// Somebody else proved that it is theirs.
pub(crate) fn hand_over(tx: &mut Tx<'_>, identifier: &Identifier, to: ProfileId, at: Timestamp) -> Result<(), Fault> {
    tx.execute(
        sql!("UPDATE identifier SET profile_id = ?3, verified_at = ?4, vouched = 1 WHERE kind = ?1 AND value = ?2"),
        params![identifier.kind(), identifier.value(), to, at],
    )
    .map(drop)
}

pub(crate) fn set_shared(tx: &mut Tx<'_>, identifier: &Identifier, shared: bool) -> Result<bool, Fault> {
    let rows = tx.execute(
        sql!("UPDATE identifier SET shared = ?3 WHERE kind = ?1 AND value = ?2 AND shared <> ?3"),
        params![identifier.kind(), identifier.value(), shared],
    )?;
    Ok(rows == 1)
}

/// Remember that a profile gave an identifier that it does not own.
pub(crate) fn sighted(tx: &mut Tx<'_>, identifier: &Identifier, profile: ProfileId) -> Result<(), Fault> {
    let at = tx.now();
    tx.execute(
        sql!(
            "INSERT INTO identifier_sighting (kind, value, profile_id, at) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT (kind, value, profile_id) DO NOTHING"
        ),
        params![identifier.kind(), identifier.value(), profile, at],
    )
    .map(drop)
}
