//! The watch over the channels: nothing to report where all agree, and an incident with its cause where a door lies.

use crate::support::{Brand, text};
use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::middleware::{Next, from_fn};
use axum::response::Response;
use hilo::parity::{Doors, Watch};
use kernel::Currency;
use serde_json::json;
use std::sync::{Arc, Mutex};
use web::parity::{Aspect, Cause, Door};

/// What a door says instead of what is right: path, right, wrong.
type Lie = Arc<Mutex<Option<(&'static str, &'static str, &'static str)>>>;

fn watch(brand: &Brand, lie: &Lie) -> Watch {
    let lie = lie.clone();
    let lying = move |request: Request, next: Next| {
        let told = lie.lock().expect("the lie").filter(|(path, ..)| request.uri().path().starts_with(path));
        async move {
            let response = next.run(request).await;
            let Some((_, right, wrong)) = told else { return response };
            let (parts, body) = response.into_parts();
            let body = to_bytes(body, usize::MAX).await.expect("read");
            Response::from_parts(parts, Body::from(String::from_utf8(body.to_vec()).expect("text").replace(right, wrong)))
        }
    };
    let router = brand.site().router.clone().layer(from_fn(lying));
    let doors = Doors::new(brand.db.clone(), router, Currency::EUR, brand.base.clone());
    Watch::new(brand.db.clone(), doors, brand.site().parity.clone()).settled()
}

#[tokio::test(flavor = "multi_thread")]
async fn every_door_shows_the_same_of_every_product() {
    let brand = Brand::open().await;
    let mut watch = watch(&brand, &Lie::default());
    let products = brand.get("/v1/products?limit=50").await;
    let products = products["items"].as_array().expect("a list").clone();
    assert!(products.len() >= 2, "{products:?}");
    for product in &products {
        assert_eq!(watch.look(text(&product["id"]).parse().expect("an id")).await.expect("looked"), [], "{}", product["handle"]);
    }
    // Taken off sale, it is nowhere, and that is right too, once the search has followed.
    let cap = brand.get("/v1/products/gorra").await;
    let id = text(&cap["id"]);
    brand.call("PATCH", &format!("/v1/products/{id}")).json(&json!({ "status": "archived" })).done().await;
    brand.until("the search", async || Some(watch.look(id.parse().expect("an id")).await.expect("looked")).filter(Vec::is_empty)).await;
    assert_eq!(brand.site().parity.standing().open, []);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_door_that_shows_something_else_is_an_incident_with_its_cause_until_it_agrees() {
    let (brand, lie) = (Brand::open().await, Lie::default());
    let mut watch = watch(&brand, &lie);
    let cap = brand.get("/v1/products/gorra").await;
    let id = text(&cap["id"]).parse().expect("an id");
    assert_eq!(watch.look(id).await.expect("looked"), []);

    *lie.lock().expect("the lie") = Some(("/feeds/", "19.90 EUR", "18.90 EUR"));
    let found = watch.look(id).await.expect("looked");
    let [one] = found.as_slice() else { panic!("{found:?}") };
    assert_eq!((one.door, one.aspect, one.sku.as_str(), one.cause), (Door::Feed, Aspect::Price, "GOR", Cause::Unknown));
    assert_eq!((one.shown.as_str(), one.right.as_str()), ("18,90\u{a0}€", "19,90\u{a0}€"));
    // Seen again it is the same incident.
    watch.look(id).await.expect("looked");
    let mut browser = brand.browser();
    browser.sign_in("marta@marca.test", "/studio/parity").await;
    browser.open("/studio/parity").await.must_say("Gorra de pana").must_say("Anuncios · precio").must_say("18,90");
    browser.open("/studio/health").await.must_say("Un dato se enseña distinto en algún canal.");

    // What the door shows was right a moment ago: it has not followed.
    let price = json!({ "items": [{ "variant": brand.variant("GOR"), "price": { "amount_minor": 2450, "currency": "EUR" } }] });
    *lie.lock().expect("the lie") = None;
    assert_eq!(watch.look(id).await.expect("looked"), []);
    brand.put("/v1/price-lists/base/prices", price).await;
    *lie.lock().expect("the lie") = Some(("/products/", "24.50", "19.90"));
    let found = watch.look(id).await.expect("looked");
    assert_eq!(found.iter().map(|one| (one.door, one.aspect, one.cause)).collect::<Vec<_>>(), [(Door::Page, Aspect::Price, Cause::Behind)]);
    *lie.lock().expect("the lie") = None;
    assert_eq!(watch.look(id).await.expect("looked"), []);
    assert_eq!(brand.site().parity.standing().open, []);

    let log = brand.db.read(|tx| kernel::log::after(tx, kernel::LogKey::default(), 10_000)).await.expect("looked");
    let told: Vec<_> = log.iter().filter(|event| event.kind.starts_with("parity.")).map(|event| event.kind.as_str()).collect();
    assert_eq!(told, ["parity.differs", "parity.agrees", "parity.differs", "parity.agrees"]);
}
