//! What a file says of one product, whatever its layout: the one form that is compared and applied.

use crate::{Barcode, Status, TaxCategory};
use kernel::Money;
use serde::{Deserialize, Serialize};

/// One product. `None` means that the file has no such column.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Incoming {
    pub(super) line: u64,
    pub(super) handle: String,
    /// The layout has no names for addresses: this one was made, and the product is found by its SKUs.
    pub(super) is_handle_derived: bool,
    pub(super) title: Option<String>,
    pub(super) body: Option<String>,
    pub(super) seo_title: Option<String>,
    pub(super) seo_description: Option<String>,
    pub(super) vendor: Option<String>,
    pub(super) category: Option<String>,
    pub(super) tags: Option<Vec<String>>,
    pub(super) status: Option<Status>,
    pub(super) is_taxable: Option<bool>,
    /// Said outright; wins over `is_taxable`.
    pub(super) tax_category: Option<TaxCategory>,
    /// Names; empty for a single variant.
    pub(super) options: Vec<String>,
    pub(super) variants: Vec<IncomingVariant>,
    pub(super) media: Vec<IncomingMedia>,
}

#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct IncomingVariant {
    pub(super) line: u64,
    pub(super) sku: String,
    /// The file gave none; it was made from handle and values.
    pub(super) is_sku_derived: bool,
    pub(super) option_values: Vec<String>,
    pub(super) weight_grams: Option<i64>,
    /// `Some(None)` when the column is there and the cell is empty.
    pub(super) barcode: Option<Option<Barcode>>,
    pub(super) picture: Option<String>,
    pub(super) price: Option<Money>,
    pub(super) compare_at: Option<Money>,
    pub(super) quantity: Option<i64>,
}

#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct IncomingMedia {
    pub(super) source: String,
    pub(super) position: i64,
    pub(super) alt: Option<String>,
}

impl Incoming {
    /// A picture, once; those without a position stand in the order in which they come.
    pub(super) fn add_media(&mut self, source: &str, position: Option<i64>, alt: Option<&str>) {
        if !self.media.iter().any(|known| known.source == source) {
            let position = position.unwrap_or(self.media.len() as i64 + 1);
            self.media.push(IncomingMedia { source: source.to_owned(), position, alt: alt.map(str::to_owned) });
        }
    }
}
