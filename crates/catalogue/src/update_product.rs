//! Changing texts, status and the like.

use crate::save::edit;
use crate::{EditError, Localised, Product, ProductId, Status, TaxCategory};
use kernel::{Actor, Tx};

/// What to change; `None` leaves a field as it is.
#[derive(Debug, Clone, Default)]
pub struct ProductChange {
    /// Refuse when the product is no longer at this version.
    pub if_version: Option<i64>,
    /// Its name in addresses.
    pub handle: Option<String>,
    /// Whether customers see it.
    pub status: Option<Status>,
    /// Its name, in both languages.
    pub title: Option<Localised>,
    /// HTML; made safe before it is kept.
    pub description_html: Option<Localised>,
    /// For search engines.
    pub seo_title: Option<Localised>,
    /// For search engines.
    pub seo_description: Option<Localised>,
    /// The maker.
    pub vendor: Option<String>,
    /// The kind of product.
    pub category: Option<String>,
    /// All tags, instead of those it has.
    pub tags: Option<Vec<String>>,
    /// Which tax rate it takes.
    pub tax_category: Option<TaxCategory>,
    /// Whether it is work and not a thing.
    pub is_service: Option<bool>,
    /// All that it is offered with, in order, instead of what it has.
    pub goes_with: Option<Vec<ProductId>>,
}

/// Change a product; it answers the product as it now is. A change that changes nothing leaves the version as it was.
/// Announces `product.changed`.
pub fn update_product(tx: &mut Tx<'_>, actor: &Actor, id: ProductId, change: ProductChange) -> Result<Product, EditError> {
    edit(tx, actor, (id, change.if_version), |_, product| {
        put_all(product, change);
        Ok(())
    })
}

/// A product as a change would make it, by the rules that need no other product; its version is as it was. Nothing is kept.
pub fn changed(product: &Product, change: ProductChange) -> Result<Product, EditError> {
    let mut after = product.clone();
    put_all(&mut after, change);
    after.normalise();
    after.check()?;
    Ok(after)
}

fn put_all(product: &mut Product, change: ProductChange) {
    fn put<T>(slot: &mut T, value: Option<T>) {
        if let Some(value) = value {
            *slot = value;
        }
    }
    put(&mut product.handle, change.handle);
    put(&mut product.status, change.status);
    put(&mut product.title, change.title);
    put(&mut product.description_html, change.description_html);
    put(&mut product.seo_title, change.seo_title);
    put(&mut product.seo_description, change.seo_description);
    put(&mut product.vendor, change.vendor);
    put(&mut product.category, change.category);
    put(&mut product.tags, change.tags);
    put(&mut product.tax_category, change.tax_category);
    put(&mut product.is_service, change.is_service);
    put(&mut product.goes_with, change.goes_with);
}
