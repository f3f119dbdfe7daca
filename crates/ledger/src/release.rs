//! Give back what a hold set aside.

use crate::expire::EXPIRE_HOLD;
use crate::{HoldId, HoldState, LedgerError, store};
use kernel::Tx;

/// End a hold; answers whether it was open. One that was released or has expired is left as it is.
///
/// # Errors
/// [`LedgerError::HoldEnded`] when it was committed.
pub fn release(tx: &mut Tx<'_>, hold: HoldId) -> Result<bool, LedgerError> {
    let Some(ended) = store::end_hold(tx, hold, HoldState::Released)? else {
        return match store::hold(tx, hold)?.ok_or(LedgerError::UnknownHold)?.state {
            state @ HoldState::Committed => Err(LedgerError::HoldEnded { state }),
            _ => Ok(false),
        };
    };
    store::put_back(tx, &ended.account, ended.amount)?;
    if ended.expires_at.is_some() {
        tx.cancel_timer(EXPIRE_HOLD, &hold.to_string())?;
    }
    Ok(true)
}
