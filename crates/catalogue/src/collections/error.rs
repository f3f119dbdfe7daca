//! What collections refuse.

use super::{MAX_COLLECTIONS, MAX_CONDITIONS, MAX_PINNED};
use kernel::{Denied, Fault, Kind, Problem};

/// Refusals. Nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum CollectionError {
    /// No such collection.
    #[error("there is no such collection")]
    Unknown,
    /// No such product, or it is given twice.
    #[error("one of the products to put first does not exist or is given twice")]
    BadPinned,
    /// Enough is enough.
    #[error("at most {MAX_PINNED} products can be put first")]
    TooManyPinned,
    /// A name is needed.
    #[error("a collection needs a name in one of the languages")]
    NoName,
    /// Longer than anybody reads.
    #[error("{field} has at most {most} letters")]
    TooLong {
        /// Which text.
        field: &'static str,
        /// So many.
        most: usize,
    },
    /// No letter or digit.
    #[error("an address needs letters or digits")]
    BadSlug,
    /// Two collections cannot have one address.
    #[error("another collection has the address `{slug}`")]
    SlugTaken {
        /// The address.
        slug: String,
    },
    /// Nothing can be told by it.
    #[error("condition {} lacks its value, or it is too long", at + 1)]
    BadCondition {
        /// From 0.
        at: usize,
    },
    /// Enough is enough.
    #[error("a rule has at most {MAX_CONDITIONS} conditions")]
    TooManyConditions,
    /// Enough is enough.
    #[error("there are {MAX_COLLECTIONS} collections already; delete one first")]
    Full,
    /// Somebody else changed it since it was read.
    #[error("the collection was changed meanwhile: it is at version {version}")]
    Changed {
        /// The version it has now.
        version: i64,
    },
    /// Not a place that a page gave.
    #[error("`{0}` is not a place in this list")]
    BadCursor(String),
    /// The actor may not.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// Everything else.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl Problem for CollectionError {
    fn kind(&self) -> Kind {
        match self {
            CollectionError::Unknown => Kind::NotFound,
            CollectionError::SlugTaken { .. } | CollectionError::Full | CollectionError::Changed { .. } => Kind::Conflict,
            CollectionError::Denied(denied) => denied.kind(),
            CollectionError::Fault(fault) => fault.kind(),
            _ => Kind::Invalid,
        }
    }
    fn code(&self) -> &'static str {
        match self {
            CollectionError::Unknown => "catalogue.unknown_collection",
            CollectionError::BadPinned => "catalogue.collection_bad_pinned",
            CollectionError::TooManyPinned => "catalogue.collection_too_many_pinned",
            CollectionError::NoName => "catalogue.collection_no_name",
            CollectionError::TooLong { .. } => "catalogue.collection_too_long",
            CollectionError::BadSlug => "catalogue.collection_bad_slug",
            CollectionError::SlugTaken { .. } => "catalogue.collection_slug_taken",
            CollectionError::BadCondition { .. } => "catalogue.collection_bad_condition",
            CollectionError::TooManyConditions => "catalogue.collection_too_many_conditions",
            CollectionError::Full => "catalogue.collections_full",
            CollectionError::Changed { .. } => "catalogue.collection_changed",
            CollectionError::BadCursor(_) => "catalogue.bad_cursor",
            CollectionError::Denied(denied) => denied.code(),
            CollectionError::Fault(fault) => fault.code(),
        }
    }
    fn fields(&self) -> Vec<(&'static str, serde_json::Value)> {
        match self {
            CollectionError::BadPinned => vec![("field", "pinned".into())],
            CollectionError::TooManyPinned => vec![("field", "pinned".into()), ("most", MAX_PINNED.into())],
            CollectionError::NoName => vec![("field", "name".into())],
            CollectionError::TooLong { field, most } => vec![("field", (*field).into()), ("most", (*most).into())],
            CollectionError::BadSlug => vec![("field", "slug".into())],
            CollectionError::SlugTaken { slug } => vec![("field", "slug".into()), ("slug", slug.as_str().into())],
            CollectionError::BadCondition { at } => vec![("field", "conditions".into()), ("at", (*at).into())],
            CollectionError::TooManyConditions => vec![("field", "conditions".into()), ("most", MAX_CONDITIONS.into())],
            CollectionError::Full => vec![("most", MAX_COLLECTIONS.into())],
            CollectionError::Changed { version } => vec![("version", (*version).into())],
            CollectionError::Denied(denied) => denied.fields(),
            _ => Vec::new(),
        }
    }
}
