//! E. One cart and one order.

use crate::support::{ANA, Brand, Seen, encoded, items, text};
use serde_json::{Value, json};
use std::time::Duration;

#[tokio::test(flavor = "multi_thread")]
async fn cap_030_an_order_is_followed_from_any_device_wherever_it_began() {
    let brand = Brand::open().await;
    let line = json!({ "variant": brand.variant("GOR"), "quantity": 1, "way": { "kind": "collect", "location": brand.place("SVQ") } });
    let order = json!({ "lines": [line], "contact": { "name": ANA.name, "email": ANA.email }, "payment": { "kind": "counter", "tenders":
        [{ "method": "cash", "amount": { "amount_minor": 1990, "currency": "EUR" } }] } });
    let order = brand.post("/v1/orders", order).await["order"].clone();
    let mut phone = brand.browser();
    let form = phone.open("/orders/find").await;
    let nobody = phone.send(&form, "/orders/find", &[("number", &text(&order["number"])), ("contact", "otra@cliente.test")]).await;
    assert_eq!(nobody.status, 422, "a number alone shows nothing");
    let page = phone.send(&form, "/orders/find", &[("number", &text(&order["number"])), ("contact", ANA.email)]).await;
    page.must_say("Pedido confirmado");
    // A step in the shop is on her open page at once.
    let mut open = phone.follow(&page.live("/orders/")).await.begins().await;
    let part = text(&order["fulfilments"][0]["id"]);
    brand.put(&format!("/v1/fulfilments/{part}/state"), json!({ "state": "ready" })).await;
    open.hears("Ya puedes pasar a por él", Duration::from_secs(2)).await;
    let mut till = brand.browser();
    till.sign_in("rocio@marca.test", "/till").await;
    till.open(&format!("/till/find?q={}", text(&order["number"]))).await.must_say("Listo para recoger");
    let mut laptop = brand.browser();
    laptop.open(&page.path).await.must_say("Ya puedes pasar a por él");
}

#[tokio::test(flavor = "multi_thread")]
async fn cap_031_one_order_is_partly_collected_and_partly_delivered() {
    let brand = Brand::open().await;
    let mut web = brand.browser();
    let place = brand.place("SVQ");
    brand.puts_in_cart(&mut web, ("camisa-lino", "CAM-BLA-M"), &[("way", "collect"), ("shop", &place)]).await;
    let bought = brand.buys(&mut web, &ANA, ("gorra", "GOR"), &[("way", "deliver")]).await;
    let order = brand.order_on(&bought).await;
    let mut ways: Vec<_> = order["fulfilments"].as_array().expect("parts").iter().map(|p| (text(&p["way"]), text(&p["place"]))).collect();
    ways.sort();
    assert_eq!(ways, [("collect", "Sevilla Sierpes"), ("deliver", "Almacén de Getafe")].map(|(a, b)| (a.to_owned(), b.to_owned())));
    assert_eq!(
        (&order["payment_state"], &order["total"]["amount_minor"]),
        (&json!("paid"), &json!(4990 + 1990 + 395)),
        "one parcel, one fee"
    );
    bought.must_say("Para recoger en Sevilla Sierpes").must_say("Para recibir en casa");
}

/// Bought on the web, collected in Sevilla.
async fn collected(brand: &Brand) -> (Seen, Value) {
    let mut web = brand.browser();
    let place = brand.place("SVQ");
    let bought = brand.buys(&mut web, &ANA, ("camisa-lino", "CAM-BLA-M"), &[("way", "collect"), ("shop", &place)]).await;
    let order = brand.order_on(&bought).await;
    let mut till = brand.browser();
    till.sign_in("rocio@marca.test", "/till").await;
    brand.is_collected(&mut till, &order).await;
    (bought, order)
}

#[tokio::test(flavor = "multi_thread")]
async fn cap_034_another_shop_takes_back_what_was_bought_on_the_web() {
    let brand = Brand::open().await;
    let (bought, order) = collected(&brand).await;
    let profile = text(&order["profile"]);
    brand.adds_identifier(&profile, "card", "HILO12345678").await;
    let mut till = brand.browser();
    till.sign_in("marta@marca.test", "/till").await;
    let wanted = format!("/till/orders/{}/return", text(&order["id"]));
    let qr = format!("{}{}", brand.base, bought.path);
    for asked in ["HILO12345678", ANA.email, &qr, &text(&order["number"])] {
        assert_eq!(till.open(&format!("/till/returns?q={}", encoded(asked))).await.path, wanted, "found by {asked}");
    }
    assert_eq!((brand.available("CAM-BLA-M").await["MAD"], brand.available("CAM-BLA-M").await["SVQ"]), (2, 2));

    let page = till.open(&wanted).await;
    let done = brand.is_taken_back(&mut till, &page, &text(&order["lines"][0]["id"])).await;
    assert!(done.path.starts_with("/till/returned/"), "{}: {}", done.path, done.html);
    done.must_say("49,90").must_say("Pago en línea");
    let refunds = brand.get(&format!("/v1/orders/{}/refunds", text(&order["id"]))).await;
    let paid: Vec<_> = items(&refunds).iter().map(|refund| (text(&refund["method"]), refund["amount"]["amount_minor"].as_i64())).collect();
    assert_eq!(paid, [("gateway".to_owned(), Some(4990))], "by the way it came");
    assert_eq!((brand.available("CAM-BLA-M").await["MAD"], brand.available("CAM-BLA-M").await["SVQ"]), (3, 2), "it lies here now");
    // A second time nothing comes back, and nothing changes.
    let again =
        json!({ "order": order["id"], "lines": [{ "line": order["lines"][0]["id"], "quantity": 1 }], "location": brand.place("MAD") });
    assert_eq!(brand.call("POST", "/v1/returns").json(&again).refused().await, (409, "orders.return_refused".to_owned()));
    assert_eq!(brand.available("CAM-BLA-M").await["MAD"], 3);
    assert_eq!(items(&brand.get(&format!("/v1/orders/{}/refunds", text(&order["id"]))).await).len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn cap_035_web_till_desk_and_api_give_the_same_answer_about_a_return() {
    let brand = Brand::open().await;
    let mut web = brand.browser();
    let bought = brand.buys(&mut web, &ANA, ("gorra", "GOR"), &[("way", "deliver")]).await;
    let order = brand.order_on(&bought).await;
    let (mut till, mut desk) = (brand.browser(), brand.browser());
    till.sign_in("marta@marca.test", "/till").await;
    desk.sign_in("lucia@marca.test", "/desk").await;
    let id = text(&order["id"]);
    let (on_web, at_till, at_desk) = (format!("{}/return", bought.path), format!("/till/orders/{id}/return"), format!("/desk/orders/{id}"));
    let ask = json!({ "order": id, "lines": [{ "line": order["lines"][0]["id"], "quantity": 1 }] });
    // On its way: nowhere.
    web.open(&on_web).await.must_say("Ahora no hay nada que devolver");
    till.open(&at_till).await.must_say("Aún no se ha entregado");
    assert!(!desk.open(&at_desk).await.says("Permitir la devolución"));
    assert_eq!(brand.call("POST", "/v1/returns").json(&ask).refused().await, (409, "orders.return_refused".to_owned()));
    // In her hands: everywhere, until the same day.
    let part = text(&order["fulfilments"][0]["id"]);
    brand.post(&format!("/v1/fulfilments/{part}/shipment"), json!({ "carrier": "Correos", "reference": "PQ1" })).await;
    brand.put(&format!("/v1/fulfilments/{part}/state"), json!({ "state": "delivered" })).await;
    let day = |page: &Seen, before: &str| {
        let (_, after) = page.html.split_once(before).unwrap_or_else(|| panic!("{} does not say until when: {}", page.path, page.html));
        after.split('<').next().unwrap_or_default().trim().to_owned()
    };
    let (web_day, till_day) = (day(&web.open(&on_web).await, "Hasta el "), day(&till.open(&at_till).await, "Se puede devolver hasta el "));
    assert_eq!(web_day, till_day);
    desk.open(&at_desk).await.must_say("Permitir la devolución");
    let asked = brand.post("/v1/returns", ask.clone()).await;
    assert_eq!((&asked["state"], &asked["refund"]["amount_minor"]), (&json!("requested"), &json!(1990)));
    // All of it asked for: nowhere again.
    web.open(&on_web).await.must_say("Ahora no hay nada que devolver");
    assert!(!desk.open(&at_desk).await.says("Permitir la devolución"));
    assert_eq!(brand.call("POST", "/v1/returns").json(&ask).refused().await, (409, "orders.return_refused".to_owned()));
}

#[tokio::test(flavor = "multi_thread")]
async fn cap_037_a_sale_is_closed_on_the_tablet_on_the_spot() {
    let brand = Brand::open().await;
    let mut till = brand.browser();
    till.sign_in("marta@marca.test", "/till").await;
    let page = till.open("/till/products/camisa-lino?sku=CAM-BLA-S").await;
    till.send(&page, "/till/cart/lines", &[("way", "take_now")]).await;
    let paying = till.open("/till/pay").await;
    let refused = till.send(&paying, "/till/pay", &[("by", "card"), ("reference", "")]).await;
    assert_eq!(refused.status, 422);
    assert_eq!(
        (items(&brand.get("/v1/orders").await).len(), brand.available("CAM-BLA-S").await["MAD"]),
        (0, 1),
        "a refusal changes nothing"
    );
    let sold = till.send(&paying, "/till/pay", &[("by", "card"), ("reference", "R-1001")]).await;
    let order = brand.order_at(&sold).await;
    assert_eq!(
        (&order["state"], &order["payment_state"], &order["sold_at"]),
        (&json!("completed"), &json!("paid"), &json!(brand.place("MAD")))
    );
    let payments = brand.get(&format!("/v1/orders/{}/payments", text(&order["id"]))).await;
    assert_eq!((&payments["items"][0]["method"], &payments["items"][0]["reference"]), (&json!("card_terminal"), &json!("R-1001")));
    assert_eq!(brand.available("CAM-BLA-S").await["MAD"], 0);
    // Pressed twice: the same sale.
    let again = till.send(&paying, "/till/pay", &[("by", "card"), ("reference", "R-1001")]).await;
    assert!(again.path.starts_with("/till/"), "{}", again.path);
    assert_eq!(items(&brand.get("/v1/orders").await).len(), 1);
    let receipt = till.open(&format!("/till/orders/{}/receipt", text(&order["id"]))).await;
    receipt.must_say("Camisa de lino").must_say("49,90").must_say("Marta Gil");
}

#[tokio::test(flavor = "multi_thread")]
async fn cap_038_a_cart_begun_on_her_phone_is_finished_at_the_till() {
    let brand = Brand::open().await;
    let mut web = brand.browser();
    brand.customer_signs_in(&mut web, ANA.email).await;
    brand.puts_in_cart(&mut web, ("camisa-lino", "CAM-BLA-M"), &[("way", "deliver")]).await;
    brand.puts_in_cart(&mut web, ("gorra", "GOR"), &[("way", "deliver")]).await;
    let cart = web.open("/cart").await;
    let shared = web.send(&cart, "/cart/share", &[]).await;
    let (_, after) = shared.html.split_once("<strong class=\"code\">").unwrap_or_else(|| panic!("no code: {}", shared.html));
    let code = after.split('<').next().unwrap_or_default().to_owned();

    let mut till = brand.browser();
    till.sign_in("marta@marca.test", "/till").await;
    let taken_up = till.open(&format!("/till/find?q={code}")).await;
    assert_eq!(taken_up.path, "/till/cart");
    taken_up.must_say("Camisa de lino").must_say("Gorra de pana");
    till.send(&taken_up, "/till/cart/ways", &[]).await;
    let paying = till.open("/till/pay").await;
    let sold = till.send(&paying, "/till/pay", &[("by", "cash"), ("exact", "yes")]).await;
    let order = brand.order_at(&sold).await;
    let titles: Vec<_> = order["lines"].as_array().expect("lines").iter().map(|line| text(&line["sku"])).collect();
    assert_eq!((titles, &order["state"]), (vec!["CAM-BLA-M".to_owned(), "GOR".to_owned()], &json!("completed")));
    assert_eq!(order["profile"], brand.profile(ANA.email).await.as_str(), "hers, without a word typed");
    web.open("/cart").await.must_say("Tu cesta está vacía");
    web.open("/account").await.must_say(&text(&order["number"]));
}

#[tokio::test(flavor = "multi_thread")]
async fn cap_040_three_purchases_of_three_channels_count_once_each() {
    let brand = Brand::open().await;
    let mut web = brand.browser();
    let bought = brand.buys(&mut web, &ANA, ("gorra", "GOR"), &[("way", "deliver")]).await;
    let ana = brand.person(ANA.email).await;
    let mut till = brand.browser();
    till.sign_in("marta@marca.test", "/till").await;
    let sold = brand.sells_at_the_till(&mut till, Some(&ana), ("gorra", "GOR")).await;
    let line = json!({ "variant": brand.variant("GOR"), "quantity": 1, "way": { "kind": "collect", "location": brand.place("BIO") } });
    let order = json!({ "lines": [line], "contact": { "name": ANA.name, "email": ANA.email }, "payment": { "kind": "later" } });
    let send = || brand.call("POST", "/v1/orders").header("idempotency-key", "app-1").json(&order).done();
    let (first, again) = (send().await, send().await);
    assert_eq!(first, again, "sent twice by a bad line");

    let mut known: Vec<_> = brand.orders_of(&ana).await.iter().map(|order| (text(&order["channel"]), text(&order["number"]))).collect();
    known.sort();
    let number = |channel: &str, order: &Value| (channel.to_owned(), text(&order["number"]));
    let by_web = brand.order_on(&bought).await;
    assert_eq!(known, [number("api", &first["order"]), number("till", &brand.order_at(&sold).await), number("web", &by_web)]);
    let placed: Vec<_> = brand.timeline(&ana).await.into_iter().filter(|entry| entry["kind"] == "order.placed").collect();
    assert_eq!(placed.len(), 3);
    let mut desk = brand.browser();
    desk.sign_in("lucia@marca.test", "/desk").await;
    let page = desk.open(&format!("/desk/customers/{ana}")).await;
    for (_, number) in &known {
        page.must_say(number);
    }
}
