//! Changing what can be bought.

use crate::model::place;
use crate::save::edit;
use crate::{Barcode, EditError, MediaId, Product, VariantId, store};
use kernel::{Actor, Permission, Tx};

/// What to change; `None` leaves a field as it is.
#[derive(Debug, Clone, Default)]
pub struct VariantChange {
    /// Refuse when the product is no longer at this version.
    pub if_version: Option<i64>,
    /// Unique in the catalogue.
    pub sku: Option<String>,
    /// A GTIN; an empty text takes it away.
    pub barcode: Option<String>,
    /// One value for each option.
    pub option_values: Option<Vec<String>>,
    /// Grams, packed.
    pub weight_grams: Option<i64>,
    /// Order on the page.
    pub position: Option<i64>,
    /// Whether it may be bought.
    pub is_active: Option<bool>,
    /// The picture that shows it.
    pub media: Option<MediaId>,
}

/// Change a variant; it answers the product as it now is. Announces `product.changed`.
pub fn update_variant(tx: &mut Tx<'_>, actor: &Actor, id: VariantId, change: VariantChange) -> Result<Product, EditError> {
    actor.require(Permission::EditCatalogue)?;
    let product = store::product_of_variant(tx, id)?.ok_or(EditError::UnknownVariant)?;
    edit(tx, actor, (product, change.if_version), |_, product| {
        if change.media.is_some_and(|media| product.media.iter().all(|known| known.id != media)) {
            return Err(EditError::UnknownMedia);
        }
        let at = product.variants.iter().position(|variant| variant.id == id).ok_or(EditError::UnknownVariant)?;
        let variant = &mut product.variants[at];
        if let Some(barcode) = change.barcode {
            variant.barcode = if barcode.trim().is_empty() { None } else { Some(barcode.parse::<Barcode>()?) };
        }
        variant.sku = change.sku.unwrap_or_else(|| variant.sku.clone());
        variant.option_values = change.option_values.unwrap_or_else(|| variant.option_values.clone());
        variant.weight_grams = change.weight_grams.unwrap_or(variant.weight_grams);
        variant.is_active = change.is_active.unwrap_or(variant.is_active);
        variant.media = change.media.or(variant.media);
        if let Some(position) = change.position {
            place(&mut product.variants, at, position);
        }
        Ok(())
    })
}
