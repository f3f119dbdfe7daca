//! Saying what a variant is made of.

use super::BundlePart;
use crate::save::edit;
use crate::{EditError, Product, VariantId, store as products};
use kernel::{Actor, Permission, Tx};

/// Make a variant of these parts, in the order shown, instead of what it was made of; of none it is an ordinary variant again.
/// It answers the product as it now is. Whether the variant has stock of its own is not known here: `flows::set_parts` asks.
/// Announces `product.changed`.
pub fn set_parts(
    tx: &mut Tx<'_>,
    actor: &Actor,
    (id, if_version): (VariantId, Option<i64>),
    parts: Vec<BundlePart>,
) -> Result<Product, EditError> {
    actor.require(Permission::EditCatalogue)?;
    let product = products::product_of_variant(tx, id)?.ok_or(EditError::UnknownVariant)?;
    edit(tx, actor, (product, if_version), |_, product| {
        let variant = product.variants.iter_mut().find(|variant| variant.id == id).ok_or(EditError::UnknownVariant)?;
        variant.parts = parts;
        Ok(())
    })
}
