//! E. One order, changed after it was paid, exchanged by telephone, opened in a shop.

use crate::support::{ANA, Brand, encoded, items, text};
use serde_json::{Value, json};

/// A parcel is with the customer.
async fn delivered(brand: &Brand, order: &Value) {
    let part = text(&order["fulfilments"][0]["id"]);
    brand.post(&format!("/v1/fulfilments/{part}/shipment"), json!({ "carrier": "Correos", "reference": "PQ1" })).await;
    brand.put(&format!("/v1/fulfilments/{part}/state"), json!({ "state": "delivered" })).await;
}

fn minor(order: &Value, field: &str) -> i64 {
    order[field]["amount_minor"].as_i64().unwrap_or_default()
}

#[tokio::test(flavor = "multi_thread")]
async fn cap_031_a_parcel_that_is_paid_becomes_a_collection_until_it_leaves() {
    let brand = Brand::open().await;
    let mut web = brand.browser();
    let bought = brand.buys(&mut web, &ANA, ("gorra", "GOR"), &[("way", "deliver")]).await;
    let order = brand.order_on(&bought).await;
    assert_eq!((minor(&order, "total"), minor(&order, "paid")), (1990 + 395, 1990 + 395));
    let (to, shop) = (format!("to-{}", text(&order["fulfilments"][0]["id"])), brand.place("SVQ"));
    let path = format!("{}/change", bought.path);
    let form = web.open(&path).await;
    // Nothing chosen: said so, and nothing is different.
    let nothing = web.send(&form, &path, &[("step", "see")]).await;
    assert_eq!(nothing.status, 422);
    nothing.must_say("No has elegido nada distinto");
    let seen = web.send(&form, &path, &[(&to, &shop), ("step", "see")]).await;
    seen.must_say("Se recoge en Sevilla Sierpes").must_say("Te devolvemos 3,95");
    assert_eq!(brand.order_on(&bought).await["fulfilments"], order["fulfilments"], "looked at, not done");
    let done = web.send(&seen, &path, &[("step", "do")]).await;
    assert_eq!(done.path, bought.path);
    done.must_say("Para recoger en Sevilla Sierpes").must_say("Se recoge en Sevilla Sierpes");
    let now = brand.order_on(&bought).await;
    let part = &now["fulfilments"][0];
    assert_eq!((&part["way"], &part["location"], &part["state"]), (&json!("collect"), &json!(shop), &json!("pending")));
    assert_eq!((minor(&now, "total"), minor(&now, "paid"), minor(&now, "delivery_fee")), (1990, 1990, 0));
    let refunds = brand.get(&format!("/v1/orders/{}/refunds", text(&order["id"]))).await;
    assert_eq!(items(&refunds).iter().map(|refund| minor(refund, "amount")).collect::<Vec<_>>(), [395]);
    // The shop has it in its queue.
    let mut till = brand.browser();
    till.sign_in("rocio@marca.test", "/till").await;
    till.open("/till/pickups").await.must_say(&text(&order["number"]));

    // What has left stays as it is, on the page and for programs.
    let other = brand.buys(&mut web, &ANA, ("gorra", "GOR"), &[("way", "deliver")]).await;
    let gone = brand.order_on(&other).await;
    let part = text(&gone["fulfilments"][0]["id"]);
    brand.post(&format!("/v1/fulfilments/{part}/shipment"), json!({ "carrier": "Correos", "reference": "PQ2" })).await;
    web.open(&format!("{}/change", other.path)).await.must_say("ya no se puede cambiar");
    let change = json!({ "changes": [{ "kind": "move", "part": part, "to": { "kind": "collect", "location": shop } }] });
    let refused = brand.call("POST", &format!("/v1/orders/{}/changes", text(&gone["id"]))).json(&change).refused().await;
    assert_eq!(refused, (409, "orders.too_late_to_change".to_owned()));
    assert_eq!(minor(&brand.order_on(&other).await, "total"), 1990 + 395);
}

#[tokio::test(flavor = "multi_thread")]
async fn cap_036_by_telephone_the_agent_sends_the_other_size_and_the_label_in_one_action() {
    let brand = Brand::open().await;
    let mut web = brand.browser();
    let bought = brand.buys(&mut web, &ANA, ("camisa-lino", "CAM-BLA-M"), &[("way", "deliver")]).await;
    let order = brand.order_on(&bought).await;
    let id = text(&order["id"]);
    delivered(&brand, &order).await;
    let mut desk = brand.browser();
    desk.sign_in("lucia@marca.test", "/desk").await;
    desk.open(&format!("/desk/orders/{id}")).await.must_say("Cambiar o canjear");
    let path = format!("/desk/orders/{id}/change");
    let form = desk.open(&path).await;
    let line = text(&order["lines"][0]["id"]);
    let (back, instead, size) = (format!("back-{line}"), format!("for-{line}"), brand.variant("CAM-BLA-S"));
    let seen = desk.send(&form, &path, &[(&back, "1"), (&instead, &size), ("why", "size"), ("step", "see")]).await;
    seen.must_say("No cambia lo que pagas");
    let done = desk.send(&seen, &path, &[("step", "do")]).await;
    assert_eq!(done.path, format!("/desk/orders/{id}"));
    let label = done.link("/orders/");
    web.open(&label).await.must_say("Etiqueta de devolución").must_say(&text(&order["number"])).must_say("Camisa");
    let now = brand.get(&format!("/v1/orders/{id}")).await;
    let sent: Vec<_> = now["lines"].as_array().expect("lines").iter().map(|line| text(&line["sku"])).collect();
    assert_eq!(sent, ["CAM-BLA-M", "CAM-BLA-S"]);
    assert_eq!((&now["fulfilments"][1]["state"], &now["state"]), (&json!("pending"), &json!("fulfilling")), "the other is being sent");
    let returns = brand.get(&format!("/v1/orders/{id}/returns")).await;
    let goods = &items(&returns)[0];
    assert_eq!((&goods["state"], minor(goods, "refund"), minor(goods, "credited")), (&json!("requested"), 4990, 4990));
    // It comes back in a shop: stock there; it is paid for already, so no money moves.
    let receipt = json!({ "location": brand.place("MAD") });
    let before = brand.available("CAM-BLA-M").await["MAD"];
    brand.post(&format!("/v1/returns/{}/receipt", text(&goods["id"])), receipt).await;
    assert_eq!(brand.available("CAM-BLA-M").await["MAD"], before + 1);
    assert_eq!(items(&brand.get(&format!("/v1/orders/{id}/refunds")).await).len(), 0);
    // The thread says it once.
    let kinds = brand.timeline(&brand.person(ANA.email).await).await;
    assert_eq!(kinds.iter().filter(|entry| entry["kind"] == "order.changed").count(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn cap_039_the_code_of_an_online_order_opens_it_on_the_associates_tablet() {
    let brand = Brand::open().await;
    let mut web = brand.browser();
    let bought = brand.buys(&mut web, &ANA, ("gorra", "GOR"), &[("way", "deliver")]).await;
    let order = brand.order_on(&bought).await;
    bought.must_say("Pregunta en tienda").must_say(&text(&order["number"]));
    let mut till = brand.browser();
    till.sign_in("rocio@marca.test", "/till").await;
    let opened = till.open(&format!("/till/find?q={}", encoded(&text(&order["number"])))).await;
    assert_eq!(opened.path, format!("/till/orders/{}", text(&order["id"])));
    opened.must_say("Gorra").must_say(ANA.name);
}
