//! Companies as customers: a name, a tax id, terms, and the people who buy for it.
//!
//! Buyers share the account, its orders and its terms; each keeps their own conversation, because a thread belongs to a person.

mod buyers;
mod error;
mod model;
mod queries;
mod save;
mod store;
mod tax_id;

pub use buyers::{remove_buyer, set_buyer};
pub use error::CompanyError;
pub use model::{Buyer, BuyerRole, Company, CompanyId, Membership, Terms};
pub use queries::{acts_for, buyers_of, companies, companies_of, company, company_for};
pub use save::{CompanyChange, CreateCompany, create_company, update_company};
pub(crate) use store::forget_profile;
pub use tax_id::{InvalidTaxId, TaxId};
