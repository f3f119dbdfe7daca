//! What lists, carts and orders show.

use crate::{Barcode, BundlePart, Localised, ProductId, ProductOption, Status, TaxCategory, VariantId};
use kernel::Timestamp;
use serde::Serialize;

/// A picture as pages need it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Picture {
    /// `picture:tee/azul`, a file name or an address.
    pub source: String,
    /// For those who do not see it.
    pub alt: Localised,
}

/// A product in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ProductCard {
    /// Its id.
    pub id: ProductId,
    /// Its name in addresses.
    pub handle: String,
    /// Whether customers see it.
    pub status: Status,
    /// Its name.
    pub title: Localised,
    /// The maker.
    pub vendor: String,
    /// The kind of product.
    pub category: String,
    /// The kind of product in addresses.
    pub category_key: String,
    /// Choices with their values.
    pub options: Vec<ProductOption>,
    /// Work and not a thing.
    pub is_service: bool,
    /// Its first picture.
    pub picture: Option<Picture>,
    /// Version of the product.
    pub version: i64,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it was last changed.
    pub updated_at: Timestamp,
}

impl ProductCard {
    /// The colours to choose from; empty when there is no choice.
    pub fn colours(&self) -> &[String] {
        self.options.iter().find(|option| option.is_colour()).map_or(&[], |option| &option.values)
    }
}

/// A variant in a cart, an order or a scan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct VariantCard {
    /// Its id.
    pub id: VariantId,
    /// Its product.
    pub product: ProductId,
    /// Unique code.
    pub sku: String,
    /// What a scanner reads.
    pub barcode: Option<Barcode>,
    /// Name and value of each option: `("Color", "Azul")`.
    pub options: Vec<(String, String)>,
    /// Grams, packed; 0 when unknown.
    pub weight_grams: i64,
    /// False when it may no longer be bought.
    pub is_active: bool,
    /// The product's name in addresses.
    pub handle: String,
    /// Whether customers see the product.
    pub status: Status,
    /// The product's name.
    pub title: Localised,
    /// The kind of product.
    pub category: String,
    /// Which tax rate it takes.
    pub tax_category: TaxCategory,
    /// Work and not a thing: sold without stock, brought by no parcel.
    pub is_service: bool,
    /// The product's tags.
    pub tags: Vec<String>,
    /// Version of the product.
    pub version: i64,
    /// The variant's picture, or the product's first.
    pub picture: Option<Picture>,
    /// What it is made of; empty for what is sold as it is.
    pub parts: Vec<BundlePart>,
}

impl VariantCard {
    /// True when it may be bought now.
    pub fn is_for_sale(&self) -> bool {
        self.is_active && self.status == Status::Active
    }
    /// `Azul / M`; empty for a product with a single variant.
    pub fn label(&self) -> String {
        self.options.iter().map(|(_, value)| value.as_str()).collect::<Vec<_>>().join(" / ")
    }
}

/// A kind of product.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Category {
    /// In addresses: `camisetas`.
    pub key: String,
    /// As written: `Camisetas`.
    pub name: String,
    /// How many products on sale are of it.
    pub products: i64,
}
