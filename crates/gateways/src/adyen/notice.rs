//! Adyen's notices: each item is signed by itself.

use crate::{GatewayAccount, keyed};
use base64::{Engine, engine::general_purpose::STANDARD};
use kernel::{Money, Timestamp};
use payments::{ProviderEvent, ProviderEventKind, WebhookError};
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Notice {
    notification_items: Vec<Wrapped>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Wrapped {
    notification_request_item: Item,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Item {
    psp_reference: String,
    #[serde(default)]
    original_reference: String,
    merchant_account_code: String,
    #[serde(default)]
    merchant_reference: String,
    amount: Amount,
    event_code: String,
    success: String,
    #[serde(default)]
    reason: String,
    #[serde(default)]
    additional_data: Additional,
}

#[derive(Deserialize)]
struct Amount {
    value: i64,
    currency: String,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Additional {
    #[serde(default)]
    hmac_signature: String,
}

/// All items, or none when one is not signed with our key.
pub(super) fn read(account: &GatewayAccount, key: &[u8], body: &[u8], now: Timestamp) -> Result<Vec<ProviderEvent>, WebhookError> {
    let notice: Notice = serde_json::from_slice(body).map_err(|e| WebhookError::Malformed(e.to_string()))?;
    let items: Vec<Item> = notice.notification_items.into_iter().map(|wrapped| wrapped.notification_request_item).collect();
    if !items.iter().all(|item| item.is_signed(key)) {
        return Err(WebhookError::BadSignature);
    }
    let ours = account.setting("merchant_account").map_err(|_| WebhookError::BadSignature)?;
    Ok(items.into_iter().filter(|item| item.merchant_account_code == ours).filter_map(|item| item.event(account, now)).collect())
}

impl Item {
    fn is_signed(&self, key: &[u8]) -> bool {
        let value = self.amount.value.to_string();
        let signed = [
            &self.psp_reference,
            &self.original_reference,
            &self.merchant_account_code,
            &self.merchant_reference,
            &value,
            &self.amount.currency,
            &self.event_code,
            &self.success,
        ]
        .map(String::as_str)
        .join(":");
        let told = STANDARD.decode(&self.additional_data.hmac_signature).unwrap_or_default();
        keyed::same(&told, &keyed::sha256(key, signed.as_bytes()))
    }

    /// `None` for what is no payment of ours, or of no consequence.
    fn event(self, account: &GatewayAccount, now: Timestamp) -> Option<ProviderEvent> {
        let payment = self.merchant_reference.parse().ok()?;
        let worked = self.success == "true";
        let kind = match (self.event_code.as_str(), worked) {
            ("AUTHORISATION", true) => ProviderEventKind::Approved,
            ("AUTHORISATION", false) => ProviderEventKind::Declined,
            ("REFUND", false) | ("REFUND_FAILED" | "REFUNDED_REVERSED", true) => ProviderEventKind::RefundFailed,
            _ => return None,
        };
        let failure = (kind != ProviderEventKind::Approved).then(|| if self.reason.is_empty() { "refused".into() } else { self.reason });
        Some(ProviderEvent {
            // Adyen's own rule for what is the same event.
            id: format!("{}/{}/{}/{}", account.id, self.psp_reference, self.event_code, self.success),
            kind,
            payment,
            amount: Money::new(self.amount.value, self.amount.currency.parse().ok()?),
            failure,
            reference: if self.original_reference.is_empty() { self.psp_reference } else { self.original_reference },
            created: now,
        })
    }
}
