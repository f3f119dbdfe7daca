//! One price: whatever is in a cart, each door says the same sums.

use crate::support::{ANA, Brand, Browser, Seen, text};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use serde_json::{Value, json};

/// Carts that are tried; each is seen at six doors.
const CASES: usize = 64;
/// What is sold, with what Madrid has of it.
const SHELF: [(&str, i64); 3] = [("CAM-BLA-S", 1), ("CAM-BLA-M", 2), ("GOR", 9)];

/// A cart and the world that it is priced in.
#[derive(Clone, Debug)]
struct Case {
    quantities: [i64; 3],
    /// Of each thing, in cents.
    prices: [i64; 3],
    coupon: Option<&'static str>,
}

fn cases() -> impl Strategy<Value = Case> {
    let quantities = (0..=SHELF[0].1, 0..=SHELF[1].1, 1..=SHELF[2].1).prop_map(<[i64; 3]>::from);
    let coupon = prop_oneof![Just(None), Just(Some("SIETE")), Just(Some("CINCO"))];
    let case = |(quantities, prices, coupon)| Case { quantities, prices, coupon };
    (quantities, prop::array::uniform3(1_i64..20_000), coupon).prop_map(case)
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_cart_has_the_same_quote_at_every_door() {
    let brand = Brand::open().await;
    has_promotions(&brand).await;
    let (mut web, mut till, mut desk) = (brand.browser(), brand.browser(), brand.browser());
    till.sign_in("marta@marca.test", "/till").await;
    desk.sign_in("lucia@marca.test", "/desk").await;
    brand.buys(&mut web, &ANA, ("camisa-lino", "CAM-AZU-M"), &[]).await;
    brand.customer_signs_in(&mut web, ANA.email).await;
    let (ana, profile) = (brand.person(ANA.email).await, brand.profile(ANA.email).await);
    let mut runner = TestRunner::deterministic();
    for _ in 0..CASES {
        let case = cases().new_tree(&mut runner).expect("a case").current();
        let cart = fills_her_cart(&brand, &profile, &case).await;
        // A quote asked for by itself.
        let quote = brand.post("/v1/quotes", json!({ "lines": lines(&brand, &case), "coupon": case.coupon })).await;
        let (subtotal, discount, total) = (cents(&quote["subtotal"]), cents(&quote["discount"]), cents(&quote["total"]));
        assert_eq!(subtotal - discount, total, "{case:?}");
        // Her own cart on the web, its checkout, the till and the desk.
        let page = web.open("/cart").await;
        assert_eq!(sums(&page), (subtotal, discount, total), "the web: {case:?}");
        let page = web.open("/checkout").await;
        assert_eq!(sums(&page), (subtotal, discount, total), "the checkout: {case:?}");
        assert_eq!(at_the_till(&mut till, &ana).await, (discount, total), "the till: {case:?}");
        let page = desk.open(&format!("/desk/customers/{ana}")).await;
        let side = page.html.split_once("id=\"cart\"").expect("her cart").1;
        assert_eq!(money_after(side, "<strong class=\"money\">"), total, "the desk: {case:?}");
        // And the order that is made of it, line by line.
        let contact = json!({ "name": ANA.name, "email": ANA.email });
        let order =
            brand.post("/v1/orders", json!({ "cart": cart, "contact": contact, "payment": { "kind": "later" } })).await["order"].clone();
        assert_eq!(cents(&order["total"]), total, "the order: {case:?}");
        let each = |value: &Value| -> Vec<i64> { items_of(value).iter().map(|line| cents(&line["total"])).collect() };
        assert_eq!(each(&order), each(&quote), "{case:?}");
        brand.post(&format!("/v1/orders/{}/cancellation", text(&order["id"])), json!({})).await;
    }
}

/// Three for two of caps, seven in a hundred with a coupon, five euros off with another from sixty on.
async fn has_promotions(brand: &Brand) {
    let caps = json!({ "kind": "variants", "variants": [brand.variant("GOR")] });
    let all = json!({ "kind": "everything" });
    let made = [
        json!({ "code": "gorras-3x2", "target": caps, "offer": { "kind": "n_for_m", "take": 3, "pay": 2 }, "priority": 9 }),
        json!({ "code": "siete", "target": all, "needs_coupon": true, "offer": { "kind": "percentage", "basis_points": 700 } }),
        json!({ "code": "cinco", "target": all, "needs_coupon": true, "is_exclusive": false,
            "offer": { "kind": "amount", "off": euros(500) }, "threshold": euros(6_000) }),
    ];
    for mut promotion in made {
        promotion["name"] = json!({ "es": promotion["code"], "en": promotion["code"] });
        let kept = brand.post("/v1/promotions", promotion).await;
        if kept["needs_coupon"] == true {
            let codes = json!({ "codes": [text(&kept["code"]).to_uppercase()], "uses": 500 });
            brand.post(&format!("/v1/promotions/{}/coupons", text(&kept["code"])), codes).await;
        }
    }
}

/// What stands in the case, in her cart, to be collected in Madrid; the cart.
async fn fills_her_cart(brand: &Brand, profile: &str, case: &Case) -> String {
    let price = |(at, (sku, _)): (usize, &(&str, i64))| json!({ "variant": brand.variant(sku), "price": euros(case.prices[at]) });
    let prices: Vec<Value> = SHELF.iter().enumerate().map(price).collect();
    brand.put("/v1/price-lists/base/prices", json!({ "items": prices })).await;
    let cart = text(&brand.post("/v1/carts", json!({ "profile": profile })).await["id"]);
    for mut line in lines(brand, case) {
        line["way"] = json!({ "kind": "collect", "location": brand.place("MAD") });
        brand.post(&format!("/v1/carts/{cart}/lines"), line).await;
    }
    if let Some(code) = case.coupon {
        brand.put(&format!("/v1/carts/{cart}/coupon"), json!({ "code": code })).await;
    }
    cart
}

fn lines(brand: &Brand, case: &Case) -> Vec<Value> {
    let line = |(at, (sku, _)): (usize, &(&str, i64))| json!({ "variant": brand.variant(sku), "quantity": case.quantities[at] });
    SHELF.iter().enumerate().filter(|(at, _)| case.quantities[*at] > 0).map(line).collect()
}

fn euros(cents: i64) -> Value {
    json!({ "amount_minor": cents, "currency": "EUR" })
}

fn cents(money: &Value) -> i64 {
    money["amount_minor"].as_i64().expect("an amount")
}

fn items_of(value: &Value) -> &[Value] {
    value["lines"].as_array().expect("lines")
}

/// What goods cost, what is taken off and what is paid, by the totals of a page of the shop.
fn sums(page: &Seen) -> (i64, i64, i64) {
    let totals = page.html.split_once("<dl class=\"totals\">").unwrap_or_else(|| panic!("totals: {}", page.html)).1;
    let totals = totals.split_once("</dl>").expect("an end").0;
    (money_after(totals, "Productos</dt><dd>"), taken_off(totals), money_after(totals, "<dd class=\"sum\">"))
}

async fn at_the_till(till: &mut Browser, person: &str) -> (i64, i64) {
    let page = till.open(&format!("/till/customers/{person}")).await;
    till.send(&page, &format!("/till/customers/{person}/cart"), &[]).await;
    let page = till.open("/till/cart").await;
    (taken_off(&page.html), money_after(&page.html, "<dd class=\"sum\">"))
}

fn taken_off(html: &str) -> i64 {
    if html.contains("<dd>−") { money_after(html, "<dd>−") } else { 0 }
}

/// The amount in Spanish that stands after a text, in cents.
fn money_after(html: &str, text: &str) -> i64 {
    let shown = html.split_once(text).unwrap_or_else(|| panic!("{text} in {html}")).1;
    let digits: String = shown.split(['<', '€']).next().expect("a sum").chars().filter(char::is_ascii_digit).collect();
    digits.parse().unwrap_or_else(|_| panic!("a sum after {text}: {}", &shown[..40.min(shown.len())]))
}
