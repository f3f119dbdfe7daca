//! Adding what can be bought.

use crate::save::edit;
use crate::text::slug;
use crate::{Barcode, EditError, Product, ProductId, Variant};
use kernel::{Actor, Tx};

/// A variant that is not there yet.
#[derive(Debug, Clone, Default)]
pub struct NewVariant {
    /// Unique; made from handle and option values when empty.
    pub sku: String,
    /// A GTIN; its check digit is verified.
    pub barcode: Option<String>,
    /// One value for each option of the product, in their order.
    pub option_values: Vec<String>,
    /// Grams, packed; 0 when unknown.
    pub weight_grams: i64,
    /// Source of the picture that shows it, one of the product's; `None` for the product's first.
    pub picture: Option<String>,
}

/// The SKU of a variant that came without one: always the same for the same handle and values.
pub fn derived_sku(handle: &str, option_values: &[String]) -> String {
    let parts = std::iter::once(slug(handle)).chain(option_values.iter().map(|value| slug(value)));
    parts.filter(|part| !part.is_empty()).collect::<Vec<_>>().join("-").to_uppercase()
}

impl NewVariant {
    pub(crate) fn into_variant(self, tx: &mut Tx<'_>, product: &Product) -> Result<Variant, EditError> {
        let barcode = self.barcode.filter(|code| !code.trim().is_empty()).map(|code| code.parse::<Barcode>()).transpose()?;
        let media = match self.picture {
            Some(source) => Some(product.media.iter().find(|media| media.source == source).ok_or(EditError::UnknownMedia)?.id),
            None => None,
        };
        let sku = if self.sku.trim().is_empty() { derived_sku(&product.handle, &self.option_values) } else { self.sku };
        let position = product.variants.last().map_or(1, |last| last.position + 1);
        Ok(Variant {
            id: tx.new_id(),
            sku,
            barcode,
            option_values: self.option_values,
            weight_grams: self.weight_grams,
            position,
            is_active: true,
            media,
            parts: Vec::new(),
        })
    }
}

/// Add a variant; it answers the product as it now is, the new variant last. The SKU makes a repeat harmless.
/// Announces `product.changed`.
pub fn add_variant(tx: &mut Tx<'_>, actor: &Actor, product: ProductId, new: NewVariant) -> Result<Product, EditError> {
    edit(tx, actor, (product, None), |tx, product| {
        let variant = new.into_variant(tx, product)?;
        product.variants.push(variant);
        Ok(())
    })
}
