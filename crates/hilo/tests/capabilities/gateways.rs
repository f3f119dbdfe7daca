//! A real gateway at every door: connected in the studio, paid on its page, told once, given back once.

use crate::support::{ANA, Brand, items, text};
use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, Uri};
use axum::routing::post;
use base64::{Engine, engine::general_purpose::STANDARD};
use hmac::digest::KeyInit;
use hmac::{Hmac, Mac};
use serde_json::{Value, json};
use std::sync::{Arc, Mutex};

/// Of the official Python library's tests (MIT).
const KEY: &str = "44782DEF547AAA06C910C43932B1EB0C71FC68D9D0C057550C48EC2ACF6BA056";

/// What Adyen was asked: path, idempotency key, body.
type Asked = Arc<Mutex<Vec<(String, String, Value)>>>;

async fn far_end() -> (Asked, String) {
    async fn act(State(asked): State<Asked>, uri: Uri, headers: HeaderMap, body: Bytes) -> axum::Json<Value> {
        let once = headers.get("idempotency-key").and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned();
        asked.lock().expect("unpoisoned").push((uri.path().to_owned(), once, serde_json::from_slice(&body).expect("JSON")));
        axum::Json(match uri.path() {
            "/paymentLinks" => json!({ "id": "PL1", "url": "https://eu.adyen.link/PL1", "status": "active" }),
            _ => json!({ "pspReference": "R1", "status": "received" }),
        })
    }
    let asked = Asked::default();
    let router = Router::new().route("/{*path}", post(act)).with_state(asked.clone());
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let base = format!("http://{}", listener.local_addr().expect("an address"));
    tokio::spawn(async move { axum::serve(listener, router).await });
    (asked, base)
}

/// A notice of Adyen's, signed as it signs.
fn notice(reference: &str, payment: &str, minor: i64) -> Value {
    let mut mac = Hmac::<sha2::Sha256>::new_from_slice(&hex::decode(KEY).expect("hex")).expect("any length");
    mac.update(format!("{reference}::TestMerchant:{payment}:{minor}:EUR:AUTHORISATION:true").as_bytes());
    let item = json!({ "pspReference": reference, "merchantReference": payment, "merchantAccountCode": "TestMerchant", "eventCode": "AUTHORISATION",
        "amount": { "currency": "EUR", "value": minor }, "success": "true",
        "additionalData": { "hmacSignature": STANDARD.encode(mac.finalize().into_bytes()) } });
    json!({ "live": "false", "notificationItems": [{ "NotificationRequestItem": item }] })
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_paid_at_a_real_gateway_is_told_once_and_given_back_there_once() {
    let (asked, base) = far_end().await;
    let brand = Brand::open().await;
    let (mut studio, mut web, mut till) = (brand.browser(), brand.browser(), brand.browser());
    studio.sign_in("vera@marca.test", "/studio").await;
    let page = studio.open("/studio/payments/new/adyen").await;
    let keys = [("merchant_account", "TestMerchant"), ("base", base.as_str()), ("api_key", "AQE"), ("hmac_key", KEY), ("then", "on")];
    let saved = studio.send(&page, "/studio/payments/new/adyen", &keys).await;
    saved.must_say("Cobra");
    assert!(saved.html.contains("TestMerchant") && !saved.html.contains("AQE") && !saved.html.contains(KEY), "no key is shown again");
    let gateway = saved.path.trim_start_matches("/studio/payments/").to_owned();

    brand.puts_in_cart(&mut web, ("gorra", "GOR"), &[]).await;
    let paying = brand.checks_out(&mut web, &ANA, "online").await;
    assert!(paying.html.contains(&format!("href=\"{}/go\"", paying.path)), "{}", paying.html);
    assert_eq!(web.open(&format!("{}/go", paying.path)).await.path, "https://eu.adyen.link/PL1");
    assert_eq!(web.open(&format!("{}/go", paying.path)).await.path, "https://eu.adyen.link/PL1");
    let link = asked.lock().expect("unpoisoned").clone();
    assert_eq!(link.len(), 1, "one page, however often she goes there");
    let (payment, minor) = (text(&link[0].2["reference"]), link[0].2["amount"]["value"].as_i64().expect("cents"));
    web.open(&format!("{}?returned", paying.path)).await.must_say("Esperamos la confirmación del banco");

    let bring = async |body: &Value| {
        let request = channels::http_client().post(format!("{}/gateways/{gateway}", brand.base)).json(body);
        request.send().await.expect("an answer").status().as_u16()
    };
    let mut forged = notice("P1", &payment, minor);
    forged["notificationItems"][0]["NotificationRequestItem"]["amount"]["value"] = json!(1);
    assert_eq!(bring(&forged).await, 401);
    web.open(&format!("{}?returned", paying.path)).await.must_say("Esperamos la confirmación del banco");
    for _ in 0..2 {
        assert_eq!(bring(&notice("P1", &payment, minor)).await, 200);
    }
    let done = web.open(&format!("{}?returned", paying.path)).await;
    done.must_say("Pedido confirmado");
    let order = brand.order_on(&done).await;
    let id = text(&order["id"]);
    let payments = brand.get(&format!("/v1/orders/{id}/payments")).await;
    assert_eq!((&order["state"], items(&payments).len(), &payments["items"][0]["state"]), (&json!("paid"), 1, &json!("captured")));

    let part = text(&order["fulfilments"][0]["id"]);
    brand.post(&format!("/v1/fulfilments/{part}/shipment"), json!({ "carrier": "Correos", "reference": "PQ1" })).await;
    brand.put(&format!("/v1/fulfilments/{part}/state"), json!({ "state": "delivered" })).await;
    till.sign_in("marta@marca.test", "/till").await;
    let back = till.open(&format!("/till/orders/{id}/return")).await;
    let returned = brand.is_taken_back(&mut till, &back, &text(&order["lines"][0]["id"])).await;
    returned.must_say("19,90").must_say("Pago en línea");
    let told = brand.until("the refund", async || Some(asked.lock().expect("unpoisoned").clone()).filter(|asked| asked.len() > 1)).await;
    assert_eq!((told[1].0.as_str(), &told[1].2["amount"]["value"]), ("/payments/P1/refunds", &json!(1990)));
    assert!(!told[1].1.is_empty(), "under a name that makes it act once");
}
