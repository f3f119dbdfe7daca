//! A hold goes over to another account.

use crate::{AccountName, HoldId, HoldState, LedgerError, store};
use kernel::Tx;

/// Let an open hold set its amount aside on another account of the same unit from now on; its id, key and expiry stay.
///
/// # Errors
/// [`LedgerError::Insufficient`] when the other account has less available; [`LedgerError::HoldEnded`] when it is open no more.
pub fn shift(tx: &mut Tx<'_>, hold: HoldId, to: &AccountName) -> Result<(), LedgerError> {
    let known = store::hold(tx, hold)?.ok_or(LedgerError::UnknownHold)?;
    if known.state != HoldState::Open {
        return Err(LedgerError::HoldEnded { state: known.state });
    }
    if store::set_aside(tx, to, known.amount, 0)?.is_none() {
        return Err(store::insufficient(tx, to)?);
    }
    store::move_hold(tx, hold, to)?;
    Ok(store::put_back(tx, &known.account, known.amount)?)
}
