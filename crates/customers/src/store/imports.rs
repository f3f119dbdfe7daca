//! Lists that were brought in, their lines, and the profiles that stand for the records of a list.

use crate::import::{Before, Import, ImportId, ImportState, ImportedLine, Outcome, Record, Target};
use crate::{Consent, FieldSource, Identifier};
use kernel::{Bind, Fault, Json, ProfileId, ReadTx, Row, Timestamp, Tx, params, sql};
use serde::{Deserialize, Serialize};

/// Keys that one statement asks for.
pub(crate) const KEYS: usize = 20;

/// The profile that stands for a record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Known {
    pub profile: ProfileId,
    /// The import that last wrote it.
    pub import: ImportId,
    /// What the record last said.
    pub digest: String,
}

/// A line to take up.
pub(crate) struct Waiting {
    pub line: u64,
    pub key: String,
    pub record: Record,
}

/// A line to take back.
pub(crate) struct DoneLine {
    pub line: u64,
    pub key: String,
    pub outcome: Outcome,
    pub profile: ProfileId,
    pub before: Before,
    pub at: Timestamp,
}

fn import(row: &Row<'_>) -> Result<Import, Fault> {
    Ok(Import {
        id: row.get(0)?,
        name: row.get(1)?,
        file_name: row.get(2)?,
        state: row.get(3)?,
        actor: row.get(4)?,
        created_at: row.get(5)?,
        finished_at: row.get(6)?,
        undone_at: row.get(7)?,
        undone_by: row.get(8)?,
        total: row.get::<i64>(9)? as u64,
        created: row.get::<i64>(10)? as u64,
        changed: row.get::<i64>(11)? as u64,
        unchanged: row.get::<i64>(12)? as u64,
        taken_back: row.get::<i64>(13)? as u64,
        kept: row.get::<i64>(14)? as u64,
    })
}

pub(crate) fn by_id(tx: &ReadTx<'_>, id: ImportId) -> Result<Option<Import>, Fault> {
    tx.query_opt(
        sql!(
            "SELECT id, source, file_name, state, actor, created_at, finished_at, undone_at, undone_by, total, created, changed, unchanged,
                    taken_back, kept FROM import_batch WHERE id = ?1"
        ),
        params![id],
        import,
    )
}

pub(crate) fn by_key(tx: &ReadTx<'_>, key: &str) -> Result<Option<Import>, Fault> {
    tx.query_opt(
        sql!(
            "SELECT id, source, file_name, state, actor, created_at, finished_at, undone_at, undone_by, total, created, changed, unchanged,
                    taken_back, kept FROM import_batch WHERE key = ?1"
        ),
        params![key],
        import,
    )
}

/// The newest import of this very file under another name that was not taken back.
pub(crate) fn of_file(tx: &ReadTx<'_>, hash: &str, name: &str) -> Result<Option<Import>, Fault> {
    tx.query_opt(
        sql!(
            "SELECT id, source, file_name, state, actor, created_at, finished_at, undone_at, undone_by, total, created, changed, unchanged,
                    taken_back, kept FROM import_batch
              WHERE file_hash = ?1 AND source <> ?2 AND undone_at IS NULL ORDER BY id DESC LIMIT 1"
        ),
        params![hash, name],
        import,
    )
}

pub(crate) fn newest(tx: &ReadTx<'_>, before: Option<ImportId>, limit: i64) -> Result<Vec<Import>, Fault> {
    // Beyond every id there is.
    let before = before.map_or_else(|| "~".to_owned(), |id| id.to_string());
    tx.query(
        sql!(
            "SELECT id, source, file_name, state, actor, created_at, finished_at, undone_at, undone_by, total, created, changed, unchanged,
                    taken_back, kept FROM import_batch WHERE id < ?1 ORDER BY id DESC LIMIT ?2"
        ),
        params![before, limit],
        import,
    )
}

pub(crate) fn insert(tx: &mut Tx<'_>, key: &str, new: &Import, hash: &str, mapping: &[Target]) -> Result<(), Fault> {
    tx.execute(
        sql!(
            "INSERT INTO import_batch (id, key, source, file_name, file_hash, mapping, state, actor, created_at, total, created, changed,
                    unchanged, taken_back, kept)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, 0, 0, 0, 0, 0)"
        ),
        params![new.id, key, new.name, new.file_name, hash, Json(mapping), new.state, new.actor, new.created_at, new.total as i64],
    )
    .map(drop)
}

pub(crate) fn insert_line(tx: &mut Tx<'_>, id: ImportId, line: u64, key: &str, record: &Record) -> Result<(), Fault> {
    let now = tx.now();
    tx.execute(
        sql!(
            "INSERT INTO import_row (batch_id, line, key, content, outcome, before, at, why) VALUES (?1, ?2, ?3, ?4, 'waiting', '', ?5, '')"
        ),
        params![id, line as i64, key, Json(record), now],
    )
    .map(drop)
}

/// The next lines to take up.
pub(crate) fn waiting(tx: &ReadTx<'_>, id: ImportId, limit: i64) -> Result<Vec<Waiting>, Fault> {
    tx.query(
        sql!("SELECT line, key, content FROM import_row WHERE batch_id = ?1 AND outcome = 'waiting' ORDER BY line LIMIT ?2"),
        params![id, limit],
        |row| {
            let Json(record) = row.get(2)?;
            Ok(Waiting { line: row.get::<i64>(0)? as u64, key: row.get(1)?, record })
        },
    )
}

/// Lines that were never taken up say no more.
pub(crate) fn forget_waiting(tx: &mut Tx<'_>, id: ImportId) -> Result<(), Fault> {
    tx.execute(sql!("DELETE FROM import_row WHERE batch_id = ?1 AND outcome = 'waiting'"), params![id]).map(drop)
}

/// What was taken up stays as long as it can be taken back; the line's content is in the profile now.
pub(crate) fn finish_line(
    tx: &mut Tx<'_>,
    id: ImportId,
    line: u64,
    outcome: Outcome,
    profile: ProfileId,
    before: &Before,
    why: &str,
) -> Result<(), Fault> {
    let now = tx.now();
    tx.execute(
        sql!(
            "UPDATE import_row SET outcome = ?3, profile_id = ?4, before = ?5, why = ?6, at = ?7, content = ''
              WHERE batch_id = ?1 AND line = ?2"
        ),
        params![id, line as i64, outcome, profile, Json(before), why, now],
    )
    .map(drop)
}

/// The next lines to take back: the last first.
pub(crate) fn done_lines(tx: &ReadTx<'_>, id: ImportId, limit: i64) -> Result<Vec<DoneLine>, Fault> {
    tx.query(
        sql!(
            "SELECT line, key, outcome, profile_id, before, at FROM import_row
              WHERE batch_id = ?1 AND outcome IN ('created', 'changed') ORDER BY line DESC LIMIT ?2"
        ),
        params![id, limit],
        |row| {
            let Json(before) = row.get(4)?;
            let (line, key, outcome) = (row.get::<i64>(0)? as u64, row.get(1)?, row.get(2)?);
            Ok(DoneLine { line, key, outcome, profile: row.get(3)?, before, at: row.get(5)? })
        },
    )
}

pub(crate) fn close_line(tx: &mut Tx<'_>, id: ImportId, line: u64, outcome: Outcome, why: &str) -> Result<(), Fault> {
    tx.execute(
        sql!("UPDATE import_row SET outcome = ?3, why = ?4, before = '' WHERE batch_id = ?1 AND line = ?2"),
        params![id, line as i64, outcome, why],
    )
    .map(drop)
}

pub(crate) fn lines(tx: &ReadTx<'_>, id: ImportId, outcome: Outcome, after: i64, limit: i64) -> Result<Vec<ImportedLine>, Fault> {
    tx.query(
        sql!(
            "SELECT line, outcome, profile_id, why FROM import_row WHERE batch_id = ?1 AND outcome = ?2 AND line > ?3 ORDER BY line LIMIT ?4"
        ),
        params![id, outcome, after, limit],
        |row| Ok(ImportedLine { line: row.get::<i64>(0)? as u64, outcome: row.get(1)?, profile: row.get(2)?, why: row.get(3)? }),
    )
}

pub(crate) fn count_forward(tx: &mut Tx<'_>, id: ImportId, created: i64, changed: i64, unchanged: i64) -> Result<(), Fault> {
    tx.execute(
        sql!("UPDATE import_batch SET created = created + ?2, changed = changed + ?3, unchanged = unchanged + ?4 WHERE id = ?1"),
        params![id, created, changed, unchanged],
    )
    .map(drop)
}

pub(crate) fn count_back(tx: &mut Tx<'_>, id: ImportId, taken_back: i64, kept: i64) -> Result<(), Fault> {
    tx.execute(sql!("UPDATE import_batch SET taken_back = taken_back + ?2, kept = kept + ?3 WHERE id = ?1"), params![id, taken_back, kept])
        .map(drop)
}

pub(crate) fn finish(tx: &mut Tx<'_>, id: ImportId, from: ImportState, to: ImportState, at: Timestamp) -> Result<(), Fault> {
    tx.execute(
        sql!("UPDATE import_batch SET state = ?3, finished_at = COALESCE(finished_at, ?4) WHERE id = ?1 AND state = ?2"),
        params![id, from, to, at],
    )
    .map(drop)
}

pub(crate) fn begin_undo(tx: &mut Tx<'_>, id: ImportId, by: &str, at: Timestamp) -> Result<(), Fault> {
    tx.execute(
        sql!("UPDATE import_batch SET state = 'undoing', undone_at = ?2, undone_by = ?3 WHERE id = ?1 AND state IN ('running', 'done')"),
        params![id, at, by],
    )
    .map(drop)
}

/// When imports wrote to a profile.
pub(crate) fn moments_of(tx: &ReadTx<'_>, profile: ProfileId) -> Result<Vec<Timestamp>, Fault> {
    tx.query(
        sql!("SELECT at FROM import_row WHERE profile_id = ?1 AND outcome <> 'unchanged' ORDER BY batch_id, line LIMIT 1000"),
        params![profile],
        |row| row.get(0),
    )
}

pub(crate) fn known(tx: &ReadTx<'_>, source: &FieldSource, key: &str) -> Result<Option<Known>, Fault> {
    tx.query_opt(sql!("SELECT profile_id, batch_id, digest FROM import_key WHERE source = ?1 AND key = ?2"), params![source, key], |row| {
        Ok(Known { profile: row.get(0)?, import: row.get(1)?, digest: row.get(2)? })
    })
}

/// What these records (at most [`KEYS`]) last said.
pub(crate) fn digests(tx: &ReadTx<'_>, source: &FieldSource, keys: &[&str]) -> Result<Vec<(String, String)>, Fault> {
    // A portable statement has no list parameter, so the last key is repeated.
    let last = keys.last().copied();
    let filled: Vec<&str> = keys.iter().copied().chain(last.into_iter().cycle()).take(KEYS).collect();
    let mut bound: Vec<&dyn Bind> = vec![source];
    bound.extend(filled.iter().map(|key| key as &dyn Bind));
    tx.query(
        sql!(
            "SELECT key, digest FROM import_key
              WHERE source = ?1 AND key IN (?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21)
              ORDER BY key"
        ),
        &bound,
        |row| Ok((row.get(0)?, row.get(1)?)),
    )
}

pub(crate) fn remember(tx: &mut Tx<'_>, source: &FieldSource, key: &str, known: &Known) -> Result<(), Fault> {
    tx.execute(
        sql!(
            "INSERT INTO import_key (source, key, profile_id, batch_id, digest) VALUES (?1, ?2, ?3, ?4, ?5)
             ON CONFLICT (source, key) DO UPDATE SET profile_id = excluded.profile_id, batch_id = excluded.batch_id, digest = excluded.digest"
        ),
        params![source, key, known.profile, known.import, known.digest],
    )
    .map(drop)
}

pub(crate) fn forget_key(tx: &mut Tx<'_>, source: &FieldSource, key: &str, import: ImportId) -> Result<(), Fault> {
    tx.execute(sql!("DELETE FROM import_key WHERE source = ?1 AND key = ?2 AND batch_id = ?3"), params![source, key, import]).map(drop)
}

/// The first profile that gave an identifier after its owner had it, and whether a list vouches for it there.
pub(crate) fn next_owner(
    tx: &ReadTx<'_>,
    identifier: &Identifier,
    owner: ProfileId,
    since: Timestamp,
) -> Result<Option<(ProfileId, bool)>, Fault> {
    tx.query_opt(
        sql!(
            "SELECT s.profile_id, CASE WHEN EXISTS (SELECT 1 FROM import_key k WHERE k.profile_id = s.profile_id) THEN 1 ELSE 0 END
               FROM identifier_sighting s JOIN profile p ON p.id = s.profile_id
              WHERE s.kind = ?1 AND s.value = ?2 AND s.profile_id <> ?3 AND s.at >= ?4 ORDER BY s.at, s.profile_id LIMIT 1"
        ),
        params![identifier.kind(), identifier.value(), owner, since],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )
}

/// The identifier is that profile's now, as if it had been the first to give it.
pub(crate) fn hand_on(tx: &mut Tx<'_>, identifier: &Identifier, to: ProfileId, vouched: bool) -> Result<(), Fault> {
    tx.execute(
        sql!(
            "UPDATE identifier SET profile_id = ?3, verified_at = NULL, vouched = ?4,
                    added_at = (SELECT s.at FROM identifier_sighting s WHERE s.kind = ?1 AND s.value = ?2 AND s.profile_id = ?3)
              WHERE kind = ?1 AND value = ?2"
        ),
        params![identifier.kind(), identifier.value(), to, vouched],
    )?;
    tx.execute(
        sql!("DELETE FROM identifier_sighting WHERE kind = ?1 AND value = ?2 AND profile_id = ?3"),
        params![identifier.kind(), identifier.value(), to],
    )
    .map(drop)
}

pub(crate) fn delete_identifier(tx: &mut Tx<'_>, identifier: &Identifier) -> Result<(), Fault> {
    tx.execute(sql!("DELETE FROM identifier WHERE kind = ?1 AND value = ?2"), params![identifier.kind(), identifier.value()]).map(drop)
}

/// What a profile gave at one moment without owning it.
pub(crate) fn forget_sightings(tx: &mut Tx<'_>, profile: ProfileId, at: Timestamp) -> Result<(), Fault> {
    tx.execute(sql!("DELETE FROM identifier_sighting WHERE profile_id = ?1 AND at = ?2"), params![profile, at]).map(drop)
}

/// Answers that differ from these, where they were written at that moment by a list, become what they were.
pub(crate) fn restore_consents(tx: &mut Tx<'_>, profile: ProfileId, at: Timestamp, before: &[Consent]) -> Result<(), Fault> {
    for now in crate::store::profiles::consents_of_profile(tx, profile)? {
        let was = before.iter().find(|c| (c.purpose, c.channel) == (now.purpose, now.channel));
        if was == Some(&now) || now.source != kernel::Channel::Studio || now.at > at {
            continue;
        }
        match was {
            Some(was) => crate::store::profiles::save_consent(tx, was)?,
            None => tx
                .execute(
                    sql!("DELETE FROM consent WHERE profile_id = ?1 AND purpose = ?2 AND channel = ?3"),
                    params![profile, now.purpose, now.channel],
                )
                .map(drop)?,
        }
    }
    Ok(())
}

/// Profiles that may be the same person as this one and were not brought in with it.
pub(crate) fn compared_with(tx: &ReadTx<'_>, profile: ProfileId, id: ImportId) -> Result<Vec<ProfileId>, Fault> {
    tx.query(
        sql!(
            "SELECT m.other FROM (SELECT profile_b AS other FROM match_pair WHERE profile_a = ?1
                                  UNION SELECT profile_a AS other FROM match_pair WHERE profile_b = ?1) m
              WHERE NOT EXISTS (SELECT 1 FROM import_row r WHERE r.profile_id = m.other AND r.batch_id = ?2)
              ORDER BY m.other LIMIT 50"
        ),
        params![profile, id],
        |row| row.get(0),
    )
}

/// A profile that nothing hangs on any more, with all that this room keeps of it but its withdrawn claims.
pub(crate) fn delete_profile(tx: &mut Tx<'_>, id: ProfileId) -> Result<(), Fault> {
    for statement in [
        sql!("DELETE FROM profile_field WHERE profile_id = ?1"),
        sql!("DELETE FROM profile_field_past WHERE profile_id = ?1"),
        sql!("DELETE FROM identifier_sighting WHERE profile_id = ?1"),
        sql!("DELETE FROM consent WHERE profile_id = ?1"),
        sql!("DELETE FROM profile_word WHERE profile_id = ?1"),
        sql!("DELETE FROM profile WHERE id = ?1"),
    ] {
        tx.execute(statement, params![id])?;
    }
    Ok(())
}
