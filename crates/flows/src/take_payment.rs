//! The gateway tells what became of a payment: the order, its stock and the thread follow in the same transaction.

use crate::delegate::problem;
use crate::settle::{SettleError, order_of_subject, settle};
use kernel::{Actor, Fault, Tx};
use orders::PaymentRecorded;
use payments::{PaymentState, ProviderEvent, ProviderEventKind, WebhookError, WebhookOutcome};

/// What a webhook did.
#[derive(Debug, Clone, PartialEq)]
pub struct WebhookTaken {
    /// To the payment.
    pub outcome: WebhookOutcome,
    /// To its order, when money came in for one.
    pub order: Option<PaymentRecorded>,
}

/// Why a webhook was turned away. Nothing is written.
#[derive(Debug, thiserror::Error)]
pub enum TakePaymentError {
    /// It is not the gateway's, or cannot be read.
    #[error(transparent)]
    Webhook(#[from] WebhookError),
    /// The order does not take the money.
    #[error(transparent)]
    Settle(#[from] SettleError),
    /// Not our caller's doing.
    #[error(transparent)]
    Fault(#[from] Fault),
}

problem!(TakePaymentError { Webhook, Settle, Fault });

/// Take a payment event as it came off the wire: the raw body and its signature. Doubled, reordered or late, it acts once: the
/// order is paid, what is carried out is sold, and what was paid too much goes back, all in this transaction.
pub fn receive_payment_webhook(tx: &mut Tx<'_>, raw: &[u8], signature: &str) -> Result<WebhookTaken, TakePaymentError> {
    let event = payments::read_webhook(tx, raw, signature)?;
    receive_payment_event(tx, &event)
}

/// As [`receive_payment_webhook`], for an event that a gateway's adapter has verified and read.
pub fn receive_payment_event(tx: &mut Tx<'_>, event: &ProviderEvent) -> Result<WebhookTaken, TakePaymentError> {
    let outcome = payments::take_event(tx, event)?;
    if outcome != WebhookOutcome::Acted {
        return Ok(WebhookTaken { outcome, order: None });
    }
    let payment = payments::payment(tx, event.payment)?.ok_or_else(|| Fault::data("a payment vanished"))?;
    let order = match order_of_subject(&payment.subject) {
        Some(order) if payment.state == PaymentState::Captured && tells_of_money(event) => {
            Some(settle(tx, &Actor::system(), order, payment.captured, payment.channel)?)
        }
        _ => None,
    };
    Ok(WebhookTaken { outcome, order })
}

const fn tells_of_money(event: &ProviderEvent) -> bool {
    matches!(event.kind, ProviderEventKind::Captured | ProviderEventKind::Approved)
}
