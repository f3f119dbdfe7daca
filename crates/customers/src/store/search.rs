//! Lists of persons, and the short card of each.

use crate::fold::prefix_span;
use crate::{IdentifierKind, PersonId};
use kernel::{Bind, Fault, ProfileId, ReadTx, Timestamp, params, sql};

/// Persons that one statement can describe.
pub(crate) const BATCH: usize = 50;

/// Newest first, older than `before`.
pub(crate) fn newest(tx: &ReadTx<'_>, before: Option<PersonId>, limit: i64) -> Result<Vec<PersonId>, Fault> {
    match before {
        None => tx.query(sql!("SELECT id FROM profile WHERE id = person_id ORDER BY id DESC LIMIT ?1"), params![limit], |row| row.get(0)),
        Some(before) => tx.query(
            sql!("SELECT id FROM profile WHERE id = person_id AND id < ?1 ORDER BY id DESC LIMIT ?2"),
            params![before, limit],
            |row| row.get(0),
        ),
    }
}

/// A hit of a name: its place in the order, and whose it is.
pub(crate) struct NameHit {
    pub word: String,
    pub profile: ProfileId,
    pub person: PersonId,
}

/// Profiles with a word that begins with each of `prefixes` (longest first; the fourth and later are left to the reader's eye).
pub(crate) fn by_name(tx: &ReadTx<'_>, prefixes: &[String], after: (&str, ProfileId), limit: i64) -> Result<Vec<NameHit>, Fault> {
    let span = |n: usize| prefix_span(prefixes.get(n).map_or("", String::as_str));
    let (first, second, third) = (span(0), span(1), span(2));
    tx.query(
        sql!(
            "SELECT w.word, w.profile_id, p.person_id FROM profile_word w JOIN profile p ON p.id = w.profile_id
              WHERE w.word >= ?1 AND w.word <= ?2 AND (w.word, w.profile_id) > (?3, ?4)
                AND EXISTS (SELECT 1 FROM profile_word b WHERE b.profile_id = w.profile_id AND b.word >= ?5 AND b.word <= ?6)
                AND EXISTS (SELECT 1 FROM profile_word c WHERE c.profile_id = w.profile_id AND c.word >= ?7 AND c.word <= ?8)
              ORDER BY w.word, w.profile_id LIMIT ?9"
        ),
        params![first.0, first.1, after.0, after.1, second.0, second.1, third.0, third.1, limit],
        |row| Ok(NameHit { word: row.get(0)?, profile: row.get(1)?, person: row.get(2)? }),
    )
}

/// A profile's part in a card.
pub(crate) struct CardRow {
    pub person: PersonId,
    pub profile: ProfileId,
    pub full_name: String,
    pub given_name: String,
    pub family_name: String,
    pub display_name: String,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
}

/// An identifier's part in a card.
pub(crate) struct CardIdentifier {
    pub person: PersonId,
    pub profile: ProfileId,
    pub kind: IdentifierKind,
    pub display: String,
    pub verified: bool,
}

/// The profiles of at most [`BATCH`] persons.
pub(crate) fn card_rows(tx: &ReadTx<'_>, persons: &[PersonId]) -> Result<Vec<CardRow>, Fault> {
    let filled = padded(persons);
    tx.query(
        sql!(
            "SELECT person_id, id, full_name, given_name, family_name, display_name, created_at, updated_at FROM profile
              WHERE person_id IN (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23, ?24, ?25,
                    ?26, ?27, ?28, ?29, ?30, ?31, ?32, ?33, ?34, ?35, ?36, ?37, ?38, ?39, ?40, ?41, ?42, ?43, ?44, ?45, ?46, ?47, ?48, ?49, ?50)
              ORDER BY id"
        ),
        &bound(&filled),
        |row| {
            Ok(CardRow {
                person: row.get(0)?,
                profile: row.get(1)?,
                full_name: row.get(2)?,
                given_name: row.get(3)?,
                family_name: row.get(4)?,
                display_name: row.get(5)?,
                created_at: row.get(6)?,
                updated_at: row.get(7)?,
            })
        },
    )
}

/// The identifiers, devices apart, of at most [`BATCH`] persons: verified first, then oldest.
pub(crate) fn card_identifiers(tx: &ReadTx<'_>, persons: &[PersonId]) -> Result<Vec<CardIdentifier>, Fault> {
    let filled = padded(persons);
    tx.query(
        sql!(
            "SELECT p.person_id, p.id, i.kind, i.display, CASE WHEN i.verified_at IS NULL THEN 0 ELSE 1 END
               FROM profile p JOIN identifier i ON i.profile_id = p.id
              WHERE i.kind <> 'device' AND p.person_id IN (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19,
                    ?20, ?21, ?22, ?23, ?24, ?25, ?26, ?27, ?28, ?29, ?30, ?31, ?32, ?33, ?34, ?35, ?36, ?37, ?38, ?39, ?40, ?41, ?42, ?43,
                    ?44, ?45, ?46, ?47, ?48, ?49, ?50)
              ORDER BY CASE WHEN i.verified_at IS NULL THEN 1 ELSE 0 END, i.added_at, i.kind, i.value"
        ),
        &bound(&filled),
        |row| Ok(CardIdentifier { person: row.get(0)?, profile: row.get(1)?, kind: row.get(2)?, display: row.get(3)?, verified: row.get(4)? }),
    )
}

/// The persons of at most [`BATCH`] profiles.
pub(crate) fn persons_of(tx: &ReadTx<'_>, profiles: &[ProfileId]) -> Result<Vec<(ProfileId, PersonId)>, Fault> {
    let filled = padded(profiles);
    tx.query(
        sql!(
            "SELECT id, person_id FROM profile
              WHERE id IN (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23, ?24, ?25,
                    ?26, ?27, ?28, ?29, ?30, ?31, ?32, ?33, ?34, ?35, ?36, ?37, ?38, ?39, ?40, ?41, ?42, ?43, ?44, ?45, ?46, ?47, ?48, ?49, ?50)
              ORDER BY id"
        ),
        &bound(&filled),
        |row| Ok((row.get(0)?, row.get(1)?)),
    )
}

/// Fifty values: a portable statement has no list parameter, so the last one is repeated.
fn padded<T: Copy>(some: &[T]) -> Vec<T> {
    debug_assert!(some.len() <= BATCH);
    let last = some.last().copied();
    some.iter().copied().chain(last.into_iter().cycle()).take(BATCH).collect()
}
fn bound<T: Bind>(values: &[T]) -> Vec<&dyn Bind> {
    values.iter().map(|v| v as &dyn Bind).collect()
}
