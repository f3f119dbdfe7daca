//! What hints that two persons may be one.

use crate::{IdentifierKind, PersonId};
use kernel::{Fault, ProfileId, ReadTx, Row, params, sql};

/// One hint: the profile on our side, the one on theirs, and what they share.
pub(crate) struct Hint {
    pub own: ProfileId,
    pub other: ProfileId,
    pub person: PersonId,
    pub what: String,
    pub kind: Option<IdentifierKind>,
}

const LIMIT: i64 = 40;

fn with_kind(row: &Row<'_>) -> Result<Hint, Fault> {
    Ok(Hint { own: row.get(0)?, other: row.get(1)?, person: row.get(2)?, what: row.get(3)?, kind: Some(row.get(4)?) })
}
fn plain(row: &Row<'_>) -> Result<Hint, Fault> {
    Ok(Hint { own: row.get(0)?, other: row.get(1)?, person: row.get(2)?, what: row.get(3)?, kind: None })
}

/// Identifiers that one side owns and the other gave.
pub(crate) fn identifiers_seen(tx: &ReadTx<'_>, person: PersonId) -> Result<Vec<Hint>, Fault> {
    let mut hints = tx.query(
        sql!(
            "SELECT p.id, q.id, q.person_id, i.display, i.kind
               FROM profile p JOIN identifier_sighting s ON s.profile_id = p.id
               JOIN identifier i ON i.kind = s.kind AND i.value = s.value JOIN profile q ON q.id = i.profile_id
              WHERE p.person_id = ?1 AND q.person_id <> ?1 ORDER BY i.kind, i.value, p.id LIMIT ?2"
        ),
        params![person, LIMIT],
        with_kind,
    )?;
    hints.extend(tx.query(
        sql!(
            "SELECT p.id, q.id, q.person_id, i.display, i.kind
               FROM profile p JOIN identifier i ON i.profile_id = p.id
               JOIN identifier_sighting s ON s.kind = i.kind AND s.value = i.value JOIN profile q ON q.id = s.profile_id
              WHERE p.person_id = ?1 AND q.person_id <> ?1 ORDER BY i.kind, i.value, q.id LIMIT ?2"
        ),
        params![person, LIMIT],
        with_kind,
    )?);
    Ok(hints)
}

/// One full name (of two words or more) and one postcode.
pub(crate) fn same_name_and_postcode(tx: &ReadTx<'_>, person: PersonId) -> Result<Vec<Hint>, Fault> {
    tx.query(
        sql!(
            "SELECT p.id, q.id, q.person_id, p.postcode
               FROM profile p JOIN profile q ON q.name_key = p.name_key AND q.name_key <> '' AND q.postcode = p.postcode
              WHERE p.person_id = ?1 AND p.name_key <> '' AND p.postcode <> '' AND q.person_id <> ?1 ORDER BY q.id, p.id LIMIT ?2"
        ),
        params![person, LIMIT],
        plain,
    )
}

/// One full name and phones with the same last digits.
pub(crate) fn same_name_and_phone_tail(tx: &ReadTx<'_>, person: PersonId) -> Result<Vec<Hint>, Fault> {
    tx.query(
        sql!(
            "SELECT p.id, q.id, q.person_id, i.tail
               FROM profile p JOIN identifier i ON i.profile_id = p.id
               JOIN identifier j ON j.tail = i.tail AND j.tail <> '' JOIN profile q ON q.id = j.profile_id
              WHERE p.person_id = ?1 AND i.tail <> '' AND q.person_id <> ?1 AND q.name_key = p.name_key AND p.name_key <> ''
              ORDER BY q.id, p.id, i.tail LIMIT ?2"
        ),
        params![person, LIMIT],
        plain,
    )
}
