//! What money is called in the ledger; its unit is the currency's code.

use crate::{Method, PaymentError};
use kernel::{Currency, Fault, Money, ReadTx};
use ledger::AccountName;

/// What the subject's customer owes us; below zero what we owe them.
pub(crate) fn owed(subject: &str) -> AccountName {
    AccountName::new(format!("owed/{subject}"))
}

/// The other side of what was billed.
pub(crate) fn sales(subject: &str) -> AccountName {
    AccountName::new(format!("world/sales/{subject}"))
}

/// What was received for the subject in this way and not given back; never below zero.
pub(crate) fn received(method: Method, subject: &str) -> AccountName {
    AccountName::new(format!("money/{method}/{subject}"))
}

/// The currency the subject is kept in, once anything was billed or received.
pub(crate) fn currency_of(tx: &ReadTx<'_>, subject: &str) -> Result<Option<Currency>, Fault> {
    let account = ledger::account(tx, &owed(subject))?;
    account.map(|a| a.unit.parse().map_err(|e: kernel::MoneyError| Fault::data(e.to_string()))).transpose()
}

/// Refuse what is no subject, and an amount in another currency than the subject's.
pub(crate) fn check(tx: &ReadTx<'_>, subject: &str, amount: Money) -> Result<(), PaymentError> {
    let is_plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b':' | b'_' | b'-');
    if !(1..=100).contains(&subject.len()) || !subject.bytes().all(is_plain) {
        return Err(PaymentError::InvalidSubject);
    }
    match currency_of(tx, subject)? {
        Some(currency) if currency != amount.currency => Err(PaymentError::OtherCurrency { currency }),
        _ => Ok(()),
    }
}
