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

/// False when it was so already. `by` is who says so, or nothing when nobody does any more.
pub(crate) fn set_shared(tx: &mut Tx<'_>, identifier: &Identifier, shared: bool, by: &str) -> Result<bool, Fault> {
    let rows = tx.execute(
        sql!("UPDATE identifier SET shared = ?3, shared_by = ?4 WHERE kind = ?1 AND value = ?2 AND shared <> ?3"),
        params![identifier.kind(), identifier.value(), shared, by],
    )?;
    Ok(rows == 1)
}

/// What this profile gave and another has, learnt to be shared: the identifier and who has it.
pub(crate) fn learnt_shared(tx: &ReadTx<'_>, profile: ProfileId) -> Result<Vec<(Identifier, ProfileId)>, Fault> {
    tx.query(
        sql!(
            "SELECT i.kind, i.value, i.display, i.profile_id
               FROM identifier_sighting s JOIN identifier i ON i.kind = s.kind AND i.value = s.value
              WHERE s.profile_id = ?1 AND i.shared = 1 AND i.shared_by = 'system' AND i.kind <> 'device'
              ORDER BY i.kind, i.value LIMIT 40"
        ),
        params![profile],
        |row| Ok((Identifier::stored(row.get(0)?, row.get(1)?, row.get(2)?), row.get(3)?)),
    )
}

/// What one of two profiles has and the other gave, this profile being either: the identifier, who has it, the other of the two and its person.
/// Left out is what its owner proved, what is shared already, and what people have spoken about. At most 40 each way.
pub(crate) fn given_by_two(tx: &ReadTx<'_>, profile: ProfileId) -> Result<Vec<(Identifier, ProfileId, ProfileId, PersonId)>, Fault> {
    let read = |row: &Row<'_>| Ok((Identifier::stored(row.get(0)?, row.get(1)?, row.get(2)?), row.get(3)?, row.get(4)?, row.get(5)?));
    let mut found = tx.query(
        sql!(
            "SELECT i.kind, i.value, i.display, i.profile_id, q.id, q.person_id
               FROM identifier_sighting s JOIN identifier i ON i.kind = s.kind AND i.value = s.value JOIN profile q ON q.id = i.profile_id
              WHERE s.profile_id = ?1 AND i.shared = 0 AND i.shared_by = '' AND i.verified_at IS NULL AND i.kind <> 'device'
              ORDER BY i.kind, i.value LIMIT 40"
        ),
        params![profile],
        read,
    )?;
    found.extend(tx.query(
        sql!(
            "SELECT i.kind, i.value, i.display, i.profile_id, q.id, q.person_id
               FROM identifier i JOIN identifier_sighting s ON s.kind = i.kind AND s.value = i.value JOIN profile q ON q.id = s.profile_id
              WHERE i.profile_id = ?1 AND i.shared = 0 AND i.shared_by = '' AND i.verified_at IS NULL AND i.kind <> 'device'
              ORDER BY i.kind, i.value, q.id LIMIT 40"
        ),
        params![profile],
        read,
    )?);
    Ok(found)
}

/// Remember that a profile gave an identifier that it does not own; false when that was known.
pub(crate) fn sighted(tx: &mut Tx<'_>, identifier: &Identifier, profile: ProfileId) -> Result<bool, Fault> {
    let at = tx.now();
    let rows = tx.execute(
        sql!(
            "INSERT INTO identifier_sighting (kind, value, profile_id, at) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT (kind, value, profile_id) DO NOTHING"
        ),
        params![identifier.kind(), identifier.value(), profile, at],
    )?;
    Ok(rows == 1)
}
