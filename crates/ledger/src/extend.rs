//! Give a hold another end.

use crate::expire::EXPIRE_HOLD;
use crate::{HoldId, LedgerError, store};
use kernel::{Timestamp, Tx};

/// Move the end of an open hold, either way; `None` keeps it until commit or release.
///
/// # Errors
/// [`LedgerError::HoldEnded`] when it is over.
pub fn extend(tx: &mut Tx<'_>, hold: HoldId, expires_at: Option<Timestamp>) -> Result<(), LedgerError> {
    if !store::move_end(tx, hold, expires_at)? {
        let state = store::hold(tx, hold)?.ok_or(LedgerError::UnknownHold)?.state;
        return Err(LedgerError::HoldEnded { state });
    }
    match expires_at {
        Some(end) => tx.at(end, EXPIRE_HOLD, &hold.to_string(), &())?,
        None => tx.cancel_timer(EXPIRE_HOLD, &hold.to_string()).map(drop)?,
    }
    Ok(())
}
