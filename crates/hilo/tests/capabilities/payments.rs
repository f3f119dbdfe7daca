//! F. Payments, and what follows a payment by itself (J).

use crate::support::{ANA, Brand, items, text};
use kernel::Fault;
use payments::simulator::{Outcome, SignedEvent, pay};
use serde_json::json;
use std::time::Duration;

const PHONE: &str = "+34612345678";

/// The gateway's own side: the customer approves on its page, and this is the notice it will send.
async fn approved(brand: &Brand, token: &str) -> SignedEvent {
    let token = token.to_owned();
    let press = move |tx: &mut kernel::Tx<'_>| Ok::<_, Fault>(pay(tx, &token, Outcome::Approve).expect("an open page"));
    brand.db.write("gateway", press).await.expect("approved")
}

/// The gateway brings its notice; the status of our answer.
async fn notice(brand: &Brand, event: &SignedEvent, signature: &str) -> u16 {
    let request = channels::http_client().post(format!("{}/gateway/events", brand.base));
    let request = request.header("x-gateway-signature", signature).header("content-type", "application/json").body(event.body.clone());
    request.send().await.expect("an answer").status().as_u16()
}

#[tokio::test(flavor = "multi_thread")]
async fn cap_042_a_pay_link_in_the_chat_is_paid_and_the_chat_shows_it_within_two_seconds() {
    let brand = Brand::open().await;
    brand.writes_whatsapp(PHONE, "Ana Ruiz", "Quiero la gorra").await;
    let matter = brand.matter().await;
    let profile = brand.profile(PHONE).await;
    let line = json!({ "variant": brand.variant("GOR"), "quantity": 1, "way": { "kind": "collect", "location": brand.place("SVQ") } });
    let order =
        json!({ "lines": [line], "profile": profile, "contact": { "name": "Ana Ruiz", "phone": PHONE }, "payment": { "kind": "later" } });
    let order = text(&brand.post("/v1/orders", order).await["order"]["id"]);
    let mut desk = brand.browser();
    desk.sign_in("lucia@marca.test", "/desk").await;
    let page = desk.open(&format!("/desk/orders/{order}")).await;
    let composed = desk.send(&page, &format!("/desk/orders/{order}/pay-link"), &[]).await;
    assert!(composed.path.starts_with(&format!("/desk/matters/{matter}?pay=")), "{}", composed.path);
    composed.must_say("Puedes pagar 19,90");
    desk.send(&composed, "/desk/matters/", &[("kind", "reply")]).await;
    let link = brand.until("the link", async || brand.whatsapp.sent_to(PHONE).iter().find_map(|sent| link(&sent.words()))).await;

    let mut phone = brand.browser();
    let paying = phone.open(&link).await;
    paying.must_say("19,90").must_say("Pagar");
    let open = desk.open(&format!("/desk/matters/{matter}")).await;
    let mut chat = desk.follow(&open.live("/desk/matters/")).await.begins().await;
    let event = approved(&brand, paying.path.trim_start_matches("/pay/")).await;
    assert_eq!(notice(&brand, &event, &event.signature).await, 200);
    chat.hears("Pago recibido", Duration::from_secs(2)).await;
    assert_eq!(brand.get(&format!("/v1/orders/{order}")).await["state"], "paid");
    let events = brand.timeline(&brand.person(PHONE).await).await.len();
    assert_eq!(notice(&brand, &event, &event.signature).await, 200, "the notice comes twice");
    assert_eq!(brand.timeline(&brand.person(PHONE).await).await.len(), events, "and acts once");
    phone.open(&link).await.must_say("Este enlace ya se pagó");
}

/// The address in a message.
fn link(words: &str) -> Option<String> {
    words.split_whitespace().find(|word| word.starts_with("http") && word.contains("/pay/")).map(str::to_owned)
}

#[tokio::test(flavor = "multi_thread")]
async fn cap_043_a_card_number_that_somebody_writes_is_shown_nowhere() {
    let brand = Brand::open().await;
    brand.writes_whatsapp(PHONE, "Ana Ruiz", "Cobradme en la 4111 1111 1111 1111, gracias").await;
    brand.writes_mail("Ana Ruiz <ana@cliente.test>", "Tarjeta 5500005555555559", "Es la 5500-0055-5555-5559");
    let look = async || Some(brand.get("/v1/matters?view=open").await).filter(|found| items(found).len() == 2);
    let matters = brand.until("both", look).await;
    let mut desk = brand.browser();
    desk.sign_in("lucia@marca.test", "/desk").await;
    for matter in items(&matters) {
        let id = text(&matter["id"]);
        let page = desk.open(&format!("/desk/matters/{id}")).await;
        let told = format!("{matter} {:?} {}", brand.said(&id).await, page.html);
        for digits in ["4111 1111", "41111111", "5500005555", "5500-0055"] {
            assert!(!told.contains(digits), "{digits} is shown: {told}");
        }
    }
    let mut said = Vec::new();
    for matter in items(&matters) {
        said.extend(brand.said(&text(&matter["id"])).await.into_iter().map(|(_, _, words)| words));
    }
    let whole = |words: &str| said.iter().any(|said| said.contains(words));
    assert!(whole("1111, gracias") && whole("5559"), "the last four stay, so that agent and customer mean the same card: {said:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn cap_059_what_follows_a_payment_happens_once_though_the_notice_comes_twice() {
    let brand = Brand::open().await;
    let mut web = brand.browser();
    let place = brand.place("SVQ");
    brand.puts_in_cart(&mut web, ("camisa-lino", "CAM-BLA-M"), &[("way", "collect"), ("shop", &place)]).await;
    let paying = brand.checks_out(&mut web, &ANA, "online").await;
    let tasks = format!("/v1/locations/{place}/fulfilments");
    assert_eq!(items(&brand.get(&tasks).await).len(), 0, "the shop hears of nothing before it is paid");
    let event = approved(&brand, paying.path.trim_start_matches("/pay/")).await;
    assert_eq!(notice(&brand, &event, "t=1,v1=00").await, 401, "anybody could say so");
    assert_eq!(items(&brand.get(&tasks).await).len(), 0);
    for _ in 0..2 {
        assert_eq!(notice(&brand, &event, &event.signature).await, 200);
    }
    let order = brand.get("/v1/orders?state=paid").await;
    let (order, count) = (order["items"][0].clone(), items(&order).len());
    assert_eq!((count, &order["paid"]["amount_minor"], &order["refunded"]["amount_minor"]), (1, &json!(4990), &json!(0)));
    let told = brand.get(&tasks).await;
    assert_eq!((items(&told).len(), &told["items"][0]["number"]), (1, &order["number"]), "one task for the shop");
    let stock = brand.get(&format!("/v1/variants/{}/stock", brand.variant("CAM-BLA-M"))).await;
    let here = items(&stock).iter().find(|level| level["location"] == place.as_str()).expect("a level");
    assert_eq!((&here["on_hand"], &here["reserved"]), (&json!(3), &json!(1)), "set aside once");
    let kinds: Vec<_> = brand.timeline(&brand.person(ANA.email).await).await.iter().map(|entry| text(&entry["kind"])).collect();
    for kind in ["payment.captured", "order.paid"] {
        assert_eq!(kinds.iter().filter(|known| *known == kind).count(), 1, "{kind}: {kinds:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn cap_041_a_cart_is_paid_the_same_ways_at_every_door_but_for_written_rules() {
    let brand = Brand::open().await;
    brand.writes_whatsapp(PHONE, "Ana Ruiz", "Quiero la gorra").await;
    let profile = brand.profile(PHONE).await;
    let cart = text(&brand.post("/v1/carts", json!({ "profile": profile })).await["id"]);
    let collect = json!({ "kind": "collect", "location": brand.place("SVQ") });
    let gor = |way| json!({ "variant": brand.variant("GOR"), "quantity": 1, "way": way });
    brand.post(&format!("/v1/carts/{cart}/lines"), gor(collect)).await;
    let options = async |channel: &str| {
        let listed = brand.get(&format!("/v1/carts/{cart}/payment-options?channel={channel}")).await;
        let way = |option: &serde_json::Value| (text(&option["method"]), option["rule"].as_str().unwrap_or_default().to_owned());
        items(&listed).iter().map(way).collect::<Vec<_>>()
    };
    let all =
        |rules: [&str; 4]| ["gateway", "gift_card", "card_terminal", "cash"].map(str::to_owned).into_iter().zip(rules.map(str::to_owned));
    let doors = ["web", "till", "phone", "whatsapp", "email", "desk", "api"];
    for door in doors {
        assert_eq!(options(door).await, all([""; 4]).collect::<Vec<_>>(), "{door}");
    }
    // What is sent is paid where a till stands, or online: the rule says so.
    brand.post(&format!("/v1/carts/{cart}/lines"), gor(json!({ "kind": "deliver" }))).await;
    for door in doors {
        let rule = if door == "till" { "" } else { "needs_shop" };
        assert_eq!(options(door).await, all(["", "", rule, rule]).collect::<Vec<_>>(), "{door}");
    }

    // The pages offer what the list says, and say the rule.
    let (mut web, mut till) = (brand.browser(), brand.browser());
    brand.puts_in_cart(&mut web, ("gorra", "GOR"), &[("way", "collect"), ("shop", &brand.place("SVQ"))]).await;
    let page = web.open("/checkout").await;
    for (name, value) in [("pay", "online"), ("pay", "shop")] {
        assert!(page.html.contains(&format!("name=\"{name}\" value=\"{value}\"")), "{value}: {}", page.html);
    }
    page.must_say("Tarjeta regalo o abono");
    till.sign_in("marta@marca.test", "/till").await;
    let goods = till.open("/till/products/gorra?sku=GOR").await;
    till.send(&goods, "/till/cart/lines", &[("way", "take_now")]).await;
    let page = till.open("/till/pay").await;
    for method in ["cash", "card", "gift_card"] {
        assert!(page.html.contains(&format!("name=\"by\" value=\"{method}\"")), "{method}: {}", page.html);
    }
    brand.puts_in_cart(&mut web, ("gorra", "GOR"), &[("way", "deliver")]).await;
    let page = web.open("/checkout").await;
    assert!(!page.html.contains("name=\"pay\" value=\"shop\""), "{}", page.html);
    page.must_say("Efectivo y datáfono, solo en tienda").must_say("Tarjeta regalo o abono");

    // More than the law lets be paid in cash is not taken, not in two parts either.
    let price = json!({ "items": [{ "variant": brand.variant("GOR"), "price": { "amount_minor": 120_000, "currency": "EUR" } }] });
    brand.put("/v1/price-lists/base/prices", price).await;
    let page = till.open("/till/pay").await;
    page.must_say("En efectivo, como mucho 999,99");
    let refused = till.send(&page, "/till/pay", &[("by", "cash"), ("exact", "yes")]).await;
    refused.must_say("La ley no deja cobrar tanto en efectivo");
    assert_eq!(items(&brand.get("/v1/orders").await).len(), 0);
    let part = till.send(&page, "/till/pay", &[("by", "cash"), ("given", "999,99"), ("part", "yes")]).await;
    let sold = brand.order_at(&part).await;
    assert_eq!((&sold["payment_state"], &sold["paid"]["amount_minor"]), (&json!("partly_paid"), &json!(99_999)));
    let rest = till.open(&format!("/till/orders/{}", text(&sold["id"]))).await;
    till.send(&rest, "/till/orders/", &[("by", "cash"), ("exact", "yes")]).await.must_say("La ley no deja cobrar tanto en efectivo");
    till.send(&rest, "/till/orders/", &[("by", "card"), ("reference", "R-7")]).await;
    assert_eq!(brand.order_at(&part).await["payment_state"], "paid");
}
