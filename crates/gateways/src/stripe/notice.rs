//! Stripe's notices: `Stripe-Signature` and the events that matter.

use crate::keyed;
use crate::{GatewayAccount, RawNotice};
use kernel::{Money, Timestamp};
use payments::{PaymentId, ProviderEvent, ProviderEventKind, WebhookError};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::time::Duration;

/// How far a signature's time may be from ours, either way.
const TOLERANCE: Duration = Duration::from_secs(300);

/// `t=SECONDS,v1=HEX`, one `v1` or more while a secret is being replaced; HMAC-SHA256 over `SECONDS.body`.
pub(super) fn verify(secrets: &str, raw: &RawNotice, now: Timestamp) -> Result<(), WebhookError> {
    let parts = || raw.signature.split(',').filter_map(|part| part.trim().split_once('='));
    let seconds: i64 = parts().find(|(name, _)| *name == "t").and_then(|(_, t)| t.parse().ok()).ok_or(WebhookError::BadSignature)?;
    let mut signed = seconds.to_string().into_bytes();
    signed.push(b'.');
    signed.extend_from_slice(&raw.body);
    let told: Vec<Vec<u8>> = parts().filter(|(name, _)| *name == "v1").filter_map(|(_, hex)| hex::decode(hex).ok()).collect();
    let is_right = secrets.split_whitespace().any(|secret| {
        let right = keyed::sha256(secret.as_bytes(), &signed);
        told.iter().any(|told| keyed::same(told, &right))
    });
    if !is_right {
        return Err(WebhookError::BadSignature);
    }
    let signed = Timestamp::from_seconds(seconds);
    if now.since(signed) > TOLERANCE || signed.since(now) > TOLERANCE { Err(WebhookError::Stale) } else { Ok(()) }
}

#[derive(Deserialize)]
struct Event {
    id: String,
    #[serde(rename = "type")]
    kind: String,
    created: i64,
    data: Data,
}

#[derive(Deserialize)]
struct Data {
    object: serde_json::Value,
}

/// `payment_intent`.
#[derive(Deserialize)]
pub(super) struct Intent {
    pub id: String,
    pub status: String,
    amount: i64,
    #[serde(default)]
    amount_received: i64,
    currency: String,
    #[serde(default)]
    metadata: BTreeMap<String, String>,
    #[serde(default)]
    last_payment_error: Option<Declined>,
}

#[derive(Deserialize)]
struct Declined {
    #[serde(default)]
    code: Option<String>,
    #[serde(default)]
    decline_code: Option<String>,
}

impl Intent {
    /// `None` for a payment that is none of ours.
    pub(super) fn event(self, id: String, kind: ProviderEventKind, created: Timestamp) -> Option<ProviderEvent> {
        let payment: PaymentId = self.metadata.get("payment")?.parse().ok()?;
        let minor = if kind == ProviderEventKind::Captured { self.amount_received } else { self.amount };
        let amount = Money::new(minor, self.currency.to_uppercase().parse().ok()?);
        let failure = (kind == ProviderEventKind::Declined)
            .then(|| self.last_payment_error.and_then(|error| error.decline_code.or(error.code)).unwrap_or_else(|| "declined".into()));
        Some(ProviderEvent { id, kind, payment, amount, failure, reference: self.id, created })
    }
}

/// `refund`, in a notice that it failed.
#[derive(Deserialize)]
struct Refund {
    id: String,
    status: Option<String>,
    amount: i64,
    currency: String,
    #[serde(default)]
    failure_reason: Option<String>,
    payment_intent: Option<String>,
    #[serde(default)]
    metadata: BTreeMap<String, String>,
}

/// The events of a notice; most are of no consequence.
pub(super) fn read(account: &GatewayAccount, body: &[u8]) -> Result<Vec<ProviderEvent>, WebhookError> {
    let malformed = |e: serde_json::Error| WebhookError::Malformed(e.to_string());
    let event: Event = serde_json::from_slice(body).map_err(malformed)?;
    let (id, at) = (format!("{}/{}", account.id, event.id), Timestamp::from_seconds(event.created));
    let kind = match event.kind.as_str() {
        "payment_intent.succeeded" => ProviderEventKind::Captured,
        "payment_intent.amount_capturable_updated" => ProviderEventKind::Authorised,
        "payment_intent.payment_failed" => ProviderEventKind::Declined,
        "refund.failed" | "charge.refund.updated" => {
            let refund: Refund = serde_json::from_value(event.data.object).map_err(malformed)?;
            return Ok(refund.event(at).into_iter().collect());
        }
        _ => return Ok(Vec::new()),
    };
    let intent: Intent = serde_json::from_value(event.data.object).map_err(malformed)?;
    Ok(intent.event(id, kind, at).into_iter().collect())
}

impl Refund {
    fn event(self, created: Timestamp) -> Option<ProviderEvent> {
        if self.status.as_deref() != Some("failed") {
            return None;
        }
        let amount = Money::new(self.amount, self.currency.to_uppercase().parse().ok()?);
        // Two kinds of notice tell the same.
        let (id, failure) = (format!("{}/failed", self.id), self.failure_reason.or_else(|| Some("failed".into())));
        let payment = self.metadata.get("payment")?.parse().ok()?;
        Some(ProviderEvent {
            id,
            kind: ProviderEventKind::RefundFailed,
            payment,
            amount,
            failure,
            reference: self.payment_intent?,
            created,
        })
    }
}
