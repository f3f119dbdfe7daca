//! Collections: shelves that fill themselves. A rule says which products on sale belong to one; up to fifty more are put first by hand.
//!
//! Who is a member is kept in a table: the save of a product moves it in the same transaction, found by one look at the rules that its
//! category, vendor and tags can fit, and another rule or order goes through the catalogue in steps. What is no longer new is left out
//! when a page is read, so no clock has to run for it.

mod build;
mod error;
mod membership;
mod model;
mod pin;
mod preview;
mod queries;
mod rule;
mod save;
mod store;

pub use build::STEP;
pub(crate) use build::{BUILDS, CLEARS};
pub use error::CollectionError;
pub(crate) use membership::keep;
pub use model::{Collection, CollectionId, CollectionOrder, CollectionState, MAX_COLLECTIONS, MAX_PINNED, Members, Preview};
pub use pin::pin;
pub use preview::{LOOKED_AT, preview};
pub use queries::{MAX_COUNTED, collection, collection_by_id, collections, members, pinned, size};
pub use rule::{Condition, MAX_CONDITIONS, MAX_DAYS, Rule};
pub use save::{CollectionChange, CreateCollection, change_collection, create_collection, delete_collection};
