//! The fourth verb: give money back.

use crate::accounts::{owed, received};
use crate::events::{PAYMENT_REFUNDED, tell};
use crate::gateway::{Verb, call};
use crate::gift_card::{card_of, onto};
use crate::model::positive;
use crate::{GiftCardId, Method, Payment, PaymentError, PaymentId, RefundId, RefundRecord, mask_card_numbers, store};
use kernel::{Actor, Money, Permission, Tx};
use ledger::{Entry, Post};

/// Money to give back on one payment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refund {
    /// The caller's name for this intent.
    pub key: String,
    /// On which payment.
    pub payment: PaymentId,
    /// How much.
    pub amount: Money,
    /// Why, in plain words.
    pub reason: String,
}

/// Give money back the way it came, wholly or in part. Repeating the `key` answers the first refund.
///
/// It lowers what was received, not what is owed: lower that with [`crate::bill`] when the reason is a cheaper subject.
///
/// # Errors
/// [`PaymentError::TooMuch`] beyond what was captured and not given back.
pub fn refund(tx: &mut Tx<'_>, actor: &Actor, cmd: Refund) -> Result<RefundRecord, PaymentError> {
    actor.require(Permission::Refund)?;
    if let Some(first) = store::refunds_by_key(tx, &cmd.key)?.into_iter().find(|r| r.payment == cmd.payment) {
        return Ok(first);
    }
    let payment = store::payment(tx, cmd.payment)?.ok_or(PaymentError::UnknownPayment)?;
    give_back(tx, actor, payment, &cmd, None)
}

/// Give back on a payment at hand, for which `cmd.key` has not acted yet: the way it came, or onto a new card.
pub(crate) fn give_back(
    tx: &mut Tx<'_>,
    actor: &Actor,
    payment: Payment,
    cmd: &Refund,
    new_card: Option<GiftCardId>,
) -> Result<RefundRecord, PaymentError> {
    let amount = positive(cmd.amount)?;
    if amount.currency != payment.amount.currency {
        return Err(PaymentError::OtherCurrency { currency: payment.amount.currency });
    }
    let Some(state) = store::add_refund(tx, payment.id, amount)? else {
        return Err(PaymentError::TooMuch { left: payment.refundable() });
    };
    let record = RefundRecord {
        id: tx.new_id::<RefundId>(),
        payment: payment.id,
        method: if new_card.is_some() { Method::GiftCard } else { payment.method },
        amount,
        reason: mask_card_numbers(&cmd.reason).into_owned(),
        at: tx.now(),
        card: new_card,
    };
    store::insert_refund(tx, &cmd.key, &record)?;
    if new_card.is_none() && payment.method.is_online() {
        // The simulated gateway has nothing to be told.
        call(tx, payment.id, Verb::Refund, amount)?;
    }
    let mut entries =
        vec![Entry::new(received(payment.method, &payment.subject), -amount.minor), Entry::new(owed(&payment.subject), amount.minor)];
    let card = if new_card.is_some() { new_card } else { card_of(tx, &payment)? };
    entries.extend(card.into_iter().flat_map(|card| onto(card, amount.minor)));
    let key = format!("refund/{}", record.id);
    ledger::post(tx, Post { key, reason: "refunded", unit: amount.currency.to_string(), entries })?;
    tell(tx, actor, PAYMENT_REFUNDED, &Payment { state, method: record.method, ..payment }, amount)?;
    Ok(record)
}
