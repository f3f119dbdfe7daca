//! Imports and their products, for whoever looks back.

use super::{ImportedProduct, ItemOutcome, ProductImport, ProductImportId, RunError, begin, store};
use kernel::{Actor, Permission, ReadTx};

/// Imports made before `before`, newest first, at most 50.
pub fn imports(tx: &ReadTx<'_>, actor: &Actor, before: Option<ProductImportId>, limit: usize) -> Result<Vec<ProductImport>, RunError> {
    actor.require(Permission::ViewCatalogue)?;
    Ok(store::newest(tx, before, limit.clamp(1, 50) as i64)?)
}

/// One import.
pub fn product_import(tx: &ReadTx<'_>, actor: &Actor, id: ProductImportId) -> Result<ProductImport, RunError> {
    actor.require(Permission::ViewCatalogue)?;
    store::by_id(tx, id)?.ok_or(RunError::Unknown(id))
}

/// The newest import of this very file that is still going on.
pub fn unfinished(tx: &ReadTx<'_>, actor: &Actor, file: &[u8]) -> Result<Option<ProductImport>, RunError> {
    actor.require(Permission::ViewCatalogue)?;
    Ok(store::running_of_file(tx, &begin::hash(file))?)
}

/// Its products with this outcome that stand after a line, in the order of the file, at most 100.
pub fn items(
    tx: &ReadTx<'_>,
    actor: &Actor,
    (id, outcome): (ProductImportId, ItemOutcome),
    after: u64,
    limit: usize,
) -> Result<Vec<ImportedProduct>, RunError> {
    actor.require(Permission::ViewCatalogue)?;
    Ok(store::items(tx, (id, outcome), after as i64, limit.clamp(1, 100) as i64)?)
}
