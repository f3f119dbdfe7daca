//! The gateway tells what became of a payment.

use crate::capture::record_capture;
use crate::events::{PAYMENT_AUTHORISED, PAYMENT_FAILED, tell};
use crate::simulator::{ProviderEvent, ProviderEventKind};
use crate::{Payment, PaymentState, WebhookError, mask_card_numbers, signature, simulator, store};
use kernel::{Actor, Fault, Tx};

/// What became of a webhook.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WebhookOutcome {
    /// The payment changed.
    Acted,
    /// The same event had come before.
    Repeated,
    /// It came too late to matter: a later event had overtaken it.
    Overtaken,
}

/// Take an event as it came off the wire: the raw body and its signature. All outcomes are answered with 200.
///
/// The same event twice acts once. The order of events does not matter: what was captured stays captured. Money that
/// came after a void is recorded, since the provider has it.
pub fn receive_webhook(tx: &mut Tx<'_>, raw: &[u8], signature: &str) -> Result<WebhookOutcome, WebhookError> {
    let secret = store::secret(tx, simulator::SECRET)?.ok_or(WebhookError::BadSignature)?;
    signature::verify(&secret, tx.now(), raw, signature)?;
    let event: ProviderEvent = serde_json::from_slice(raw).map_err(|e| WebhookError::Malformed(e.to_string()))?;
    let payment = store::payment(tx, event.payment)?.filter(|p| p.method.is_online());
    let payment = payment.ok_or_else(|| WebhookError::Malformed(format!("there is no online payment {}", event.payment)))?;
    if !store::insert_provider_event(tx, &event)? {
        return Ok(WebhookOutcome::Repeated);
    }
    let next = match event.kind {
        ProviderEventKind::Authorised => PaymentState::Authorised,
        ProviderEventKind::Captured => PaymentState::Captured,
        ProviderEventKind::Declined => PaymentState::Failed,
    };
    if !payment.state.can_become(next) {
        return Ok(WebhookOutcome::Overtaken);
    }
    if next == PaymentState::Captured {
        record_capture(tx, &Actor::system(), payment, event.amount)?;
    } else {
        let failure = event.failure.as_deref().map(|text| mask_card_numbers(text).into_owned());
        change(tx, payment, next, failure)?;
    }
    Ok(WebhookOutcome::Acted)
}

fn change(tx: &mut Tx<'_>, payment: Payment, next: PaymentState, failure: Option<String>) -> Result<(), Fault> {
    store::set_state(tx, &payment, next, failure.as_deref())?;
    let kind = if next == PaymentState::Failed { PAYMENT_FAILED } else { PAYMENT_AUTHORISED };
    let changed = Payment { state: next, failure, changed_at: tx.now(), ..payment };
    tell(tx, &Actor::system(), kind, &changed, changed.amount)
}
