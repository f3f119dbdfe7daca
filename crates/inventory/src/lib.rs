//! Locations, stock, availability, holds, nearest place.

mod ids;

pub use ids::LocationId;
