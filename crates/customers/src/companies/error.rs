//! Why a change to a company was refused.

use super::{CompanyId, InvalidTaxId};
use kernel::{Denied, Fault, Kind, Problem, ProfileId};

/// Refusals of the commands about companies. Nothing is written.
#[derive(Debug, thiserror::Error)]
pub enum CompanyError {
    /// No such company, or none that this actor may see.
    #[error("there is no such company")]
    Unknown,
    /// No such profile.
    #[error("there is no customer profile {0}")]
    UnknownProfile(ProfileId),
    /// A company needs a name.
    #[error("a company needs a name")]
    NoName,
    /// A field is too long.
    #[error("{field} is too long; use at most {most} characters")]
    TooLong {
        /// Which field.
        field: &'static str,
        /// Its limit.
        most: usize,
    },
    /// An invoice cannot wait that long, or a limit is below nothing.
    #[error("{field} is from 0 to {most}")]
    OutOfRange {
        /// Which field.
        field: &'static str,
        /// Its limit.
        most: i64,
    },
    /// Not a tax id.
    #[error(transparent)]
    TaxId(#[from] InvalidTaxId),
    /// Another company has it.
    #[error("another company has the tax id {tax_id}")]
    TakenTaxId {
        /// Which.
        tax_id: String,
        /// Whose it is.
        company: CompanyId,
    },
    /// It has as many buyers as a company can have.
    #[error("a company has at most {0} buyers")]
    TooManyBuyers(usize),
    /// The actor may not.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// Everything else.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl Problem for CompanyError {
    fn kind(&self) -> Kind {
        match self {
            CompanyError::Unknown | CompanyError::UnknownProfile(_) => Kind::NotFound,
            CompanyError::NoName | CompanyError::TooLong { .. } | CompanyError::OutOfRange { .. } | CompanyError::TaxId(_) => Kind::Invalid,
            CompanyError::TakenTaxId { .. } | CompanyError::TooManyBuyers(_) => Kind::Conflict,
            CompanyError::Denied(denied) => denied.kind(),
            CompanyError::Fault(fault) => fault.kind(),
        }
    }
    fn code(&self) -> &'static str {
        match self {
            CompanyError::Unknown => "customers.unknown_company",
            CompanyError::UnknownProfile(_) => "customers.unknown_profile",
            CompanyError::NoName => "customers.company_without_name",
            CompanyError::TooLong { .. } => "customers.too_long",
            CompanyError::OutOfRange { .. } => "customers.out_of_range",
            CompanyError::TaxId(_) => "customers.invalid_tax_id",
            CompanyError::TakenTaxId { .. } => "customers.taken_tax_id",
            CompanyError::TooManyBuyers(_) => "customers.too_many_buyers",
            CompanyError::Denied(denied) => denied.code(),
            CompanyError::Fault(fault) => fault.code(),
        }
    }
    fn fields(&self) -> Vec<(&'static str, serde_json::Value)> {
        match self {
            CompanyError::NoName => vec![("field", "name".into())],
            CompanyError::TooLong { field, most } => vec![("field", (*field).into()), ("most", (*most).into())],
            CompanyError::OutOfRange { field, most } => vec![("field", (*field).into()), ("most", (*most).into())],
            CompanyError::TaxId(_) => vec![("field", "tax_id".into())],
            CompanyError::TakenTaxId { tax_id, company } => {
                vec![("tax_id", tax_id.as_str().into()), ("company", company.to_string().into())]
            }
            CompanyError::Denied(denied) => denied.fields(),
            _ => Vec::new(),
        }
    }
}
