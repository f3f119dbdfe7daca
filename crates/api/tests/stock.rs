//! Places and stock.

mod common;

use common::Api;
use serde_json::{Value, json};

fn place(api: &Api, code: &str, latitude: f64) -> String {
    let body = json!({"code": code, "name": code, "kind": "shop", "address": "Calle 1", "postcode": "28013", "city": "Madrid", "country": "ES",
        "latitude": latitude, "longitude": -3.7, "time_zone": "Europe/Madrid", "collects": true, "ships": true,
        "hours": {"week": {"mon": ["10:00-20:30"]}}});
    api.post("/v1/locations", body).expect(201)["id"].as_str().expect("an id").to_owned()
}

fn variant(api: &Api) -> String {
    let made = api.post("/v1/products", json!({"title": {"es": "Camisa"}, "status": "active", "variants": [{"sku": "CAM"}]})).expect(201);
    made["variants"][0]["id"].as_str().expect("an id").to_owned()
}

#[test]
fn a_place_is_made_replaced_and_found() {
    let api = Api::new();
    let id = place(&api, "MAD-1", 40.42);
    let mut seen = api.get("/v1/locations/MAD-1").expect(200);
    assert_eq!((&seen["id"], &seen["is_open"]), (&json!(id), &json!(true)), "it is Monday, 10:00 in Madrid");
    assert_eq!(api.get(&format!("/v1/locations/{id}")).expect(200), seen);
    let before = api.events();
    let taken = json!({"code": "MAD-1", "name": "x", "kind": "shop", "address": "", "postcode": "", "city": "", "country": "ES",
        "latitude": 0, "longitude": 0, "time_zone": "Europe/Madrid", "collects": true, "ships": false});
    assert_eq!(api.post("/v1/locations", taken).refusal(), (409, "inventory.code_taken".into()));
    assert_eq!(api.events(), before);
    for name in ["id", "is_open", "next_opening"] {
        seen.as_object_mut().expect("an object").remove(name);
    }
    seen["name"] = json!("Gran Vía");
    assert_eq!(api.put(&format!("/v1/locations/{id}"), seen.clone()).expect(200)["name"], "Gran Vía");
    seen["latitude"] = json!(91);
    assert_eq!(api.put(&format!("/v1/locations/{id}"), seen).refusal(), (422, "inventory.invalid_location".into()));
    place(&api, "MAD-2", 40.43);
    let near = api.get("/v1/locations/nearest?latitude=40.43&longitude=-3.7&limit=1").expect(200);
    assert_eq!(near["items"][0]["location"]["code"], "MAD-2");
    let near = api.get("/v1/locations/nearest?postcode=28004").expect(200);
    let codes: Vec<_> = near["items"].as_array().expect("a list").iter().map(|near| near["location"]["code"].clone()).collect();
    assert_eq!(codes, ["MAD-1", "MAD-2"]);
    for bad in [
        "latitude=99&longitude=0",
        "latitude=40",
        "postcode=99999",
        "",
        "postcode=28004&latitude=40&longitude=-3",
        "postcode=28004&limit=101",
    ] {
        assert_eq!(api.get(&format!("/v1/locations/nearest?{bad}")).refusal(), (422, "api.bad_query".into()), "{bad}");
    }
}

#[test]
fn stock_comes_moves_and_is_counted() {
    let api = Api::new();
    let (shop, store, variant) = (place(&api, "MAD-1", 40.42), place(&api, "MAD-2", 40.43), variant(&api));
    let receipt = json!({"variant": variant, "location": shop, "quantity": 10});
    let send = || api.send(api.call("POST", "/v1/stock-receipts").once("delivery-1").json(&receipt)).expect(201);
    assert_eq!((send()["on_hand"].as_i64(), send()["on_hand"].as_i64()), (Some(10), Some(10)), "received once");
    let adjust = |change: i64| {
        api.post("/v1/stock-adjustments", json!({"variant": variant, "location": shop, "change": change, "reason": "damaged"}))
    };
    assert_eq!(adjust(-1).expect(201)["available"], 9);
    let before = api.events();
    let too_few = adjust(-10);
    assert_eq!((too_few.refusal(), &too_few.json()["fields"]["free"]), ((409, "inventory.too_few".into()), &json!(9)));
    assert_eq!(adjust(0).refusal(), (422, "inventory.invalid_quantity".into()));
    let strange = json!({"variant": "01JZ8Q3V5N6W7X8Y9Z0A1B2C3D", "location": shop, "quantity": 1});
    assert_eq!(api.post("/v1/stock-receipts", strange).refusal(), (404, "catalogue.unknown_variant".into()));
    assert_eq!(api.events(), before);
    let sent =
        api.post("/v1/stock-transfers", json!({"variant": variant, "origin": shop, "destination": store, "quantity": 4})).expect(201);
    let under_way = api.get(&format!("/v1/locations/{store}/transfers")).expect(200);
    assert_eq!(under_way["items"][0]["id"], sent["id"]);
    let arrival = format!("/v1/stock-transfers/{}/arrival", sent["id"].as_str().expect("an id"));
    assert_eq!(api.post(&arrival, json!({"quantity": 3})).expect(200), json!({"arrived": 3}));
    assert_eq!(api.post("/v1/stock-counts", json!({"variant": variant, "location": shop, "counted": 6})).expect(201)["on_hand"], 6);
    let kept = api.put(&format!("/v1/variants/{variant}/safety-stock"), json!({"location": shop, "quantity": 2})).expect(200);
    assert_eq!(kept["available"], 4);
    let levels = api.get(&format!("/v1/variants/{variant}/stock")).expect(200);
    let seen: Vec<(&Value, &Value)> = levels["items"].as_array().expect("items").iter().map(|l| (&l["code"], &l["available"])).collect();
    assert_eq!(seen, [(&json!("MAD-1"), &json!(4)), (&json!("MAD-2"), &json!(3))]);
}

#[test]
fn what_suppliers_bring_is_expected_moved_and_received() {
    let api = Api::new();
    let (shop, variant) = (place(&api, "MAD-1", 40.42), variant(&api));
    let body =
        json!({"variant": variant, "location": shop, "quantity": 10, "expected": "2026-12-01", "reference": "PO-7", "supplier": "Norte"});
    let send = || api.send(api.call("POST", "/v1/supplies").once("po-7").json(&body)).expect(201);
    let supply = send();
    assert_eq!((&send()["id"], &supply["state"], &supply["arrived"]), (&supply["id"], &json!("expected"), &json!(0)));
    let before = api.events();
    let mut strange = body.clone();
    strange["expected"] = json!("soon");
    assert_eq!(api.post("/v1/supplies", strange).refusal().0, 422);
    let mut none = body.clone();
    none["quantity"] = json!(0);
    assert_eq!(api.post("/v1/supplies", none).refusal(), (422, "inventory.invalid_quantity".into()));
    let mut long = body.clone();
    long["supplier"] = json!("x".repeat(81));
    assert_eq!(api.post("/v1/supplies", long).refusal(), (422, "inventory.too_long".into()));
    assert_eq!(api.events(), before);
    let incoming = format!("/v1/variants/{variant}/incoming");
    assert_eq!(api.get(&incoming).expect(200)["items"], json!([]), "it is not sold ahead");
    let policy = format!("/v1/variants/{variant}/stock-policy");
    assert_eq!(api.put(&policy, json!({"policy": "preorder"})).expect(200), json!({"policy": "preorder"}));
    let expected = json!([{"location": shop, "policy": "preorder", "free": 10, "expected": "2026-12-01"}]);
    assert_eq!(api.get(&incoming).expect(200)["items"], expected);
    let path = format!("/v1/supplies/{}", supply["id"].as_str().expect("an id"));
    let changed = api.patch(&path, json!({"expected": "2026-12-09", "quantity": 6})).expect(200);
    assert_eq!((&changed["expected"], &changed["quantity"]), (&json!("2026-12-09"), &json!(6)));
    let came = api.post(&format!("{path}/receipts"), json!({"quantity": 4})).expect(201);
    assert_eq!((&came["arrived"], &came["state"]), (&json!(4), &json!("expected")));
    assert_eq!(api.get("/v1/supplies").expect(200)["items"][0]["id"], supply["id"]);
    assert_eq!(api.patch(&path, json!({"quantity": 3})).refusal(), (422, "inventory.invalid_quantity".into()));
    assert_eq!(api.patch(&path, json!({"quantity": 4})).expect(200)["state"], "arrived");
    assert_eq!(api.get(&format!("/v1/supplies?location={shop}")).expect(200)["items"], json!([]));
    assert_eq!(api.post(&format!("{path}/receipts"), json!({"quantity": 1})).refusal(), (404, "inventory.unknown_supply".into()));
    let stock = api.get(&format!("/v1/variants/{variant}/stock")).expect(200);
    assert_eq!(stock["items"][0]["available"], 4);
}

#[test]
fn days_off_picking_times_and_weights_are_written_and_seen() {
    let api = Api::new();
    let days = json!({"days_off": [{"date": "2026-12-25", "name": "Navidad"}], "picking_minutes": 90, "picking_in": {"MAD-1": 30}});
    assert_eq!(api.get("/v1/delivery-days").expect(200), json!({"days_off": [], "picking_minutes": 120, "picking_in": {}}));
    assert_eq!(api.put("/v1/delivery-days", days.clone()).expect(200), days);
    let before = api.events();
    assert_eq!(api.put("/v1/delivery-days", days.clone()).expect(200), days, "the same again is no change");
    let twice = json!({"days_off": [{"date": "2026-12-25"}, {"date": "2026-12-25"}], "picking_minutes": 90});
    assert_eq!(api.put("/v1/delivery-days", twice).refusal(), (422, "api.bad_json".into()));
    let slow = json!({"days_off": [], "picking_minutes": 10_081});
    assert_eq!(api.put("/v1/delivery-days", slow).refusal(), (422, "pricing.invalid".into()));
    assert_eq!(api.events(), before);
    assert_eq!(api.get("/v1/delivery-days").expect(200), days);
    let mut weights = api.get("/v1/sourcing-weights").expect(200);
    weights["kept"] = json!(3);
    assert_eq!(api.put("/v1/sourcing-weights", weights.clone()).expect(200), weights);
    let mut odd = weights.clone();
    odd["parcel"] = json!(-1);
    assert_eq!(api.put("/v1/sourcing-weights", odd).refusal(), (422, "pricing.invalid".into()));
    assert_eq!(api.get("/v1/sourcing-weights").expect(200), weights);
}
