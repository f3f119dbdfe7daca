//! A change of what is on hand: what receiving, adjusting, sending and taking back have in common.

use crate::accounts::{UNIT, stock_account};
use crate::events::Change;
use crate::model::promise;
use crate::{Cause, LocationId, MOST, StockError, store};
use catalogue::VariantId;
use kernel::{Actor, Quantity, Tx};
use ledger::{AccountName, Entry, Post};

pub(crate) fn positive(quantity: Quantity) -> Result<(), StockError> {
    if (1..=MOST).contains(&quantity.0) { Ok(()) } else { Err(StockError::InvalidQuantity) }
}

/// One change of what is on hand, against another account.
pub(crate) struct Movement {
    pub(crate) key: String,
    pub(crate) variant: VariantId,
    pub(crate) location: LocationId,
    /// Signed.
    pub(crate) change: Quantity,
    pub(crate) against: AccountName,
    pub(crate) reason: &'static str,
    pub(crate) cause: Cause,
}

impl Movement {
    /// Post it once and tell of it; answers what can be promised now.
    pub(crate) fn make(self, tx: &mut Tx<'_>, actor: &Actor) -> Result<Quantity, StockError> {
        let place = store::place(tx, self.variant, self.location)?.ok_or(StockError::UnknownLocation)?;
        if !place.is_active && self.change.is_positive() {
            return Err(StockError::UnknownLocation);
        }
        let account = stock_account(self.variant, self.location);
        let entries = vec![Entry::new(account.clone(), self.change.0), Entry::new(self.against, -self.change.0)];
        let posted = ledger::post(tx, Post { key: self.key, reason: self.reason, unit: UNIT.into(), entries })?;
        let balance = ledger::balance(tx, &account)?;
        if posted.is_repeat {
            return Ok(promise(balance.available(), place.safety));
        }
        let is_signed = matches!(self.cause, Cause::Adjusted | Cause::Counted);
        let quantity = if is_signed { self.change } else { Quantity(self.change.0.abs()) };
        let change = Change { variant: self.variant, location: self.location, cause: self.cause, quantity, reservation: None };
        Ok(change.tell(tx, actor, balance, place.safety)?)
    }
}
