//! Reads of the book.

use crate::{Account, AccountName, Balance, HoldId, HoldRecord, StatementLine, TransferId, store};
use kernel::{Fault, ReadTx, Timestamp};

/// An account, if it was ever used.
pub fn account(tx: &ReadTx<'_>, name: &AccountName) -> Result<Option<Account>, Fault> {
    store::account(tx, name)
}

/// What an account holds; nothing when it was never used.
pub fn balance(tx: &ReadTx<'_>, name: &AccountName) -> Result<Balance, Fault> {
    Ok(store::account(tx, name)?.map(|a| a.balance).unwrap_or_default())
}

/// The accounts directly under these parents (`stock/VARIANT` finds `stock/VARIANT/LOCATION`), by name; one statement
/// however many parents there are.
pub fn balances_under(tx: &ReadTx<'_>, parents: &[String]) -> Result<Vec<Account>, Fault> {
    store::accounts_under(tx, parents)
}

/// The accounts directly under a parent of which at least `at_least` is free, by name; at most `limit`.
pub fn free_under(tx: &ReadTx<'_>, parent: &str, at_least: i64, limit: i64) -> Result<Vec<Account>, Fault> {
    store::free_under(tx, parent, at_least, limit)
}

/// These accounts, those never used left out, by name; one statement however many there are.
pub fn accounts(tx: &ReadTx<'_>, names: &[AccountName]) -> Result<Vec<Account>, Fault> {
    store::accounts(tx, names)
}

/// The lines of an account, newest first, older than `before`.
pub fn statement(tx: &ReadTx<'_>, name: &AccountName, before: Option<TransferId>, limit: i64) -> Result<Vec<StatementLine>, Fault> {
    store::statement(tx, name, before, limit)
}

/// By how much these accounts changed since a moment; one that did not is left out. One statement.
pub fn moved_since(tx: &ReadTx<'_>, names: &[AccountName], since: Timestamp) -> Result<Vec<(AccountName, i64)>, Fault> {
    // Transfers are named by time.
    store::moved_since(tx, names, TransferId::from_parts(since.as_millis(), 0))
}

/// A hold, open or ended.
pub fn find_hold(tx: &ReadTx<'_>, id: HoldId) -> Result<Option<HoldRecord>, Fault> {
    store::hold(tx, id)
}

/// The open holds of an account, oldest first, after `after`.
pub fn open_holds(tx: &ReadTx<'_>, name: &AccountName, after: Option<HoldId>, limit: i64) -> Result<Vec<HoldRecord>, Fault> {
    store::open_holds(tx, name, after, limit)
}

/// Accounts whose names begin with `start` and end with `end`, of which at most `at_most` is free; fewest first. Looks at every
/// account once, so it is for pages that staff open, never for commands.
pub fn lowest(tx: &ReadTx<'_>, (start, end): (&str, &str), at_most: i64, limit: i64) -> Result<Vec<Account>, Fault> {
    store::lowest(tx, &format!("{start}%{end}"), at_most, limit)
}

/// Units whose accounts do not sum to zero, with the sum: none, or the book is broken.
pub fn imbalance(tx: &ReadTx<'_>) -> Result<Vec<(String, i64)>, Fault> {
    store::imbalance(tx)
}

/// Accounts whose row differs from their postings and open holds, at most `limit`: none, or the book is broken. Reads
/// the whole book; for `hilo doctor` and tests.
pub fn discrepancies(tx: &ReadTx<'_>, limit: i64) -> Result<Vec<AccountName>, Fault> {
    store::discrepancies(tx, limit)
}
