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

#[tokio::test(flavor = "multi_thread")]
async fn cap_027_shops_with_stock_come_in_order_of_distance_and_hold_it() {
    let brand = Brand::open().await;
    // From Granada: Sevilla is near, Madrid far; Bilbao has none.
    let path = format!("/v1/locations/nearest?latitude=37.1773&longitude=-3.5986&variant={}&purpose=collect", brand.variant("CAM-BLA-M"));
    let near = brand.get(&path).await;
    let codes: Vec<_> = items(&near).iter().map(|near| text(&near["location"]["code"])).collect();
    assert_eq!(codes, ["SVQ", "MAD"]);
    assert_eq!((&near["items"][0]["available"], &near["items"][1]["available"]), (&json!(3), &json!(2)));
    let mut web = brand.browser();
    let shops = web.open("/shops?lat=37.1773&lon=-3.5986").await;
    let at = |name: &str| shops.html.find(name).unwrap_or_else(|| panic!("no {name}"));
    assert!(at("Sevilla Sierpes") < at("Madrid Fuencarral") && at("Madrid Fuencarral") < at("Bilbao Casco Viejo"));

    let nearest = brand.place("SVQ");
    brand.puts_in_cart(&mut web, ("camisa-lino", "CAM-BLA-M"), &[("way", "collect"), ("shop", &nearest)]).await;
    let held = brand.checks_out(&mut web, &ANA, "shop").await;
    let order = brand.order_on(&held).await;
    assert_eq!((&order["state"], &order["fulfilments"][0]["place"]), (&json!("placed"), &json!("Sevilla Sierpes")));
    assert_eq!(brand.available("CAM-BLA-M").await["SVQ"], 2, "it waits for her");
}

#[tokio::test(flavor = "multi_thread")]
async fn cap_028_what_is_not_in_the_shop_is_sold_from_the_tablet_and_sent() {
    let brand = Brand::open().await;
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
    assert_eq!(brand.available("CAM-AZU-M").await["ALM"], 2, "nothing is sold yet");
    let sold = till.send(&paying, "/till/pay", &[("by", "card"), ("reference", "R-77")]).await;
    let order = brand.order_at(&sold).await;
    assert_eq!((&order["state"], &order["channel"]), (&json!("paid"), &json!("till")));
    let part = &order["fulfilments"][0];
    assert_eq!(
        (&part["way"], &part["place"], &part["address"]["city"]),
        (&json!("deliver"), &json!("Almacén de Getafe"), &json!("Madrid"))
    );
    assert_eq!(brand.available("CAM-AZU-M").await["ALM"], 1);
}
