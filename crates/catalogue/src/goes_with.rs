//! What a product is offered with: the services on it, and what completes it.

use crate::{EditError, Product, ProductId, store};
use kernel::{Kind, Problem, ReadTx};
use std::collections::HashSet;

/// Most that one product is offered with.
pub const MAX_GOES_WITH: usize = 12;

/// Why a product is not offered with what was named.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum GoesWithError {
    /// Nothing goes with itself.
    #[error("a product is not offered with itself: name another")]
    Itself,
    /// Not there.
    #[error("there is no product {product} that it could be offered with")]
    Unknown {
        /// As it was named.
        product: ProductId,
    },
    /// Once is enough.
    #[error("product {product} is named twice: name it once")]
    Twice {
        /// Which.
        product: ProductId,
    },
    /// Nobody reads so long a list.
    #[error("a product is offered with at most {MAX_GOES_WITH} others: take one out first")]
    TooMany,
}

impl Problem for GoesWithError {
    fn kind(&self) -> Kind {
        Kind::Invalid
    }
    fn code(&self) -> &'static str {
        match self {
            GoesWithError::Itself => "catalogue.goes_with_itself",
            GoesWithError::Unknown { .. } => "catalogue.goes_with_unknown",
            GoesWithError::Twice { .. } => "catalogue.goes_with_twice",
            GoesWithError::TooMany => "catalogue.goes_with_too_many",
        }
    }
    fn fields(&self) -> Vec<(&'static str, serde_json::Value)> {
        let field = ("field", "goes_with".into());
        match self {
            GoesWithError::Itself => vec![field],
            GoesWithError::Unknown { product } | GoesWithError::Twice { product } => vec![field, ("product", product.to_string().into())],
            GoesWithError::TooMany => vec![field, ("most", MAX_GOES_WITH.into())],
        }
    }
}

/// What is named newly is there, is another product, and is named once.
pub(crate) fn check(tx: &ReadTx<'_>, before: Option<&Product>, after: &Product) -> Result<(), EditError> {
    if before.is_some_and(|before| before.goes_with == after.goes_with) {
        return Ok(());
    }
    if after.goes_with.len() > MAX_GOES_WITH {
        return Err(GoesWithError::TooMany.into());
    }
    let mut seen = HashSet::new();
    for product in &after.goes_with {
        if *product == after.id {
            return Err(GoesWithError::Itself.into());
        }
        if !seen.insert(*product) {
            return Err(GoesWithError::Twice { product: *product }.into());
        }
    }
    let there: HashSet<_> = store::product_cards(tx, &after.goes_with)?.into_iter().map(|card| card.id).collect();
    match after.goes_with.iter().find(|product| !there.contains(product)) {
        Some(product) => Err(GoesWithError::Unknown { product: *product }.into()),
        None => Ok(()),
    }
}
