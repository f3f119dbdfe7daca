//! Adyen Checkout 72, payment links, and standard webhooks 1. Settings: `merchant_account`, `base` (the live address with the account's own
//! prefix; the test one without it). Secrets: `api_key`, `hmac_key`.

mod notice;

use crate::provider::{good, verdict};
use crate::{Adapter, Ask, Calling, GatewayAccount, Opened, Opening, RawNotice, Verdict, Way};
use channels::{Auth, Body, HttpRequest, NotConfigured, WireReply};
use kernel::{Money, Timestamp};
use payments::{ProviderEvent, Verb, WebhookError};
use serde::Deserialize;
use serde_json::{Value, json};

const BASE: &str = "https://checkout-test.adyen.com/v72";

/// See the module.
pub(crate) struct Adyen;

#[derive(Deserialize)]
struct Link {
    id: String,
    url: String,
}

impl Adapter for Adyen {
    fn ways(&self, _account: &GatewayAccount) -> Vec<Way> {
        vec![Way::Any]
    }

    fn open(&self, account: &GatewayAccount, ask: &Ask, _way: Way) -> Result<Opening, NotConfigured> {
        let payment = ask.payment.to_string();
        let mut body = json!({
            "merchantAccount": account.setting("merchant_account")?,
            "reference": payment,
            "amount": amount(ask.amount),
            "description": ask.title,
            "returnUrl": ask.back,
            "shopperLocale": ask.locale.pick("es-ES", "en-GB"),
            "countryCode": account.optional("country").unwrap_or("ES"),
        });
        // Said for each payment: the account's own setting may be either.
        match ask.capture_later {
            true => body["manualCapture"] = true.into(),
            false => body["captureDelayHours"] = 0.into(),
        }
        Ok(Opening::Call(call("POST", account, "/paymentLinks", &body, &format!("hilo-open-{payment}"))?))
    }

    fn opened(&self, reply: &WireReply) -> Result<Opened, String> {
        let link: Link = serde_json::from_slice(good(reply, why)?).map_err(|e| e.to_string())?;
        Ok(Opened { reference: link.id, url: link.url })
    }

    fn call(&self, account: &GatewayAccount, calling: &Calling) -> Result<Option<HttpRequest>, NotConfigured> {
        let (paid, page) = (&calling.paid_as, &calling.page);
        let once = format!("hilo-call-{}", calling.id);
        let mut body = json!({ "merchantAccount": account.setting("merchant_account")?, "reference": calling.payment });
        let (method, path) = match calling.verb {
            Verb::Refund => ("POST", format!("/payments/{paid}/refunds")),
            Verb::Capture => ("POST", format!("/payments/{paid}/captures")),
            Verb::Void if paid.is_empty() => ("PATCH", format!("/paymentLinks/{page}")),
            Verb::Void => ("POST", format!("/payments/{paid}/cancels")),
        };
        match calling.verb {
            Verb::Void if paid.is_empty() => body = json!({ "status": "expired" }),
            Verb::Void => {}
            Verb::Refund | Verb::Capture => body["amount"] = amount(calling.amount),
        }
        call(method, account, &path, &body, &once).map(Some)
    }

    fn called(&self, _account: &GatewayAccount, calling: &Calling, reply: &WireReply) -> Verdict {
        match (calling.verb, reply) {
            // The link is over: paid, and then its notice says so, or past its time.
            (Verb::Void, WireReply::Http { status: 422, .. }) => Verdict::Done,
            _ => verdict(reply, why),
        }
    }

    fn notices(&self, account: &GatewayAccount, raw: &RawNotice, now: Timestamp) -> Result<Vec<ProviderEvent>, WebhookError> {
        let key = account.secret("hmac_key").ok().and_then(|key| hex::decode(key.expose()).ok()).ok_or(WebhookError::BadSignature)?;
        notice::read(account, &key, &raw.body, now)
    }

    fn thanks(&self) -> &'static str {
        "[accepted]"
    }

    /// A payment link does not tell the name of the payment that was made by it, without which nothing can be given back; Adyen
    /// repeats its notices for weeks instead.
    fn inquire(&self, _account: &GatewayAccount, _page: &str) -> Result<Option<HttpRequest>, NotConfigured> {
        Ok(None)
    }

    fn inquired(&self, _reply: &WireReply, _now: Timestamp) -> Option<ProviderEvent> {
        None
    }
}

fn amount(money: Money) -> Value {
    json!({ "currency": money.currency.code(), "value": money.minor })
}

fn call(method: &'static str, account: &GatewayAccount, path: &str, body: &Value, once: &str) -> Result<HttpRequest, NotConfigured> {
    let base = account.optional("base").unwrap_or(BASE);
    let headers = vec![("x-api-key", account.secret("api_key")?.expose().to_owned()), ("idempotency-key", once.to_owned())];
    let body = Body::Bytes { content_type: "application/json".into(), bytes: body.to_string().into_bytes(), headers };
    Ok(HttpRequest { method, url: format!("{base}{path}"), auth: Auth::None, body })
}

/// Adyen's own words for a refusal.
fn why(body: &[u8]) -> String {
    let said = serde_json::from_slice::<Value>(body).unwrap_or_default();
    said["message"].as_str().unwrap_or("no reason given").to_owned()
}
