//! What a rating is.

use crate::ProductId;
use kernel::{ProfileId, Timestamp};
use serde::Serialize;

kernel::id! {
    /// What one customer thinks of one product.
    pub struct RatingId;
}

kernel::db_enum! {
    /// Whether others see it.
    pub enum RatingState {
        /// Nobody of ours has read it yet.
        Waiting = "waiting",
        /// It is shown, and counts.
        Published = "published",
        /// It is not.
        Rejected = "rejected",
    }
}

/// What one customer thinks of one product.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Rating {
    /// Its id.
    pub id: RatingId,
    /// Of which product.
    pub product: ProductId,
    /// Whose.
    pub profile: ProfileId,
    /// 1 to 5.
    pub stars: i64,
    /// In their words, or empty.
    pub text: String,
    /// The name that others see, or empty.
    pub name: String,
    /// Whether others see it.
    pub state: RatingState,
    /// When.
    pub rated_at: Timestamp,
}

/// What all that is shown adds up to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Average {
    /// How many.
    pub ratings: i64,
    /// Tenths of a star, rounded: 45 is 4.5.
    pub tenths: i64,
}
