//! Writing a bulk edit down, and looking back at it.

use super::{BulkEdit, BulkEditId, BulkError, BulkItem, BulkOutcome, store};
use kernel::{Actor, Fault, Permission, ReadTx, Tx};
use serde_json::Value;
use sha2::{Digest, Sha256};

/// A name of what a preview showed: it differs when any line of it does.
pub fn fingerprint(change: &Value, lines: &[BulkItem]) -> Result<String, Fault> {
    let text = serde_json::to_vec(&(change, lines)).map_err(|error| Fault::data(error.to_string()))?;
    Ok(Sha256::digest(text).iter().map(|byte| format!("{byte:02x}")).collect())
}

/// Write down what an edit changed and what stayed. It changes no product: the flow that calls it does.
pub fn keep_bulk_edit(tx: &mut Tx<'_>, actor: &Actor, key: &str, change: Value, items: &[BulkItem]) -> Result<BulkEdit, Fault> {
    let count = |outcome| items.iter().filter(|item| item.outcome == outcome).count() as u64;
    let edit = BulkEdit {
        id: tx.new_id(),
        change,
        actor: actor.to_string(),
        created_at: tx.now(),
        undone_at: None,
        undone_by: None,
        changed: count(BulkOutcome::Changed),
        stayed: count(BulkOutcome::Stayed),
        taken_back: 0,
        kept: 0,
    };
    store::insert(tx, key, &edit)?;
    for item in items {
        store::insert_item(tx, edit.id, item)?;
    }
    Ok(edit)
}

/// The edit that was made under this key.
pub fn bulk_edit_by_key(tx: &ReadTx<'_>, key: &str) -> Result<Option<BulkEdit>, Fault> {
    store::by_key(tx, key)
}

/// Edits made before `before`, newest first, at most 50.
pub fn bulk_edits(tx: &ReadTx<'_>, actor: &Actor, before: Option<BulkEditId>, limit: usize) -> Result<Vec<BulkEdit>, BulkError> {
    actor.require(Permission::ViewCatalogue)?;
    Ok(store::newest(tx, before, limit.clamp(1, 50) as i64)?)
}

/// One edit.
pub fn bulk_edit(tx: &ReadTx<'_>, actor: &Actor, id: BulkEditId) -> Result<BulkEdit, BulkError> {
    actor.require(Permission::ViewCatalogue)?;
    store::by_id(tx, id)?.ok_or(BulkError::Unknown(id))
}

/// Its products after a line, in the order in which they were chosen, at most [`super::MOST_PRODUCTS`].
pub fn bulk_items(tx: &ReadTx<'_>, actor: &Actor, id: BulkEditId, after: u64, limit: usize) -> Result<Vec<BulkItem>, BulkError> {
    actor.require(Permission::ViewCatalogue)?;
    Ok(store::items(tx, id, after as i64, limit.clamp(1, super::MOST_PRODUCTS) as i64)?)
}

/// Write down that an edit was taken back, and what became of those products that it had changed.
pub fn mark_taken_back(tx: &mut Tx<'_>, actor: &Actor, edit: BulkEdit, items: &[BulkItem]) -> Result<BulkEdit, Fault> {
    for item in items {
        store::settle_item(tx, edit.id, item)?;
    }
    let count = |outcome| items.iter().filter(|item| item.outcome == outcome).count() as u64;
    let edit = BulkEdit {
        undone_at: Some(tx.now()),
        undone_by: Some(actor.to_string()),
        taken_back: count(BulkOutcome::TakenBack),
        kept: count(BulkOutcome::Kept),
        ..edit
    };
    store::settle(tx, &edit)?;
    Ok(edit)
}
