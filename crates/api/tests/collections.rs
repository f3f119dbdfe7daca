//! Collections: made, read with their products, changed and given up.

mod common;

use common::Api;
use serde_json::{Value, json};

fn product(api: &Api, title: &str, tags: &[&str]) -> Value {
    api.world.clock().advance(std::time::Duration::from_secs(1));
    let body = json!({"title": {"es": title}, "status": "active", "tags": tags, "variants": [{}]});
    api.post("/v1/products", body).expect(201)["id"].clone()
}

fn titles(api: &Api, path: &str) -> Vec<String> {
    let found = api.get(path).expect(200);
    found["items"].as_array().expect("a list").iter().map(|item| item["title"]["es"].as_str().expect("a title").to_owned()).collect()
}

#[test]
fn a_collection_is_made_read_changed_and_given_up() {
    let api = Api::new();
    let (_, hat) = (product(&api, "Blusa", &["material:lino"]), product(&api, "Gorra", &[]));
    product(&api, "Abanico", &["Material:Lino"]);
    let linen = json!([{"is": "tag", "tag": "material:lino"}]);
    let body = json!({"name": {"es": "Lino", "en": "Linen"}, "order": "title", "conditions": linen, "pinned": [hat]});
    let made = api.post("/v1/collections", body.clone()).expect(201);
    assert_eq!((&made["slug"], &made["state"], &made["size"]), (&json!("lino"), &json!("ready"), &json!(3)));
    assert_eq!((&made["conditions"], &made["pinned"]), (&linen, &json!([hat])));
    assert_eq!(titles(&api, "/v1/collections/lino/products"), ["Gorra", "Abanico", "Blusa"]);
    let page = api.get("/v1/collections/lino/products?limit=2").expect(200);
    let rest = format!("/v1/collections/lino/products?limit=2&cursor={}", page["next_cursor"].as_str().expect("a cursor"));
    assert_eq!(titles(&api, &rest), ["Blusa"]);
    assert_eq!(api.get("/v1/collections").expect(200)["items"][0]["id"], made["id"]);
    assert_eq!(api.post("/v1/collections", body).refusal(), (409, "catalogue.collection_slug_taken".into()));
    let blank = json!({"name": {"es": "X"}, "order": "title", "conditions": [{"is": "tag", "tag": " "}]});
    assert_eq!(api.post("/v1/collections", blank).refusal(), (422, "catalogue.collection_bad_condition".into()));
    let path = format!("/v1/collections/{}", made["id"].as_str().expect("an id"));
    let nobody = json!({"pinned": ["01JZ8Q3V5N6W7X8Y9Z0A1B2C3D"], "slug": "otra"});
    assert_eq!(api.patch(&path, nobody).refusal(), (422, "catalogue.collection_bad_pinned".into()));
    assert_eq!(api.get(&path).expect(200), made, "a refusal changes nothing");
    let changed = api.patch(&path, json!({"pinned": [], "order": "hand"})).expect(200);
    assert_eq!((&changed["conditions"], &changed["size"]), (&linen, &json!(2)));
    assert_eq!(titles(&api, &format!("{path}/products")), ["Blusa", "Abanico"]);
    assert_eq!(api.delete(&path).status, 204);
    assert_eq!(api.get("/v1/collections/lino").refusal(), (404, "not_found".into()));
}
