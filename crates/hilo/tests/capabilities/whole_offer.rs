//! C. One catalogue: the whole offer with the product.

use crate::support::{ANA, Brand, Browser, items, text};
use serde_json::{Value, json};
use std::time::Duration;

const PHONE: &str = "+34600111222";

/// A service that the brand sells for 9 €, made by the API.
async fn hem(brand: &Brand) -> Value {
    let hem = json!({ "title": { "es": "Arreglo de bajos", "en": "Taking up a hem" }, "status": "active", "category": "Servicios",
        "is_service": true, "variants": [{ "sku": "ARR" }] });
    let hem = brand.post("/v1/products", hem).await;
    let price = json!({ "items": [{ "variant": hem["variants"][0]["id"], "price": { "amount_minor": 900, "currency": "EUR" } }] });
    brand.put("/v1/price-lists/base/prices", price).await;
    hem
}

/// Find a product by name on the page of another, and offer it with that.
async fn names(studio: &mut Browser, path: &str, find: &str) {
    let page = studio.open(&format!("{path}?find={find}")).await;
    // The buttons of what is offered already stand before those of what was found.
    let found = page.html.split("Productos encontrados").nth(1).unwrap_or_else(|| panic!("{find} is not found: {}", page.html));
    let found = crate::support::Seen { html: found.to_owned(), ..page.clone() };
    studio.send(&found, &format!("{path}/goes-with"), &[("do", "add")]).await.must_say("Deshacer");
}

#[tokio::test(flavor = "multi_thread")]
async fn cap_021_a_fitting_and_a_complement_are_offered_with_the_product_on_web_till_and_in_the_chat() {
    let brand = Brand::open().await;
    let (mut web, mut till, mut desk, mut studio) = (brand.browser(), brand.browser(), brand.browser(), brand.browser());
    till.sign_in("marta@marca.test", "/till").await;
    desk.sign_in("lucia@marca.test", "/desk").await;
    studio.sign_in("vera@marca.test", "/studio").await;
    let hem = hem(&brand).await;
    let shirt = brand.get("/v1/products/camisa-lino").await;
    let path = format!("/studio/products/{}", text(&shirt["id"]));
    assert!(!web.open("/products/camisa-lino").await.says("Con este producto"));

    // The merchandiser names both, puts the service first, and takes a slip back.
    names(&mut studio, &path, "gorra").await;
    names(&mut studio, &path, "bajos").await;
    let page = studio.open(&path).await;
    let cap = brand.get("/v1/products/gorra").await["id"].clone();
    assert_eq!(brand.get("/v1/products/camisa-lino").await["goes_with"], json!([cap, hem["id"]]));
    let fields = [("product", &*text(&hem["id"])), ("do", "up")];
    studio.send(&page, &format!("{path}/goes-with"), &fields).await;
    let named = async || brand.get("/v1/products/camisa-lino").await["goes_with"].clone();
    assert_eq!(named().await, json!([hem["id"], cap]));
    let page = studio.open(&path).await;
    let gone = studio.send(&page, &format!("{path}/goes-with"), &[("product", &*text(&cap)), ("do", "remove")]).await;
    assert_eq!(named().await, json!([hem["id"]]));
    studio.send(&gone, &format!("{path}/goes-with/undo/"), &[]).await;
    assert_eq!(named().await, json!([hem["id"], cap]));
    studio.open(&format!("{path}/versions")).await.must_say("Con este producto").must_say("Arreglo de bajos, Gorra de pana");

    // Web and till offer them; what is sold out or taken off sale is not offered.
    for page in [web.open("/products/camisa-lino").await, till.open("/till/products/camisa-lino").await] {
        page.must_say("Con este producto").must_say("Arreglo de bajos").must_say("Servicio · 9,00").must_say("Gorra de pana");
    }

    // The card that the agent sends names both; in the chat each has its link.
    let chat = web.open("/chat").await;
    web.send(&chat, "/chat/messages", &[("text", "Me queda larga")]).await;
    let matter = brand.matter().await;
    let page = desk.open(&format!("/desk/matters/{matter}?card=product:camisa-lino")).await;
    let fields = [("kind", "reply"), ("text", "La arreglamos"), ("card", "product:camisa-lino")];
    desk.send(&page, &format!("/desk/matters/{matter}/messages"), &fields).await;
    let sent = async || Some(web.open("/chat").await).filter(|page| page.html.contains("sent-card product"));
    let sent = brand.until("the card in the chat", sent).await;
    sent.must_say("Con este producto").must_say("Arreglo de bajos").must_say("9,00").must_say("Gorra de pana").must_say("19,90");
    let link = sent.link(&format!("{}/products/arreglo-de-bajos", brand.base));
    web.open(&link).await.must_say("Se hace en la tienda que elijas").must_say("9,00");

    let path = format!("/v1/products/{}", text(&cap));
    brand.call("PATCH", &path).json(&json!({ "status": "draft" })).done().await;
    let page = web.open("/products/camisa-lino").await;
    assert!(page.says("Arreglo de bajos") && !page.says("Gorra de pana"), "{}", page.html);
}

#[tokio::test(flavor = "multi_thread")]
async fn cap_021_by_text_message_the_card_says_in_plain_words_what_goes_with_the_product() {
    let brand = Brand::open().await;
    let (mut desk, mut studio) = (brand.browser(), brand.browser());
    desk.sign_in("lucia@marca.test", "/desk").await;
    studio.sign_in("vera@marca.test", "/studio").await;
    let accounts = brand.get("/v1/channels").await;
    let texts = items(&accounts).iter().find(|account| account["channel"] == "sms").map(|account| text(&account["id"])).expect("texts");
    let page = studio.open(&format!("/studio/channels/{texts}")).await;
    studio.send(&page, &format!("/studio/channels/{texts}/on"), &[]).await;
    let (hem, cap) = (hem(&brand).await, brand.get("/v1/products/gorra").await);
    let path = format!("/v1/products/{}", text(&brand.get("/v1/products/camisa-lino").await["id"]));
    brand.call("PATCH", &path).json(&json!({ "goes_with": [hem["id"], cap["id"]] })).done().await;

    brand.writes_whatsapp(PHONE, "Ana Ruiz", "¿Me mandas la camisa por SMS?").await;
    let matter = brand.matter().await;
    let page = desk.open(&format!("/desk/matters/{matter}?card=product:camisa-lino")).await;
    let ways = brand.get(&format!("/v1/matters/{matter}/ways")).await;
    let way = items(&ways).iter().find(|way| way["channel"] == "sms").unwrap_or_else(|| panic!("no texts: {ways}"));
    let by = format!("{}|{}", text(&way["account"]), text(&way["address"]));
    let fields = [("kind", "reply"), ("by", &*by), ("text", "Aquí la tienes"), ("card", "product:camisa-lino")];
    desk.send(&page, &format!("/desk/matters/{matter}/messages"), &fields).await;
    let got = brand.until("the text message", async || brand.texts.sent_to(PHONE).first().map(|sent| sent.body.clone())).await;
    let lines: Vec<_> = got.lines().map(|line| line.replace('\u{a0}', " ")).collect();
    let url = format!("{}/products/camisa-lino", brand.base);
    let offered = "Con este producto: Arreglo de bajos, 9,00 €; Gorra de pana, 19,90 €";
    assert_eq!(lines, ["Aquí la tienes", "", "Camisa de lino", "49,90 €", offered, url.as_str()]);
}

#[tokio::test(flavor = "multi_thread")]
async fn cap_021_a_service_is_sold_together_with_goods_without_stock_or_delivery() {
    let brand = Brand::open().await;
    let (mut web, mut till) = (brand.browser(), brand.browser());
    till.sign_in("marta@marca.test", "/till").await;
    let hem = hem(&brand).await;
    let path = format!("/v1/products/{}", text(&brand.get("/v1/products/gorra").await["id"]));
    let before = brand.get("/v1/products/gorra").await["goes_with"].clone();
    let twice = brand.call("PATCH", &path).json(&json!({ "goes_with": [hem["id"], hem["id"]] })).refused().await;
    assert_eq!(twice, (422, "catalogue.goes_with_twice".to_owned()));
    assert_eq!(brand.get("/v1/products/gorra").await["goes_with"], before);
    brand.call("PATCH", &path).json(&json!({ "goes_with": [hem["id"]] })).done().await;

    // The cap is sent, and pays its delivery; the service goes with it by one press and pays none.
    brand.puts_in_cart(&mut web, ("gorra", "GOR"), &[("way", "deliver")]).await.must_say("23,85");
    let page = web.open("/products/gorra").await;
    let service = text(&hem["variants"][0]["id"]);
    let cart = web.send(&page, "/cart/lines", &[("way", "any"), ("variant", &service)]).await;
    cart.must_say("Arreglo de bajos").must_say("Con lo que te enviamos").must_say("32,85");
    let paying = brand.checks_out(&mut web, &ANA, "online").await;
    let done = web.send(&paying, "/pay/", &[("do", "approve")]).await;
    let order = brand.order_on(&done).await;
    assert_eq!((order["total"]["amount_minor"].as_i64(), order["state"].as_str()), (Some(3285), Some("paid")));
    let parts = order["fulfilments"].as_array().expect("parts");
    assert_eq!((parts.len(), order["lines"].as_array().map(Vec::len)), (1, Some(2)), "one parcel: {order}");
    let lies =
        async || items(&brand.get(&format!("/v1/variants/{service}/stock")).await).iter().filter(|level| level["on_hand"] != 0).count();
    assert_eq!(lies().await, 0, "nothing of it lies anywhere");

    // In the shop both are sold on the spot: what is pressed below the product goes into the same cart.
    let stock = brand.available("GOR").await;
    let page = till.open("/till/products/gorra?sku=GOR").await;
    till.send(&page, "/till/cart/lines", &[("way", "take_now")]).await;
    till.send(&page, "/till/cart/lines", &[("way", "any"), ("variant", &service)]).await;
    let paying = till.open("/till/pay").await;
    let sold = till.send(&paying, "/till/pay", &[("by", "cash"), ("exact", "yes")]).await;
    let order = brand.order_at(&sold).await;
    assert_eq!((order["total"]["amount_minor"].as_i64(), order["lines"].as_array().map(Vec::len)), (Some(2890), Some(2)), "{order}");
    assert_eq!(brand.available("GOR").await["MAD"], stock["MAD"] - 1);

    // Given back, the money goes back and no stock comes of it.
    let line = order["lines"].as_array().and_then(|lines| lines.iter().find(|line| line["sku"] == "ARR")).expect("the service");
    let take_back = till.open(&format!("/till/orders/{}/return", text(&order["id"]))).await;
    brand.is_taken_back(&mut till, &take_back, &text(&line["id"])).await;
    let order = brand.get(&format!("/v1/orders/{}", text(&order["id"]))).await;
    assert_eq!(order["refunded"]["amount_minor"], 900, "{order}");
    assert_eq!(lies().await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bundle_goes_at_every_door_with_the_last_of_a_part_and_comes_back_with_it() {
    let brand = Brand::open().await;
    let (mut web, mut till) = (brand.browser(), brand.browser());
    till.sign_in("marta@marca.test", "/till").await;
    let two = json!({ "title": { "es": "Dúo de gorras", "en": "Two caps" }, "status": "active", "category": "Gorras", "variants": [{ "sku": "DUO" }] });
    let two = text(&brand.post("/v1/products", two).await["variants"][0]["id"]);
    let price = json!({ "items": [{ "variant": two, "price": { "amount_minor": 3500, "currency": "EUR" } }] });
    brand.put("/v1/price-lists/base/prices", price).await;
    let parts = json!({ "parts": [{ "variant": brand.variant("GOR"), "quantity": 2 }] });
    brand.put(&format!("/v1/variants/{two}/parts"), parts).await;

    let (page, tablet, menu) = ("/products/duo-de-gorras", "/till/products/duo-de-gorras", "/shops/MAD/menu");
    web.open(page).await.must_say("2 × Gorra de pana").must_say("Añadir a la cesta");
    till.open(tablet).await.must_say("2 × Gorra de pana");
    let open = web.open(menu).await.must_say("Dúo de gorras").live("/shops/MAD/menu/live");
    let mut open = web.follow(&open).await.begins().await;
    // One cap is left in each place: no two anywhere.
    let count = |place: String, counted: i64| json!({ "variant": brand.variant("GOR"), "location": place, "counted": counted });
    for place in brand.available("GOR").await.into_keys() {
        brand.post("/v1/stock-counts", count(brand.place(&place), 1)).await;
    }
    open.hears_no_more("Dúo de gorras", Duration::from_secs(1)).await;
    web.open(page).await.must_say("Agotado en todas partes");
    till.open(tablet).await.must_say("Ahora mismo no queda en ningún sitio.");
    let line = json!({ "variant": two, "quantity": 1, "way": { "kind": "collect", "location": brand.place("MAD") } });
    let order = json!({ "lines": [line], "contact": { "name": "Ana", "email": "ana@cliente.test" }, "payment": { "kind": "later" } });
    let refused = brand.call("POST", "/v1/orders").json(&order).refused().await;
    assert_eq!(refused, (409, "inventory.out_of_stock".to_owned()));
    // The cap itself is still there, and with one more they are two again.
    web.open("/products/gorra").await.must_say("Añadir a la cesta");
    brand.post("/v1/stock-counts", count(brand.place("MAD"), 2)).await;
    open.hears("Dúo de gorras", Duration::from_secs(1)).await;
    web.open(page).await.must_say("Añadir a la cesta");
    brand.post("/v1/orders", order).await;
    assert_eq!(brand.available("GOR").await["MAD"], 0);
    web.open(page).await.must_say("Agotado en todas partes");
}
