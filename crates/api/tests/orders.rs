//! From cart to money back, by program.

mod common;

use common::Api;
use kernel::{Actor, Permission, Timestamp};
use serde_json::{Value, json};

struct Shop {
    api: Api,
    place: String,
    variant: String,
}

/// A shop with five shirts at 49,90 €.
fn shop() -> Shop {
    let api = Api::new();
    api.write(|tx| {
        let general = (pricing::TaxRegion::Spain, catalogue::TaxCategory::Standard);
        pricing::set_tax_rate(tx, &Actor::system(), general, 2100, Timestamp::from_micros(0)).expect("a rate");
    });
    let place = json!({"code": "MAD-1", "name": "Gran Vía", "kind": "shop", "address": "Gran Vía 1", "postcode": "28013", "city": "Madrid",
        "country": "ES", "latitude": 40.42, "longitude": -3.7, "time_zone": "Europe/Madrid", "collects": true, "ships": true});
    let place = id(&api.post("/v1/locations", place).expect(201)["id"]);
    let shirt = json!({"title": {"es": "Camisa"}, "status": "active", "variants": [{"sku": "CAM"}]});
    let variant = id(&api.post("/v1/products", shirt).expect(201)["variants"][0]["id"]);
    api.post("/v1/price-lists", json!({"code": "base", "name": "Base", "currency": "EUR"})).expect(201);
    let price = json!({"items": [{"variant": variant, "price": {"amount_minor": 4990, "currency": "EUR"}}]});
    api.put("/v1/price-lists/base/prices", price).expect(200);
    api.post("/v1/stock-receipts", json!({"variant": variant, "location": place, "quantity": 5})).expect(201);
    Shop { api, place, variant }
}

fn id(value: &Value) -> String {
    value.as_str().expect("an id").to_owned()
}

impl Shop {
    /// An order to collect, paid in cash.
    fn collect(&self, quantity: i64) -> Value {
        json!({"lines": [{"variant": self.variant, "quantity": quantity, "way": {"kind": "collect", "location": self.place}}],
            "contact": {"name": "Ana Ruiz", "email": "ana@example.com"},
            "payment": {"kind": "counter", "tenders": [{"method": "cash", "amount": {"amount_minor": 4990 * quantity, "currency": "EUR"}}]}})
    }
    fn on_hand(&self) -> (i64, i64) {
        let levels = self.api.get(&format!("/v1/variants/{}/stock", self.variant)).expect(200);
        let level = &levels["items"][0];
        (level["on_hand"].as_i64().expect("a count"), level["reserved"].as_i64().expect("a count"))
    }
}

#[test]
fn a_cart_is_filled_changed_shared_and_given_up() {
    let Shop { api, place, variant } = shop();
    let cart = api.post("/v1/carts", json!({"guest": "kiosk-3"})).expect(200);
    assert_eq!(api.post("/v1/carts", json!({"guest": "kiosk-3"})).expect(200)["id"], cart["id"], "there is one");
    assert_eq!(api.post("/v1/carts", json!({})).refusal(), (422, "api.bad_owner".into()));
    let path = format!("/v1/carts/{}", id(&cart["id"]));
    let line = json!({"variant": variant, "quantity": 2, "way": {"kind": "collect", "location": place}});
    let filled = api.post(&format!("{path}/lines"), line).expect(200);
    assert_eq!((&filled["lines"][0]["quantity"], &filled["lines"][0]["way"]["kind"]), (&json!(2), &json!("collect")));
    let one = format!("{path}/lines/{}", id(&filled["lines"][0]["id"]));
    let change = |tag: &str| api.send(api.call("PATCH", &one).header("if-match", tag).json(&json!({"quantity": 3})));
    assert_eq!(change("\"1\"").refusal(), (412, "orders.cart_changed".into()));
    assert_eq!(change("\"2\"").expect(200)["lines"][0]["quantity"], 3);
    let code = id(&api.post(&format!("{path}/code"), json!({})).expect(200)["code"]);
    assert_eq!(api.get(&format!("/v1/carts?code={code}")).expect(200)["items"][0]["id"], cart["id"]);
    assert_eq!(api.delete(&one).expect(200)["lines"], json!([]));
    assert_eq!(api.delete(&path).status, 204);
    assert_eq!(api.delete(&path).refusal(), (409, "orders.cart_closed".into()));
    assert_eq!(api.get(&path).expect(200)["state"], "abandoned");
}

#[test]
fn an_order_is_placed_once_collected_and_returned() {
    let shop = shop();
    let api = &shop.api;
    let body = shop.collect(2);
    let send = || api.send(api.call("POST", "/v1/orders").once("o1").json(&body));
    let (first, again) = (send(), send());
    let placed = first.expect(201);
    assert_eq!(again.expect(201), placed);
    let order = &placed["order"];
    assert_eq!((&order["state"], &order["payment_state"]), (&json!("paid"), &json!("paid")));
    assert_eq!((&order["total"]["amount_minor"], &order["tax"]["amount_minor"]), (&json!(9980), &json!(1732)));
    assert_eq!((order["channel"].as_str(), shop.on_hand()), (Some("api"), (5, 2)));
    let path = format!("/v1/orders/{}", id(&order["id"]));
    assert_eq!(api.get(&path).expect(200)["number"], order["number"]);
    assert_eq!(api.get(&format!("/v1/orders/{}", id(&order["number"]))).expect(200)["id"], order["id"]);
    assert_eq!(api.get("/v1/orders?text=ana@example.com").expect(200)["items"][0]["id"], order["id"]);
    assert_eq!(api.get("/v1/orders?state=paid").expect(200)["items"][0]["id"], order["id"]);
    let nobody = "01JZ8Q3V5N6W7X8Y9Z0A1B2C3D";
    assert_eq!(api.get(&format!("/v1/orders?customer={nobody}")).expect(200)["items"], json!([]));
    let person = api.get("/v1/customers?text=ana@example.com").expect(200)["items"][0]["id"].clone();
    assert_eq!(api.get(&format!("/v1/orders?customer={}", id(&person))).expect(200)["items"][0]["id"], order["id"]);
    assert_eq!(api.get("/v1/orders").expect(200)["items"].as_array().map(Vec::len), Some(1));
    assert_eq!(api.get(&format!("{path}/payments")).expect(200)["items"][0]["method"], "cash");

    let part = &order["fulfilments"][0];
    let tasks = format!("/v1/locations/{}/fulfilments", shop.place);
    assert_eq!(api.get(&tasks).expect(200)["items"][0]["fulfilment"]["id"], part["id"]);
    let collect = format!("/v1/locations/{}/collections", shop.place);
    let code = json!({"code": part["code"]});
    assert_eq!(api.post(&collect, code.clone()).refusal(), (409, "orders.not_ready".into()));
    let state = format!("/v1/fulfilments/{}/state", id(&part["id"]));
    assert_eq!(api.put(&state, json!({"state": "ready"})).expect(200)["state"], "ready");
    assert_eq!(api.put(&state, json!({"state": "shipped"})).refusal(), (409, "orders.fulfilment_state".into()));
    assert_eq!(api.post(&collect, code.clone()).expect(200)["state"], "collected");
    assert_eq!(api.post(&collect, code).refusal(), (409, "orders.already_collected".into()));
    assert_eq!(shop.on_hand(), (3, 0));
    assert_eq!(api.post(&format!("{path}/cancellation"), json!({})).refusal(), (409, "orders.too_late_to_cancel".into()));

    let line = json!({"line": order["lines"][0]["id"], "quantity": 1});
    let goods = json!({"order": order["id"], "lines": [line], "reason": "pequeña", "location": shop.place});
    let returned = api.post("/v1/returns", goods).expect(201);
    assert_eq!((&returned["state"], &returned["refund"]["amount_minor"]), (&json!("refunded"), &json!(4990)));
    assert_eq!(shop.on_hand(), (4, 0));
    assert_eq!(api.get(&format!("{path}/refunds")).expect(200)["items"][0]["amount"]["amount_minor"], 4990);
    assert_eq!(api.get(&format!("{path}/returns")).expect(200)["items"][0]["id"], returned["id"]);
    assert_eq!(api.get("/v1/returns?state=refunded").expect(200)["items"][0]["id"], returned["id"]);
}

#[test]
fn what_is_not_there_is_not_sold() {
    let shop = shop();
    let before = shop.api.events();
    let refused = shop.api.post("/v1/orders", shop.collect(6));
    assert_eq!(refused.refusal(), (409, "inventory.out_of_stock".into()));
    assert_eq!(refused.json()["fields"]["available"], 5);
    assert_eq!((shop.api.events(), shop.on_hand()), (before, (5, 0)));
    assert_eq!(shop.api.post("/v1/orders", json!({"payment": {"kind": "later"}})).refusal(), (422, "api.bad_json".into()));
}

#[test]
fn an_order_waits_is_paid_by_link_or_called_off() {
    let shop = shop();
    let api = &shop.api;
    let mut body = shop.collect(1);
    body["payment"] = json!({"kind": "later"});
    let order = api.post("/v1/orders", body).expect(201)["order"].clone();
    assert_eq!((&order["state"], &order["due"]["amount_minor"]), (&json!("placed"), &json!(4990)));
    let path = format!("/v1/orders/{}", id(&order["id"]));
    let link = api.post(&format!("{path}/pay-links"), json!({"hours": 24})).expect(201);
    assert_eq!((&link["state"], &link["amount"]["amount_minor"]), (&json!("open"), &json!(4990)));
    assert_eq!(api.get(&format!("{path}/pay-links")).expect(200)["items"][0]["token"], link["token"]);
    assert_eq!(api.delete(&format!("/v1/pay-links/{}", id(&link["id"]))).status, 204);
    let page = api.post(&format!("{path}/payments"), json!({"kind": "online"})).expect(201);
    assert!(page["page"].is_string(), "{page}");
    let cancelled = api.post(&format!("{path}/cancellation"), json!({"reason": "changed her mind"})).expect(200);
    assert_eq!((&cancelled["state"], shop.on_hand()), (&json!("cancelled"), (5, 0)));
    assert_eq!(api.post(&format!("{path}/payments"), json!({"kind": "online"})).refusal(), (409, "flows.nothing_due".into()));
}

#[test]
fn a_key_that_sells_may_not_take_money() {
    let shop = shop();
    let seller = shop.api.key_with(&[Permission::Sell]);
    let before = shop.api.events();
    let refused = shop.api.send(Api::call_as(Some(&seller), "POST", "/v1/orders").json(&shop.collect(1)));
    assert_eq!(refused.refusal(), (403, "denied".into()));
    assert_eq!(refused.json()["fields"]["permission"], "payments.take");
    assert_eq!((shop.api.events(), shop.on_hand()), (before, (5, 0)));
}

#[test]
fn of_many_buyers_only_so_many_get_it() {
    let shop = shop();
    let calls = (0..20).map(|n| shop.api.call("POST", "/v1/orders").once(&format!("b{n}")).json(&shop.collect(1))).collect();
    let answers = shop.api.send_together(calls);
    assert_eq!(answers.iter().filter(|answer| answer.status == 201).count(), 5);
    assert!(answers.iter().filter(|answer| answer.status != 201).all(|answer| answer.refusal().1 == "inventory.out_of_stock"));
    assert_eq!(shop.on_hand(), (5, 5));
}

#[test]
fn a_file_is_imported_with_its_prices_and_stock_or_not_at_all() {
    let shop = shop();
    let api = &shop.api;
    let path = format!("/v1/product-imports?opening_stock={}", shop.place);
    let send = |file: &str| api.send(api.call("POST", &path).body("text/csv", file.to_owned()));
    let before = api.events();
    let refused = send("Handle,Title,Variant SKU,Variant Price\nfalda,Falda,FAL-1,x\n");
    assert_eq!(refused.refusal(), (422, "catalogue.import_problems".into()));
    assert_eq!((&refused.json()["fields"]["problems"][0]["line"], api.events()), (&json!(2), before));
    let good = "Handle,Title,Variant SKU,Variant Price,Variant Inventory Qty\nfalda,Falda,FAL-1,25.00,3\n";
    let done = send(good).expect(201);
    assert_eq!((&done["created"], &done["state"]), (&json!(1), &json!("done")));
    let variant = api.get("/v1/products/falda").expect(200)["variants"][0]["id"].as_str().expect("an id").to_owned();
    let stands = || {
        let price = api.get(&format!("/v1/prices?variants={variant}")).expect(200)["items"][0]["price"]["amount_minor"].clone();
        (price, api.get(&format!("/v1/variants/{variant}/stock")).expect(200)["items"][0]["on_hand"].clone())
    };
    assert_eq!(stands(), (json!(2500), json!(3)));
    let again = send(good).expect(201);
    assert_eq!((&again["unchanged"], &again["changed"], stands()), (&json!(1), &json!(0), (json!(2500), json!(3))));
    let large = api.send(api.call("POST", &path).body("text/csv", "x".repeat(20 * 1024 * 1024 + 1)));
    assert_eq!(large.refusal(), (413, "api.too_large".into()));
}

#[test]
fn a_coupon_is_entered_priced_and_used_up_with_the_order() {
    let shop = shop();
    let api = &shop.api;
    let ten = json!({
        "code": "hola", "name": {"es": "Diez menos", "en": "Ten off"}, "target": {"kind": "everything"}, "needs_coupon": true,
        "offer": {"kind": "amount", "off": {"amount_minor": 1000, "currency": "EUR"}},
    });
    let made = api.post("/v1/promotions", ten).expect(201);
    assert_eq!((&made["is_exclusive"], &made["threshold"]["amount_minor"]), (&json!(true), &json!(0)));
    let codes = json!({"codes": ["hola 10"]});
    assert_eq!(api.post("/v1/promotions/hola/coupons", codes.clone()).expect(201), json!({"codes": ["HOLA10"]}));
    assert_eq!(api.post("/v1/promotions/otra/coupons", codes).refusal(), (404, "pricing.unknown_promotion".into()));
    assert_eq!(api.get("/v1/promotions").expect(200)["items"], json!([]), "not for everybody");
    // The goods cost 49.90; the quote, the cart and the order say the same.
    let bought = shop.collect(1);
    let variant = &bought["lines"][0]["variant"];
    let wanted = |coupon: &str| json!({"lines": [{"variant": variant, "quantity": 1}], "coupon": coupon});
    let quoted = api.post("/v1/quotes", wanted("hola10")).expect(200);
    assert_eq!((&quoted["total"]["amount_minor"], &quoted["discount"]["amount_minor"]), (&json!(3990), &json!(1000)));
    assert_eq!(api.post("/v1/quotes", wanted("nada")).expect(200)["total"]["amount_minor"], 4990);
    let cart = api.post("/v1/carts", json!({"guest": "kiosk"})).expect(200);
    let path = format!("/v1/carts/{}", id(&cart["id"]));
    api.post(&format!("{path}/lines"), bought["lines"][0].clone()).expect(200);
    let coupon = format!("{path}/coupon");
    assert_eq!(api.put(&coupon, json!({"code": "nada"})).refusal(), (404, "pricing.coupon_unknown".into()));
    assert_eq!(api.put(&coupon, json!({"code": "Hola10 "})).expect(200)["coupon"], "HOLA10");
    let mut order = bought.clone();
    order["cart"] = cart["id"].clone();
    order["payment"]["tenders"][0]["amount"]["amount_minor"] = json!(3990);
    order.as_object_mut().map(|order| order.remove("lines"));
    let order = api.post("/v1/orders", order).expect(201)["order"].clone();
    assert_eq!(order["total"]["amount_minor"], 3990);
    assert_eq!(api.post("/v1/quotes", wanted("hola10")).expect(200)["discount"]["amount_minor"], 0);
}

#[test]
fn a_way_of_delivery_is_written_offered_chosen_and_kept_on_the_order() {
    let Shop { api, variant, .. } = shop();
    let methods = || api.get("/v1/delivery-methods").expect(200)["items"].clone();
    let built_in = methods();
    assert_eq!(
        (&built_in[0]["code"], &built_in[0]["version"], built_in.as_array().map(Vec::len)),
        (&json!("standard"), &json!(0), Some(1))
    );
    let express = |area: &str| {
        let zone = json!({"area": area, "least_days": 1, "most_days": 2, "fees": [{"currency": null, "fee_minor": 695}]});
        json!({"name": {"es": "Exprés", "en": "Express"}, "carrier": "Correos", "zones": [zone], "position": 1,
            "cut_off": {"mon": 960, "tue": 960, "wed": 960, "thu": 960, "fri": 960}})
    };
    assert_eq!(api.put("/v1/delivery-methods/express", express("Mars")).refusal(), (422, "pricing.invalid".into()));
    assert_eq!(methods(), built_in);
    assert_eq!(api.put("/v1/delivery-methods/express", express("ES-mainland")).expect(200)["version"], 1);
    assert_eq!(api.get("/v1/delivery-methods/express").expect(200)["zones"][0]["area"], "ES-mainland");
    assert_eq!(api.get("/v1/delivery-methods/drone").status, 404);

    let line = json!({"variant": variant, "quantity": 1, "way": {"kind": "deliver", "address": null}});
    let to = |postcode: &str| json!({"name": "Ana Ruiz", "street": "Calle Mayor 1", "postcode": postcode, "city": "X", "country": "ES"});
    let options = |postcode: &str| {
        let asked = json!({"lines": [line], "address": to(postcode)});
        api.post("/v1/delivery-options", asked).expect(200)["items"].as_array().cloned().expect("a list")
    };
    let codes = |options: &[Value]| options.iter().map(|one| id(&one["code"])).collect::<Vec<_>>();
    assert_eq!((codes(&options("28013")), codes(&options("07001"))), (vec!["standard".into(), "express".into()], vec!["standard".into()]));
    let offered = options("28013").remove(1);
    // Monday, 1 June 2026, ten in the morning in Madrid.
    assert_eq!(
        (&offered["fee"]["amount_minor"], &offered["arrives_from"], &offered["arrives_to"]),
        (&json!(695), &json!("2026-06-02"), &json!("2026-06-03"))
    );
    assert_eq!(offered["order_by"], "2026-06-01T14:00:00Z");

    let cart = api.post("/v1/carts", json!({"guest": "kiosk-3"})).expect(200);
    let path = format!("/v1/carts/{}", id(&cart["id"]));
    api.post(&format!("{path}/lines"), line.clone()).expect(200);
    let chosen = api.put(&format!("{path}/delivery"), json!({"method": "express"})).expect(200);
    assert_eq!(chosen["delivery"], "express");
    let buy = |postcode: &str, delivery: Value| {
        json!({"cart": cart["id"], "contact": {"name": "Ana Ruiz", "email": "ana@example.com"}, "address": to(postcode),
            "delivery": delivery, "payment": {"kind": "later"}})
    };
    assert_eq!(api.post("/v1/orders", buy("07001", Value::Null)).refusal(), (422, "flows.delivery_not_reached".into()));
    assert_eq!(api.post("/v1/orders", buy("28013", json!("drone"))).refusal(), (409, "flows.delivery_gone".into()));
    assert_eq!(api.get("/v1/orders").expect(200)["items"], json!([]));
    let order = &api.post("/v1/orders", buy("28013", Value::Null)).expect(201)["order"];
    assert_eq!((&order["delivery_fee"]["amount_minor"], &order["total"]["amount_minor"]), (&json!(695), &json!(4990 + 695)));
    let promised =
        json!({"method": "express", "name": "Exprés", "carrier": "Correos", "arrives_from": "2026-06-02", "arrives_to": "2026-06-03"});
    assert_eq!(order["fulfilments"][0]["promised"], promised);

    assert_eq!(api.delete("/v1/delivery-methods/express").status, 204);
    assert_eq!(api.delete("/v1/delivery-methods/standard").refusal(), (422, "pricing.invalid".into()));
    assert_eq!(api.get(&format!("/v1/orders/{}", id(&order["id"]))).expect(200)["fulfilments"][0]["promised"], promised);
}

#[test]
fn a_bundle_is_sold_out_of_its_parts_and_the_order_says_what_was_in_it() {
    let shop = shop();
    let api = &shop.api;
    let pack = json!({"title": {"es": "Pack de dos"}, "status": "active", "variants": [{"sku": "PACK"}]});
    let pack = id(&api.post("/v1/products", pack).expect(201)["variants"][0]["id"]);
    let price = json!({"items": [{"variant": pack, "price": {"amount_minor": 8990, "currency": "EUR"}}]});
    api.put("/v1/price-lists/base/prices", price).expect(200);
    let path = format!("/v1/variants/{pack}/parts");
    let of = |variant: &str, quantity: i64| json!({"parts": [{"variant": variant, "quantity": quantity}]});
    assert_eq!(api.put(&path, of(&pack, 2)).refusal(), (422, "catalogue.part_itself".into()));
    assert_eq!(api.put(&format!("/v1/variants/{}/parts", shop.variant), of(&pack, 2)).refusal(), (409, "flows.bundle_has_stock".into()));
    let set = api.put(&path, of(&shop.variant, 2)).expect(200);
    assert_eq!(set["variants"][0]["parts"], json!([{"variant": shop.variant, "quantity": 2}]));
    let levels = api.get(&format!("/v1/variants/{pack}/stock")).expect(200);
    assert_eq!(levels["items"][0]["available"], 2, "five shirts are two pairs");
    let buy = |quantity: i64| {
        json!({"lines": [{"variant": pack, "quantity": quantity, "way": {"kind": "collect", "location": shop.place}}],
            "contact": {"name": "Ana Ruiz", "email": "ana@example.com"}, "payment": {"kind": "later"}})
    };
    assert_eq!(api.post("/v1/orders", buy(3)).refusal(), (409, "inventory.out_of_stock".into()));
    assert_eq!(shop.on_hand(), (5, 0));
    let order = &api.post("/v1/orders", buy(2)).expect(201)["order"];
    assert_eq!((&order["total"]["amount_minor"], shop.on_hand()), (&json!(17_980), (5, 4)));
    assert_eq!(order["lines"][0]["parts"], json!([{"variant": shop.variant, "sku": "CAM", "title": "Camisa", "quantity": 2}]));
}
