//! A. One customer.

use crate::support::{ANA, Brand, items, text};
use kernel::Timestamp;
use serde_json::json;

const PHONE: &str = "+34612345678";

#[tokio::test(flavor = "multi_thread")]
async fn cap_001_email_then_whatsapp_from_a_number_on_her_profile_is_one_customer() {
    let brand = Brand::open().await;
    brand.writes_mail("Ana Ruiz <ana@cliente.test>", "Mi pedido", "¿Dónde está mi pedido?");
    let ana = brand.person("ana@cliente.test").await;
    let profile = brand.profile("ana@cliente.test").await;
    brand.adds_identifier(&profile, "phone", PHONE).await;

    brand.writes_whatsapp(PHONE, "Ana", "Sigo por aquí").await;
    let matter = brand.matter().await;
    let said = brand.until("both messages", async || Some(brand.said(&matter).await).filter(|said| said.len() == 2)).await;
    assert_eq!(said.iter().map(|(_, channel, _)| channel.as_str()).collect::<Vec<_>>(), ["email", "whatsapp"]);
    assert_eq!(brand.person(PHONE).await, ana, "one record, by either way to recognise her");
    assert_eq!(items(&brand.get("/v1/customers").await).len(), 1);

    let mut desk = brand.browser();
    desk.sign_in("lucia@marca.test", "/desk").await;
    desk.open(&format!("/desk/customers/{ana}")).await.must_say("¿Dónde está mi pedido?").must_say("Sigo por aquí");
}

#[tokio::test(flavor = "multi_thread")]
async fn cap_003_one_page_lists_everything_in_one_time_order() {
    let brand = Brand::open().await;
    brand.writes_mail("Ana Ruiz <ana@cliente.test>", "Tallas", "¿La camisa talla grande?");
    let ana = brand.person("ana@cliente.test").await;
    let profile = brand.profile("ana@cliente.test").await;
    let mut web = brand.browser();
    brand.customer_signs_in(&mut web, "ana@cliente.test").await;
    let shop = brand.place("SVQ");
    let bought = brand.buys(&mut web, &ANA, ("camisa-lino", "CAM-BLA-M"), &[("way", "collect"), ("shop", &shop)]).await;
    let order = brand.order_on(&bought).await;
    let (mut sevilla, mut madrid) = (brand.browser(), brand.browser());
    sevilla.sign_in("rocio@marca.test", "/till").await;
    madrid.sign_in("marta@marca.test", "/till").await;
    brand.is_collected(&mut sevilla, &order).await;
    let back = madrid.open(&format!("/till/orders/{}/return", text(&order["id"]))).await;
    brand.is_taken_back(&mut madrid, &back, &text(&order["lines"][0]["id"])).await;
    let consent = json!({ "purpose": "marketing", "channel": "email", "state": "granted", "evidence": "lo dijo en la tienda" });
    brand.put(&format!("/v1/profiles/{profile}/consent"), consent).await;

    let timeline = brand.timeline(&ana).await;
    let times: Vec<_> = timeline.iter().map(|entry| Timestamp::from_rfc3339(&text(&entry["at"])).expect("a time")).collect();
    assert!(times.is_sorted(), "{times:?}");
    let kinds: Vec<_> = timeline.iter().map(|entry| text(&entry["kind"])).collect();
    let told = [
        "message.received",
        "cart.changed",
        "order.placed",
        "payment.captured",
        "fulfilment.collected",
        "return.refunded",
        "consent.changed",
    ];
    let places: Vec<_> =
        told.iter().map(|kind| kinds.iter().position(|known| known == kind).unwrap_or_else(|| panic!("{kind}: {kinds:?}"))).collect();
    assert!(places.is_sorted(), "{kinds:?}");
    let mut desk = brand.browser();
    desk.sign_in("lucia@marca.test", "/desk").await;
    let page = desk.open(&format!("/desk/customers/{ana}")).await;
    for words in ["¿La camisa talla grande?", "Pedido hecho", "Pago recibido", "Devolución reembolsada", "Permite: Novedades y ofertas"] {
        page.must_say(words);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn cap_004_the_associate_scans_her_card_and_sees_the_order_just_placed() {
    let brand = Brand::open().await;
    let mut till = brand.browser();
    till.sign_in("marta@marca.test", "/till").await;
    let known = json!({ "identifiers": [{ "kind": "email", "value": ANA.email }, { "kind": "card", "value": "HILO 1234 5678" }],
        "name": ANA.name, "verified": true });
    brand.post("/v1/profiles", known).await;
    let before = till.open("/till/find?q=HILO12345678").await;
    before.must_say(ANA.name).must_say("Aún no ha comprado");

    let mut web = brand.browser();
    brand.customer_signs_in(&mut web, ANA.email).await;
    let bought = brand.buys(&mut web, &ANA, ("gorra", "GOR"), &[("way", "deliver")]).await;
    let number = text(&brand.order_on(&bought).await["number"]);
    let page = till.open("/till/find?q=HILO12345678").await;
    assert!(page.path.starts_with("/till/customers/"), "{}", page.path);
    page.must_say(&number).must_say("Gorra de pana");
}

#[tokio::test(flavor = "multi_thread")]
async fn cap_005_the_agent_sees_the_sale_of_the_till_and_the_order_of_the_web_in_one_list() {
    let brand = Brand::open().await;
    let mut web = brand.browser();
    let bought = brand.buys(&mut web, &ANA, ("gorra", "GOR"), &[("way", "deliver")]).await;
    let on_the_web = text(&brand.order_on(&bought).await["number"]);
    let ana = brand.person(ANA.email).await;
    let mut till = brand.browser();
    till.sign_in("marta@marca.test", "/till").await;
    let sold = brand.sells_at_the_till(&mut till, Some(&ana), ("gorra", "GOR")).await;
    let at_the_till = text(&brand.order_at(&sold).await["number"]);

    let mut desk = brand.browser();
    desk.sign_in("lucia@marca.test", "/desk").await;
    desk.open(&format!("/desk/customers/{ana}")).await.must_say(&on_the_web).must_say(&at_the_till);
    let channels: Vec<_> = brand.orders_of(&ana).await.iter().map(|order| text(&order["channel"])).collect();
    assert_eq!(channels, ["till", "web"], "newest first");
}
