//! Move amounts between accounts at once.

use crate::error::within;
use crate::{Entry, LARGEST, LedgerError, TransferId, store};
use kernel::Tx;

/// A transfer to be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Post {
    /// The caller's name for this intent, such as `receive/ID`.
    pub key: String,
    /// Why, as a stable word.
    pub reason: &'static str,
    /// Unit of all accounts in it.
    pub unit: String,
    /// What changes; sums to zero. Entries of one account are put together.
    pub entries: Vec<Entry>,
}

/// What was posted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Posted {
    /// The transfer.
    pub id: TransferId,
    /// True when the key had acted before, so that nothing was posted now.
    pub is_repeat: bool,
}

/// Post a transfer: all entries, or none.
///
/// Repeating the call with the same `key` returns the first transfer and posts nothing. An account that may not be
/// negative keeps what is held on it: taking more is [`LedgerError::Insufficient`].
///
/// # Errors
/// A fault when an account is kept in another unit: that is a mistake of the caller's code, and the transaction must end.
pub fn post(tx: &mut Tx<'_>, cmd: Post) -> Result<Posted, LedgerError> {
    let entries = balanced(cmd.entries)?;
    let id = tx.new_id();
    if !store::insert_transfer(tx, id, &cmd.key, cmd.reason)? {
        return Ok(Posted { id: store::transfer_by_key(tx, &cmd.key)?, is_repeat: true });
    }
    for (done, entry) in entries.iter().enumerate() {
        if !store::change(tx, &entry.account, &cmd.unit, entry.amount)? {
            for earlier in &entries[..done] {
                store::undo_change(tx, &earlier.account, earlier.amount)?;
            }
            store::delete_transfer(tx, id)?;
            return Err(store::insufficient(tx, &entry.account)?);
        }
    }
    store::insert_postings(tx, id, &entries)?;
    Ok(Posted { id, is_repeat: false })
}

/// One entry per account, in the order of names (so that two transfers never wait for each other crosswise), summing to zero.
fn balanced(mut entries: Vec<Entry>) -> Result<Vec<Entry>, LedgerError> {
    for entry in &entries {
        within(entry.amount.saturating_abs(), LARGEST)?;
    }
    let by: i128 = entries.iter().map(|e| i128::from(e.amount)).sum();
    entries.sort_by(|a, b| a.account.cmp(&b.account));
    entries.dedup_by(|next, kept| {
        let same = next.account == kept.account;
        if same {
            kept.amount = kept.amount.saturating_add(next.amount);
        }
        same
    });
    entries.retain(|e| e.amount != 0);
    if by != 0 || entries.is_empty() { Err(LedgerError::Unbalanced { by }) } else { Ok(entries) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::AccountName;

    fn entry(name: &str, amount: i64) -> Entry {
        Entry::new(AccountName::new(name), amount)
    }

    #[test]
    fn entries_are_put_together_and_sorted() {
        let entries = balanced(vec![entry("b", 5), entry("a", -3), entry("c", -4), entry("b", 2)]).expect("sums to zero");
        assert_eq!(entries, [entry("a", -3), entry("b", 7), entry("c", -4)]);
    }

    #[test]
    fn what_does_not_sum_to_zero_is_refused() {
        assert!(matches!(balanced(vec![entry("a", 5), entry("b", -4)]), Err(LedgerError::Unbalanced { by: 1 })));
        assert!(matches!(balanced(vec![]), Err(LedgerError::Unbalanced { by: 0 })));
        assert!(matches!(balanced(vec![entry("a", 5), entry("a", -5)]), Err(LedgerError::Unbalanced { by: 0 })));
        assert!(matches!(balanced(vec![entry("a", 0)]), Err(LedgerError::InvalidAmount { amount: 0, .. })));
        assert!(matches!(balanced(vec![entry("a", i64::MIN)]), Err(LedgerError::InvalidAmount { .. })));
    }
}
