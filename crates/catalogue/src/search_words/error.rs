//! Why words are refused.

use super::{queries::MAX_GROUPS, synonyms};
use kernel::{Denied, Fault, Kind, Problem};

/// Refusals. Nothing is written.
#[derive(Debug, thiserror::Error)]
pub enum SynonymError {
    /// One word alone says nothing.
    #[error("a group needs at least two different words")]
    TooFew,
    /// More words than a search can try.
    #[error("a group has at most {} words", synonyms::MAX_WORDS)]
    TooMany,
    /// No word that somebody types.
    #[error("`{0}` has more than {max} letters", max = synonyms::MAX_LETTERS)]
    TooLong(String),
    /// Only signs, or only words like `de` that every search passes over.
    #[error("`{0}` has no word that a search looks for")]
    Meaningless(String),
    /// Enough is enough.
    #[error("there are {MAX_GROUPS} groups already; remove one first")]
    Full,
    /// No such group.
    #[error("there is no such group of words")]
    Unknown,
    /// The actor may not.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// Everything else.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl Problem for SynonymError {
    fn kind(&self) -> Kind {
        match self {
            SynonymError::Unknown => Kind::NotFound,
            SynonymError::Full => Kind::Conflict,
            SynonymError::Denied(denied) => denied.kind(),
            SynonymError::Fault(fault) => fault.kind(),
            _ => Kind::Invalid,
        }
    }
    fn code(&self) -> &'static str {
        match self {
            SynonymError::TooFew => "catalogue.synonyms_too_few",
            SynonymError::TooMany => "catalogue.synonyms_too_many",
            SynonymError::TooLong(_) => "catalogue.synonym_too_long",
            SynonymError::Meaningless(_) => "catalogue.synonym_meaningless",
            SynonymError::Full => "catalogue.synonyms_full",
            SynonymError::Unknown => "catalogue.unknown_synonyms",
            SynonymError::Denied(denied) => denied.code(),
            SynonymError::Fault(fault) => fault.code(),
        }
    }
    fn fields(&self) -> Vec<(&'static str, serde_json::Value)> {
        match self {
            SynonymError::TooFew => vec![("field", "words".into())],
            SynonymError::TooMany => vec![("field", "words".into()), ("most", synonyms::MAX_WORDS.into())],
            SynonymError::TooLong(word) => {
                vec![("field", "words".into()), ("word", word.as_str().into()), ("most", synonyms::MAX_LETTERS.into())]
            }
            SynonymError::Meaningless(word) => vec![("field", "words".into()), ("word", word.as_str().into())],
            SynonymError::Denied(denied) => denied.fields(),
            _ => Vec::new(),
        }
    }
}
