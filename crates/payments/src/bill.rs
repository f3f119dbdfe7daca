//! Say what a subject costs.

use crate::PaymentError;
use crate::accounts::{check, owed, sales};
use crate::model::MOST;
use kernel::{Money, Tx};
use ledger::{Entry, Post};

/// An amount to be owed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bill {
    /// The caller's name for this intent.
    pub key: String,
    /// For what, such as `order:ID`.
    pub subject: String,
    /// How much; below zero is a credit (a line cancelled, goods returned). Zero changes nothing.
    pub amount: Money,
}

/// Let the subject owe `amount` more, or less. Repeating the `key` changes nothing. Says nothing to anybody: the room that
/// owns the subject announces why. No permission is asked, since it follows from an order that was.
pub fn bill(tx: &mut Tx<'_>, cmd: Bill) -> Result<(), PaymentError> {
    if !(-MOST..=MOST).contains(&cmd.amount.minor) {
        return Err(PaymentError::InvalidAmount { most: MOST });
    }
    check(tx, &cmd.subject, cmd.amount)?;
    if cmd.amount.is_zero() {
        return Ok(());
    }
    let entries = vec![Entry::new(owed(&cmd.subject), cmd.amount.minor), Entry::new(sales(&cmd.subject), -cmd.amount.minor)];
    let unit = cmd.amount.currency.to_string();
    ledger::post(tx, Post { key: format!("bill/{}", cmd.key), reason: "billed", unit, entries })?;
    Ok(())
}
