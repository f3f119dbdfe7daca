//! What is learnt, as plain values.

use crate::Consent;
use kernel::Timestamp;
use serde::Serialize;

kernel::db_enum! {
    /// What a lesson is about.
    pub enum Aspect {
        /// The shop they go to.
        UsualShop = "usual_shop",
        /// The size they take of a kind of product.
        Size = "size",
        /// The kind of product they buy.
        Kind = "kind",
    }
}

impl Aspect {
    /// So many pieces of evidence make it worth saying.
    pub(super) const fn enough(self) -> usize {
        match self {
            Aspect::UsualShop | Aspect::Kind => 3,
            Aspect::Size => 2,
        }
    }
}

/// Something learnt, strong enough to be said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Preference {
    /// What it is about.
    pub aspect: Aspect,
    /// The kind of product, for sizes; else empty.
    pub about: String,
    /// The place's id, the size, the kind.
    pub value: String,
    /// As people read it: the place's name.
    pub label: String,
    /// Pieces of evidence: visits, purchases.
    pub times: usize,
    /// When the first of them happened.
    pub since: Timestamp,
    /// When the latest happened.
    pub latest: Timestamp,
}

/// What is known of a person's likings, with the answer that allows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Preferences {
    /// The answer that allows learning; `None` when they did not allow it, and then nothing is here.
    pub allowed: Option<Consent>,
    /// Usual shop first, then sizes, then kinds; the strongest of each.
    pub items: Vec<Preference>,
}
