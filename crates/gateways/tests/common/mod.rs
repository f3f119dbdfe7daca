//! A payment at a gateway, and a far end that keeps Stripe's contract: one page and one refund for one idempotency key, whatever is repeated.
#![allow(dead_code)]

use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::routing::{get, post};
use channels::Carrier;
use gateways::runtime::{GatewayForm, Leading, NotLed, lead, offered};
use gateways::{StoredKeys, Way};
use kernel::testing::World;
use kernel::{Actor, Channel, Fault, Locale, Money, ReadTx, Role, StaffId, Tx};
use payments::{Authorise, Bill, GatewayId, GatewaySettings, Method, Payment, Provider, Refund, SaveGateway};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

pub const ROOMS: &[kernel::Migrations] = &[ledger::MIGRATIONS, payments::MIGRATIONS];
pub const SUBJECT: &str = "deposit:1";

pub fn staff() -> Actor {
    Actor::staff(StaffId::nil(), &[Role::Administrator])
}

pub fn write<T: Send + 'static, E: From<Fault> + Send + 'static>(
    world: &World,
    f: impl Fn(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
) -> Result<T, E> {
    tokio::task::block_in_place(|| world.db().write("test.write", f).wait())
}
pub fn read<T: Send + 'static>(world: &World, query: impl Fn(&ReadTx<'_>) -> Result<T, Fault> + Send + 'static) -> T {
    tokio::task::block_in_place(|| world.db().read(query).wait().expect("read"))
}

/// A gateway by which customers pay from now on.
pub fn opens(world: &World, provider: Provider, settings: &[(&str, &str)], secrets: &[(&str, &str)]) -> GatewayId {
    let map = |pairs: &[(&str, &str)]| pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    let keys = StoredKeys { settings: map(settings), secrets: map(secrets) };
    let settings = GatewaySettings(serde_json::to_string(&keys).expect("JSON"));
    let cmd = SaveGateway { id: None, provider, name: "Cobros".into(), settings, is_active: true };
    write(world, move |tx| payments::save_gateway(tx, &staff(), cmd.clone())).expect("saved")
}

/// A payment of so many cents, and the token of its page.
pub fn asks(world: &World, key: &str, minor: i64) -> (Payment, String) {
    let bill = Bill { key: key.into(), subject: SUBJECT.into(), amount: Money::eur(minor) };
    write(world, move |tx| payments::bill(tx, bill.clone())).expect("billed");
    let cmd = Authorise {
        key: key.into(),
        subject: SUBJECT.into(),
        profile: None,
        channel: Channel::Web,
        method: Method::Gateway,
        amount: Money::eur(minor),
        reference: String::new(),
        capture_later: false,
    };
    let begun = write(world, move |tx| payments::authorise(tx, &Actor::guest(), cmd.clone())).expect("begun");
    (begun.payment, begun.page.expect("a page"))
}

pub fn payment(world: &World, known: &Payment) -> Payment {
    let id = known.id;
    read(world, move |tx| payments::payment(tx, id)).expect("known")
}

pub fn gives_back(world: &World, key: &str, of: &Payment, minor: i64) {
    let cmd = Refund { key: key.into(), payment: of.id, amount: Money::eur(minor), reason: "talla".into() };
    write(world, move |tx| payments::refund(tx, &staff(), cmd.clone())).expect("given back");
}

/// Staff's list of what did not work: verb and words.
pub fn failed(world: &World) -> Vec<(String, String)> {
    read(world, payments::failed_calls).into_iter().map(|call| (call.verb.to_string(), call.detail)).collect()
}

fn leading(world: &World, token: &str) -> Leading {
    let token = token.to_owned();
    let session = read(world, move |tx| payments::session_by_token(tx, &token)).expect("a session");
    let of = session.payment;
    let payment = read(world, move |tx| payments::payment(tx, of)).expect("a payment");
    Leading { session, payment, title: "Pedido H-000001".into(), locale: Locale::Es, public_url: "https://marca.test".into() }
}

pub async fn leads(world: &World, token: &str) -> Result<String, NotLed> {
    lead(world.db(), &carrier(), &leading(world, token)).await
}

/// The forms by which a gateway is reached: way, address, fields.
pub async fn offers(world: &World, token: &str) -> Vec<(Way, GatewayForm)> {
    let offered = offered(world.db(), &leading(world, token)).await.expect("offered");
    offered.into_iter().map(|offered| (offered.way, offered.form.expect("a form"))).collect()
}

pub fn carrier() -> Carrier {
    Carrier::new(channels::http_client())
}

/// A request that arrived: path, idempotency key, fields.
pub type Asked = (String, String, BTreeMap<String, String>);

#[derive(Default)]
pub struct Book {
    pub asked: Vec<Asked>,
    /// What was answered to an idempotency key.
    answered: BTreeMap<String, Value>,
    /// The next answers, whatever is asked.
    pub faults: Vec<(u16, Value)>,
    /// Whether the customer has paid.
    pub is_paid: bool,
}

/// Stripe, as far as we speak with it.
#[derive(Clone, Default)]
pub struct FarEnd(pub Arc<Mutex<Book>>);

impl FarEnd {
    /// Serve it; answers its address.
    pub async fn serve(&self) -> String {
        let router = Router::new()
            .route("/v1/checkout/sessions", post(act))
            .route("/v1/refunds", post(act))
            .route("/v1/checkout/sessions/{page}/expire", post(act))
            .route("/v1/checkout/sessions/{page}", get(session))
            .with_state(self.clone());
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = format!("http://{}", listener.local_addr().expect("an address"));
        tokio::spawn(async move { axum::serve(listener, router).await });
        address
    }
    pub fn asked(&self) -> Vec<Asked> {
        self.0.lock().expect("unpoisoned").asked.clone()
    }
    pub fn fails_with(&self, status: u16, body: Value) {
        self.0.lock().expect("unpoisoned").faults.push((status, body));
    }
    /// Refunds that were made, in cents.
    pub fn refunds(&self) -> Vec<i64> {
        let book = self.0.lock().expect("unpoisoned");
        book.answered.values().filter_map(|answer| (answer["object"] == "refund").then(|| answer["amount"].as_i64())?).collect()
    }
}

async fn act(State(far): State<FarEnd>, uri: axum::http::Uri, headers: HeaderMap, body: Bytes) -> (StatusCode, axum::Json<Value>) {
    let mut book = far.0.lock().expect("unpoisoned");
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned();
    let fields: BTreeMap<String, String> = form_urlencoded::parse(&body).into_owned().collect();
    let once = text("idempotency-key");
    assert_eq!((text("authorization").as_str(), text("stripe-version").as_str()), ("Bearer sk_test_1", "2023-08-16"));
    book.asked.push((uri.path().to_owned(), once.clone(), fields.clone()));
    let number = book.asked.len();
    let answer = book.answered.entry(once).or_insert_with(|| match uri.path() {
        "/v1/refunds" => json!({ "id": format!("re_{number}"), "object": "refund", "amount": fields["amount"].parse::<i64>().unwrap_or(0), "status": "succeeded" }),
        _ => json!({ "id": format!("cs_{number}"), "object": "checkout.session", "url": format!("https://checkout.stripe.com/c/{number}") }),
    });
    let answer = answer.clone();
    // A fault after the act: the answer is lost, not the deed.
    match book.faults.pop() {
        Some((status, body)) => {
            if status < 500 {
                let _ = book.answered.pop_last();
            }
            (StatusCode::from_u16(status).expect("a status"), axum::Json(body))
        }
        None => (StatusCode::OK, axum::Json(answer)),
    }
}

async fn session(State(far): State<FarEnd>, Path(page): Path<String>) -> axum::Json<Value> {
    let book = far.0.lock().expect("unpoisoned");
    let Some((_, _, fields)) = book.asked.first() else { return axum::Json(json!({})) };
    let intent = json!({ "id": "pi_1", "object": "payment_intent", "status": "succeeded", "amount": 4500, "amount_received": 4500, "currency": "eur",
        "metadata": { "payment": fields["payment_intent_data[metadata][payment]"] } });
    let intent = if book.is_paid { intent } else { Value::Null };
    axum::Json(json!({ "id": page, "object": "checkout.session", "url": null, "payment_intent": intent }))
}

/// A notice of Stripe's, signed as it signs.
pub fn stripe_notice(world: &World, id: &str, kind: &str, object: &Value) -> (String, String) {
    let seconds = kernel::Clock::now(world.clock()).as_micros() / 1_000_000;
    let body = json!({ "id": id, "object": "event", "type": kind, "created": seconds, "data": { "object": object } }).to_string();
    (body.clone(), stripe_signature("whsec_1", seconds, &body))
}

pub fn stripe_signature(secret: &str, seconds: i64, body: &str) -> String {
    use hmac::digest::KeyInit;
    use hmac::{Hmac, Mac};
    let mut mac = Hmac::<sha2::Sha256>::new_from_slice(secret.as_bytes()).expect("any length");
    mac.update(format!("{seconds}.{body}").as_bytes());
    format!("t={seconds},v1={}", hex::encode(mac.finalize().into_bytes()))
}

pub fn intent(of: &Payment, status: &str, minor: i64) -> Value {
    let received = if status == "succeeded" { minor } else { 0 };
    json!({ "id": "pi_1", "object": "payment_intent", "status": status, "amount": minor, "amount_received": received, "currency": "eur",
        "metadata": { "payment": of.id }, "last_payment_error": { "code": "card_declined", "decline_code": "insufficient_funds" } })
}

/// Bring a notice to the door; the status it is answered with, and the words.
pub async fn brings(world: &World, gateway: GatewayId, body: &str, signature: &str) -> (u16, String) {
    use axum::body::{Body, to_bytes};
    use tower::ServiceExt;
    let request = axum::http::Request::post(format!("/gateways/{gateway}"))
        .header("stripe-signature", signature)
        .body(Body::from(body.to_owned()))
        .expect("a request");
    let response = gateways::runtime::notices(world.db().clone()).oneshot(request).await.expect("answered");
    let status = response.status().as_u16();
    (status, String::from_utf8_lossy(&to_bytes(response.into_body(), 1000).await.expect("a body")).into_owned())
}

pub fn run(test: impl Future<Output = ()>) {
    tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().expect("a runtime").block_on(test);
}
