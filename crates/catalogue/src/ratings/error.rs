//! Why a rating is refused.

use kernel::{Denied, Fault, Kind, Problem};

/// Refusals. Nothing is written.
#[derive(Debug, thiserror::Error)]
pub enum RatingError {
    /// No such rating or product.
    #[error("there is no such rating or product")]
    Unknown,
    /// One to five.
    #[error("a rating has 1 to 5 stars")]
    Stars,
    /// Too long.
    #[error("a rating's text has at most {0} characters")]
    TooLong(usize),
    /// Only who bought it may say.
    #[error("only customers who bought it can rate it")]
    NotBought,
    /// The actor may not.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// Everything else.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl Problem for RatingError {
    fn kind(&self) -> Kind {
        match self {
            RatingError::Unknown => Kind::NotFound,
            RatingError::Stars | RatingError::TooLong(_) => Kind::Invalid,
            RatingError::NotBought => Kind::Conflict,
            RatingError::Denied(denied) => denied.kind(),
            RatingError::Fault(fault) => fault.kind(),
        }
    }
    fn code(&self) -> &'static str {
        match self {
            RatingError::Unknown => "catalogue.unknown_rating",
            RatingError::Stars => "catalogue.bad_stars",
            RatingError::TooLong(_) => "catalogue.rating_too_long",
            RatingError::NotBought => "catalogue.not_bought",
            RatingError::Denied(denied) => denied.code(),
            RatingError::Fault(fault) => fault.code(),
        }
    }
    fn fields(&self) -> Vec<(&'static str, serde_json::Value)> {
        match self {
            RatingError::Stars => vec![("field", "stars".into())],
            RatingError::TooLong(most) => vec![("field", "text".into()), ("most", (*most).into())],
            RatingError::Denied(denied) => denied.fields(),
            _ => Vec::new(),
        }
    }
}
