//! Turn a hold into a transfer.

use crate::error::within;
use crate::expire::EXPIRE_HOLD;
use crate::{AccountName, Entry, HoldId, HoldState, LARGEST, LedgerError, Posted, TransferId, store};
use kernel::{Fault, Tx};

/// Post what a hold set aside to another account; `None` means all of it, less releases the rest.
///
/// Repeating the call returns the first transfer. A hold past its end that its timer has not ended yet is still good.
///
/// # Errors
/// [`LedgerError::HoldEnded`] when it was released or has expired; [`LedgerError::InvalidAmount`] for more than was held.
pub fn commit(tx: &mut Tx<'_>, hold: HoldId, to: &AccountName, amount: Option<i64>) -> Result<Posted, LedgerError> {
    if let Some(amount) = amount {
        within(amount, LARGEST)?;
    }
    let transfer: TransferId = tx.new_id();
    let Some(taken) = store::take_hold(tx, hold, transfer, amount)? else { return already(tx, hold, amount) };
    let amount = amount.unwrap_or(taken.amount);
    if !store::insert_transfer(tx, transfer, &format!("hold/{hold}"), &taken.reason)? {
        return Err(Fault::data(format!("the key hold/{hold} is the ledger's own")).into());
    }
    store::spend(tx, &taken.account, amount, taken.amount)?;
    if !store::change(tx, to, &taken.unit, amount)? {
        return Err(Fault::data(format!("{to} refused {amount}")).into());
    }
    store::insert_postings(tx, transfer, &[Entry::new(taken.account, -amount), Entry::new(to.clone(), amount)])?;
    if taken.expires_at.is_some() {
        tx.cancel_timer(EXPIRE_HOLD, &hold.to_string())?;
    }
    Ok(Posted { id: transfer, is_repeat: false })
}

fn already(tx: &Tx<'_>, hold: HoldId, amount: Option<i64>) -> Result<Posted, LedgerError> {
    let found = store::hold(tx, hold)?.ok_or(LedgerError::UnknownHold)?;
    match (found.state, found.transfer) {
        (HoldState::Committed, Some(id)) => Ok(Posted { id, is_repeat: true }),
        (HoldState::Open, _) => Err(LedgerError::InvalidAmount { amount: amount.unwrap_or(found.amount), most: found.amount }),
        (state, _) => Err(LedgerError::HoldEnded { state }),
    }
}
