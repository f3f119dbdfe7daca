//! Putting products first by hand.

use super::membership::stand;
use super::{Collection, CollectionError, CollectionId, MAX_PINNED, save, store};
use crate::ProductId;
use kernel::{Actor, Permission, Tx};

/// Put exactly these products first, in this order; whether the rule lets them in does not matter. What is not on sale takes its place
/// when it is. Announces `collection.saved` when anything changed.
pub fn pin(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: CollectionId,
    products: &[ProductId],
    if_version: Option<i64>,
) -> Result<Collection, CollectionError> {
    actor.require(Permission::EditCatalogue)?;
    let mut collection = store::by_id(tx, id)?.ok_or(CollectionError::Unknown)?;
    if if_version.is_some_and(|version| version != collection.version) {
        return Err(CollectionError::Changed { version: collection.version });
    }
    if products.len() > MAX_PINNED {
        return Err(CollectionError::TooManyPinned);
    }
    let before = store::pinned(tx, id)?;
    if before == products {
        return Ok(collection);
    }
    let mut touched: Vec<_> = before.iter().chain(products).copied().collect();
    touched.sort();
    touched.dedup();
    let known = store::facts_of(tx, &touched)?;
    let is_known = |product: &ProductId| known.iter().any(|facts| facts.id == *product);
    if products.iter().enumerate().any(|(at, product)| products[..at].contains(product) || !is_known(product)) {
        return Err(CollectionError::BadPinned);
    }
    store::set_pinned(tx, id, products)?;
    for facts in &known {
        stand(tx, facts)?;
    }
    collection.version += 1;
    collection.updated_at = tx.now();
    store::save(tx, &collection)?;
    save::tell_saved(tx, actor, &collection)?;
    Ok(collection)
}
