//! Against the providers' published contracts, which are not ours to ship: `HILO_SHARED` names the folder that holds them. Run with
//! `--run-ignored only`.
mod common;

use channels::{HttpRequest, WireReply};
use common::*;
use gateways::{Ask, Calling, GatewayAccount, Opening, RawNotice, StoredKeys, Way, adapter};
use kernel::{Locale, Money, Timestamp};
use payments::{Gateway, GatewayCallId, GatewayId, GatewaySettings, PaymentId, Provider, ProviderEventKind, Verb, WebhookError};
use serde_json::{Value, json};
use std::{env, fs, path::PathBuf};

fn file(path: &str) -> String {
    let shared = PathBuf::from(env::var("HILO_SHARED").expect("HILO_SHARED names the folder with the published contracts"));
    fs::read_to_string(shared.join("contracts").join(path)).expect("the published contract")
}

fn account(provider: Provider, settings: &[(&str, &str)], secrets: &[(&str, &str)]) -> GatewayAccount {
    let map = |pairs: &[(&str, &str)]| pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    let keys = StoredKeys { settings: map(settings), secrets: map(secrets) };
    let settings = GatewaySettings(serde_json::to_string(&keys).expect("JSON"));
    GatewayAccount::of(&Gateway { id: GatewayId::nil(), provider, name: String::new(), settings, is_active: true }).expect("readable")
}

fn ask(capture_later: bool) -> Ask {
    Ask {
        payment: PaymentId::from_parts(1, 1),
        amount: Money::eur(4500),
        capture_later,
        title: "Pedido H-000001".into(),
        locale: Locale::Es,
        back: "https://marca.test/pay/x?returned".into(),
        notices: "https://marca.test/gateways/x".into(),
        attempt: "1".into(),
    }
}

fn calling(verb: Verb, paid_as: &str) -> Calling {
    let (id, payment) = (GatewayCallId::from_parts(1, 2), PaymentId::from_parts(1, 1));
    Calling { id, payment, verb, amount: Money::eur(100), paid_as: paid_as.into(), page: "page_1".into() }
}

fn requests(provider: Provider, account: &GatewayAccount) -> Vec<HttpRequest> {
    let adapter = adapter(provider);
    let pages = [false, true].map(|later| adapter.open(account, &ask(later), Way::Any).expect("configured"));
    let calls = [(Verb::Refund, "m1"), (Verb::Capture, "m1"), (Verb::Void, "m1"), (Verb::Void, "")];
    let calls = calls.map(|(verb, paid_as)| adapter.call(account, &calling(verb, paid_as)).expect("configured"));
    let pages = pages.into_iter().filter_map(|page| if let Opening::Call(request) = page { Some(request) } else { None });
    pages.chain(calls.into_iter().flatten()).collect()
}

/// The operation of a contract that a request means: a path whose `{}` match anything.
fn operation<'a>(contract: &'a Value, base: &str, request: &HttpRequest) -> &'a Value {
    let path: Vec<&str> = request.url.strip_prefix(base).expect("at the base").split('/').collect();
    let fits = |known: &str| {
        let known: Vec<&str> = known.split('/').collect();
        known.len() == path.len() && known.iter().zip(&path).all(|(known, asked)| known.starts_with('{') || known == asked)
    };
    let mut paths: Vec<_> = contract["paths"].as_object().expect("paths").iter().filter(|(known, _)| fits(known)).collect();
    paths.sort_by_key(|(known, _)| known.matches('{').count());
    let (_, found) = paths.first().unwrap_or_else(|| panic!("no such path: {path:?}"));
    &found[request.method.to_lowercase()]
}

/// A field of a form such as `a[0][b]`, followed through a schema.
fn is_field(schema: &Value, name: &str) -> bool {
    let names = name.split(['[', ']']).filter(|part| !part.is_empty());
    let mut at = schema;
    for part in names {
        let open = at["anyOf"].as_array().and_then(|any| any.iter().find(|one| one["type"] == "object" || one["type"] == "array"));
        at = open.unwrap_or(at);
        at = match part.parse::<usize>() {
            Ok(_) => &at["items"],
            Err(_) if at["properties"][part].is_object() => &at["properties"][part],
            Err(_) if at["additionalProperties"].is_object() => &at["additionalProperties"],
            Err(_) => return false,
        };
    }
    at.is_object()
}

#[test]
#[ignore = "needs HILO_SHARED"]
fn conformance_what_stripe_is_told_keeps_the_published_form() {
    let contract: Value = serde_json::from_str(&file("stripe/spec3_slice_pruned.json")).expect("JSON");
    let account = account(Provider::Stripe, &[], &[("secret_key", "sk_test_1")]);
    let requests = requests(Provider::Stripe, &account);
    assert_eq!(requests.len(), 6);
    for request in requests {
        let schema = &operation(&contract, "https://api.stripe.com", &request)["requestBody"]["content"]["application/x-www-form-urlencoded"]
            ["schema"];
        let (_, body) = request.encoded().expect("a body");
        let fields: Vec<(String, String)> = form_urlencoded::parse(&body).into_owned().collect();
        for (name, _) in &fields {
            assert!(is_field(schema, name), "{name} is no field of {}", request.url);
        }
        for needed in schema["required"].as_array().into_iter().flatten() {
            let needed = needed.as_str().expect("a name");
            assert!(fields.iter().any(|(name, _)| name.starts_with(needed)), "{needed} is missing in {}", request.url);
        }
    }
}

#[test]
#[ignore = "needs HILO_SHARED"]
fn conformance_stripes_own_objects_and_signature_are_understood() {
    let vectors: Value = serde_json::from_str(&file("stripe/webhook-vectors.json")).expect("JSON");
    let stripe = adapter(Provider::Stripe);
    for case in vectors["cases"].as_array().expect("cases") {
        let text = |name: &str| case[name].as_str().expect("a text").to_owned();
        let account = account(Provider::Stripe, &[], &[("webhook_secret", &format!("whsec_old {}", text("secret")))]);
        let at = Timestamp::from_seconds(case["timestamp"].as_i64().expect("a moment"));
        let read = |body: String, signature: String| stripe.notices(&account, &RawNotice { body: body.into_bytes(), signature }, at);
        // It is signed well, and no event of ours: the sample has no more than a name.
        assert!(matches!(read(text("payload"), text("header_value")), Err(WebhookError::Malformed(_))));
        for byte in 0..text("payload").len() {
            let mut other = text("payload").into_bytes();
            other[byte] ^= 1;
            let other = String::from_utf8(other).expect("ASCII");
            assert!(matches!(read(other, text("header_value")), Err(WebhookError::BadSignature)), "byte {byte}");
        }
    }
    let fixtures: Value = serde_json::from_str(&file("stripe/fixtures3.json")).expect("JSON");
    let account = account(Provider::Stripe, &[], &[("webhook_secret", "whsec_1")]);
    let payment = PaymentId::from_parts(1, 1);
    let told = |kind: &str, object: &Value| {
        let mut event = fixtures["resources"]["event"].clone();
        (event["type"], event["data"]["object"]) = (kind.into(), object.clone());
        let body = event.to_string();
        let seconds = 1_234_567_890;
        let signature = stripe_signature("whsec_1", seconds, &body);
        stripe.notices(&account, &RawNotice { body: body.into_bytes(), signature }, Timestamp::from_seconds(seconds)).expect("understood")
    };
    let mut intent = fixtures["resources"]["payment_intent"].clone();
    assert!(told("payment_intent.succeeded", &intent).is_empty(), "not ours");
    intent["metadata"] = json!({ "payment": payment });
    for (kind, means) in [
        ("payment_intent.succeeded", ProviderEventKind::Captured),
        ("payment_intent.amount_capturable_updated", ProviderEventKind::Authorised),
        ("payment_intent.payment_failed", ProviderEventKind::Declined),
    ] {
        let [event] = &told(kind, &intent)[..] else { panic!("one event of {kind}") };
        assert_eq!((event.kind, event.payment, event.reference.as_str()), (means, payment, intent["id"].as_str().expect("an id")));
    }
    let mut refund = fixtures["resources"]["refund"].clone();
    assert!(told("charge.refund.updated", &refund).is_empty(), "it succeeded");
    (refund["status"], refund["metadata"], refund["payment_intent"]) = ("failed".into(), json!({ "payment": payment }), "pi_1".into());
    assert_eq!(told("refund.failed", &refund)[0].kind, ProviderEventKind::RefundFailed);
    let page = fixtures["resources"]["checkout.session"].to_string();
    let opened = stripe.opened(&WireReply::Http { status: 200, retry_after: None, body: page.into() }).expect("a page");
    assert_eq!(opened.reference, fixtures["resources"]["checkout.session"]["id"].as_str().expect("an id"));
}

#[test]
#[ignore = "needs HILO_SHARED"]
fn conformance_what_adyen_is_told_keeps_the_published_form() {
    let contract: Value = serde_yaml_ng::from_str(&file("adyen/CheckoutService-v72.yaml")).expect("YAML");
    let account = account(Provider::Adyen, &[("merchant_account", "TestMerchant")], &[("api_key", "AQE")]);
    let requests = requests(Provider::Adyen, &account);
    assert_eq!(requests.len(), 6);
    for request in requests {
        let operation = operation(&contract, "https://checkout-test.adyen.com/v72", &request);
        let name = operation["requestBody"]["content"]["application/json"]["schema"]["$ref"].as_str().expect("a schema");
        let schema = &contract["components"]["schemas"][name.rsplit('/').next().expect("a name")];
        let (_, body) = request.encoded().expect("a body");
        let body: Value = serde_json::from_slice(&body).expect("JSON");
        for field in body.as_object().expect("an object").keys() {
            assert!(schema["properties"][field].is_object(), "{field} is no field of {name}");
        }
        for needed in schema["required"].as_array().into_iter().flatten() {
            assert!(body[needed.as_str().expect("a name")] != Value::Null, "{needed} is missing in {name}");
        }
    }
}

#[test]
#[ignore = "needs HILO_SHARED"]
fn conformance_adyens_own_notices_are_believed_until_their_amount_changes() {
    let vectors: Value = serde_json::from_str(&file("adyen/hmac-vectors.json")).expect("JSON");
    let key = vectors["notification_files_key_hex"].as_str().expect("a key");
    let account = account(Provider::Adyen, &[("merchant_account", "AntoniStroinski")], &[("hmac_key", key)]);
    let read = |body: &Value| {
        let raw = RawNotice { body: body.to_string().into_bytes(), signature: String::new() };
        adapter(Provider::Adyen).notices(&account, &raw, Timestamp::from_seconds(1))
    };
    let files = vectors["notification_files"].as_array().expect("files");
    assert!(!files.is_empty());
    for name in files {
        let item: Value = serde_json::from_str(&file(&format!("adyen/{}", name.as_str().expect("a name")))).expect("JSON");
        let wrapped = |item: &Value| json!({ "live": "false", "notificationItems": [{ "NotificationRequestItem": item }] });
        assert_eq!(read(&wrapped(&item)).expect("signed well"), [], "{name}: signed well, and no payment of ours");
        let mut dearer = item.clone();
        dearer["amount"]["value"] = json!(item["amount"]["value"].as_i64().expect("an amount") + 1);
        assert!(matches!(read(&wrapped(&dearer)), Err(WebhookError::BadSignature)), "{name}");
    }
}
