//! The one way a product is written: normalise, check, write what differs, announce.

use crate::{EditError, Product, ProductId, bundles, events, goes_with, store, versions};
use kernel::{Actor, Permission, Tx};

/// Load, change, save. When `if_version` is given and the product has moved on, nothing is changed.
pub(crate) fn edit(
    tx: &mut Tx<'_>,
    actor: &Actor,
    (id, if_version): (ProductId, Option<i64>),
    change: impl FnOnce(&mut Tx<'_>, &mut Product) -> Result<(), EditError>,
) -> Result<Product, EditError> {
    actor.require(Permission::EditCatalogue)?;
    let before = store::product(tx, id)?.ok_or(EditError::UnknownProduct)?;
    if if_version.is_some_and(|version| version != before.version) {
        return Err(EditError::Changed { version: before.version });
    }
    let mut after = before.clone();
    change(tx, &mut after)?;
    save(tx, actor, Some(&before), after)
}

/// Write a product that is new (`before` is `None`) or changed. A change that changes nothing leaves the version alone.
pub(crate) fn save(tx: &mut Tx<'_>, actor: &Actor, before: Option<&Product>, mut after: Product) -> Result<Product, EditError> {
    after.normalise();
    if before.is_some_and(|before| after.says_the_same_as(before)) {
        return Ok(after);
    }
    after.check()?;
    check_names(tx, before, &after)?;
    goes_with::check(tx, before, &after)?;
    bundles::check(tx, before, &after)?;
    after.version = before.map_or(1, |before| before.version + 1);
    after.updated_at = tx.now();
    store::write(tx, before, &after)?;
    let changes = before.map_or_else(|| Ok(Vec::new()), |before| versions::between(before, &after))?;
    versions::insert(tx, actor, &after, &changes)?;
    events::changed(tx, actor, &after)?;
    Ok(after)
}

/// Handle, SKUs and barcodes belong to nobody else.
fn check_names(tx: &Tx<'_>, before: Option<&Product>, after: &Product) -> Result<(), EditError> {
    if before.is_none_or(|before| before.handle != after.handle) && store::id_by_handle(tx, &after.handle)?.is_some() {
        return Err(EditError::HandleTaken { handle: after.handle.clone() });
    }
    for variant in &after.variants {
        let known = before.and_then(|before| before.variant(variant.id));
        if known.is_none_or(|known| known.sku != variant.sku)
            && let Some((_, handle)) = store::owner_of_sku(tx, &variant.sku)?.filter(|(owner, _)| *owner != after.id)
        {
            return Err(EditError::SkuTaken { sku: variant.sku.clone(), handle });
        }
        if known.is_none_or(|known| known.barcode != variant.barcode)
            && let Some(barcode) = &variant.barcode
            && let Some((_, handle)) = store::owner_of_gtin(tx, &barcode.gtin14())?.filter(|(owner, _)| *owner != after.id)
        {
            return Err(EditError::BarcodeTaken { barcode: barcode.to_string(), handle });
        }
    }
    Ok(())
}
