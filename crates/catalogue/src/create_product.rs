//! Making a product.

use crate::save::save;
use crate::text::slug;
use crate::{EditError, Localised, Media, NewMedia, NewVariant, Product, ProductId, ProductOption, Status, TaxCategory};
use kernel::{Actor, Permission, Tx};

/// A product that is not there yet.
#[derive(Debug, Clone)]
pub struct NewProduct {
    /// Its name in addresses; made from the title when `None`.
    pub handle: Option<String>,
    /// Whether customers see it.
    pub status: Status,
    /// Its name; at least one language.
    pub title: Localised,
    /// HTML; made safe before it is kept.
    pub description_html: Localised,
    /// For search engines.
    pub seo_title: Localised,
    /// For search engines.
    pub seo_description: Localised,
    /// The maker.
    pub vendor: String,
    /// The kind of product.
    pub category: String,
    /// Free words and `name:value` attributes.
    pub tags: Vec<String>,
    /// Which tax rate it takes.
    pub tax_category: TaxCategory,
    /// Work and not a thing: sold without stock, brought by no parcel.
    pub is_service: bool,
    /// Names of the options; empty for a single variant.
    pub options: Vec<String>,
    /// What can be bought.
    pub variants: Vec<NewVariant>,
    /// Pictures, in order.
    pub media: Vec<NewMedia>,
    /// What it is offered with, in order.
    pub goes_with: Vec<ProductId>,
}

impl NewProduct {
    /// A draft with a title and nothing else.
    pub fn titled(title: Localised) -> Self {
        NewProduct {
            handle: None,
            status: Status::Draft,
            title,
            description_html: Localised::default(),
            seo_title: Localised::default(),
            seo_description: Localised::default(),
            vendor: String::new(),
            category: String::new(),
            tags: Vec::new(),
            tax_category: TaxCategory::Standard,
            is_service: false,
            options: Vec::new(),
            variants: Vec::new(),
            media: Vec::new(),
            goes_with: Vec::new(),
        }
    }
}

/// Make a product with its variants and pictures. The handle makes a repeat harmless: it answers [`EditError::HandleTaken`].
/// Announces `product.changed`.
pub fn create_product(tx: &mut Tx<'_>, actor: &Actor, new: NewProduct) -> Result<Product, EditError> {
    actor.require(Permission::EditCatalogue)?;
    let (id, now) = (tx.new_id(), tx.now());
    let handle = new.handle.unwrap_or_else(|| slug(if new.title.es.is_empty() { &new.title.en } else { &new.title.es }));
    let media: Vec<_> =
        (1..).zip(new.media).map(|(position, media)| Media { id: tx.new_id(), position, source: media.source, alt: media.alt }).collect();
    let mut product = Product {
        id,
        handle,
        status: new.status,
        title: new.title,
        description_html: new.description_html,
        seo_title: new.seo_title,
        seo_description: new.seo_description,
        vendor: new.vendor,
        category: new.category,
        tags: new.tags,
        tax_category: new.tax_category,
        is_service: new.is_service,
        options: new.options.into_iter().map(|name| ProductOption { name, values: Vec::new() }).collect(),
        variants: Vec::new(),
        media,
        goes_with: new.goes_with,
        version: 0,
        created_at: now,
        updated_at: now,
    };
    for variant in new.variants {
        let variant = variant.into_variant(tx, &product)?;
        product.variants.push(variant);
    }
    save(tx, actor, None, product)
}
