//! Products, variants, media, import, search.

mod ids;

pub use ids::{ProductId, VariantId};
