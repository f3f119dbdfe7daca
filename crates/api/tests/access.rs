//! Walks the contract: every route refuses without a key, with an unknown one, and with a key that may do everything else.
//! A new route cannot be forgotten, because nobody can be told of it without being in the contract.

mod common;

use common::Api;
use kernel::Permission;
use serde_json::Value;

#[test]
fn every_route_asks_who_calls_and_whether_they_may() {
    let api = Api::new();
    let contract: Value = serde_json::from_str(&api::openapi()).expect("JSON");
    let before = api.events();
    let mut walked = 0;
    for (path, item) in contract["paths"].as_object().expect("paths") {
        let path = filled(path);
        for (method, operation) in item.as_object().expect("operations") {
            let method = method.to_uppercase();
            let nobody = api.send(Api::call_as(None, &method, &path));
            assert_eq!(nobody.refusal(), (401, "api.unknown_key".into()), "{method} {path}");
            assert_eq!(nobody.header("www-authenticate"), "Bearer realm=\"hilo\"");
            let stranger = api.send(Api::call_as(Some("hilo_0000"), &method, &path));
            assert_eq!(stranger.refusal(), (401, "api.unknown_key".into()), "{method} {path}");
            let needed: Permission = operation["x-permission"].as_str().expect("a permission").parse().expect("a known one");
            let others: Vec<_> = Permission::ALL.iter().copied().filter(|p| *p != needed).collect();
            let answer = api.send(Api::call_as(Some(&api.key_with(&others)), &method, &path));
            assert_eq!(answer.refusal(), (403, "denied".into()), "{method} {path}");
            assert_eq!(answer.json()["fields"]["permission"], needed.as_str());
            let alone = api.send(Api::call_as(Some(&api.key_with(&[needed])), &method, &path));
            assert_ne!(alone.status, 401, "{method} {path}");
            assert_ne!(alone.refusal_or_success(), "denied", "{method} {path} needs more than it says");
            walked += 1;
        }
    }
    assert!(walked > 40, "{walked}");
    assert_eq!(api.events() - before, 2 * walked, "only the keys of this test were made");
}

/// An id in place of each name.
fn filled(path: &str) -> String {
    path.split('/').map(|part| if part.starts_with('{') { "01JZ8Q3V5N6W7X8Y9Z0A1B2C3D" } else { part }).collect::<Vec<_>>().join("/")
}

#[test]
fn a_withdrawn_key_opens_nothing() {
    let api = Api::new();
    let made = api.post("/v1/api-keys", serde_json::json!({"name": "once", "permissions": ["catalogue.view"]})).expect(201);
    let secret = made["secret"].as_str().expect("told once").to_owned();
    assert_eq!(api.send(Api::call_as(Some(&secret), "GET", "/v1/products")).status, 200);
    let id = made["id"].as_str().expect("an id");
    assert_eq!(api.delete(&format!("/v1/api-keys/{id}")).status, 204);
    assert_eq!(api.send(Api::call_as(Some(&secret), "GET", "/v1/products")).refusal(), (401, "api.unknown_key".into()));
}

#[test]
fn a_key_cannot_withdraw_itself() {
    let api = Api::new();
    let keys = api.get("/v1/api-keys").expect(200);
    let own = keys["items"][0]["id"].as_str().expect("an id").to_owned();
    assert_eq!(api.delete(&format!("/v1/api-keys/{own}")).refusal(), (409, "access.own_key".into()));
    assert_eq!(api.get("/v1/api-keys").expect(200), keys);
}

#[test]
fn a_key_cannot_give_more_than_it_has() {
    let api = Api::new();
    let small = api.key_with(&[Permission::ManageApiKeys]);
    let before = api.events();
    let body = serde_json::json!({"name": "more", "permissions": ["staff.manage"]});
    let answer = api.send(Api::call_as(Some(&small), "POST", "/v1/api-keys").json(&body));
    assert_eq!(answer.refusal(), (403, "denied".into()));
    assert_eq!(api.events(), before);
}
