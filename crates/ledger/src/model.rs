//! Accounts, entries, balances and holds: names and pure rules.

use kernel::{Bind, Column, FromColumn, LockKey, Param, Timestamp};
use serde::{Deserialize, Serialize};

kernel::id! {
    /// One balanced set of postings.
    pub struct TransferId;
    /// An amount set aside.
    pub struct HoldId;
}

/// The largest amount of one entry or hold: far beyond any real one, and far from the end of 64 bits.
pub const LARGEST: i64 = 1_000_000_000_000_000;

/// Accounts with these beginnings may go below zero: the world outside, and what somebody owes.
const MAY_BE_NEGATIVE: [&str; 2] = ["world/", "owed/"];

/// What an account is called: segments parted by `/`, without spaces, the narrowest last: `stock/{variant}/{location}`.
///
/// An account springs into being on first use. Names that begin with `world/` (the other side of what enters and leaves)
/// or `owed/` (what somebody owes) may go below zero.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct AccountName(String);

impl AccountName {
    /// The account with this name.
    pub fn new(name: impl Into<String>) -> Self {
        AccountName(name.into())
    }
    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
    /// All but the last segment; what [`crate::balances_under`] looks for.
    pub fn parent(&self) -> &str {
        self.0.rsplit_once('/').map_or("", |(parent, _)| parent)
    }
    /// True when the balance may fall below zero.
    pub fn may_be_negative(&self) -> bool {
        MAY_BE_NEGATIVE.iter().any(|start| self.0.starts_with(start))
    }
    /// For `Db::write_locking`, when many writers meet on this account.
    pub fn lock(&self) -> LockKey {
        LockKey::of(&self.0)
    }
}

impl std::fmt::Display for AccountName {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(&self.0)
    }
}
impl Bind for AccountName {
    fn bind(&self) -> Param<'_> {
        Param::Text(&self.0)
    }
}
impl FromColumn for AccountName {
    fn from_column(column: Column<'_>) -> Result<Self, String> {
        column.text().map(AccountName::new)
    }
}

/// One side of a transfer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Whose balance changes.
    pub account: AccountName,
    /// By how much; never zero.
    pub amount: i64,
}

impl Entry {
    /// `amount` into (or, below zero, out of) `account`.
    pub const fn new(account: AccountName, amount: i64) -> Self {
        Entry { account, amount }
    }
}

/// What an account holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Balance {
    /// Sum of the postings.
    pub posted: i64,
    /// Sum of the open holds.
    pub held: i64,
}

impl Balance {
    /// What may still be spent or held.
    pub const fn available(self) -> i64 {
        self.posted - self.held
    }
}

/// An account and its balance.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Account {
    /// Its name.
    pub name: AccountName,
    /// `each`, `EUR`, `points` ...
    pub unit: String,
    /// What it holds.
    pub balance: Balance,
}

kernel::db_enum! {
    /// What has become of a hold. Only an open one changes, and once.
    pub enum HoldState {
        /// The amount is set aside.
        Open = "open",
        /// It was posted, wholly or in part; the rest went back.
        Committed = "committed",
        /// It went back on purpose.
        Released = "released",
        /// It went back by itself.
        Expired = "expired",
    }
}

/// A hold as it stands, open or ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct HoldRecord {
    /// Its id.
    pub id: HoldId,
    /// The caller's name for the intent.
    pub key: String,
    /// Where it is set aside.
    pub account: AccountName,
    /// The account's unit.
    pub unit: String,
    /// How much was set aside.
    pub amount: i64,
    /// Why, as a stable word.
    pub reason: String,
    /// What has become of it.
    pub state: HoldState,
    /// When it goes back by itself.
    pub expires_at: Option<Timestamp>,
    /// Since when.
    pub created_at: Timestamp,
    /// What it was committed by.
    pub transfer: Option<TransferId>,
}

/// One line of an account's statement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StatementLine {
    /// The transfer.
    pub transfer: TransferId,
    /// The caller's name for the intent.
    pub key: String,
    /// Why, as a stable word.
    pub reason: String,
    /// When.
    pub at: Timestamp,
    /// Change of this account.
    pub amount: i64,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_says_its_parent_and_its_limit() {
        let stock = AccountName::new("stock/V/L");
        assert_eq!((stock.parent(), stock.may_be_negative()), ("stock/V", false));
        assert!(AccountName::new("world/sold/V").may_be_negative());
        assert!(AccountName::new("owed/order:1").may_be_negative());
        assert!(!AccountName::new("worldly/goods").may_be_negative());
        assert_eq!(AccountName::new("till").parent(), "");
    }
}
