//! Every SQL text about the words of search.

use super::{SearchTerm, SynonymId, Synonyms};
use kernel::{Fault, ReadTx, Row, Tx, params, sql};

fn read(row: &Row<'_>) -> Result<Synonyms, Fault> {
    let words: String = row.get(1)?;
    let words = serde_json::from_str(&words).map_err(|e| Fault::outside("reading the words of a group", e))?;
    Ok(Synonyms { id: row.get(0)?, words, direction: row.get(2)? })
}

pub(super) fn save(tx: &mut Tx<'_>, synonyms: &Synonyms, by: &str) -> Result<(), Fault> {
    let words = serde_json::Value::from(synonyms.words.clone()).to_string();
    tx.execute(
        sql!(
            "INSERT INTO search_synonyms (id, words, direction, changed_at, changed_by) VALUES (?1, ?2, ?3, ?4, ?5)
             ON CONFLICT (id) DO UPDATE SET words = excluded.words, direction = excluded.direction, changed_at = excluded.changed_at,
               changed_by = excluded.changed_by"
        ),
        params![synonyms.id, words, synonyms.direction, tx.now(), by],
    )
    .map(drop)
}

pub(super) fn remove(tx: &mut Tx<'_>, id: SynonymId) -> Result<bool, Fault> {
    Ok(tx.execute(sql!("DELETE FROM search_synonyms WHERE id = ?1"), params![id])? > 0)
}

pub(super) fn by_id(tx: &ReadTx<'_>, id: SynonymId) -> Result<Option<Synonyms>, Fault> {
    tx.query_opt(sql!("SELECT id, words, direction FROM search_synonyms WHERE id = ?1"), params![id], read)
}

/// Oldest first.
pub(super) fn all(tx: &ReadTx<'_>, limit: i64) -> Result<Vec<Synonyms>, Fault> {
    tx.query(sql!("SELECT id, words, direction FROM search_synonyms ORDER BY id LIMIT ?1"), params![limit], read)
}

pub(super) fn count(tx: &mut Tx<'_>, week: i64, term: &str, asked: i64, found: i64) -> Result<(), Fault> {
    tx.execute(
        sql!(
            "INSERT INTO search_term (week, term, asked, found) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT (week, term) DO UPDATE SET asked = search_term.asked + excluded.asked, found = excluded.found"
        ),
        params![week, term, asked, found],
    )
    .map(drop)
}

pub(super) fn forget_before(tx: &mut Tx<'_>, week: i64) -> Result<(), Fault> {
    tx.execute(sql!("DELETE FROM search_term WHERE week < ?1"), params![week]).map(drop)
}

/// The most frequent of a week, first.
pub(super) fn most_asked(tx: &ReadTx<'_>, week: i64, limit: i64) -> Result<Vec<SearchTerm>, Fault> {
    tx.query(
        sql!("SELECT term, asked, found FROM search_term WHERE week = ?1 ORDER BY asked DESC, term DESC LIMIT ?2"),
        params![week, limit],
        |row| Ok(SearchTerm { term: row.get(0)?, asked: row.get(1)?, found: row.get(2)? }),
    )
}
