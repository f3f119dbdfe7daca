//! Take money over the counter.

use crate::authorise::begin;
use crate::capture::record_capture;
use crate::options::{PaymentRule, cash};
use crate::{Authorise, Method, Payment, PaymentError, store};
use kernel::{Actor, Channel, Money, Permission, ProfileId, ReadTx, Tx};

/// Money that was handed over, or that the terminal has taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TakePayment {
    /// The caller's name for this intent.
    pub key: String,
    /// What is paid for.
    pub subject: String,
    /// Who pays, if known.
    pub profile: Option<ProfileId>,
    /// Where.
    pub channel: Channel,
    /// Cash or terminal.
    pub method: Method,
    /// How much; for cash without the change given back.
    pub amount: Money,
    /// Receipt number of the terminal; empty for cash.
    pub reference: String,
}

/// Authorise and capture in one step. [`PaymentError::CashLimit`] beyond what the law lets be paid in cash, all cash of the subject together. Repeating the `key` answers the first payment as it stands now.
pub fn take_payment(tx: &mut Tx<'_>, actor: &Actor, cmd: TakePayment) -> Result<Payment, PaymentError> {
    actor.require(Permission::TakePayment)?;
    if cmd.method.is_online() || cmd.method == Method::GiftCard {
        return Err(PaymentError::WrongMethod);
    }
    if cmd.method == Method::CardTerminal && cmd.reference.trim().is_empty() {
        return Err(PaymentError::MissingReference);
    }
    let TakePayment { key, subject, profile, channel, method, amount, reference } = cmd;
    if method == Method::Cash {
        within_cash_limit(tx, (&key, &subject), amount)?;
    }
    let ask = Authorise { key, subject, profile, channel, method, amount, reference, capture_later: false };
    let payment = begin(tx, ask, None)?.0.payment;
    if payment.state.was_captured() || payment.state == crate::PaymentState::Voided {
        return Ok(payment);
    }
    let amount = payment.amount;
    record_capture(tx, actor, payment, amount)
}

fn within_cash_limit(tx: &ReadTx<'_>, (key, subject): (&str, &str), amount: Money) -> Result<(), PaymentError> {
    if store::payment_by_key(tx, key)?.is_some() {
        return Ok(());
    }
    let is_cash = |payment: &&Payment| payment.method == Method::Cash;
    let before: i64 = store::payments_of(tx, subject)?.iter().filter(is_cash).map(|payment| payment.refundable().minor).sum();
    match cash(Money::new(before.saturating_add(amount.minor), amount.currency)) {
        Some(PaymentRule::CashLimit { most }) => Err(PaymentError::CashLimit { most }),
        _ => Ok(()),
    }
}
