//! The last products of a file become what they were.

use super::{ImportState, ItemOutcome, ProductImport, ProductImportId, RunError, store};
use crate::save::save;
use crate::versions::as_it_was;
use crate::{EditError, ProductId, Status};
use kernel::{Actor, Fault, Permission, Tx};
use serde_json::Value;

/// What another room is to give back.
#[derive(Debug)]
pub struct Given<'a> {
    /// The import.
    pub import: &'a ProductImport,
    /// What it noted when the product was taken up.
    pub before: &'a Value,
}

/// Take the next products back, the last first and at most `most`, with what other rooms give back for each in `beside`, which answers
/// what stays in a word; answers how far it is. Does nothing when there is nothing left. A product that the import made is archived:
/// stock and orders may hang on it. One that it changed has its former content. One that was changed since stays as it is.
pub fn take_back(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: ProductImportId,
    most: usize,
    mut beside: impl FnMut(&mut Tx<'_>, Given<'_>) -> Result<String, Fault>,
) -> Result<ProductImport, RunError> {
    actor.require(Permission::EditCatalogue)?;
    let import = store::by_id(tx, id)?.ok_or(RunError::Unknown(id))?;
    if import.state != ImportState::Undoing {
        return Ok(import);
    }
    let done = store::done(tx, id, most as i64)?;
    let is_last = done.len() < most;
    let (mut taken_back, mut kept) = (0, 0);
    for item in done {
        let stays = match &item.before {
            Value::Null => String::new(),
            before => beside(tx, Given { import: &import, before })?,
        };
        let restored = match item.product {
            Some(product) if item.version != item.version_before => restore(tx, actor, product, (item.version_before, item.version))?,
            _ => true,
        };
        let (outcome, why) = match (restored, stays.as_str()) {
            (true, "") => (ItemOutcome::TakenBack, ""),
            (true, stays) => (ItemOutcome::Kept, stays),
            (false, _) => (ItemOutcome::Kept, "changed"),
        };
        *(if outcome == ItemOutcome::Kept { &mut kept } else { &mut taken_back }) += 1;
        store::close_item(tx, id, item.line, outcome, why)?;
    }
    store::count_back(tx, id, taken_back, kept)?;
    if is_last {
        store::finish(tx, id, (ImportState::Undoing, ImportState::Undone), tx.now())?;
    }
    store::by_id(tx, id)?.ok_or(RunError::Unknown(id))
}

/// False when somebody has changed the product since, or its former names are somebody else's now.
fn restore(tx: &mut Tx<'_>, actor: &Actor, id: ProductId, (before, version): (i64, i64)) -> Result<bool, Fault> {
    let Some(now) = crate::store::product(tx, id)?.filter(|now| now.version == version) else { return Ok(false) };
    let was = match before {
        0 => Some(crate::Product { status: Status::Archived, ..now.clone() }),
        before => as_it_was(tx, &now, before)?,
    };
    let Some(was) = was else { return Ok(false) };
    match save(tx, actor, Some(&now), was) {
        Ok(_) => Ok(true),
        Err(EditError::Fault(fault)) => Err(fault),
        Err(_) => Ok(false),
    }
}
