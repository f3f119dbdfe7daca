//! Files that were brought in, and their products.

use super::take_up::Done;
use super::{ImportState, ImportedProduct, ItemOutcome, ProductImport, ProductImportId};
use crate::ProductId;
use crate::import::incoming::Incoming;
use kernel::{Fault, Json, ReadTx, Row, Timestamp, Tx, params, sql};
use serde_json::Value;

fn import(row: &Row<'_>) -> Result<ProductImport, Fault> {
    let (Json(options), Json(beside)) = (row.get(2)?, row.get(3)?);
    let count = |at| row.get::<i64>(at).map(|n| n as u64);
    Ok(ProductImport {
        id: row.get(0)?,
        file_name: row.get(1)?,
        options,
        beside,
        state: row.get(4)?,
        actor: row.get(5)?,
        created_at: row.get(6)?,
        finished_at: row.get(7)?,
        undone_at: row.get(8)?,
        undone_by: row.get(9)?,
        total: count(10)?,
        left_out: count(11)?,
        created: count(12)?,
        changed: count(13)?,
        unchanged: count(14)?,
        refused: count(15)?,
        taken_back: count(16)?,
        kept: count(17)?,
    })
}

pub(super) fn by_id(tx: &ReadTx<'_>, id: ProductImportId) -> Result<Option<ProductImport>, Fault> {
    tx.query_opt(
        sql!(
            "SELECT id, file_name, options, beside, state, actor, created_at, finished_at, undone_at, undone_by, total, left_out, created,
                    changed, unchanged, refused, taken_back, kept FROM product_import WHERE id = ?1"
        ),
        params![id],
        import,
    )
}

pub(super) fn by_key(tx: &ReadTx<'_>, key: &str) -> Result<Option<ProductImport>, Fault> {
    tx.query_opt(
        sql!(
            "SELECT id, file_name, options, beside, state, actor, created_at, finished_at, undone_at, undone_by, total, left_out, created,
                    changed, unchanged, refused, taken_back, kept FROM product_import WHERE key = ?1"
        ),
        params![key],
        import,
    )
}

pub(super) fn running_of_file(tx: &ReadTx<'_>, hash: &str) -> Result<Option<ProductImport>, Fault> {
    tx.query_opt(
        sql!(
            "SELECT id, file_name, options, beside, state, actor, created_at, finished_at, undone_at, undone_by, total, left_out, created,
                    changed, unchanged, refused, taken_back, kept FROM product_import
              WHERE file_hash = ?1 AND state = 'running' ORDER BY id DESC LIMIT 1"
        ),
        params![hash],
        import,
    )
}

pub(super) fn newest(tx: &ReadTx<'_>, before: Option<ProductImportId>, limit: i64) -> Result<Vec<ProductImport>, Fault> {
    // Beyond every id there is.
    let before = before.map_or_else(|| "~".to_owned(), |id| id.to_string());
    tx.query(
        sql!(
            "SELECT id, file_name, options, beside, state, actor, created_at, finished_at, undone_at, undone_by, total, left_out, created,
                    changed, unchanged, refused, taken_back, kept FROM product_import WHERE id < ?1 ORDER BY id DESC LIMIT ?2"
        ),
        params![before, limit],
        import,
    )
}

pub(super) fn insert(tx: &mut Tx<'_>, key: &str, new: &ProductImport, hash: &str) -> Result<(), Fault> {
    tx.execute(
        sql!(
            "INSERT INTO product_import (id, key, file_name, file_hash, options, beside, state, actor, created_at, total, left_out, created,
                    changed, unchanged, refused, taken_back, kept)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, 0, 0, 0, 0, 0, 0)"
        ),
        params![
            new.id,
            key,
            new.file_name,
            hash,
            Json(&new.options),
            Json(&new.beside),
            new.state,
            new.actor,
            new.created_at,
            new.total as i64,
            new.left_out as i64
        ],
    )
    .map(drop)
}

pub(super) fn insert_item(tx: &mut Tx<'_>, id: ProductImportId, incoming: &Incoming) -> Result<(), Fault> {
    tx.execute(
        sql!(
            "INSERT INTO product_import_item (import, line, stage, content, outcome, version_before, version, before, why)
             VALUES (?1, ?2, 'waiting', ?3, 'waiting', 0, 0, 'null', '')"
        ),
        params![id, incoming.line as i64, Json(incoming)],
    )
    .map(drop)
}

/// The next products to take up.
pub(super) fn waiting(tx: &ReadTx<'_>, id: ProductImportId, limit: i64) -> Result<Vec<Incoming>, Fault> {
    tx.query(
        sql!("SELECT content FROM product_import_item WHERE import = ?1 AND stage = 'waiting' ORDER BY line LIMIT ?2"),
        params![id, limit],
        |row| row.get(0).map(|Json(incoming)| incoming),
    )
}

/// Products that were never taken up say no more.
pub(super) fn forget_waiting(tx: &mut Tx<'_>, id: ProductImportId) -> Result<(), Fault> {
    tx.execute(sql!("DELETE FROM product_import_item WHERE import = ?1 AND stage = 'waiting'"), params![id]).map(drop)
}

/// What a line said is in the product now.
pub(super) fn finish_item(tx: &mut Tx<'_>, id: ProductImportId, line: u64, done: &Done) -> Result<(), Fault> {
    let (before, why) = (Json(&done.noted.before), &done.noted.why);
    tx.execute(
        sql!(
            "UPDATE product_import_item SET stage = 'done', content = '', outcome = ?3, product = ?4, version_before = ?5, version = ?6,
                    before = ?7, why = ?8 WHERE import = ?1 AND line = ?2"
        ),
        params![id, line as i64, done.outcome, done.product, done.version_before, done.version, before, why],
    )
    .map(drop)
}

/// A product to take back.
pub(super) struct DoneItem {
    pub(super) line: u64,
    pub(super) product: Option<ProductId>,
    pub(super) version_before: i64,
    pub(super) version: i64,
    pub(super) before: Value,
}

/// The next products to take back: the last first.
pub(super) fn done(tx: &ReadTx<'_>, id: ProductImportId, limit: i64) -> Result<Vec<DoneItem>, Fault> {
    tx.query(
        sql!(
            "SELECT line, product, version_before, version, before FROM product_import_item
              WHERE import = ?1 AND stage = 'done' ORDER BY line DESC LIMIT ?2"
        ),
        params![id, limit],
        |row| {
            let (line, Json(before)) = (row.get::<i64>(0)? as u64, row.get(4)?);
            Ok(DoneItem { line, product: row.get(1)?, version_before: row.get(2)?, version: row.get(3)?, before })
        },
    )
}

pub(super) fn close_item(tx: &mut Tx<'_>, id: ProductImportId, line: u64, outcome: ItemOutcome, why: &str) -> Result<(), Fault> {
    tx.execute(
        sql!("UPDATE product_import_item SET stage = 'back', outcome = ?3, why = ?4, before = 'null' WHERE import = ?1 AND line = ?2"),
        params![id, line as i64, outcome, why],
    )
    .map(drop)
}

pub(super) fn items(
    tx: &ReadTx<'_>,
    (id, outcome): (ProductImportId, ItemOutcome),
    after: i64,
    limit: i64,
) -> Result<Vec<ImportedProduct>, Fault> {
    tx.query(
        sql!(
            "SELECT line, outcome, product, why FROM product_import_item
              WHERE import = ?1 AND outcome = ?2 AND line > ?3 ORDER BY line LIMIT ?4"
        ),
        params![id, outcome, after, limit],
        |row| Ok(ImportedProduct { line: row.get::<i64>(0)? as u64, outcome: row.get(1)?, product: row.get(2)?, why: row.get(3)? }),
    )
}

/// Made, changed, as before, refused.
pub(super) fn count_forward(tx: &mut Tx<'_>, id: ProductImportId, [created, changed, unchanged, refused]: [i64; 4]) -> Result<(), Fault> {
    tx.execute(
        sql!(
            "UPDATE product_import SET created = created + ?2, changed = changed + ?3, unchanged = unchanged + ?4, refused = refused + ?5
              WHERE id = ?1"
        ),
        params![id, created, changed, unchanged, refused],
    )
    .map(drop)
}

pub(super) fn count_back(tx: &mut Tx<'_>, id: ProductImportId, taken_back: i64, kept: i64) -> Result<(), Fault> {
    tx.execute(
        sql!("UPDATE product_import SET taken_back = taken_back + ?2, kept = kept + ?3 WHERE id = ?1"),
        params![id, taken_back, kept],
    )
    .map(drop)
}

pub(super) fn finish(tx: &mut Tx<'_>, id: ProductImportId, (from, to): (ImportState, ImportState), at: Timestamp) -> Result<(), Fault> {
    tx.execute(
        sql!("UPDATE product_import SET state = ?3, finished_at = COALESCE(finished_at, ?4) WHERE id = ?1 AND state = ?2"),
        params![id, from, to, at],
    )
    .map(drop)
}

pub(super) fn begin_undo(tx: &mut Tx<'_>, id: ProductImportId, by: &str, at: Timestamp) -> Result<(), Fault> {
    tx.execute(
        sql!("UPDATE product_import SET state = 'undoing', undone_at = ?2, undone_by = ?3 WHERE id = ?1 AND state IN ('running', 'done')"),
        params![id, at, by],
    )
    .map(drop)
}
