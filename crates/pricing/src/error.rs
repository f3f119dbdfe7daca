//! Why a change to prices is refused. One list for all: they are refused for the same reasons.

use catalogue::VariantId;
use kernel::{Denied, Fault, Kind, Problem};

/// Nothing was changed, because ...
#[derive(Debug, thiserror::Error)]
pub enum PriceError {
    /// No such price list.
    #[error("there is no such price list")]
    UnknownList,
    /// No such promotion.
    #[error("there is no such promotion")]
    UnknownPromotion,
    /// No such variant.
    #[error("there is no such variant: {0}")]
    UnknownVariant(VariantId),
    /// Something else has this code.
    #[error("the code `{0}` is taken")]
    CodeTaken(String),
    /// The list is of another currency.
    #[error("the prices of this list are in {0}")]
    WrongCurrency(kernel::Currency),
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

impl PriceError {
    pub(crate) fn invalid(field: &'static str, why: &str) -> Self {
        PriceError::Invalid { field, why: why.to_owned() }
    }
}

impl Problem for PriceError {
    fn kind(&self) -> Kind {
        match self {
            PriceError::UnknownList | PriceError::UnknownPromotion | PriceError::UnknownVariant(_) => Kind::NotFound,
            PriceError::CodeTaken(_) => Kind::Conflict,
            PriceError::WrongCurrency(_) | PriceError::Invalid { .. } => Kind::Invalid,
            PriceError::Denied(denied) => denied.kind(),
            PriceError::Fault(fault) => fault.kind(),
        }
    }
    fn code(&self) -> &'static str {
        match self {
            PriceError::UnknownList => "pricing.unknown_list",
            PriceError::UnknownPromotion => "pricing.unknown_promotion",
            PriceError::UnknownVariant(_) => "pricing.unknown_variant",
            PriceError::CodeTaken(_) => "pricing.code_taken",
            PriceError::WrongCurrency(_) => "pricing.wrong_currency",
            PriceError::Invalid { .. } => "pricing.invalid",
            PriceError::Denied(denied) => denied.code(),
            PriceError::Fault(fault) => fault.code(),
        }
    }
    fn fields(&self) -> Vec<(&'static str, serde_json::Value)> {
        match self {
            PriceError::UnknownVariant(variant) => vec![("variant", variant.to_string().into())],
            PriceError::CodeTaken(code) => vec![("field", "code".into()), ("code", code.as_str().into())],
            PriceError::WrongCurrency(currency) => vec![("currency", currency.code().into())],
            PriceError::Invalid { field, .. } => vec![("field", (*field).into())],
            PriceError::Denied(denied) => denied.fields(),
            _ => Vec::new(),
        }
    }
}
