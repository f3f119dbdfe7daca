//! One key, one effect, one answer.

mod common;

use common::Api;
use serde_json::{Value, json};
use std::time::Duration;

fn product(title: &str) -> Value {
    json!({"title": {"es": title}})
}

#[test]
fn a_repeated_request_is_answered_as_the_first_time() {
    let api = Api::new();
    let send = |key: &str, body: &Value| api.send(api.call("POST", "/v1/products").once(key).json(body));
    let first = send("k1", &product("Camisa"));
    assert_eq!((first.status.as_u16(), first.header("idempotency-replayed")), (201, ""));
    let events = api.events();
    let again = send("k1", &product("Camisa"));
    assert_eq!((again.status.as_u16(), again.header("idempotency-replayed")), (201, "true"));
    assert_eq!(again.text, first.text);
    assert_eq!(send("k1", &product("Falda")).refusal(), (422, "api.idempotency_key_reused".into()));
    assert_eq!(api.send(api.call("POST", "/v1/quotes").once("k1").json(&json!({"lines": []}))).status, 200, "a question keeps nothing");
    assert_eq!(api.events(), events);
    assert_eq!(send("k2", &product("Camisa")).refusal(), (409, "catalogue.handle_taken".into()));
    assert_eq!(send(&"k".repeat(256), &product("Falda")).refusal(), (422, "api.bad_idempotency_key".into()));
    api.world.clock().advance(Duration::from_secs(24 * 3600 + 1));
    assert_eq!(send("k1", &product("Falda")).status, 201, "after a day the key is free again");
}

#[test]
fn a_refusal_is_not_kept() {
    let api = Api::new();
    let send = |body: &Value| api.send(api.call("POST", "/v1/products").once("k").json(body));
    assert_eq!(send(&product("")).refusal(), (422, "catalogue.invalid".into()));
    assert_eq!(send(&product("Camisa")).status, 201, "nothing happened under this key yet");
}

#[test]
fn keys_of_two_callers_are_strangers() {
    let api = Api::new();
    let other = api.key_with(kernel::Permission::ALL);
    assert_eq!(api.send(api.call("POST", "/v1/products").once("k").json(&product("Camisa"))).status, 201);
    assert_eq!(api.send(Api::call_as(Some(&other), "POST", "/v1/products").once("k").json(&product("Falda"))).status, 201);
}

#[test]
fn of_many_at_once_one_acts_and_all_hear_of_it() {
    let api = Api::new();
    let before = api.events();
    let calls = (0..16).map(|_| api.call("POST", "/v1/products").once("together").json(&product("Camisa"))).collect();
    let answers = api.send_together(calls);
    assert!(answers.iter().all(|answer| answer.status == 201 && answer.text == answers[0].text));
    assert_eq!(answers.iter().filter(|answer| answer.header("idempotency-replayed").is_empty()).count(), 1);
    assert_eq!(api.events() - before, 1);
}

#[test]
fn a_secret_is_told_once() {
    let api = Api::new();
    let body = json!({"name": "till", "permissions": ["orders.sell"]});
    let send = || api.send(api.call("POST", "/v1/api-keys").once("k").json(&body)).expect(201);
    let (first, again) = (send(), send());
    assert!(first["secret"].as_str().is_some_and(|secret| secret.starts_with("hilo_")));
    assert_eq!(again["secret"], Value::Null);
    assert_eq!(first["id"], again["id"]);
}
