//! Bundles: variants that are made of others. A gift box, an outfit, a kit: sold under its own title and price, without stock of its own.
//!
//! What a bundle is made of stands on its variant and goes through its product's versions like any other field. How much of one can be
//! promised follows from the stock of its parts, and is the business of the rooms above.

mod error;
mod rules;
mod set_parts;
mod store;

pub use error::PartsError;
pub(crate) use rules::check;
pub use set_parts::set_parts;
pub(crate) use store::keep;

use crate::{VariantCard, VariantId, store as cards};
use kernel::{Fault, ReadTx};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashMap, HashSet};

/// Most parts of one bundle.
pub const MAX_PARTS: usize = 20;
/// Most of one part in one bundle.
pub const MAX_OF_ONE_PART: i64 = 99;

/// So many of a variant, in one bundle.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct BundlePart {
    /// What.
    pub variant: VariantId,
    /// At least 1, at most [`MAX_OF_ONE_PART`].
    pub quantity: i64,
}

/// What sets variants apart from things with stock of their own.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Kinds {
    /// Sold without stock.
    pub services: HashSet<VariantId>,
    /// Made of others.
    pub bundles: BTreeMap<VariantId, Vec<BundlePart>>,
}

/// Which of these variants are services or bundles. One statement for every 24.
pub fn kinds_among(tx: &ReadTx<'_>, ids: &[VariantId]) -> Result<Kinds, Fault> {
    store::kinds_among(tx, ids)
}

/// The parts of these bundles that are not for sale, so that the bundles are not either. One statement for every 24 parts.
pub fn parts_off_sale(tx: &ReadTx<'_>, bundles: &BTreeMap<VariantId, Vec<BundlePart>>) -> Result<HashSet<VariantId>, Fault> {
    let mut parts: Vec<_> = bundles.values().flatten().map(|part| part.variant).collect();
    parts.sort_unstable();
    parts.dedup();
    let known: HashMap<_, _> = cards::variant_cards(tx, &parts)?.into_iter().map(|card| (card.id, card)).collect();
    parts.retain(|part| !known.get(part).is_some_and(VariantCard::is_for_sale));
    Ok(parts.into_iter().collect())
}

/// The bundles that hold one of these variants, by id. One statement for every 24.
pub fn bundles_with(tx: &ReadTx<'_>, parts: &[VariantId]) -> Result<Vec<VariantId>, Fault> {
    store::bundles_with(tx, parts)
}
