//! Why a change to a profile was refused.

use crate::FieldKind;
use kernel::{Denied, Fault, Kind, Problem, ProfileId};

/// Refusals of the commands that change one profile.
#[derive(Debug, thiserror::Error)]
pub enum EditError {
    /// No such profile.
    #[error("there is no customer profile {0}")]
    UnknownProfile(ProfileId),
    /// No profile has this identifier.
    #[error("nobody has the identifier `{0}`; add it first")]
    UnknownIdentifier(String),
    /// The identifier belongs to another profile.
    #[error("`{identifier}` belongs to another profile; join the two if they are one person")]
    TakenIdentifier {
        /// `kind:value`.
        identifier: String,
        /// Whose it is.
        owner: ProfileId,
    },
    /// A field is too long.
    #[error("{field} is too long; use at most {most} characters")]
    TooLong {
        /// Which field.
        field: &'static str,
        /// Its limit.
        most: usize,
    },
    /// A field's value cannot be read.
    #[error("{why}")]
    BadField {
        /// About what.
        kind: FieldKind,
        /// What is wrong, and what to do.
        why: String,
    },
    /// Too many values at once.
    #[error("at most {most} fields can be given at once")]
    TooMany {
        /// The limit.
        most: usize,
    },
    /// The actor may not.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// Everything else.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl Problem for EditError {
    fn kind(&self) -> Kind {
        match self {
            EditError::UnknownProfile(_) | EditError::UnknownIdentifier(_) => Kind::NotFound,
            EditError::TakenIdentifier { .. } => Kind::Conflict,
            EditError::TooLong { .. } | EditError::BadField { .. } | EditError::TooMany { .. } => Kind::Invalid,
            EditError::Denied(denied) => denied.kind(),
            EditError::Fault(fault) => fault.kind(),
        }
    }
    fn code(&self) -> &'static str {
        match self {
            EditError::UnknownProfile(_) => "customers.unknown_profile",
            EditError::UnknownIdentifier(_) => "customers.unknown_identifier",
            EditError::TakenIdentifier { .. } => "customers.taken_identifier",
            EditError::TooLong { .. } => "customers.too_long",
            EditError::BadField { .. } => "customers.bad_field",
            EditError::TooMany { .. } => "customers.too_many_fields",
            EditError::Denied(denied) => denied.code(),
            EditError::Fault(fault) => fault.code(),
        }
    }
    fn fields(&self) -> Vec<(&'static str, serde_json::Value)> {
        match self {
            EditError::TakenIdentifier { identifier, owner } => {
                vec![("identifier", identifier.as_str().into()), ("owner", owner.to_string().into())]
            }
            EditError::TooLong { field, most } => vec![("field", (*field).into()), ("most", (*most).into())],
            EditError::BadField { kind, .. } => vec![("field", kind.as_str().into())],
            EditError::TooMany { most } => vec![("most", (*most).into())],
            EditError::Denied(denied) => denied.fields(),
            _ => Vec::new(),
        }
    }
}
