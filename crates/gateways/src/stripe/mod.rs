//! Stripe Checkout ("Accept a payment", API version 2023-08-16). Settings: none needed; `base` for another address. Secrets: `secret_key`,
//! `webhook_secret` (several, separated by a space, while one is being replaced).

mod notice;

use crate::provider::{good, verdict};
use crate::{Adapter, Ask, Calling, GatewayAccount, Opened, Opening, RawNotice, Verdict, Way};
use channels::{Auth, Body, HttpRequest, NotConfigured, WireReply};
use kernel::Timestamp;
use payments::{ProviderEvent, ProviderEventKind, Verb, WebhookError};
use serde::Deserialize;

const BASE: &str = "https://api.stripe.com";
/// The version that our calls are written in, whatever the account's own is.
const VERSION: &str = "2023-08-16";

/// See the module.
pub(crate) struct Stripe;

#[derive(Deserialize)]
struct Session {
    id: String,
    url: Option<String>,
    payment_intent: Option<serde_json::Value>,
}

impl Adapter for Stripe {
    fn ways(&self, _account: &GatewayAccount) -> Vec<Way> {
        vec![Way::Any]
    }

    fn open(&self, account: &GatewayAccount, ask: &Ask, _way: Way) -> Result<Opening, NotConfigured> {
        let payment = ask.payment.to_string();
        let mut form = vec![
            ("mode", "payment".to_owned()),
            ("client_reference_id", payment.clone()),
            ("locale", ask.locale.as_str().to_owned()),
            ("success_url", ask.back.clone()),
            ("cancel_url", ask.back.clone()),
            ("line_items[0][quantity]", "1".to_owned()),
            ("line_items[0][price_data][currency]", ask.amount.currency.code().to_lowercase()),
            ("line_items[0][price_data][unit_amount]", ask.amount.minor.to_string()),
            ("line_items[0][price_data][product_data][name]", ask.title.clone()),
            ("metadata[payment]", payment.clone()),
            ("payment_intent_data[metadata][payment]", payment.clone()),
            ("payment_intent_data[description]", ask.title.clone()),
        ];
        if ask.capture_later {
            form.push(("payment_intent_data[capture_method]", "manual".to_owned()));
        }
        // One page for one payment, however often it is asked for.
        Ok(Opening::Call(post(account, "/v1/checkout/sessions", form, &format!("hilo-open-{payment}"))?))
    }

    fn opened(&self, reply: &WireReply) -> Result<Opened, String> {
        let session: Session = serde_json::from_slice(good(reply, why)?).map_err(|e| e.to_string())?;
        let url = session.url.ok_or("Stripe made a page without an address")?;
        Ok(Opened { reference: session.id, url })
    }

    fn call(&self, account: &GatewayAccount, calling: &Calling) -> Result<Option<HttpRequest>, NotConfigured> {
        let (paid, page) = (&calling.paid_as, &calling.page);
        let amount = calling.amount.minor.to_string();
        let (path, form) = match calling.verb {
            Verb::Refund => {
                let form = vec![("payment_intent", paid.clone()), ("amount", amount), ("metadata[payment]", calling.payment.to_string())];
                ("/v1/refunds".to_owned(), form)
            }
            Verb::Capture => (format!("/v1/payment_intents/{paid}/capture"), vec![("amount_to_capture", amount)]),
            Verb::Void if paid.is_empty() => (format!("/v1/checkout/sessions/{page}/expire"), Vec::new()),
            Verb::Void => (format!("/v1/payment_intents/{paid}/cancel"), Vec::new()),
        };
        post(account, &path, form, &format!("hilo-call-{}", calling.id)).map(Some)
    }

    fn called(&self, _account: &GatewayAccount, calling: &Calling, reply: &WireReply) -> Verdict {
        match (calling.verb, reply) {
            // The page is over: paid, and then its notice says so, or past its time.
            (Verb::Void, WireReply::Http { status: 400, .. }) => Verdict::Done,
            _ => verdict(reply, why),
        }
    }

    fn notices(&self, account: &GatewayAccount, raw: &RawNotice, now: Timestamp) -> Result<Vec<ProviderEvent>, WebhookError> {
        let secrets = account.secret("webhook_secret").map_err(|_| WebhookError::BadSignature)?;
        notice::verify(secrets.expose(), raw, now)?;
        notice::read(account, &raw.body)
    }

    fn inquire(&self, account: &GatewayAccount, page: &str) -> Result<Option<HttpRequest>, NotConfigured> {
        let key = account.secret("secret_key")?.clone();
        let base = account.optional("base").unwrap_or(BASE);
        Ok(Some(HttpRequest::get(format!("{base}/v1/checkout/sessions/{page}?expand%5B%5D=payment_intent"), Auth::Bearer(key))))
    }

    fn inquired(&self, reply: &WireReply, now: Timestamp) -> Option<ProviderEvent> {
        let session: Session = serde_json::from_slice(good(reply, why).ok()?).ok()?;
        let intent: notice::Intent = serde_json::from_value(session.payment_intent?).ok()?;
        let kind = match intent.status.as_str() {
            "succeeded" => ProviderEventKind::Captured,
            "requires_capture" => ProviderEventKind::Authorised,
            _ => return None,
        };
        // Not the name of any notice: whichever comes first acts, the other is overtaken.
        let id = format!("asked/{}/{}", intent.id, intent.status);
        intent.event(id, kind, now)
    }
}

fn post(account: &GatewayAccount, path: &str, form: Vec<(&'static str, String)>, once: &str) -> Result<HttpRequest, NotConfigured> {
    let key = account.secret("secret_key")?.clone();
    let base = account.optional("base").unwrap_or(BASE);
    let bytes = form_urlencoded::Serializer::new(String::new()).extend_pairs(form).finish().into_bytes();
    let headers = vec![("idempotency-key", once.to_owned()), ("stripe-version", VERSION.to_owned())];
    let body = Body::Bytes { content_type: "application/x-www-form-urlencoded".into(), bytes, headers };
    Ok(HttpRequest { method: "POST", url: format!("{base}{path}"), auth: Auth::Bearer(key), body })
}

/// Stripe's own words for a refusal.
fn why(body: &[u8]) -> String {
    let said = serde_json::from_slice::<serde_json::Value>(body).unwrap_or_default();
    said["error"]["message"].as_str().unwrap_or("no reason given").to_owned()
}
