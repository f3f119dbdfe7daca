//! Single products and variants.

use crate::{Barcode, BarcodeError, Product, ProductCard, ProductId, VariantCard, VariantId, store};
use kernel::{Actor, Fault, Kind, Permission, Problem, ReadTx};

/// A whole product, whatever its status. Three statements.
pub fn product(tx: &ReadTx<'_>, id: ProductId) -> Result<Option<Product>, Fault> {
    store::product(tx, id)
}

/// The product at an address, if this actor may see it: customers see what is on sale, staff everything.
pub fn product_by_handle(tx: &ReadTx<'_>, actor: &Actor, handle: &str) -> Result<Option<Product>, Fault> {
    let Some(id) = store::id_by_handle(tx, handle)? else { return Ok(None) };
    let found = store::product(tx, id)?;
    Ok(found.filter(|product| product.is_visible() || actor.may(Permission::ViewCatalogue)))
}

/// Cards of products, in the order asked for; unknown ids are left out. One statement for every 24.
pub fn cards(tx: &ReadTx<'_>, ids: &[ProductId]) -> Result<Vec<ProductCard>, Fault> {
    store::product_cards(tx, ids)
}

/// The last of every `size` products, in order of id, at most `most`: a walk with [`products_after`] can be done in such parts. Reads the ids of
/// all that it steps over.
pub fn product_steps(tx: &ReadTx<'_>, size: i64, most: usize) -> Result<Vec<ProductId>, Fault> {
    store::product_steps(tx, size.max(1), most)
}

/// Whole products in order of id, after `after` (begin with `ProductId::nil()`): for feeds and indexes. Three statements.
pub fn products_after(tx: &ReadTx<'_>, after: ProductId, limit: usize) -> Result<Vec<Product>, Fault> {
    store::products_after(tx, after, limit.clamp(1, 1000) as i64)
}

/// What carts and orders show of a variant.
pub fn variant(tx: &ReadTx<'_>, id: VariantId) -> Result<Option<VariantCard>, Fault> {
    Ok(store::variant_cards(tx, &[id])?.pop())
}

/// What carts and orders show of variants, in the order asked for; unknown ids are left out, repeated ones come once.
/// One statement for every 24.
pub fn variants(tx: &ReadTx<'_>, ids: &[VariantId]) -> Result<Vec<VariantCard>, Fault> {
    store::variant_cards(tx, ids)
}

/// The variants of products that may be bought, each with its product. One statement for every 24 products.
pub fn variants_of(tx: &ReadTx<'_>, products: &[ProductId]) -> Result<Vec<(ProductId, VariantId)>, Fault> {
    store::variants_of(tx, products)
}

/// The variant with this SKU.
pub fn by_sku(tx: &ReadTx<'_>, sku: &str) -> Result<Option<VariantCard>, Fault> {
    match store::variant_id_by_sku(tx, sku.trim())? {
        Some(id) => variant(tx, id),
        None => Ok(None),
    }
}

/// Why a scan led nowhere.
#[derive(Debug, thiserror::Error)]
pub enum ScanError {
    /// Mistyped or misread.
    #[error(transparent)]
    Barcode(#[from] BarcodeError),
    /// A right code of nothing we sell.
    #[error("nothing in the catalogue has the barcode {0}")]
    Unknown(Barcode),
    /// The database.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl Problem for ScanError {
    fn kind(&self) -> Kind {
        match self {
            ScanError::Barcode(_) => Kind::Invalid,
            ScanError::Unknown(_) => Kind::NotFound,
            ScanError::Fault(fault) => fault.kind(),
        }
    }
    fn code(&self) -> &'static str {
        match self {
            ScanError::Barcode(_) => "catalogue.bad_barcode",
            ScanError::Unknown(_) => "catalogue.unknown_barcode",
            ScanError::Fault(fault) => fault.code(),
        }
    }
}

/// The variant with this barcode. The check digit is verified; UPC-A and EAN-13 of one article are the same.
pub fn by_barcode(tx: &ReadTx<'_>, code: &str) -> Result<VariantCard, ScanError> {
    let barcode: Barcode = code.parse()?;
    let found = match store::variant_id_by_gtin(tx, &barcode.gtin14())? {
        Some(id) => variant(tx, id)?,
        None => None,
    };
    found.ok_or(ScanError::Unknown(barcode))
}

/// The variant with this SKU, else with this barcode.
pub fn by_code(tx: &ReadTx<'_>, code: &str) -> Result<Option<VariantCard>, Fault> {
    if let Some(card) = by_sku(tx, code)? {
        return Ok(Some(card));
    }
    match by_barcode(tx, code) {
        Ok(card) => Ok(Some(card)),
        Err(ScanError::Fault(fault)) => Err(fault),
        Err(_) => Ok(None),
    }
}
