//! Companies and their buyers; segments and their members.

mod common;

use common::Api;
use serde_json::{Value, json};

fn profile(api: &Api, email: &str) -> Value {
    api.post("/v1/profiles", json!({"identifiers": [{"kind": "email", "value": email}], "verified": true})).expect(200)
}
fn id(value: &Value) -> &str {
    value.as_str().expect("an id")
}

#[test]
fn a_company_has_terms_and_buyers() {
    let api = Api::new();
    let terms = json!({"payment_days": 30, "price_list": "mayoristas", "credit_limit": {"amount_minor": 500_000, "currency": "EUR"}});
    let body = json!({"name": "Hotel Alfonso", "tax_id": "B-58378431", "terms": terms});
    let company = api.post("/v1/companies", body.clone()).expect(201);
    assert_eq!((&company["tax_id"], &company["terms"]), (&json!("ESB58378431"), &terms));
    assert_eq!(api.post("/v1/companies", body).refusal(), (409, "customers.taken_tax_id".into()));
    let wrong = json!({"name": "X", "tax_id": "B58378432"});
    assert_eq!(api.post("/v1/companies", wrong).refusal(), (422, "customers.invalid_tax_id".into()));
    let path = format!("/v1/companies/{}", id(&company["id"]));
    assert_eq!(api.patch(&path, json!({"name": "Hotel Alfonso XIII"})).expect(200)["terms"], terms, "what is not given stays");
    let ana = profile(&api, "ana@example.com");
    let buyer = format!("{path}/buyers/{}", id(&ana["profile"]));
    assert_eq!(api.put(&buyer, json!({"role": "admin"})).status, 204);
    let buyers = api.get(&format!("{path}/buyers")).expect(200);
    assert_eq!((&buyers["items"][0]["role"], &buyers["items"][0]["customer"]["id"]), (&json!("admin"), &ana["person"]));
    assert_eq!(api.get(&format!("{path}/orders")).expect(200)["items"], json!([]));
    assert_eq!(api.get("/v1/companies?text=hotel").expect(200)["items"][0]["id"], company["id"]);
    assert_eq!(api.delete(&buyer).status, 204);
    assert_eq!(api.get(&format!("{path}/buyers")).expect(200)["items"], json!([]));
    let nobody = "/v1/companies/01JZ8Q3V5N6W7X8Y9Z0A1B2C3D";
    assert_eq!(api.get(&format!("{nobody}/orders")).refusal(), (404, "not_found".into()));
}

#[test]
fn a_segment_is_made_counted_and_given_up() {
    let api = Api::new();
    let ana = profile(&api, "ana@example.com");
    profile(&api, "luis@example.com");
    let english = json!({"is": "language", "locale": "en"});
    api.patch(&format!("/v1/profiles/{}", id(&ana["profile"])), json!({"locale": "en"})).expect(200);
    let counted = api.post("/v1/segments/counts", json!({"condition": english})).expect(200);
    assert_eq!(counted, json!({"inside": 1, "looked_at": 2, "is_everybody": true}));
    let segment = api.post("/v1/segments", json!({"name": "English", "condition": english})).expect(201);
    assert_eq!((&segment["state"], &segment["condition"]), (&json!("building"), &english));
    api.world.run_reactions(customers::REACTIONS);
    api.world.run_timers(customers::TIMERS);
    let path = format!("/v1/segments/{}", id(&segment["id"]));
    let ready = api.get(&path).expect(200);
    assert_eq!((&ready["state"], &ready["size"]), (&json!("ready"), &json!(1)));
    let members = api.get(&format!("{path}/members")).expect(200);
    assert_eq!(members["items"][0]["customer"]["id"], ana["person"]);
    assert_eq!(api.post("/v1/segments", json!({"name": " ENGLISH", "condition": english})).refusal(), (409, "customers.taken_name".into()));
    for wrong in [json!({"is": "colour"}), json!({"is": "happened", "kind": "order.placed", "bound": "at_least", "times": 0}), json!(3)] {
        let body = json!({"name": "X", "condition": wrong});
        assert_eq!(api.post("/v1/segments", body).refusal(), (422, "customers.invalid_condition".into()));
    }
    assert_eq!(api.patch(&path, json!({"name": "In English"})).expect(200)["name"], "In English");
    assert_eq!(api.delete(&path).status, 204);
    assert_eq!(api.delete(&path).refusal(), (404, "not_found".into()));
    assert_eq!(api.get("/v1/segments").expect(200)["items"], json!([]));
}
