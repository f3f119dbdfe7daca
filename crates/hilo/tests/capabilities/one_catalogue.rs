//! C. One catalogue.

use crate::support::{ANA, Brand, Browser, items, text};
use serde_json::json;
use std::time::{Duration, Instant};

#[tokio::test(flavor = "multi_thread")]
async fn cap_018_a_change_of_text_and_price_is_everywhere_within_five_seconds() {
    let brand = Brand::open().await;
    let (mut web, mut till) = (brand.browser(), brand.browser());
    till.sign_in("marta@marca.test", "/till").await;
    let product = brand.get("/v1/products/gorra").await;
    let version = product["version"].as_i64().expect("a version");
    web.open("/products/gorra").await.must_say("Gorra de pana").must_say("19,90");

    let changed = Instant::now();
    let path = format!("/v1/products/{}", text(&product["id"]));
    brand.call("PATCH", &path).json(&json!({ "title": { "es": "Gorra de tweed", "en": "Tweed cap" } })).done().await;
    let price = json!({ "items": [{ "variant": brand.variant("GOR"), "price": { "amount_minor": 2450, "currency": "EUR" } }] });
    brand.put("/v1/price-lists/base/prices", price).await;
    for page in [web.open("/products/gorra").await, till.open("/till/products/gorra?sku=GOR").await] {
        page.must_say("Gorra de tweed").must_say("24,50");
        assert!(!page.says("Gorra de pana") && !page.says("19,90"), "{}", page.path);
    }
    let seen = brand.get("/v1/products/gorra").await;
    assert_eq!((seen["title"]["es"].as_str(), seen["version"].as_i64()), (Some("Gorra de tweed"), Some(version + 1)));
    let quote = brand.post("/v1/quotes", json!({ "lines": [{ "variant": brand.variant("GOR"), "quantity": 1 }] })).await;
    assert_eq!(quote["total"]["amount_minor"], 2450);
    let search = async || Some(brand.get("/v1/search?text=tweed").await).filter(|found| !items(found).is_empty());
    assert_eq!(brand.until("the search", search).await["items"][0]["title"]["es"], "Gorra de tweed");
    web.open("/products?q=tweed").await.must_say("Gorra de tweed");
    assert!(changed.elapsed() < Duration::from_secs(5), "{:?}", changed.elapsed());
}

#[tokio::test(flavor = "multi_thread")]
async fn cap_018_every_door_shows_the_one_version_and_so_does_the_card_in_the_chat() {
    let brand = Brand::open().await;
    let (mut web, mut till, mut desk) = (brand.browser(), brand.browser(), brand.browser());
    till.sign_in("marta@marca.test", "/till").await;
    desk.sign_in("lucia@marca.test", "/desk").await;
    let chat = web.open("/chat").await;
    web.send(&chat, "/chat/messages", &[("text", "¿Tenéis gorras?")]).await;
    let matter = brand.matter().await;
    let product = brand.get("/v1/products/gorra").await;
    let version = product["version"].as_i64().expect("a version") + 1;

    let changed = Instant::now();
    let path = format!("/v1/products/{}", text(&product["id"]));
    brand.call("PATCH", &path).json(&json!({ "title": { "es": "Gorra de tweed", "en": "Tweed cap" } })).done().await;
    let price = json!({ "items": [{ "variant": brand.variant("GOR"), "price": { "amount_minor": 2450, "currency": "EUR" } }] });
    brand.put("/v1/price-lists/base/prices", price).await;
    let page = desk.open(&format!("/desk/matters/{matter}?card=product:gorra")).await;
    let fields = [("kind", "reply"), ("text", "Esta es"), ("card", "product:gorra")];
    desk.send(&page, &format!("/desk/matters/{matter}/messages"), &fields).await.must_say("Gorra de tweed");
    let marked = format!("data-version=\"{version}\"");
    for page in [web.open("/products/gorra").await, till.open("/till/products/gorra?sku=GOR").await] {
        assert!(page.html.contains(&marked), "{}: {}", page.path, page.html);
        page.must_say("Gorra de tweed").must_say("24,50");
    }
    let there =
        [brand.get("/v1/products/gorra").await["version"].clone(), brand.get("/v1/variants?sku=GOR").await["items"][0]["version"].clone()];
    assert_eq!(there, [json!(version), json!(version)]);
    assert!(web.open("/feeds/google.tsv").await.html.contains(&format!("version {version}")));
    assert!(changed.elapsed() < Duration::from_secs(5), "{:?}", changed.elapsed());
    // A reply waits some seconds, so that it can be taken back; the card says what it said when it was sent.
    let card = async || Some(web.open("/chat").await).filter(|page| page.html.contains("sent-card product"));
    let card = brand.until("the card in the chat", card).await;
    assert!(card.html.contains(&marked), "{}", card.html);
    card.must_say("Gorra de tweed").must_say("24,50");
}

#[tokio::test(flavor = "multi_thread")]
async fn cap_019_what_is_gone_is_gone_at_every_door_and_each_says_why() {
    let brand = Brand::open().await;
    let (mut web, mut till) = (brand.browser(), brand.browser());
    till.sign_in("marta@marca.test", "/till").await;
    web.open("/products/camisa-lino?sku=CAM-AZU-S").await.must_say("Agotado en todas partes");
    till.open("/till/products/camisa-lino?sku=CAM-AZU-S").await.must_say("Ahora mismo no queda en ningún sitio.");
    let line =
        json!({ "variant": brand.variant("CAM-AZU-S"), "quantity": 1, "way": { "kind": "collect", "location": brand.place("MAD") } });
    let order = json!({ "lines": [line], "contact": { "name": "Ana", "email": "ana@cliente.test" }, "payment": { "kind": "later" } });
    let refused = brand.call("POST", "/v1/orders").json(&order).refused().await;
    assert_eq!(refused, (409, "inventory.out_of_stock".to_owned()));
    assert_eq!(items(&brand.get("/v1/orders").await).len(), 0, "a refusal changes nothing");
    // And what is for sale is found and sold at each of them.
    web.open("/products/gorra").await.must_say("Añadir a la cesta");
    let found = till.open("/till/find?q=GOR").await;
    assert_eq!(found.path, "/till/products/gorra?sku=GOR");
    brand.sells_at_the_till(&mut till, None, ("gorra", "GOR")).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn cap_020_two_products_stand_side_by_side_with_the_same_lines_on_web_and_tablet() {
    let brand = Brand::open().await;
    let mut till = brand.browser();
    till.sign_in("marta@marca.test", "/till").await;
    let web = brand.browser().open("/compare?with=camisa-lino&with=no-hay&with=gorra").await;
    let tablet = till.open("/till/compare?with=camisa-lino&with=gorra").await;
    let lines = |html: &str| html.split_once("<tbody>").expect("lines").1.split_once("</tbody>").expect("an end").0.to_owned();
    assert_eq!(lines(&web.html), lines(&tablet.html));
    for line in ["Precio desde", "cambia", "19,90", "Blanco, Azul"] {
        web.must_say(line);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn cap_022_the_tablet_shows_all_colours_with_stock_here_nearby_and_online() {
    let brand = Brand::open().await;
    let mut till = brand.browser();
    till.sign_in("marta@marca.test", "/till").await;
    let page = till.open("/till/products/camisa-lino?sku=CAM-BLA-M").await;
    for cell in
        ["Blanco S: 1 aquí, 4 en otros sitios", "Blanco M: 2 aquí, 8 en otros sitios", "Azul S: ninguna aquí, ninguna en otros sitios"]
    {
        page.must_say(cell);
    }
    page.must_say("Azul M: ninguna aquí, 3 en otros sitios");
    // Of the chosen one: here, for delivery, and the shops around with how many.
    page.must_say("Aquí, Madrid").must_say("Para enviar").must_say(" km (3 ud.)");
    let away = till.open("/till/products/camisa-lino?sku=CAM-AZU-M").await;
    away.must_say("Sevilla, a ").must_say(" km (1 ud.)");
}

/// Write the rule of matching prices in the studio, with a share that may come off at most.
async fn allows_to_match(studio: &mut Browser, role: &str, percent: &str) {
    let page = studio.open("/studio/promotions/matching").await;
    let rule = [("allowed", "yes"), ("most_percent", percent), ("reason_over", "1"), ("role", role)];
    studio.send(&page, "/studio/promotions/matching", &rule).await.must_say("cambió la regla de igualar precios");
}

#[tokio::test(flavor = "multi_thread")]
async fn cap_024_the_associate_sees_our_own_web_price_and_matches_it_under_a_rule() {
    let brand = Brand::open().await;
    let (mut web, mut till, mut studio) = (brand.browser(), brand.browser(), brand.browser());
    till.sign_in("marta@marca.test", "/till").await;
    studio.sign_in("vera@marca.test", "/studio").await;
    brand.buys(&mut web, &ANA, ("camisa-lino", "CAM-BLA-M"), &[]).await;
    let ana = brand.person("ana@cliente.test").await;
    // Madrid asks 24.50 for the cap that costs 19.90 on the web.
    let list = json!({ "code": "madrid", "name": "Madrid", "currency": "EUR", "priority": 10, "audience": "shop:MAD" });
    brand.post("/v1/price-lists", list).await;
    let price = json!({ "items": [{ "variant": brand.variant("GOR"), "price": { "amount_minor": 2450, "currency": "EUR" } }] });
    brand.put("/v1/price-lists/madrid/prices", price).await;
    web.open("/products/gorra").await.must_say("19,90");
    let page = till.open(&format!("/till/customers/{ana}")).await;
    till.send(&page, &format!("/till/customers/{ana}/cart"), &[]).await;
    let page = till.open("/till/products/gorra?sku=GOR").await;
    page.must_say("24,50").must_say("En la web: 19,90");
    till.send(&page, "/till/cart/lines", &[("way", "take_now")]).await;

    // Without a rule it is seen and not asked; beyond the rule, and without the reason that it wants, as little.
    let cart = till.open("/till/cart").await;
    cart.must_say("En la web: 19,90").must_say("Esta marca no iguala precios.");
    assert!(!cart.says("Igualar"));
    allows_to_match(&mut studio, "associate", "10").await;
    till.open("/till/cart").await.must_say("Pide a quien pueda igualar que lo haga.");
    allows_to_match(&mut studio, "shop_manager", "10").await;
    till.open("/till/cart").await.must_say("Se puede bajar 2,45").must_say("Cobrar 24,50");
    allows_to_match(&mut studio, "shop_manager", "20").await;
    let cart = till.open("/till/cart").await;
    let refused = till.send(&cart, "/till/cart/lines/", &[("reason", " ")]).await;
    refused.must_say("Para bajar más de 1,00").must_say("Cobrar 24,50");

    let matched = till.send(&refused, "/till/cart/lines/", &[("reason", "La ha visto en el móvil")]).await;
    matched.must_say("Precio igualado al de la web: 19,90").must_say("Cobrar 19,90");
    let paying = till.open("/till/pay").await;
    let sold = till.send(&paying, "/till/pay", &[("by", "cash"), ("exact", "yes")]).await;
    sold.must_say("Precio igualado al de la web: 19,90");
    let order = brand.order_at(&sold).await;
    let line = &order["lines"][0];
    assert_eq!((&order["total"]["amount_minor"], &line["unit_price"]["amount_minor"]), (&json!(1990), &json!(1990)));
    let kept = &line["matched"];
    assert_eq!((&kept["from"]["amount_minor"], &kept["to"]["amount_minor"], &kept["rule"]), (&json!(2450), &json!(1990), &json!(3)));
    assert_eq!((&kept["reason"], &kept["shop"]), (&json!("La ha visto en el móvil"), &json!(brand.place("MAD"))));
    assert!(text(&kept["by"]).starts_with("staff:"), "{kept}");
    let receipt = till.open(&format!("/till/orders/{}/receipt", text(&order["id"]))).await;
    receipt.must_say("en lugar de 24,50");
    // It is on her timeline and in the audit of whoever did it; the list is as it was.
    studio.open(&format!("/desk/customers/{ana}")).await.must_say("Precio igualado al de la web en la tienda");
    till.open("/studio/audit").await.must_say("igualó el precio de Gorra de pana");
    till.open("/till/products/gorra?sku=GOR").await.must_say("24,50");
}

#[tokio::test(flavor = "multi_thread")]
async fn cap_025_what_is_sold_out_leaves_the_open_menu_of_every_shop_at_once() {
    let brand = Brand::open().await;
    let (mut madrid, mut sevilla) = (brand.browser(), brand.browser());
    madrid.open("/shops").await.must_say("Qué hay ahora");
    let mut open = Vec::new();
    for (browser, shop) in [(&mut madrid, "MAD"), (&mut sevilla, "SVQ")] {
        let page = browser.open(&format!("/shops/{shop}/menu")).await;
        page.must_say("Gorra de pana").must_say("Camisa de lino");
        let live = page.live(&format!("/shops/{shop}/menu/live"));
        open.push(browser.follow(&live).await.begins().await);
    }
    // The last ones go in one shop: only its menu loses them.
    let count =
        |shop: &'static str, counted: i64| json!({ "variant": brand.variant("GOR"), "location": brand.place(shop), "counted": counted });
    brand.post("/v1/stock-counts", count("MAD", 0)).await;
    open[0].hears_no_more("Gorra de pana", Duration::from_secs(1)).await;
    sevilla.open("/shops/SVQ/menu").await.must_say("Gorra de pana");
    brand.post("/v1/stock-counts", count("MAD", 5)).await;
    open[0].hears("Gorra de pana", Duration::from_secs(1)).await;
    // Off sale, it leaves them all.
    let cap = text(&brand.get("/v1/products/gorra").await["id"]);
    brand.call("PATCH", &format!("/v1/products/{cap}")).json(&json!({ "status": "draft" })).done().await;
    for menu in &mut open {
        menu.hears_no_more("Gorra de pana", Duration::from_secs(1)).await;
    }
    for (browser, shop) in [(&mut madrid, "MAD"), (&mut sevilla, "SVQ")] {
        let page = browser.open(&format!("/shops/{shop}/menu")).await;
        page.must_say("Camisa de lino");
        assert!(!page.says("Gorra de pana"), "{shop}");
    }
    assert_eq!(madrid.open("/shops/NADA/menu").await.status, 404);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_product_that_is_planned_appears_at_every_door_when_its_moment_comes_and_leaves_again() {
    let clock = kernel::VirtualClock::starting(kernel::Timestamp::from_seconds(1_762_160_400));
    let brand = Brand::open_by(std::sync::Arc::new(clock.clone())).await;
    let (mut web, mut till, mut studio) = (brand.browser(), brand.browser(), brand.browser());
    till.sign_in("marta@marca.test", "/till").await;
    studio.sign_in("vera@marca.test", "/studio").await;
    let cap = text(&brand.get("/v1/products/gorra").await["id"]);
    let path = format!("/studio/products/{cap}");
    let page = studio.open(&path).await;
    studio.send(&page, &format!("{path}/status/draft"), &[]).await;
    let page = studio.open(&path).await;
    let refused = studio.send(&page, &format!("{path}/publication"), &[("on_sale", "2025-11-03T09:00"), ("off_sale", "")]).await;
    refused.must_say("Ese momento ya ha pasado");
    // It is 10:00 in Madrid.
    let plan = [("on_sale", "2025-11-03T12:00"), ("off_sale", "2025-11-03T14:00")];
    studio.send(&refused, &format!("{path}/publication"), &plan).await.must_say("Publicación guardada");
    let planned = brand.get(&format!("/v1/products/{cap}/publication")).await;
    assert_eq!(planned, json!({ "on_sale": "2025-11-03T11:00:00Z", "off_sale": "2025-11-03T13:00:00Z" }));
    for (hours, is_there) in [(1, false), (1, true), (2, false)] {
        clock.advance(Duration::from_secs(hours * 3600));
        let follows = async || {
            let found = brand.get("/v1/search?text=pana").await;
            (items(&found).len() == usize::from(is_there)).then_some(())
        };
        brand.until("the search", follows).await;
        assert_eq!(web.open("/products/gorra").await.status, if is_there { 200 } else { 404 });
        assert_eq!(web.open("/feeds/google.tsv").await.says("Gorra de pana"), is_there);
        assert_eq!(web.open("/sitemap.xml").await.html.contains("/products/gorra"), is_there);
        assert_eq!(web.open("/products").await.says("Gorra de pana"), is_there);
        assert_eq!(till.open("/till/find?q=pana").await.says("Gorra de pana"), is_there);
    }
}
