//! Set an amount aside.

use crate::error::within;
use crate::expire::EXPIRE_HOLD;
use crate::{AccountName, Balance, HoldId, LARGEST, LedgerError, store};
use kernel::{Timestamp, Tx};

/// An amount to be set aside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hold {
    /// The caller's name for this intent.
    pub key: String,
    /// Where.
    pub account: AccountName,
    /// How much; at least 1.
    pub amount: i64,
    /// What must stay available besides; 0 for all that is there.
    pub leave: i64,
    /// When it goes back by itself; `None` keeps it until commit or release.
    pub expires_at: Option<Timestamp>,
    /// Why, as a stable word.
    pub reason: &'static str,
}

/// The answer to [`hold`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Held {
    /// The hold.
    pub id: HoldId,
    /// The account after it.
    pub balance: Balance,
    /// True when the key had acted before; the hold may be over by now.
    pub is_repeat: bool,
}

/// Set an amount aside until [`crate::commit`], [`crate::release`] or its expiry.
///
/// Repeating the call with the same `key` returns the first hold. Refuses with [`LedgerError::Insufficient`] when the
/// account has less than `amount + leave` available and may not be negative; an account never used has nothing.
pub fn hold(tx: &mut Tx<'_>, cmd: Hold) -> Result<Held, LedgerError> {
    within(cmd.amount, LARGEST)?;
    let Some((unit, balance)) = store::set_aside(tx, &cmd.account, cmd.amount, cmd.leave)? else {
        return match store::hold_by_key(tx, &cmd.key)? {
            Some(id) => repeat(tx, &cmd.account, id),
            None => Err(store::insufficient(tx, &cmd.account)?),
        };
    };
    let id = tx.new_id();
    if !store::insert_hold(tx, id, &cmd, &unit)? {
        store::put_back(tx, &cmd.account, cmd.amount)?;
        let first = store::hold_by_key(tx, &cmd.key)?.ok_or(LedgerError::UnknownHold)?;
        return repeat(tx, &cmd.account, first);
    }
    if let Some(end) = cmd.expires_at {
        tx.at(end, EXPIRE_HOLD, &id.to_string(), &())?;
    }
    Ok(Held { id, balance, is_repeat: false })
}

fn repeat(tx: &Tx<'_>, account: &AccountName, id: HoldId) -> Result<Held, LedgerError> {
    let balance = store::account(tx, account)?.map(|a| a.balance).unwrap_or_default();
    Ok(Held { id, balance, is_repeat: true })
}
