//! The gateway tells what became of a payment.

use crate::capture::record_capture;
use crate::events::{PAYMENT_AUTHORISED, PAYMENT_FAILED, tell};
use crate::gateway::refund_failed;
use crate::{Payment, PaymentState, ProviderEvent, ProviderEventKind, WebhookError, mask_card_numbers, signature, simulator, store};
use kernel::{Actor, Fault, ReadTx, Tx};

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

/// The event in a webhook of the simulated gateway: the raw body, believed by its signature.
pub fn read_webhook(tx: &ReadTx<'_>, raw: &[u8], signature: &str) -> Result<ProviderEvent, WebhookError> {
    let secret = store::secret(tx, simulator::SECRET)?.ok_or(WebhookError::BadSignature)?;
    signature::verify(&secret, tx.now(), raw, signature)?;
    serde_json::from_slice(raw).map_err(|e| WebhookError::Malformed(e.to_string()))
}

/// Take an event whose sender was verified. All outcomes are answered with 200.
///
/// The same event twice acts once. The order of events does not matter: what was captured stays captured. Money that
/// came after a void is recorded, since the provider has it.
pub fn take_event(tx: &mut Tx<'_>, event: &ProviderEvent) -> Result<WebhookOutcome, WebhookError> {
    let payment = store::payment(tx, event.payment)?.filter(|p| p.method.is_online());
    let payment = payment.ok_or_else(|| WebhookError::Malformed(format!("there is no online payment {}", event.payment)))?;
    if !store::insert_provider_event(tx, event)? {
        return Ok(WebhookOutcome::Repeated);
    }
    let failure = event.failure.as_deref().map(|text| mask_card_numbers(text).into_owned());
    let next = match event.kind {
        ProviderEventKind::RefundFailed => {
            refund_failed(tx, &payment, event.amount, failure.as_deref().unwrap_or_default())?;
            return Ok(WebhookOutcome::Acted);
        }
        ProviderEventKind::Declined => PaymentState::Failed,
        ProviderEventKind::Authorised => PaymentState::Authorised,
        ProviderEventKind::Approved if payment.capture_later => PaymentState::Authorised,
        ProviderEventKind::Approved | ProviderEventKind::Captured => PaymentState::Captured,
    };
    if !payment.state.can_become(next) {
        return Ok(WebhookOutcome::Overtaken);
    }
    // A declined try is no money.
    if next != PaymentState::Failed && !event.reference.is_empty() {
        store::name_money(tx, payment.id, &event.reference)?;
    }
    if next == PaymentState::Captured {
        record_capture(tx, &Actor::system(), payment, event.amount)?;
    } else {
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
