//! Going back to an earlier version.

use super::{MAX_VERSIONS, fields, store};
use crate::save::edit;
use crate::{EditError, Product, ProductId, Variant};
use kernel::{Actor, Fault, ReadTx, Tx};

/// Give a product the content it had at `version`, as a new version on top: nothing of the history is lost. Whether customers see
/// it stays as it is, and variants that came later stay too, no longer sold, since stock and orders hang on them.
/// Refused when the product is no longer at `if_version`, or when the history does not reach back so far. Announces `product.changed`.
pub fn restore_version(tx: &mut Tx<'_>, actor: &Actor, id: ProductId, version: i64, if_version: i64) -> Result<Product, EditError> {
    let restored = edit(tx, actor, (id, Some(if_version)), |tx, product| {
        let old = as_it_was(tx, product, version)?.ok_or(EditError::UnknownVersion { version })?;
        *product = Product { status: product.status, ..old };
        Ok(())
    })?;
    if restored.version > if_version {
        store::mark_restored(tx, id, restored.version, version)?;
    }
    Ok(restored)
}

/// A product with the content it had at `version`; `None` when the history does not reach back so far. Variants that came later stay, no
/// longer sold: stock and orders hang on them.
pub(crate) fn as_it_was(tx: &ReadTx<'_>, product: &Product, version: i64) -> Result<Option<Product>, Fault> {
    let later = store::between(tx, product.id, (version, product.version + 1), MAX_VERSIONS)?;
    let complete = later.last().map_or(product.version, |oldest| oldest.version - 1) == version;
    if !complete || version < 1 || later.len() as i64 != product.version - version {
        return Ok(None);
    }
    let mut old = fields::before(product, later.into_iter().flat_map(|later| later.changes))?;
    let came_later = product.variants.iter().filter(|variant| old.variant(variant.id).is_none());
    let came_later: Vec<_> = came_later.map(|variant| Variant { is_active: false, ..variant.clone() }).collect();
    old.variants.extend(came_later);
    Ok(Some(old))
}
