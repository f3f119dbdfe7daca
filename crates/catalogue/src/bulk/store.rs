//! Every SQL text about bulk edits.

use super::{BulkEdit, BulkEditId, BulkItem};
use kernel::{Fault, Json, ReadTx, Row, Tx, params, sql};

fn edit(row: &Row<'_>) -> Result<BulkEdit, Fault> {
    let count = |at| row.get::<i64>(at).map(|n| n as u64);
    Ok(BulkEdit {
        id: row.get(0)?,
        change: row.get::<Json<_>>(1)?.0,
        actor: row.get(2)?,
        created_at: row.get(3)?,
        undone_at: row.get(4)?,
        undone_by: row.get(5)?,
        changed: count(6)?,
        stayed: count(7)?,
        taken_back: count(8)?,
        kept: count(9)?,
    })
}

pub(super) fn by_id(tx: &ReadTx<'_>, id: BulkEditId) -> Result<Option<BulkEdit>, Fault> {
    tx.query_opt(
        sql!(
            "SELECT id, change, actor, created_at, undone_at, undone_by, changed, stayed, taken_back, kept
               FROM bulk_edit WHERE id = ?1"
        ),
        params![id],
        edit,
    )
}

pub(super) fn by_key(tx: &ReadTx<'_>, key: &str) -> Result<Option<BulkEdit>, Fault> {
    tx.query_opt(
        sql!(
            "SELECT id, change, actor, created_at, undone_at, undone_by, changed, stayed, taken_back, kept
               FROM bulk_edit WHERE key = ?1"
        ),
        params![key],
        edit,
    )
}

pub(super) fn newest(tx: &ReadTx<'_>, before: Option<BulkEditId>, limit: i64) -> Result<Vec<BulkEdit>, Fault> {
    // Beyond every id there is.
    let before = before.map_or_else(|| "~".to_owned(), |id| id.to_string());
    tx.query(
        sql!(
            "SELECT id, change, actor, created_at, undone_at, undone_by, changed, stayed, taken_back, kept
               FROM bulk_edit WHERE id < ?1 ORDER BY id DESC LIMIT ?2"
        ),
        params![before, limit],
        edit,
    )
}

pub(super) fn insert(tx: &mut Tx<'_>, key: &str, new: &BulkEdit) -> Result<(), Fault> {
    tx.execute(
        sql!(
            "INSERT INTO bulk_edit (id, key, change, actor, created_at, changed, stayed, taken_back, kept)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, 0, 0)"
        ),
        params![new.id, key, Json(&new.change), new.actor, new.created_at, new.changed as i64, new.stayed as i64],
    )
    .map(drop)
}

pub(super) fn settle(tx: &mut Tx<'_>, edit: &BulkEdit) -> Result<(), Fault> {
    tx.execute(
        sql!("UPDATE bulk_edit SET undone_at = ?2, undone_by = ?3, taken_back = ?4, kept = ?5 WHERE id = ?1"),
        params![edit.id, edit.undone_at, edit.undone_by, edit.taken_back as i64, edit.kept as i64],
    )
    .map(drop)
}

pub(super) fn items(tx: &ReadTx<'_>, id: BulkEditId, after: i64, limit: i64) -> Result<Vec<BulkItem>, Fault> {
    tx.query(
        sql!(
            "SELECT line, product, outcome, before, after, why FROM bulk_edit_item
              WHERE edit = ?1 AND line > ?2 ORDER BY line LIMIT ?3"
        ),
        params![id, after, limit],
        |row| {
            Ok(BulkItem {
                line: row.get::<i64>(0)? as u64,
                product: row.get(1)?,
                outcome: row.get(2)?,
                before: row.get::<Json<_>>(3)?.0,
                after: row.get::<Json<_>>(4)?.0,
                why: row.get(5)?,
            })
        },
    )
}

pub(super) fn insert_item(tx: &mut Tx<'_>, id: BulkEditId, item: &BulkItem) -> Result<(), Fault> {
    tx.execute(
        sql!(
            "INSERT INTO bulk_edit_item (edit, line, product, outcome, before, after, why)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)"
        ),
        params![id, item.line as i64, item.product, item.outcome, Json(&item.before), Json(&item.after), item.why],
    )
    .map(drop)
}

pub(super) fn settle_item(tx: &mut Tx<'_>, id: BulkEditId, item: &BulkItem) -> Result<(), Fault> {
    tx.execute(
        sql!("UPDATE bulk_edit_item SET outcome = ?3, why = ?4 WHERE edit = ?1 AND line = ?2"),
        params![id, item.line as i64, item.outcome, item.why],
    )
    .map(drop)
}
