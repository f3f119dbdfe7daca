//! Why a variant is not made of what was named.

use super::{MAX_OF_ONE_PART, MAX_PARTS};
use crate::VariantId;
use kernel::{Kind, Problem};

/// Why a variant is not made of what was named.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PartsError {
    /// Nothing is made of itself.
    #[error("a bundle is not made of itself: name another variant")]
    Itself,
    /// Not there.
    #[error("there is no variant {variant} that a bundle could be made of")]
    Unknown {
        /// As it was named.
        variant: VariantId,
    },
    /// Once is enough.
    #[error("variant {variant} is named twice: name it once, with the quantity of both")]
    Twice {
        /// Which.
        variant: VariantId,
    },
    /// None, or more than anybody packs.
    #[error("a bundle holds 1 to {MAX_OF_ONE_PART} of each part")]
    Quantity {
        /// Of which part.
        variant: VariantId,
    },
    /// Bundles do not hold bundles.
    #[error("`{sku}` is a bundle itself: name what it is made of")]
    IsBundle {
        /// The code of the part.
        sku: String,
    },
    /// Services have no stock.
    #[error("`{sku}` is a service: bundles are made of things, and nothing is part of a service")]
    IsService {
        /// The code of the part, or of the bundle.
        sku: String,
    },
    /// What is part of a bundle stays a thing with stock of its own.
    #[error("`{sku}` is part of a bundle: take it out of that first")]
    IsPart {
        /// The code of the part.
        sku: String,
    },
    /// Nobody reads so long a list.
    #[error("a bundle has at most {MAX_PARTS} parts: take one out first")]
    TooMany,
}

impl Problem for PartsError {
    fn kind(&self) -> Kind {
        Kind::Invalid
    }
    fn code(&self) -> &'static str {
        match self {
            PartsError::Itself => "catalogue.part_itself",
            PartsError::Unknown { .. } => "catalogue.part_unknown",
            PartsError::Twice { .. } => "catalogue.part_twice",
            PartsError::Quantity { .. } => "catalogue.part_quantity",
            PartsError::IsBundle { .. } => "catalogue.part_is_bundle",
            PartsError::IsService { .. } => "catalogue.part_is_service",
            PartsError::IsPart { .. } => "catalogue.part_of_bundle",
            PartsError::TooMany => "catalogue.part_too_many",
        }
    }
    fn fields(&self) -> Vec<(&'static str, serde_json::Value)> {
        let field = ("field", "parts".into());
        match self {
            PartsError::Itself => vec![field],
            PartsError::Unknown { variant } | PartsError::Twice { variant } => vec![field, ("variant", variant.to_string().into())],
            PartsError::Quantity { variant } => {
                vec![field, ("variant", variant.to_string().into()), ("most", MAX_OF_ONE_PART.into())]
            }
            PartsError::IsBundle { sku } | PartsError::IsService { sku } | PartsError::IsPart { sku } => {
                vec![field, ("sku", sku.as_str().into())]
            }
            PartsError::TooMany => vec![field, ("most", MAX_PARTS.into())],
        }
    }
}
