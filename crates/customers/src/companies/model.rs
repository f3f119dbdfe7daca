//! What a company is, as plain values.

use super::TaxId;
use kernel::{Money, ProfileId, Timestamp};
use serde::Serialize;

kernel::id! {
    /// A business that buys.
    pub struct CompanyId;
}

kernel::db_enum! {
    /// What somebody does for a company.
    pub enum BuyerRole {
        /// Buys.
        Buyer = "buyer",
        /// Buys, and stands for what others buy.
        Approver = "approver",
        /// Looks after the account.
        Admin = "admin",
    }
}

/// On which terms it buys. Facts that people and other rooms read; this room enforces none of them.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Terms {
    /// Days until an invoice is due; 0 pays at once.
    pub payment_days: u16,
    /// Name of the price list that is theirs, or empty.
    pub price_list: String,
    /// Most that may be owed at once, if a limit was agreed.
    pub credit_limit: Option<Money>,
}

/// A business that buys.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Company {
    /// Its name for ever.
    pub id: CompanyId,
    /// As it calls itself.
    pub name: String,
    /// Checked and in normal form.
    pub tax_id: TaxId,
    /// On which terms it buys.
    pub terms: Terms,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it last changed.
    pub updated_at: Timestamp,
}

/// Somebody who buys for a company.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Buyer {
    /// For which.
    pub company: CompanyId,
    /// Who.
    pub profile: ProfileId,
    /// As what.
    pub role: BuyerRole,
    /// Since when.
    pub added_at: Timestamp,
}

/// A company that a person buys for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Membership {
    /// Which.
    pub company: Company,
    /// The profile that buys.
    pub profile: ProfileId,
    /// As what.
    pub role: BuyerRole,
}
