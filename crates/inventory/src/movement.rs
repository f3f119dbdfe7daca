//! A change of what is on hand: what receiving, adjusting, sending and taking back have in common.

use crate::accounts::{UNIT, stock_account};
use crate::events::Change;
use crate::model::promise;
use crate::waiting::allocate;
use crate::{Cause, LocationId, MOST, StockError, store};
use catalogue::VariantId;
use kernel::{Actor, Quantity, ReadTx, Tx};
use ledger::{AccountName, Entry, Post};

pub(crate) fn positive(quantity: Quantity) -> Result<(), StockError> {
    if (1..=MOST).contains(&quantity.0) { Ok(()) } else { Err(StockError::InvalidQuantity) }
}

/// A bundle lies nowhere by itself, so that nothing of it can come.
pub(crate) fn not_a_bundle(tx: &ReadTx<'_>, variant: VariantId) -> Result<(), StockError> {
    if catalogue::kinds_among(tx, &[variant])?.bundles.is_empty() { Ok(()) } else { Err(StockError::IsBundle) }
}

/// What a movement left.
pub(crate) struct Made {
    /// Available to promise.
    pub(crate) available: Quantity,
    pub(crate) is_repeat: bool,
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
        Ok(self.make_once(tx, actor)?.available)
    }

    /// The same, telling whether the key had acted before. Whoever waits gets what comes first.
    pub(crate) fn make_once(self, tx: &mut Tx<'_>, actor: &Actor) -> Result<Made, StockError> {
        let place = store::place(tx, self.variant, self.location)?.ok_or(StockError::UnknownLocation)?;
        if !place.is_active && self.change.is_positive() {
            return Err(StockError::UnknownLocation);
        }
        // What comes back from customers or another place was stock before.
        if self.change.is_positive() && matches!(self.cause, Cause::Received | Cause::Adjusted | Cause::Counted) {
            not_a_bundle(tx, self.variant)?;
        }
        let account = stock_account(self.variant, self.location);
        let entries = vec![Entry::new(account.clone(), self.change.0), Entry::new(self.against, -self.change.0)];
        let posted = ledger::post(tx, Post { key: self.key, reason: self.reason, unit: UNIT.into(), entries })?;
        if posted.is_repeat {
            let balance = ledger::balance(tx, &account)?;
            return Ok(Made { available: promise(balance.available(), place.safety), is_repeat: true });
        }
        if self.change.is_positive() {
            allocate(tx, actor, (self.variant, self.location), self.change)?;
        }
        let balance = ledger::balance(tx, &account)?;
        let is_signed = matches!(self.cause, Cause::Adjusted | Cause::Counted);
        let quantity = if is_signed { self.change } else { Quantity(self.change.0.abs()) };
        let change = Change { variant: self.variant, location: self.location, cause: self.cause, quantity, reservation: None };
        Ok(Made { available: change.tell(tx, actor, balance, place.safety)?, is_repeat: false })
    }
}
