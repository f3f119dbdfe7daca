//! What a collection is.

use super::Rule;
use crate::{Localised, ProductCard};
use kernel::Timestamp;
use serde::Serialize;

/// Most collections of one brand.
pub const MAX_COLLECTIONS: usize = 200;
/// Most products put first by hand.
pub const MAX_PINNED: usize = 50;
/// The place of members that nobody put first; below it stand those that somebody did.
pub(super) const UNPINNED: i64 = 1_000;

kernel::id! {
    /// A collection.
    pub struct CollectionId;
}

kernel::db_enum! {
    /// In which order members stand, after those put first by hand.
    pub enum CollectionOrder {
        /// Newest first.
        Newest = "newest",
        /// By Spanish title, without regard to accents.
        Title = "title",
        /// As they came: what is new stands last and moves nothing that was arranged.
        Hand = "hand",
    }
}

kernel::db_enum! {
    /// Whether all products have been looked at.
    pub enum CollectionState {
        /// The rule or order is new; the members come in steps.
        Building = "building",
        /// Members are exactly who the rule says.
        Ready = "ready",
    }
}

/// A shelf with a name and a rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Collection {
    /// Its id.
    pub id: CollectionId,
    /// Its name in addresses; unique.
    pub slug: String,
    /// Its name.
    pub name: Localised,
    /// What is said above its products; may be empty.
    pub text: Localised,
    /// Who belongs to it, and in which order.
    pub rule: Rule,
    /// Whether all products have been looked at.
    pub state: CollectionState,
    /// Rises by one with every change.
    pub version: i64,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it was last changed.
    pub updated_at: Timestamp,
}

/// Some members, and where to go on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Members {
    /// In order.
    pub items: Vec<ProductCard>,
    /// Pass it on to get the next page; `None` at the end.
    pub next: Option<String>,
}

/// Who a rule would let in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Preview {
    /// How many, of those looked at.
    pub count: usize,
    /// False when there are more products than are looked at: then `count` is a lower bound.
    pub is_all: bool,
    /// The first twenty, in order.
    pub first: Vec<ProductCard>,
}
