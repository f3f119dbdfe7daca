//! F. What comes back as a gift card is spent at every door.

use crate::support::{ANA, Brand, encoded, items, text};
use serde_json::{Value, json};

async fn left(brand: &Brand, code: &str) -> i64 {
    let found = brand.get(&format!("/v1/gift-cards?code={}", encoded(code))).await;
    items(&found)[0]["balance"]["amount_minor"].as_i64().expect("cents")
}

async fn ways(brand: &Brand, order: &Value, what: &str) -> Vec<(String, i64)> {
    let listed = brand.get(&format!("/v1/orders/{}/{what}", text(&order["id"]))).await;
    let amount = |one: &Value| one["captured"]["amount_minor"].as_i64().or(one["amount"]["amount_minor"].as_i64()).expect("cents");
    items(&listed).iter().map(|one| (text(&one["method"]), amount(one))).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_return_onto_a_gift_card_pays_on_the_web_and_at_the_till() {
    let brand = Brand::open().await;
    let (mut web, mut till) = (brand.browser(), brand.browser());
    let place = brand.place("SVQ");
    let bought = brand.buys(&mut web, &ANA, ("camisa-lino", "CAM-BLA-M"), &[("way", "collect"), ("shop", &place)]).await;
    let order = brand.order_on(&bought).await;
    till.sign_in("rocio@marca.test", "/till").await;
    brand.is_collected(&mut till, &order).await;

    // Back in the shop, onto a card.
    let page = till.open(&format!("/till/orders/{}/return", text(&order["id"]))).await;
    let quantity = format!("quantity-{}", text(&order["lines"][0]["id"]));
    let preview = till.send(&page, "/till/orders/", &[(&quantity, "1"), ("reason", "pequeña"), ("step", "preview")]).await;
    preview.must_say("¿Cómo te lo devolvemos?");
    let done = till.send(&preview, "/till/orders/", &[("step", "confirm"), ("onto", "card")]).await;
    done.must_say("Tarjeta regalo de 49,90");
    assert_eq!(ways(&brand, &order, "refunds").await, [("gift_card".to_owned(), 4990)]);
    let code = done.html.split("big-code\">").nth(1).and_then(|rest| rest.split('<').next()).expect("its code").to_owned();
    assert_eq!((code.len(), left(&brand, &code).await), (19, 4990));
    web.open(&bought.path).await.must_say(&code).must_say("Quedan 49,90");
    let card = text(&items(&brand.get(&format!("/v1/gift-cards?order={}", text(&order["id"]))).await)[0]["id"]);
    assert!(!brand.get(&format!("/v1/gift-cards/{card}")).await.to_string().contains(&code), "the code is not in the API's answers");

    // On the web: a wrong code changes nothing, the right one pays all of it.
    brand.puts_in_cart(&mut web, ("gorra", "GOR"), &[("way", "collect"), ("shop", &place)]).await;
    let page = web.open("/checkout").await;
    let me = [("name", ANA.name), ("email", ANA.email), ("pay", "online")];
    let with = |code| [me[0], me[1], me[2], ("gift_card", code)];
    let refused = web.send(&page, "/checkout", &with("0000-0000-0000-0000")).await;
    assert_eq!(refused.status, 422);
    refused.must_say("No hay ninguna tarjeta con este código");
    assert_eq!(items(&brand.get("/v1/orders").await).len(), 1);
    let paid = web.send(&refused, "/checkout", &with(&code.to_lowercase())).await;
    paid.must_say("Pedido confirmado");
    let second = brand.order_on(&paid).await;
    assert_eq!(ways(&brand, &second, "payments").await, [("gift_card".to_owned(), 1990)]);
    assert_eq!((&second["payment_state"], left(&brand, &code).await), (&json!("paid"), 3000));

    // At the till it pays what is left on it, and cash the rest.
    let page = till.open("/till/products/camisa-lino?sku=CAM-BLA-M").await;
    till.send(&page, "/till/cart/lines", &[("way", "take_now")]).await;
    let paying = till.open("/till/pay").await;
    let part = till.send(&paying, "/till/pay", &[("by", "gift_card"), ("code", &code)]).await;
    let third = brand.order_at(&part).await;
    assert_eq!((&third["payment_state"], left(&brand, &code).await), (&json!("partly_paid"), 0));
    let again = till.open(&format!("/till/orders/{}", text(&third["id"]))).await;
    let empty = till.send(&again, "/till/orders/", &[("by", "gift_card"), ("code", &code)]).await;
    empty.must_say("En esta tarjeta ya no queda saldo");
    till.send(&again, "/till/orders/", &[("by", "cash"), ("exact", "yes")]).await;
    let third = brand.order_at(&part).await;
    assert_eq!(third["payment_state"], "paid");
    assert_eq!(ways(&brand, &third, "payments").await, [("gift_card".to_owned(), 3000), ("cash".to_owned(), 1990)]);

    // By the API an empty card places nothing.
    let line = json!({ "variant": brand.variant("GOR"), "quantity": 1, "way": { "kind": "collect", "location": place } });
    let ask =
        json!({ "lines": [line], "contact": { "name": ANA.name, "email": ANA.email }, "payment": { "kind": "gift_card", "code": code } });
    assert_eq!(brand.call("POST", "/v1/orders").json(&ask).refused().await, (409, "payments.empty_gift_card".to_owned()));
    assert_eq!(items(&brand.get("/v1/orders").await).len(), 3);
}
