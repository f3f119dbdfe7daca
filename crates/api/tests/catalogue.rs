//! Products, variants, prices, import, search, quote.

mod common;

use common::Api;
use kernel::{Actor, Timestamp};
use serde_json::{Value, json};

fn shirt(api: &Api) -> Value {
    let body = json!({
        "title": {"es": "Camisa de lino", "en": "Linen shirt"}, "status": "active", "category": "Camisas", "options": ["Talla"],
        "variants": [{"sku": "CAM-M", "option_values": ["M"], "barcode": "8400000008037"}, {"sku": "CAM-L", "option_values": ["L"]}],
        "media": [{"source": "picture:shirt/azul"}]
    });
    api.post("/v1/products", body).expect(201)
}

#[test]
fn a_product_is_made_and_seen_by_id_and_handle() {
    let api = Api::new();
    let made = shirt(&api);
    assert_eq!((made["handle"].as_str(), made["version"].as_i64()), (Some("camisa-de-lino"), Some(1)));
    assert_eq!(made["options"], json!([{"name": "Talla", "values": ["M", "L"]}]));
    let by_id = api.get(&format!("/v1/products/{}", made["id"].as_str().expect("an id")));
    assert_eq!((by_id.expect(200), by_id.header("etag")), (made.clone(), "\"1\""));
    assert_eq!(api.get("/v1/products/camisa-de-lino").expect(200), made);
    assert_eq!(api.get("/v1/products/otra").refusal(), (404, "not_found".into()));
    let listed = api.get("/v1/products?text=CAM-L").expect(200);
    assert_eq!(listed["items"][0]["id"], made["id"]);
    let scanned = api.get("/v1/variants?barcode=8400000008037").expect(200);
    assert_eq!(scanned["items"][0]["sku"], "CAM-M");
    assert_eq!(api.get("/v1/variants?barcode=73513537").expect(200)["items"], json!([]));
    assert_eq!(api.get("/v1/variants?barcode=1").refusal(), (422, "catalogue.bad_barcode".into()));
    assert_eq!(api.get("/v1/variants").refusal(), (422, "api.bad_query".into()));
    let categories = api.get("/v1/categories").expect(200);
    assert_eq!(categories["items"], json!([{"key": "camisas", "name": "Camisas", "products": 1}]));
}

#[test]
fn a_change_may_ask_for_the_version_it_saw() {
    let api = Api::new();
    let path = format!("/v1/products/{}", shirt(&api)["id"].as_str().expect("an id"));
    let change = |tag: &str, body: Value| api.send(api.call("PATCH", &path).header("if-match", tag).json(&body));
    let changed = change("\"1\"", json!({"status": "archived"}));
    assert_eq!((changed.expect(200)["status"].as_str(), changed.header("etag")), (Some("archived"), "\"2\""));
    let events = api.events();
    let late = change("\"1\"", json!({"vendor": "Hilo"}));
    assert_eq!(late.refusal(), (412, "catalogue.changed_meanwhile".into()));
    assert_eq!(late.json()["fields"]["version"], 2);
    assert_eq!(change("W/\"2\"", json!({"vendor": "Hilo"})).refusal(), (412, "api.precondition_failed".into()));
    assert_eq!(api.events(), events);
    assert_eq!(change("*", json!({"vendor": "Hilo"})).expect(200)["version"], 3);
    assert_eq!(api.patch("/v1/products/01JZ8Q3V5N6W7X8Y9Z0A1B2C3D", json!({})).refusal(), (404, "catalogue.unknown_product".into()));
}

#[test]
fn variants_are_added_and_changed() {
    let api = Api::new();
    let made = shirt(&api);
    let path = format!("/v1/products/{}/variants", made["id"].as_str().expect("an id"));
    let added = api.post(&path, json!({"sku": "CAM-S", "option_values": ["S"]})).expect(201);
    assert_eq!(added["variants"][2]["sku"], "CAM-S");
    let taken = api.post(&path, json!({"sku": "CAM-M", "option_values": ["XL"]}));
    assert_eq!(taken.refusal(), (409, "catalogue.sku_taken".into()));
    let variant = format!("/v1/variants/{}", added["variants"][2]["id"].as_str().expect("an id"));
    assert_eq!(api.patch(&variant, json!({"is_active": false})).expect(200)["variants"][2]["is_active"], false);
    assert_eq!(api.get(&variant).expect(200)["is_for_sale"], false);
}

#[test]
fn search_forgives_typing_errors() {
    let api = Api::new();
    shirt(&api);
    api.index();
    let found = api.get("/v1/search?text=camsia").expect(200);
    assert_eq!((found["total"].as_u64(), found["is_approximate"].as_bool()), (Some(1), Some(true)));
    assert_eq!(found["items"][0]["handle"], "camisa-de-lino");
    assert_eq!(api.get("/v1/search?text=camisa&category=faldas").expect(200)["items"], json!([]));
}

#[test]
fn a_file_is_seen_before_it_is_imported() {
    let api = Api::new();
    let before = api.events();
    let file = "Handle,Title,Variant SKU,Variant Price\nfalda,Falda,FAL-1,25.00\nmala,,MAL-1,x\n";
    let preview = api.send(api.call("POST", "/v1/product-imports/preview").body("text/csv", file)).expect(200);
    assert_eq!(preview["products"][0]["outcome"], "created");
    assert_eq!(preview["prices"][0]["price"], json!({"amount_minor": 2500, "currency": "EUR"}));
    assert_eq!(preview["problems"][0]["line"], 3);
    let refused = api.send(api.call("POST", "/v1/product-imports/preview").body("application/json", file));
    assert_eq!(refused.refusal(), (415, "api.not_csv".into()));
    assert_eq!(api.events(), before);
    // What has a problem stays out when that is asked for.
    assert_eq!((preview["layout"].as_str(), preview["left_out"].as_u64()), (Some("shopify"), Some(1)));
    let refused = api.send(api.call("POST", "/v1/product-imports").body("text/csv", file));
    assert_eq!(refused.refusal(), (422, "catalogue.import_problems".into()));
    assert_eq!(api.events(), before);
    let done = api.send(api.call("POST", "/v1/product-imports?leave_out=true").body("text/csv", file)).expect(201);
    assert_eq!((&done["state"], &done["created"], &done["left_out"]), (&json!("done"), &json!(1), &json!(1)));
    // And goes back.
    let import = format!("/v1/product-imports/{}", done["id"].as_str().expect("an id"));
    let made = api.get(&format!("{import}/products")).expect(200)["items"][0].clone();
    assert_eq!((&made["line"], &made["outcome"]), (&json!(2), &json!("created")));
    let variant = api.get("/v1/products/falda").expect(200)["variants"][0]["id"].as_str().expect("an id").to_owned();
    let prices = || api.get(&format!("/v1/price-lists/base/prices?variants={variant}")).expect(200)["items"].as_array().map(Vec::len);
    assert_eq!(prices(), Some(1));
    let back = api.post(&format!("{import}/withdrawal"), json!({})).expect(200);
    assert_eq!((&back["state"], &back["taken_back"], &back["kept"]), (&json!("undone"), &json!(1), &json!(0)));
    assert_eq!((&api.get("/v1/products/falda").expect(200)["status"], prices()), (&json!("archived"), Some(0)));
    assert_eq!(api.get(&import).expect(200), back);
    assert_eq!(api.get("/v1/product-imports").expect(200)["items"], json!([back]));
    let again = api.post(&format!("{import}/withdrawal"), json!({}));
    assert_eq!(again.refusal(), (409, "catalogue.import_already_undone".into()));
}

/// One red dot.
const PICTURE: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x02\0\0\0\x90wS\xde\0\0\0\x0cIDATx\x9cc8! \0\0\x02\x8c\0\xe9u_\x84\xc8\0\0\0\0IEND\xaeB`\x82";

#[test]
fn a_picture_is_uploaded_once_for_the_variants_it_shows() {
    let api = Api::new();
    let made = shirt(&api);
    let (id, variant) = (made["id"].as_str().expect("an id"), made["variants"][0]["id"].as_str().expect("an id"));
    let path = format!("/v1/products/{id}/pictures?alt_es=Roja&alt_en=Red&position=1&variants={variant}");
    let send = |bytes: &'static [u8]| api.send(api.call("POST", &path).body("image/png", bytes));
    let before = api.events();
    assert_eq!(send(b"<svg/>").refusal(), (422, "catalogue.not_a_picture".into()));
    assert_eq!(send(&PICTURE[..40]).refusal(), (422, "catalogue.picture_broken".into()));
    assert_eq!(api.events(), before);
    let saved = send(PICTURE).expect(201);
    let media = &saved["media"][0];
    assert!(media["source"].as_str().is_some_and(|source| source.starts_with("upload:")), "{media}");
    assert_eq!((&media["alt"]["es"], &saved["variants"][0]["media"]), (&json!("Roja"), &media["id"]));
    assert_eq!(send(PICTURE).expect(201)["version"], saved["version"], "the same again changes nothing");
    assert_eq!(api.get(&format!("/v1/products/{id}")).expect(200)["media"], saved["media"]);
}

#[test]
fn prices_are_set_and_quoted_with_reasons() {
    let api = Api::new();
    let made = shirt(&api);
    let variant = made["variants"][0]["id"].as_str().expect("an id").to_owned();
    api.write(|tx| {
        let general = (pricing::TaxRegion::Spain, catalogue::TaxCategory::Standard);
        pricing::set_tax_rate(tx, &Actor::system(), general, 2100, Timestamp::from_micros(0)).expect("a rate");
    });
    let list = api.post("/v1/price-lists", json!({"code": "base", "name": "Base", "currency": "EUR"})).expect(201);
    assert_eq!(list["is_tax_included"], true);
    let quote = |quantity: i64| api.post("/v1/quotes", json!({"lines": [{"variant": variant, "quantity": quantity}], "locale": "en"}));
    assert_eq!(quote(1).refusal(), (409, "pricing.no_price".into()));
    let entry = json!({"variant": variant, "price": {"amount_minor": 4990, "currency": "EUR"}, "compare_at": null});
    assert_eq!(api.put("/v1/price-lists/base/prices", json!({"items": [entry]})).expect(200), json!({"changed": 1}));
    assert_eq!(api.put("/v1/price-lists/base/prices", json!({"items": [entry]})).expect(200), json!({"changed": 0}));
    assert_eq!(api.put("/v1/price-lists/otra/prices", json!({"items": [entry]})).refusal(), (404, "pricing.unknown_list".into()));
    assert_eq!(api.get(&format!("/v1/prices?variants={variant}")).expect(200)["items"][0]["list"], "base");
    assert_eq!(api.get(&format!("/v1/price-lists/base/prices?variants={variant}")).expect(200)["items"], json!([entry]));
    let quoted = quote(2).expect(200);
    assert_eq!((quoted["total"]["amount_minor"].as_i64(), quoted["tax"]["amount_minor"].as_i64()), (Some(9980), Some(1732)));
    assert_eq!(quoted["lines"][0]["why"][0], "Price from the list “base”.");
    assert_eq!(quote(0).refusal(), (422, "pricing.bad_quantity".into()));
    assert_eq!(api.delete(&format!("/v1/price-lists/base/prices/{variant}")).status, 204);
    assert_eq!(api.delete(&format!("/v1/price-lists/base/prices/{variant}")).refusal(), (404, "not_found".into()));
}
