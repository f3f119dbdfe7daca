//! Importing products from a file: first a preview of what will change, then all of it or nothing.
//!
//! The header row says which [`Layout`] it is; each is read into one form, product by product, and compared with what is there. A column
//! that the file lacks leaves the field as it is; a variant or picture that the file lacks is kept. Importing the same file twice changes
//! nothing the second time.

mod apply;
mod cells;
mod incoming;
mod layout;
mod merchant;
mod open_food_facts;
mod plan;
mod preview;
mod read;
pub mod run;
mod sheet;
mod shopify;
mod texts;
mod woocommerce;

pub use apply::{Applied, AppliedVariant, apply};
pub use layout::Layout;
pub use preview::{Preview, preview};
pub use texts::{TextsApplied, apply_texts};

use kernel::{Currency, Denied, Fault, Kind, Locale, Money, Problem};
use serde::{Deserialize, Serialize};

/// How a file is to be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportOptions {
    /// The language of its texts.
    pub locale: Locale,
    /// The currency of its prices.
    pub currency: Currency,
    /// Leave out each product that has a problem on one of its lines, and take the others; else nothing is taken while there is one.
    pub leave_out: bool,
}

impl Default for ImportOptions {
    fn default() -> Self {
        ImportOptions { locale: Locale::Es, currency: Currency::EUR, leave_out: false }
    }
}

/// Largest file that is taken, in bytes.
pub const MAX_BYTES: usize = 64 << 20;

/// Products, prices, problems and notes that a preview shows, each; all are counted.
pub const MOST_SHOWN: usize = 500;

/// Something about one cell of the file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LineProblem {
    /// Line of the file, from 1; the header is line 1.
    pub line: u64,
    /// The column's name; empty when it is about the whole line.
    pub column: String,
    /// A sentence for people.
    pub message: String,
}

/// What one field was and will be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FieldChange {
    /// `title.es`, `CAM-AZ-M.barcode`, `variants`, `media` ...
    pub field: String,
    /// Empty when there was none.
    pub before: String,
    /// Empty when there will be none.
    pub after: String,
}

kernel::db_enum! {
    /// What an import does to a product.
    pub enum Outcome {
        /// It is new.
        Created = "created",
        /// It is there and will be changed.
        Changed = "changed",
        /// It is there and stays as it is.
        Unchanged = "unchanged",
    }
}

/// What will happen to one product.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ProductPlan {
    /// Line of its first row.
    pub line: u64,
    /// Its name in addresses.
    pub handle: String,
    /// Its title in the language of the file.
    pub title: String,
    /// What will happen.
    pub outcome: Outcome,
    /// Field by field; empty for a new product.
    pub changes: Vec<FieldChange>,
    /// How many variants of it the file has.
    pub variants: usize,
}

/// A price found in the file, for pricing to take up.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ImportedPrice {
    /// Where.
    pub line: u64,
    /// Of which variant.
    pub sku: String,
    /// What it costs.
    pub price: Money,
    /// What it cost before; always more than the price.
    pub compare_at: Option<Money>,
}

/// An opening stock found in the file, for inventory to take up.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ImportedStock {
    /// Where.
    pub line: u64,
    /// Of which variant.
    pub sku: String,
    /// Whole units, never negative.
    pub quantity: i64,
}

/// Why nothing was imported.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// The file has problems; all of them, by line.
    #[error("the file has {} problems; the first is on line {}: {}", .0.len(), .0.first().map_or(0, |p| p.line), .0.first().map_or("", |p| &p.message))]
    Problems(Vec<LineProblem>),
    /// The actor may not.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// The database.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl Problem for ImportError {
    fn kind(&self) -> Kind {
        match self {
            ImportError::Problems(_) => Kind::Invalid,
            ImportError::Denied(denied) => denied.kind(),
            ImportError::Fault(fault) => fault.kind(),
        }
    }
    fn code(&self) -> &'static str {
        match self {
            ImportError::Problems(_) => "catalogue.import_problems",
            ImportError::Denied(denied) => denied.code(),
            ImportError::Fault(fault) => fault.code(),
        }
    }
    fn fields(&self) -> Vec<(&'static str, serde_json::Value)> {
        match self {
            ImportError::Problems(problems) => vec![("problems", serde_json::json!(problems))],
            ImportError::Denied(denied) => denied.fields(),
            ImportError::Fault(_) => Vec::new(),
        }
    }
}
