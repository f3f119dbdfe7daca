//! Give money back for a subject, whichever way it was paid.

use crate::model::positive;
use crate::refund::give_back;
use crate::split::split;
use crate::{PaymentError, Refund, RefundRecord, store};
use kernel::{Actor, Money, Permission, Tx};

/// Money to give back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefundSubject {
    /// The caller's name for this intent.
    pub key: String,
    /// For what.
    pub subject: String,
    /// How much in all.
    pub amount: Money,
    /// Why, in plain words.
    pub reason: String,
}

/// Give money back the ways it came: gateway and links first, then the terminal, cash last; newest first within each.
/// Repeating the `key` answers the first refunds.
///
/// # Errors
/// [`PaymentError::TooMuch`] beyond what was captured and not given back; nothing is given back then.
pub fn refund_subject(tx: &mut Tx<'_>, actor: &Actor, cmd: RefundSubject) -> Result<Vec<RefundRecord>, PaymentError> {
    actor.require(Permission::Refund)?;
    let first = store::refunds_by_key(tx, &cmd.key)?;
    if !first.is_empty() {
        return Ok(first);
    }
    positive(cmd.amount)?;
    let payments = store::payments_of(tx, &cmd.subject)?;
    if let Some(other) = payments.iter().find(|p| p.amount.currency != cmd.amount.currency) {
        return Err(PaymentError::OtherCurrency { currency: other.amount.currency });
    }
    let Some(parts) = split(cmd.amount.minor, &payments) else {
        let left = payments.iter().map(|p| p.refundable().minor).sum();
        return Err(PaymentError::TooMuch { left: Money::new(left, cmd.amount.currency) });
    };
    let mut records = Vec::with_capacity(parts.len());
    for (payment, minor) in parts {
        let part = Refund {
            key: cmd.key.clone(),
            payment: payment.id,
            amount: Money::new(minor, cmd.amount.currency),
            reason: cmd.reason.clone(),
        };
        records.push(give_back(tx, actor, payment.clone(), &part)?);
    }
    // The order in which a repeat finds them.
    records.sort_by_key(|record| record.id);
    Ok(records)
}
