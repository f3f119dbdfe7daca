//! The second verb: take the promised money.

use crate::accounts::{owed, received};
use crate::events::{PAY_LINK_PAID, PAYMENT_CAPTURED, tell, tell_link};
use crate::expire_pay_link::EXPIRE_LINK;
use crate::gateway::{Verb, call};
use crate::gift_card::{card_of, onto};
use crate::model::positive;
use crate::store::links;
use crate::{PayLinkState, Payment, PaymentError, PaymentId, PaymentState, simulator, store};
use kernel::{Actor, Money, Permission, Tx};
use ledger::{Entry, Post};

/// Take what was authorised; `None` means all of it, and what is less gives the rest up. Repeating the call answers the
/// payment as it stands.
///
/// # Errors
/// [`PaymentError::NotNow`] unless it is authorised.
pub fn capture(tx: &mut Tx<'_>, actor: &Actor, id: PaymentId, amount: Option<Money>) -> Result<Payment, PaymentError> {
    actor.require(Permission::TakePayment)?;
    let payment = store::payment(tx, id)?.ok_or(PaymentError::UnknownPayment)?;
    if payment.state.was_captured() {
        return Ok(payment);
    }
    if payment.state != PaymentState::Authorised {
        return Err(PaymentError::NotNow { state: payment.state, next: PaymentState::Captured });
    }
    let amount = amount.unwrap_or(payment.amount);
    if payment.method.is_online() && !call(tx, id, Verb::Capture, amount)? {
        simulator::capture_intent(tx, id)?;
    }
    record_capture(tx, actor, payment, amount)
}

/// Note that money came, whoever says so: state, ledger, link, event.
pub(crate) fn record_capture(tx: &mut Tx<'_>, actor: &Actor, payment: Payment, amount: Money) -> Result<Payment, PaymentError> {
    payment.must_become(PaymentState::Captured)?;
    positive(amount)?;
    if amount.currency != payment.amount.currency {
        return Err(PaymentError::OtherCurrency { currency: payment.amount.currency });
    }
    if amount.minor > payment.amount.minor {
        return Err(PaymentError::InvalidAmount { most: payment.amount.minor });
    }
    let now = tx.now();
    store::set_captured(tx, &payment, amount)?;
    let captured = Payment { captured: amount, state: PaymentState::Captured, failure: None, changed_at: now, ..payment };
    let mut entries =
        vec![Entry::new(received(captured.method, &captured.subject), amount.minor), Entry::new(owed(&captured.subject), -amount.minor)];
    if let Some(card) = card_of(tx, &captured)? {
        entries.extend(onto(card, -amount.minor));
    }
    let key = format!("capture/{}", captured.id);
    ledger::post(tx, Post { key, reason: "captured", unit: amount.currency.to_string(), entries })?;
    tell(tx, actor, PAYMENT_CAPTURED, &captured, amount)?;
    if let Some(link) = captured.link
        && links::end(tx, link, PayLinkState::Paid)?
        && let Some(paid) = links::by_id(tx, link)?
    {
        tx.cancel_timer(EXPIRE_LINK, &link.to_string())?;
        tell_link(tx, actor, PAY_LINK_PAID, &paid)?;
    }
    Ok(captured)
}
