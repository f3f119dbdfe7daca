//! The words of search: which mean the same, and what customers looked for and did or did not find.

mod error;
mod model;
mod popular;
mod queries;
mod store;
mod synonyms;

pub use error::SynonymError;
pub use model::{Direction, SearchTerm, SynonymId, Synonyms};
pub use popular::{MAX_COUNTED, popular, save_searches};
pub use queries::{MAX_GROUPS, searches, synonyms, without_result};
pub use synonyms::{SYNONYMS_CHANGED, remove_synonyms, save_synonyms};
