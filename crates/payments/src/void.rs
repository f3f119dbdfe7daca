//! The third verb: call a payment off before its money is taken.

use crate::events::{PAYMENT_VOIDED, tell};
use crate::gateway::{Verb, call};
use crate::{Payment, PaymentError, PaymentId, PaymentState, simulator, store};
use kernel::{Actor, Permission, Tx};

/// Call off what is pending, failed or authorised; the hosted page closes. Repeating the call answers the payment as it stands.
///
/// # Errors
/// [`PaymentError::NotNow`] once it is captured: refund it then.
pub fn void(tx: &mut Tx<'_>, actor: &Actor, id: PaymentId) -> Result<Payment, PaymentError> {
    actor.require(Permission::TakePayment)?;
    let payment = store::payment(tx, id)?.ok_or(PaymentError::UnknownPayment)?;
    if payment.state == PaymentState::Voided {
        return Ok(payment);
    }
    payment.must_become(PaymentState::Voided)?;
    if payment.method.is_online() && !call(tx, id, Verb::Void, payment.amount)? {
        simulator::cancel_intent(tx, id)?;
    }
    store::set_state(tx, &payment, PaymentState::Voided, None)?;
    let voided = Payment { state: PaymentState::Voided, failure: None, changed_at: tx.now(), ..payment };
    tell(tx, actor, PAYMENT_VOIDED, &voided, voided.amount)?;
    Ok(voided)
}
