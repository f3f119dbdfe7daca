//! Why a claim was refused.

use crate::{Claim, ClaimId};
use kernel::{Denied, Fault, Kind, Problem, ProfileId};

/// Refusals of join, separate and undo.
#[derive(Debug, thiserror::Error)]
pub enum ClaimError {
    /// No such profile.
    #[error("there is no customer profile {0}")]
    UnknownProfile(ProfileId),
    /// No such claim.
    #[error("there is no claim {0}")]
    UnknownClaim(ClaimId),
    /// One profile cannot be compared with itself.
    #[error("this is one and the same profile; choose two")]
    SameProfile,
    /// More than 100.
    #[error("confidence runs from 0 to 100")]
    Confidence,
    /// A standing claim keeps the two persons apart.
    #[error("{} said that these are not the same person: “{}”; undo that first", .0.actor, .0.reason)]
    KeptApart(Box<Claim>),
    /// The actor may not.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// Everything else.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl Problem for ClaimError {
    fn kind(&self) -> Kind {
        match self {
            ClaimError::UnknownProfile(_) | ClaimError::UnknownClaim(_) => Kind::NotFound,
            ClaimError::SameProfile | ClaimError::Confidence => Kind::Invalid,
            ClaimError::KeptApart(_) => Kind::Conflict,
            ClaimError::Denied(denied) => denied.kind(),
            ClaimError::Fault(fault) => fault.kind(),
        }
    }
    fn code(&self) -> &'static str {
        match self {
            ClaimError::UnknownProfile(_) => "customers.unknown_profile",
            ClaimError::UnknownClaim(_) => "customers.unknown_claim",
            ClaimError::SameProfile => "customers.same_profile",
            ClaimError::Confidence => "customers.confidence",
            ClaimError::KeptApart(_) => "customers.kept_apart",
            ClaimError::Denied(denied) => denied.code(),
            ClaimError::Fault(fault) => fault.code(),
        }
    }
    fn fields(&self) -> Vec<(&'static str, serde_json::Value)> {
        match self {
            ClaimError::KeptApart(claim) => {
                vec![
                    ("claim", claim.id.to_string().into()),
                    ("reason", claim.reason.as_str().into()),
                    ("actor", claim.actor.as_str().into()),
                ]
            }
            ClaimError::Denied(denied) => denied.fields(),
            _ => Vec::new(),
        }
    }
}
