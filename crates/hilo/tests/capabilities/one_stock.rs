//! D. One stock.

use crate::support::{ANA, Brand, Buyer, Seen, items, text};
use serde_json::json;

/// What the product page says of a place.
fn row(page: &Seen, place: &str) -> String {
    let (_, after) = page.html.split_once(&format!(">{place}<")).unwrap_or_else(|| panic!("no {place}: {}", page.html));
    after.split("</li>").next().unwrap_or_default().to_owned()
}

/// The day and the cost of sending, as the product page promises them: `En casa el martes 4 · Envío gratis`.
fn promise(page: &Seen) -> String {
    let from = |words: &str| {
        let at = page.html.find(words).unwrap_or_else(|| panic!("no {words}: {}", page.html));
        page.html[at..].split('<').next().unwrap_or_default().trim().to_owned()
    };
    format!("{} · {}", from("En casa el "), from("Envío "))
}

#[tokio::test(flavor = "multi_thread")]
async fn cap_026_every_door_shows_the_same_available_to_promise_per_place() {
    let brand = Brand::open().await;
    let (mut web, mut till) = (brand.browser(), brand.browser());
    till.sign_in("marta@marca.test", "/till").await;
    let shirt = "/products/camisa-lino?sku=CAM-BLA-M";
    let till_page = "/till/products/camisa-lino?sku=CAM-BLA-M";
    assert_eq!(brand.available("CAM-BLA-M").await, [("ALM", 5), ("BIO", 0), ("MAD", 2), ("SVQ", 3)].map(|(c, n)| (c.to_owned(), n)).into());
    assert!(row(&web.open(shirt).await, "Madrid Fuencarral").contains("Quedan 2"));
    till.open(till_page).await.must_say("Blanco M: 2 aquí, 8 en otros sitios");

    // One is promised to somebody who collects and pays in the shop, one is carried out.
    let place = brand.place("MAD");
    brand.puts_in_cart(&mut web, ("camisa-lino", "CAM-BLA-M"), &[("way", "collect"), ("shop", &place)]).await;
    brand.checks_out(&mut web, &ANA, "shop").await.must_say("Solo falta el pago");
    assert_eq!(brand.available("CAM-BLA-M").await["MAD"], 1);
    assert!(row(&web.open(shirt).await, "Madrid Fuencarral").contains("Queda 1"));
    till.open(till_page).await.must_say("Blanco M: 1 aquí, 8 en otros sitios");
    brand.sells_at_the_till(&mut till, None, ("camisa-lino", "CAM-BLA-M")).await;
    assert_eq!(brand.available("CAM-BLA-M").await["MAD"], 0);
    assert!(row(&web.open(shirt).await, "Madrid Fuencarral").contains("No queda"));
    till.open(till_page).await.must_say("Blanco M: ninguna aquí, 8 en otros sitios");
    // What is promised is sold to nobody else, at any door.
    let line = json!({ "variant": brand.variant("CAM-BLA-M"), "quantity": 1, "way": { "kind": "take_now", "location": place } });
    let order = json!({ "lines": [line], "sold_at": place, "payment": { "kind": "counter", "tenders":
        [{ "method": "cash", "amount": { "amount_minor": 4990, "currency": "EUR" } }] } });
    assert_eq!(brand.call("POST", "/v1/orders").json(&order).refused().await, (409, "inventory.out_of_stock".to_owned()));
}

/// The shops of the part "near me" of a product page, nearest first: what it says of each.
fn near_me(page: &Seen) -> Vec<String> {
    let (_, part) = page.html.split_once("<section id=\"near\"").unwrap_or_else(|| panic!("no part: {}", page.html));
    part.split("</section>").next().unwrap_or_default().split("<div class=\"near-head\">").skip(1).map(str::to_owned).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn cap_027_near_me_size_m_today_gives_shops_by_distance_with_a_hold_button() {
    let brand = Brand::open().await;
    let shirt = "/products/camisa-lino?sku=CAM-BLA-M";
    let (mut ana, mut luis) = (brand.browser(), brand.browser());
    // She says where she is once: Granada. Sevilla is near, Madrid far; Bilbao has none.
    ana.open(shirt).await.must_say("Recoger hoy cerca de ti");
    let page = ana.open("/near?place=18001&back=/products/camisa-lino?sku=CAM-BLA-M").await;
    assert_eq!(page.path, shirt);
    page.must_say("Cerca de 18001");
    let near = near_me(&page);
    assert_eq!(near.len(), 2, "{near:?}");
    for (shop, says) in near.iter().zip([["Sevilla Sierpes", "Últimas 3 unidades"], ["Madrid Fuencarral", "Últimas 2 unidades"]]) {
        assert!(says.iter().all(|words| shop.contains(words)) && shop.contains("Guardar hasta mañana"), "{says:?}: {shop}");
        assert!(shop.contains("open-state") && shop.contains(" km") && shop.contains("Recoger aquí"), "{shop}");
    }
    // Another colour, the same place: only Sevilla has it.
    let blue = near_me(&ana.open("/products/camisa-lino?sku=CAM-AZU-M").await);
    assert!(blue.len() == 1 && blue[0].contains("Sevilla Sierpes") && blue[0].contains("Última unidad"), "{blue:?}");
    // The API says the same of a postcode.
    let path = format!("/v1/locations/nearest?postcode=18001&variant={}&purpose=collect", brand.variant("CAM-BLA-M"));
    let api = brand.get(&path).await;
    let codes: Vec<_> = items(&api).iter().map(|near| text(&near["location"]["code"])).collect();
    assert_eq!(codes, ["SVQ", "MAD"]);

    // A press, her name, and it waits for her in the nearest.
    let asked = ana.send(&page, "/holds", &[]).await;
    asked.must_say("Te lo guardamos en Sevilla Sierpes");
    let held = ana.send(&asked, "/holds", &[("name", ANA.name), ("email", ANA.email)]).await;
    held.must_say("Guardado 24 horas en Sevilla Sierpes");
    let order = brand.order_on(&held).await;
    assert_eq!((&order["state"], &order["fulfilments"][0]["place"]), (&json!("placed"), &json!("Sevilla Sierpes")));
    assert_eq!(brand.available("CAM-BLA-M").await["SVQ"], 2, "it waits for her");

    // The last blue one: Luis sees it too and presses after her. He hears that no shop has it, and when it would be at home.
    let blue = "/products/camisa-lino?sku=CAM-AZU-M";
    luis.open("/near?place=Granada&back=/").await;
    let his = luis.open(blue).await;
    assert_eq!(near_me(&his).len(), 1);
    let hers = ana.open(blue).await;
    let asked = ana.send(&hers, "/holds", &[]).await;
    ana.send(&asked, "/holds", &[("name", ANA.name), ("email", ANA.email)]).await.must_say("Guardado 24 horas");
    let asked = luis.send(&his, "/holds", &[]).await;
    let late = luis.send(&asked, "/holds", &[("name", "Luis Gil"), ("email", "luis@cliente.test")]).await;
    assert_eq!(late.status, 422);
    late.must_say("En Sevilla Sierpes se acaba de agotar").must_say("Ya no está en ninguna tienda").must_say("Que me lo enviéis a casa");
    assert_eq!(brand.available("CAM-AZU-M").await["SVQ"], 0);

    // Of the white ones two are left in Sevilla; whoever comes after them is told of Madrid.
    let white = luis.open(shirt).await;
    let white = luis.send(&white, "/holds", &[]).await;
    for (name, email) in [("Eva Gil", "eva@cliente.test"), ("Sara Paz", "sara@cliente.test")] {
        let mut other = brand.browser();
        let page = other.open("/near?place=18001&back=/products/camisa-lino?sku=CAM-BLA-M").await;
        let asked = other.send(&page, "/holds", &[]).await;
        other.send(&asked, "/holds", &[("name", name), ("email", email)]).await.must_say("Guardado 24 horas en Sevilla Sierpes");
    }
    let late = luis.send(&white, "/holds", &[("typed", "yes"), ("name", "Luis Gil"), ("email", "luis@cliente.test")]).await;
    late.must_say("La siguiente tienda más cercana que lo tiene es Madrid Fuencarral");
    let there = luis.send(&late, "/holds", &[]).await;
    there.must_say("Guardado 24 horas en Madrid Fuencarral");
    assert_eq!((brand.available("CAM-BLA-M").await["SVQ"], brand.available("CAM-BLA-M").await["MAD"]), (0, 1));
}

#[tokio::test(flavor = "multi_thread")]
async fn cap_028_what_is_not_in_the_shop_is_sold_from_the_tablet_and_sent() {
    let brand = Brand::open().await;
    let zone = json!({ "area": "ES-mainland", "least_days": 0, "most_days": 0, "fees": [{ "currency": null, "fee_minor": 695 }] });
    let always = json!({ "mon": 1439, "tue": 1439, "wed": 1439, "thu": 1439, "fri": 1439, "sat": 1439, "sun": 1439 });
    let today =
        json!({ "name": { "es": "Hoy", "en": "Today" }, "carrier": "Mensajero", "zones": [zone], "cut_off": always, "position": 1 });
    brand.put("/v1/delivery-methods/hoy", today).await;
    let mut till = brand.browser();
    till.sign_in("marta@marca.test", "/till").await;
    let buyer = Buyer { name: "Luis Gil", email: "luis@cliente.test" };
    brand.post("/v1/profiles", json!({ "identifiers": [{ "kind": "email", "value": buyer.email }], "name": buyer.name })).await;
    let luis = brand.person(buyer.email).await;
    let page = till.open(&format!("/till/customers/{luis}")).await;
    till.send(&page, &format!("/till/customers/{luis}/cart"), &[]).await;
    let page = till.open("/till/products/camisa-lino?sku=CAM-AZU-M").await;
    page.must_say("Azul M: ninguna aquí");
    let promised = promise(&brand.browser().open("/products/camisa-lino?sku=CAM-AZU-M").await);
    let cart = till.send(&page, "/till/cart/lines", &[("way", "deliver")]).await;
    // Before any money: the day and the cost, as the web says them.
    cart.must_say(&promised);
    let address = till.open(&cart.link("/till/cart/address")).await;
    let fields = [("name", "Luis Gil"), ("street", "Gran Vía 1"), ("postcode", "28013"), ("city", "Madrid")];
    let paying = till.send(&address, "/till/cart/address", &fields).await;
    paying.must_say(&promised);
    // Another way costs more; the cart is priced anew before any money.
    let basket = till.open("/till").await;
    let sooner = till.send(&basket, "/till/cart/delivery", &[("delivery", "hoy")]).await;
    sooner.must_say("Hoy · Mensajero").must_say("6,95");
    assert_eq!(brand.available("CAM-AZU-M").await["ALM"], 2, "nothing is sold yet");
    let paying = till.open("/till/pay").await;
    let sold = till.send(&paying, "/till/pay", &[("by", "card"), ("reference", "R-77")]).await;
    let order = brand.order_at(&sold).await;
    assert_eq!((&order["state"], &order["channel"]), (&json!("paid"), &json!("till")));
    let part = &order["fulfilments"][0];
    assert_eq!(
        (&part["way"], &part["place"], &part["address"]["city"]),
        (&json!("deliver"), &json!("Almacén de Getafe"), &json!("Madrid"))
    );
    // The order says it as the till did: in its bill, to the customer and on the desk.
    assert_eq!((&order["delivery_fee"]["amount_minor"], &part["promised"]["method"]), (&json!(695), &json!("hoy")));
    let mut desk = brand.browser();
    desk.sign_in("lucia@marca.test", "/desk").await;
    let seen = desk.open(&format!("/desk/orders/{}", text(&order["id"]))).await;
    seen.must_say("Hoy · llega").must_say("Sale de Almacén de Getafe");
    assert_eq!(brand.available("CAM-AZU-M").await["ALM"], 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn cap_026_what_is_on_its_way_is_said_and_sold_alike_at_every_door() {
    let brand = Brand::open().await;
    let (mut web, mut desk) = (brand.browser(), brand.browser());
    let (blue, place) = ("/products/camisa-lino?sku=CAM-AZU-M", brand.place("ALM"));
    let variant = brand.variant("CAM-AZU-M");
    for (code, left) in brand.available("CAM-AZU-M").await.into_iter().filter(|(_, left)| *left > 0) {
        let gone = json!({ "variant": variant, "location": brand.place(&code), "change": -left, "reason": "sample" });
        brand.post("/v1/stock-adjustments", gone).await;
    }
    web.open(blue).await.must_say("Agotado en todas partes");

    brand.put(&format!("/v1/variants/{variant}/stock-policy"), json!({ "policy": "backorder" })).await;
    web.open(blue).await.must_say("Agotado en todas partes");
    let supply = json!({ "variant": variant, "location": place, "quantity": 2, "expected": "2031-01-15", "supplier": "Textil Norte" });
    let supply = brand.post("/v1/supplies", supply).await;
    let page = web.open(blue).await;
    page.must_say("Ahora no queda, pero puedes pedirlo: llega hacia el 15 ene 2031");
    assert!(page.html.contains("https://schema.org/BackOrder") && page.html.contains("\"availabilityStarts\":\"2031-01-15\""));
    let feed = web.open("/feeds/google.tsv?product=camisa-lino").await;
    let told = feed.html.lines().find(|line| line.starts_with("CAM-AZU-M\t")).unwrap_or_else(|| panic!("{}", feed.html)).to_owned();
    assert!(told.contains("\tbackorder\t2031-01-15T00:00+0000\t"), "{told}");
    let incoming = format!("/v1/variants/{variant}/incoming");
    assert_eq!(brand.get(&incoming).await["items"][0]["free"], 2);

    brand.puts_in_cart(&mut web, ("camisa-lino", "CAM-AZU-M"), &[("way", "deliver")]).await;
    web.open("/cart").await.must_say("Te lo enviamos en cuanto nos llegue, hacia el 15 ene 2031");
    let paid = brand.buys(&mut web, &ANA, ("camisa-lino", "CAM-AZU-M"), &[("way", "deliver")]).await;
    paid.must_say("Nos llega hacia el 15 ene 2031").must_say("Esperando género");
    let order = brand.order_on(&paid).await;
    let part = &order["fulfilments"][0];
    assert_eq!((&part["state"], &part["expected"]), (&json!("awaiting"), &json!("2031-01-15")));
    assert!(text(&part["promised"]["arrives_from"]).as_str() > "2031-01-15", "{part}");
    // Two were in the cart: none is left, at any door.
    assert_eq!(items(&brand.get(&incoming).await).len(), 0);
    web.open(blue).await.must_say("Agotado en todas partes");
    desk.sign_in("marta@marca.test", "/desk").await;
    desk.open(&format!("/desk/orders/{}", text(&order["id"]))).await.must_say("Esperando género");

    // They come: the parcel can be packed, and nothing of it is anybody else's.
    brand.post(&format!("/v1/supplies/{}/receipts", text(&supply["id"])), json!({ "quantity": 2 })).await;
    let path = format!("/v1/orders/{}", text(&order["id"]));
    let state = brand.until("a part to be picked", async || {
        let order = brand.get(&path).await;
        (order["fulfilments"][0]["state"] == "pending").then_some(order["fulfilments"][0]["expected"].clone())
    });
    assert_eq!(state.await, json!(null));
    assert_eq!(brand.available("CAM-AZU-M").await["ALM"], 0);
}
