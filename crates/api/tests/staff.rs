//! Staff, audit, health, channels.

mod common;

use common::Api;
use serde_json::{Value, json};

fn lucia() -> Value {
    json!({"email": "Lucia@Example.com", "name": "Lucía Vidal", "password": "una frase corta", "roles": ["administrator"]})
}

#[test]
fn somebody_is_added_changed_and_kept() {
    let api = Api::new();
    let made = api.post("/v1/staff", lucia()).expect(201);
    assert_eq!(
        (made["email"].as_str(), made["locale"].as_str(), made["active"].as_bool()),
        (Some("lucia@example.com"), Some("es"), Some(true))
    );
    assert!(made.get("password").is_none());
    let path = format!("/v1/staff/{}", made["id"].as_str().expect("an id"));
    let before = api.events();
    assert_eq!(api.post("/v1/staff", lucia()).refusal(), (409, "access.email_taken".into()));
    assert_eq!(api.patch(&path, json!({"active": false})).refusal(), (409, "access.last_administrator".into()));
    assert_eq!(api.patch(&path, json!({"password": "corta"})).refusal(), (422, "access.password_too_short".into()));
    assert_eq!((api.events(), api.get(&path).expect(200)), (before, made));
    assert_eq!(api.patch(&path, json!({"roles": ["administrator", "agent"]})).expect(200)["roles"], json!(["administrator", "agent"]));
}

#[test]
fn whoever_did_it_is_on_the_audit_trail() {
    let api = Api::new();
    let made = api.post("/v1/staff", lucia()).expect(201);
    let id = made["id"].as_str().expect("an id");
    let about = api.get(&format!("/v1/audit?subject={id}")).expect(200);
    assert_eq!(about["items"][0]["kind"], "staff.created");
    let actor = about["items"][0]["actor"].as_str().expect("an actor");
    assert!(actor.starts_with("api_key:"), "{actor}");
    assert_eq!(api.get(&format!("/v1/audit?actor={actor}")).expect(200)["items"], about["items"]);
    assert_eq!(api.get("/v1/audit").refusal(), (422, "api.bad_query".into()));
}

#[test]
fn health_and_channels_are_told() {
    let api = Api::new();
    assert_eq!(api.get("/v1/health").expect(200), json!({"database": "sqlite", "parked_events": 0, "resting_timers": 0}));
    assert_eq!(api.get("/v1/channels").expect(200), json!({"items": [], "next_cursor": null}));
}
