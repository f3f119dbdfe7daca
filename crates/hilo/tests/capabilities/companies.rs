//! A. One customer: companies as customers.

use crate::support::{ANA, Brand, Browser, Buyer, Seen, items, text};

const LUIS: Buyer<'static> = Buyer { name: "Luis Prado", email: "luis@cliente.test" };

/// Buy the cap for a company, on the web; the page of the order.
async fn buys_for(brand: &Brand, web: &mut Browser, buyer: &Buyer<'_>, company: &str) -> Seen {
    brand.puts_in_cart(web, ("gorra", "GOR"), &[("way", "deliver")]).await;
    let page = web.open("/checkout").await;
    page.must_say("Para Hotel Alfonso");
    let address = [("street", "Calle Betis 3"), ("postcode", "41010"), ("city", "Sevilla")];
    let mut fields = vec![("name", buyer.name), ("email", buyer.email), ("pay", "online"), ("for", company)];
    fields.extend(address);
    let paying = web.send(&page, "/checkout", &fields).await;
    web.send(&paying, "/pay/", &[("do", "approve")]).await
}

#[tokio::test(flavor = "multi_thread")]
async fn cap_008_two_buyers_share_account_orders_and_terms_and_keep_their_own_conversations() {
    let brand = Brand::open().await;
    let mut studio = brand.browser();
    studio.sign_in("lucia@marca.test", "/studio").await;
    let form = studio.open("/studio/companies/new").await;
    let wrong = [("name", "Hotel Alfonso"), ("tax_id", "B58378432"), ("payment_days", "30"), ("credit_limit", "5.000")];
    studio.send(&form, "/studio/companies/new", &wrong).await.must_say("No es un NIF ni un IVA válido");
    let right = [("name", "Hotel Alfonso"), ("tax_id", "b-58378431"), ("payment_days", "30"), ("credit_limit", "5.000")];
    let made = studio.send(&form, "/studio/companies/new", &right).await;
    let company = made.path.trim_start_matches("/studio/companies/").to_owned();
    for (buyer, role) in [(&ANA, "admin"), (&LUIS, "buyer")] {
        let fields = [("contact", buyer.email), ("name", buyer.name), ("role", role)];
        let page = studio.open(&made.path).await;
        studio.send(&page, &format!("/studio/companies/{company}/buyers"), &fields).await.must_say(buyer.name);
    }

    let (mut ana, mut luis) = (brand.browser(), brand.browser());
    brand.customer_signs_in(&mut ana, ANA.email).await;
    brand.customer_signs_in(&mut luis, LUIS.email).await;
    let bought = buys_for(&brand, &mut ana, &ANA, &company).await;
    let by_ana = text(&brand.order_on(&bought).await["number"]);
    let bought = buys_for(&brand, &mut luis, &LUIS, &company).await;
    let by_luis = text(&brand.order_on(&bought).await["number"]);
    for (browser, colleague) in [(&mut ana, LUIS.name), (&mut luis, ANA.name)] {
        let account = browser.open("/account").await;
        let shared = browser.open(&account.link("/account/companies/")).await;
        shared.must_say(&by_ana).must_say(&by_luis).must_say("Paga a 30 días").must_say("5000").must_say(colleague);
    }
    let orders = brand.get(&format!("/v1/companies/{company}/orders")).await;
    assert_eq!(items(&orders).iter().map(|o| text(&o["number"])).collect::<Vec<_>>(), [by_luis.clone(), by_ana.clone()]);

    let mut eva = brand.browser();
    brand.customer_signs_in(&mut eva, "eva@cliente.test").await;
    assert_eq!(eva.open(&format!("/account/companies/{company}")).await.status, 404, "nobody else's");

    brand.writes_mail("Ana Ruiz <ana@cliente.test>", "La factura", "¿Dónde está la factura?");
    brand.writes_mail("Luis Prado <luis@cliente.test>", "Las tallas", "¿Hay más tallas?");
    let (one, other) = (brand.person(ANA.email).await, brand.person(LUIS.email).await);
    assert_ne!(one, other);
    let mut desk = brand.browser();
    desk.sign_in("lucia@marca.test", "/desk").await;
    let letters = async || {
        let open = brand.get("/v1/matters?view=open").await;
        Some(open).filter(|open| items(open).len() == 2)
    };
    brand.until("two matters", letters).await;
    let page = desk.open(&format!("/desk/customers/{one}")).await;
    page.must_say("Hotel Alfonso").must_say("Administra").must_say("¿Dónde está la factura?");
    assert!(!page.says("¿Hay más tallas?"), "a conversation belongs to a person");
    let page = desk.open(&format!("/desk/customers/{other}")).await;
    page.must_say("Hotel Alfonso").must_say("¿Hay más tallas?");
    assert!(!page.says("¿Dónde está la factura?"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_segment_built_in_the_studio_takes_in_whoever_orders_within_a_second() {
    let brand = Brand::open().await;
    let mut studio = brand.browser();
    studio.sign_in("lucia@marca.test", "/studio").await;
    assert_eq!(studio.open("/studio/segments/new").await.status, 403, "an agent makes none");
    let condition = serde_json::json!({ "is": "happened", "kind": "order.placed", "bound": "at_least", "times": 1, "days": 30 });
    let made = brand.post("/v1/segments", serde_json::json!({ "name": "Compraron este mes", "condition": condition })).await;
    let path = format!("/v1/segments/{}", text(&made["id"]));
    let mut web = brand.browser();
    let bought = brand.buys(&mut web, &ANA, ("gorra", "GOR"), &[("way", "deliver")]).await;
    let at = std::time::Instant::now();
    let inside = async || Some(brand.get(&path).await).filter(|segment| segment["size"] == 1 && segment["state"] == "ready");
    brand.until("she is in", inside).await;
    assert!(at.elapsed() < std::time::Duration::from_secs(1), "{:?}", at.elapsed());
    assert_eq!(bought.status, 200);
    let page = studio.open(&format!("/studio/segments/{}/members", text(&made["id"]))).await;
    page.must_say(ANA.name).must_say("pedido hecho al menos una vez en los últimos 30 días");
    let person = brand.person(ANA.email).await;
    studio.open(&format!("/desk/customers/{person}")).await.must_say("Compraron este mes");
}
