//! Making a change for many products, and taking it back: one transaction each.

use super::{BulkChange, FieldValue, field, items, json, preview_bulk_edit};
use catalogue::ProductId;
use catalogue::bulk::{self, BulkEdit, BulkEditId, BulkError, BulkItem, BulkOutcome};
use field::Unwritten;
use kernel::{Actor, Fault, Tx};
use pricing::PriceList;

/// A change for many products.
#[derive(Debug, Clone)]
pub struct ApplyBulkEdit {
    /// The caller's name for this intent; repeating it returns the first edit.
    pub key: String,
    /// At most [`bulk::MOST_PRODUCTS`].
    pub products: Vec<ProductId>,
    /// What to change.
    pub change: BulkChange,
    /// What [`preview_bulk_edit`] named it.
    pub seen: String,
}

/// Do exactly what the preview showed, or nothing when a product is no longer as it was then. Products that stay are written down
/// with why. Needs the permission to edit the catalogue, or prices.
pub fn bulk_edit(tx: &mut Tx<'_>, actor: &Actor, cmd: &ApplyBulkEdit) -> Result<BulkEdit, BulkError> {
    cmd.change.require(actor)?;
    if let Some(known) = bulk::bulk_edit_by_key(tx, &cmd.key)? {
        return Ok(known);
    }
    let preview = preview_bulk_edit(tx, actor, &cmd.products, &cmd.change)?;
    if preview.seen != cmd.seen {
        return Err(BulkError::Changed);
    }
    let list = field::list(tx, &cmd.change)?;
    for row in preview.rows.iter().filter(|row| row.stays.is_none()) {
        match field::write(tx, actor, (row.product, list.as_ref()), &cmd.change, &row.after) {
            Ok(()) => {}
            Err(Unwritten::Fault(fault)) => return Err(fault.into()),
            Err(Unwritten::Refused(why)) => return Err(BulkError::Invalid { field: "products", why }),
        }
    }
    Ok(bulk::keep_bulk_edit(tx, actor, &cmd.key, json(&cmd.change)?, &items(&preview.rows)?)?)
}

/// Give each product its former value back, where what the edit gave it still stands; what somebody changed since stays, and is listed.
pub fn undo_bulk_edit(tx: &mut Tx<'_>, actor: &Actor, id: BulkEditId) -> Result<BulkEdit, BulkError> {
    let edit = bulk::bulk_edit(tx, actor, id)?;
    let change: BulkChange = parsed(&edit.change)?;
    change.require(actor)?;
    if edit.undone_at.is_some() {
        return Err(BulkError::AlreadyUndone);
    }
    let all = bulk::bulk_items(tx, actor, id, 0, bulk::MOST_PRODUCTS)?;
    let list = field::list(tx, &change)?;
    let mut settled = Vec::new();
    for item in all.into_iter().filter(|item| item.outcome == BulkOutcome::Changed) {
        let why = put_back(tx, actor, (&change, list.as_ref()), &item)?;
        let outcome = if why.is_empty() { BulkOutcome::TakenBack } else { BulkOutcome::Kept };
        settled.push(BulkItem { outcome, why, ..item });
    }
    Ok(bulk::mark_taken_back(tx, actor, edit, &settled)?)
}

/// Answers why the product stays as it is; empty when it does not.
fn put_back(
    tx: &mut Tx<'_>,
    actor: &Actor,
    (change, list): (&BulkChange, Option<&PriceList>),
    item: &BulkItem,
) -> Result<String, BulkError> {
    let (before, after): (FieldValue, FieldValue) = (parsed(&item.before)?, parsed(&item.after)?);
    let Some(product) = catalogue::product(tx, item.product)? else { return Ok("gone".to_owned()) };
    if field::read(tx, &product, change, list)? != after {
        return Ok("changed".to_owned());
    }
    match field::write(tx, actor, (item.product, list), change, &before) {
        Ok(()) => Ok(String::new()),
        Err(Unwritten::Refused(why)) => Ok(why),
        Err(Unwritten::Fault(fault)) => Err(fault.into()),
    }
}

fn parsed<T: serde::de::DeserializeOwned>(value: &serde_json::Value) -> Result<T, Fault> {
    serde_json::from_value(value.clone()).map_err(|error| Fault::data(format!("a bulk edit: {error}")))
}
