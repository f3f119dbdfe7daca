//! Why a change to the catalogue is refused. One list for all edits: every one of them saves the whole product by the same rules.

use crate::{BarcodeError, GoesWithError, PartsError};
use kernel::{Denied, Fault, Kind, Problem};

/// Nothing was changed, because ...
#[derive(Debug, thiserror::Error)]
pub enum EditError {
    /// No such product, or none that this actor may see.
    #[error("there is no such product")]
    UnknownProduct,
    /// The product has no such variant.
    #[error("there is no such variant")]
    UnknownVariant,
    /// The product has no such picture.
    #[error("there is no such picture")]
    UnknownMedia,
    /// The history does not hold this version, or does not reach back so far.
    #[error("there is no version {version} to go back to")]
    UnknownVersion {
        /// The version that was asked for.
        version: i64,
    },
    /// Somebody else changed the product since it was read.
    #[error("the product was changed meanwhile: it is at version {version}")]
    Changed {
        /// The version it has now.
        version: i64,
    },
    /// Two products cannot have one address.
    #[error("another product has the handle `{handle}`")]
    HandleTaken {
        /// The handle.
        handle: String,
    },
    /// Two variants cannot have one SKU.
    #[error("the SKU `{sku}` belongs to `{handle}`")]
    SkuTaken {
        /// The SKU.
        sku: String,
        /// The product that has it.
        handle: String,
    },
    /// Two variants cannot have one barcode.
    #[error("the barcode {barcode} belongs to `{handle}`")]
    BarcodeTaken {
        /// The code.
        barcode: String,
        /// The product that has it.
        handle: String,
    },
    /// Not a barcode.
    #[error(transparent)]
    Barcode(#[from] BarcodeError),
    /// It is not offered with that.
    #[error(transparent)]
    GoesWith(#[from] GoesWithError),
    /// It is not made of that.
    #[error(transparent)]
    Parts(#[from] PartsError),
    /// A field breaks a rule.
    #[error("{why}")]
    Invalid {
        /// Which field.
        field: &'static str,
        /// What is wrong, as a sentence for people.
        why: String,
    },
    /// The actor may not.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// The database.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl Problem for EditError {
    fn kind(&self) -> Kind {
        match self {
            EditError::UnknownProduct | EditError::UnknownVariant | EditError::UnknownMedia | EditError::UnknownVersion { .. } => {
                Kind::NotFound
            }
            EditError::Changed { .. } | EditError::HandleTaken { .. } | EditError::SkuTaken { .. } | EditError::BarcodeTaken { .. } => {
                Kind::Conflict
            }
            EditError::Barcode(_) | EditError::GoesWith(_) | EditError::Parts(_) | EditError::Invalid { .. } => Kind::Invalid,
            EditError::Denied(denied) => denied.kind(),
            EditError::Fault(fault) => fault.kind(),
        }
    }
    fn code(&self) -> &'static str {
        match self {
            EditError::UnknownProduct => "catalogue.unknown_product",
            EditError::UnknownVariant => "catalogue.unknown_variant",
            EditError::UnknownMedia => "catalogue.unknown_media",
            EditError::UnknownVersion { .. } => "catalogue.unknown_version",
            EditError::Changed { .. } => "catalogue.changed_meanwhile",
            EditError::HandleTaken { .. } => "catalogue.handle_taken",
            EditError::SkuTaken { .. } => "catalogue.sku_taken",
            EditError::BarcodeTaken { .. } => "catalogue.barcode_taken",
            EditError::Barcode(_) => "catalogue.bad_barcode",
            EditError::GoesWith(error) => error.code(),
            EditError::Parts(error) => error.code(),
            EditError::Invalid { .. } => "catalogue.invalid",
            EditError::Denied(denied) => denied.code(),
            EditError::Fault(fault) => fault.code(),
        }
    }
    fn fields(&self) -> Vec<(&'static str, serde_json::Value)> {
        match self {
            EditError::Changed { version } | EditError::UnknownVersion { version } => vec![("version", (*version).into())],
            EditError::HandleTaken { handle } => vec![("field", "handle".into()), ("handle", handle.as_str().into())],
            EditError::SkuTaken { sku, handle } => {
                vec![("field", "sku".into()), ("sku", sku.as_str().into()), ("handle", handle.as_str().into())]
            }
            EditError::BarcodeTaken { barcode, .. } => vec![("field", "barcode".into()), ("barcode", barcode.as_str().into())],
            EditError::Barcode(_) => vec![("field", "barcode".into())],
            EditError::GoesWith(error) => error.fields(),
            EditError::Parts(error) => error.fields(),
            EditError::Invalid { field, .. } => vec![("field", (*field).into())],
            EditError::Denied(denied) => denied.fields(),
            _ => Vec::new(),
        }
    }
}
