//! People: recognised, joined, separated, undone.

mod common;

use common::Api;
use serde_json::{Value, json};
use std::time::Duration;

fn profile(api: &Api, email: &str, name: &str) -> Value {
    let body = json!({"identifiers": [{"kind": "email", "value": email}], "name": name, "verified": true});
    api.post("/v1/profiles", body).expect(200)
}

fn id(value: &Value) -> &str {
    value.as_str().expect("an id")
}

#[test]
fn a_person_is_found_by_what_is_known_of_them() {
    let api = Api::new();
    let ana = profile(&api, "Ana@Example.com", "Ana Ruiz");
    assert_eq!(ana["is_new"], true);
    assert_eq!(profile(&api, "ana@example.com", "Ana")["profile"], ana["profile"]);
    let found = api.get("/v1/customers?text=ruiz").expect(200);
    assert_eq!(found["items"][0]["name"], "Ana Ruiz");
    assert_eq!(found["items"][0]["email"], "Ana@Example.com");
    let person = api.get(&format!("/v1/customers/{}", id(&ana["person"]))).expect(200);
    assert_eq!(person["identifiers"][0]["value"], "ana@example.com");
    let timeline = api.get(&format!("/v1/customers/{}/timeline?limit=1", id(&ana["person"]))).expect(200);
    let next = timeline["next_cursor"].as_str().expect("there is more");
    let rest = api.get(&format!("/v1/customers/{}/timeline?cursor={next}", id(&ana["person"]))).expect(200);
    let kinds = [&timeline["items"][0]["kind"], &rest["items"][0]["kind"]];
    assert!(kinds.contains(&&json!("customer.created")), "{kinds:?}");
    let before = api.events();
    let wrong = api.post("/v1/profiles", json!({"identifiers": [{"kind": "phone", "value": "x"}]}));
    assert_eq!(wrong.refusal(), (422, "customers.invalid_identifier".into()));
    assert_eq!(api.get("/v1/customers/01JZ8Q3V5N6W7X8Y9Z0A1B2C3D").refusal(), (404, "not_found".into()));
    assert_eq!(api.events(), before);
}

#[test]
fn a_join_and_a_separation_are_claims_that_can_be_undone() {
    let api = Api::new();
    let a = profile(&api, "ana@example.com", "Ana Ruiz");
    api.world.clock().advance(Duration::from_secs(1));
    let b = profile(&api, "ana.ruiz@example.org", "Ana");
    let pair = json!({"profile_a": a["profile"], "profile_b": b["profile"], "reason": "she said so"});
    let joined = api.post("/v1/customers/joins", pair.clone()).expect(201);
    assert_eq!(joined["person"], a["person"], "the older one gives its name");
    assert_eq!(api.get(&format!("/v1/customers/{}", id(&b["person"]))).expect(200)["id"], a["person"], "an old id leads on");
    let separated = api.post("/v1/customers/separations", pair.clone()).expect(201);
    assert_eq!((&separated["person_a"], &separated["person_b"]), (&a["person"], &b["person"]));
    assert_eq!(separated["set_aside"], json!([joined["claim"]]));
    let again = json!({"profile_a": a["profile"], "profile_b": b["profile"], "reason": "no, really"});
    let kept = api.post("/v1/customers/joins", again);
    assert_eq!(kept.refusal(), (409, "customers.kept_apart".into()));
    assert_eq!(api.delete(&format!("/v1/customers/claims/{}", id(&separated["claim"]))).status, 204);
    assert_eq!(api.get(&format!("/v1/customers/{}", id(&b["person"]))).expect(200)["id"], a["person"]);
    let claims = api.get(&format!("/v1/customers/{}/claims", id(&a["person"]))).expect(200);
    assert_eq!(claims["items"].as_array().map(Vec::len), Some(2));
    assert_eq!(api.delete("/v1/customers/claims/01JZ8Q3V5N6W7X8Y9Z0A1B2C3D").refusal(), (404, "customers.unknown_claim".into()));
}

#[test]
fn a_profile_is_changed_and_consents_are_kept() {
    let api = Api::new();
    let ana = profile(&api, "ana@example.com", "Ana");
    let path = format!("/v1/profiles/{}", id(&ana["profile"]));
    assert_eq!(api.patch(&path, json!({"given_name": "Ana", "postcode": "28013"})).expect(200)["postcode"], "28013");
    assert_eq!(api.patch(&path, json!({"postcode": "x".repeat(17)})).refusal(), (422, "customers.too_long".into()));
    assert_eq!(api.get(&path).expect(200)["postcode"], "28013");
    let added = api.post(&format!("{path}/identifiers"), json!({"kind": "phone", "value": "612 34 56 78"})).expect(200);
    assert_eq!(added, json!({"outcome": "added", "person": null}));
    let consent = json!({"purpose": "marketing", "channel": "email", "state": "granted", "evidence": "asked"});
    assert_eq!(api.put(&format!("{path}/consent"), consent).expect(200)["state"], "granted");
    let person = api.get(&format!("/v1/customers/{}", id(&ana["person"]))).expect(200);
    assert_eq!(person["consents"][0]["purpose"], "marketing");
    assert_eq!(person["identifiers"][1]["value"], "+34612345678");
}
