//! A. One customer: what is learnt of her, with her consent, and what she looks at and says.

use crate::support::{ANA, Brand, Browser, items, text};
use kernel::{Timestamp, VirtualClock};
use serde_json::json;
use std::sync::Arc;
use std::time::Duration;

/// Monday 2026-06-01, 10:00 in Madrid.
const START: Timestamp = Timestamp::from_seconds(1_780_300_800);

impl Brand {
    /// She buys a shirt in Seville.
    async fn visits_the_till(&self, person: &str) {
        let mut till = self.browser();
        till.sign_in("rocio@marca.test", "/till").await;
        self.sells_at_the_till(&mut till, Some(person), ("camisa-lino", "CAM-BLA-M")).await;
    }
}

async fn answers(brand: &Brand, profile: &str, state: &str) {
    let consent = json!({ "purpose": "personalisation", "channel": "web", "state": state, "evidence": "en su cuenta" });
    brand.put(&format!("/v1/profiles/{profile}/consent"), consent).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn cap_006_after_three_visits_the_profile_shows_the_usual_shop_and_the_consent_that_allowed_it() {
    let clock = VirtualClock::starting(START);
    let brand = Brand::open_by(Arc::new(clock.clone())).await;
    let mut web = brand.browser();
    brand.customer_signs_in(&mut web, ANA.email).await;
    let (ana, profile) = (brand.person(ANA.email).await, brand.profile(ANA.email).await);
    let preferences = format!("/v1/customers/{ana}/preferences");
    let mut till = brand.browser();
    till.sign_in("rocio@marca.test", "/till").await;
    brand.sells_at_the_till(&mut till, Some(&ana), ("gorra", "GOR")).await;
    clock.advance(Duration::from_secs(60));
    answers(&brand, &profile, "granted").await;
    for _ in 0..3 {
        clock.advance(Duration::from_secs(24 * 3600));
        assert_eq!(items(&brand.get(&preferences).await).iter().filter(|p| p["aspect"] == "usual_shop").count(), 0, "not yet");
        brand.visits_the_till(&ana).await;
    }
    let known = brand.until("shop, size and kind", async || Some(brand.get(&preferences).await).filter(|p| items(p).len() == 3)).await;
    let said: Vec<_> = items(&known).iter().map(|p| (text(&p["aspect"]), text(&p["label"]), p["times"].clone())).collect();
    let expected = [("usual_shop", "Sevilla Sierpes"), ("size", "M"), ("kind", "Camisas")];
    assert_eq!(said, expected.map(|(aspect, label)| (aspect.to_owned(), label.to_owned(), json!(3))), "not the one before she agreed");
    assert_eq!(known["allowed"]["purpose"], "personalisation");

    let mut desk = brand.browser();
    desk.sign_in("lucia@marca.test", "/desk").await;
    let page = desk.open(&format!("/desk/customers/{ana}")).await;
    page.must_say("Tienda habitual").must_say("3 visitas, lo permitió el").must_say("Talla en Camisas");
    web.open("/account").await.must_say("Lo que hemos aprendido de ti").must_say("Sevilla Sierpes").must_say("lo permitiste el");

    answers(&brand, &profile, "refused").await;
    assert_eq!(items(&brand.get(&preferences).await).len(), 0, "at once");
    assert!(!desk.open(&format!("/desk/customers/{ana}")).await.says("Tienda habitual"));
    assert!(!web.open("/account").await.says("Lo que hemos aprendido de ti"));
}

async fn home_says(brand: &Brand, web: &mut Browser, words: &str) {
    for _ in 0..100 {
        if web.open("/").await.says(words) {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    panic!("{words}: {}, {:?}", web.open("/").await.html, brand.get("/v1/customers").await);
}

#[tokio::test(flavor = "multi_thread")]
async fn cap_007_visits_and_a_public_comment_are_on_the_profile_and_change_the_next_home_page() {
    let brand = Brand::open().await;
    let mut web = brand.browser();
    web.open("/").await;
    web.open("/products/gorra").await.must_say("Gorra de pana");
    home_says(&brand, &mut web, "Has mirado hace poco").await;
    brand.customer_signs_in(&mut web, ANA.email).await;
    let (ana, profile) = (brand.person(ANA.email).await, brand.profile(ANA.email).await);
    let kinds: Vec<_> = brand.timeline(&ana).await.iter().map(|entry| text(&entry["kind"])).collect();
    assert!(kinds.contains(&"visit.began".to_owned()), "her visit before she signed in: {kinds:?}");
    home_says(&brand, &mut web, "Has mirado hace poco").await;

    brand.adds_identifier(&profile, "x", "@ana_ruiz").await;
    let comment =
        json!({ "kind": "x", "handle": "@ana_ruiz", "text": "La camisa de lino de @almadeja, un acierto", "url": "https://x.test/1" });
    let noted = brand.post("/v1/customers/comments", comment.clone()).await;
    assert_eq!(items(&json!({ "items": noted["products"] })).len(), 1);
    assert!(!web.open("/").await.says("Porque escribiste"), "not without her consent");
    answers(&brand, &profile, "granted").await;
    let home = web.open("/").await;
    home.must_say("Porque escribiste sobre Camisa de lino").must_say("Tu comentario público como @ana_ruiz");
    let mut desk = brand.browser();
    desk.sign_in("lucia@marca.test", "/desk").await;
    let page = desk.open(&format!("/desk/customers/{ana}")).await;
    page.must_say("Comenta en público")
        .must_say("La camisa de lino de @almadeja, un acierto")
        .must_say("Visita la web")
        .must_say("Ha mirado");
    let stranger = json!({ "kind": "x", "handle": "@nadie", "text": "Hola", "url": "https://x.test/2" });
    let refused = brand.call("POST", "/v1/customers/comments").json(&stranger).refused().await;
    assert_eq!(refused, (404, "customers.unknown_identifier".to_owned()));
}

#[tokio::test(flavor = "multi_thread")]
async fn cap_007_a_mention_on_x_is_on_the_profile_of_whoever_is_known_and_a_strangers_is_not_kept() {
    let brand = Brand::open().await;
    let mut web = brand.browser();
    brand.customer_signs_in(&mut web, ANA.email).await;
    let (ana, profile) = (brand.person(ANA.email).await, brand.profile(ANA.email).await);
    brand.adds_identifier(&profile, "x", "@Ana_Ruiz").await;
    brand.mentions_on_x("3001969357", "ana_ruiz", "La camisa de lino de @marca, un acierto").await;
    brand.mentions_on_x("3001969358", "nadie", "@marca hola").await;
    let noted = async || brand.timeline(&ana).await.into_iter().find(|entry| entry["kind"] == "comment.noted");
    let noted = brand.until("the mention", noted).await;
    assert_eq!(noted["channel"], "x");
    answers(&brand, &profile, "granted").await;
    home_says(&brand, &mut web, "Porque escribiste sobre Camisa de lino").await;
    assert_eq!(items(&brand.get("/v1/customers?text=nadie").await).len(), 0);
    let mut desk = brand.browser();
    desk.sign_in("lucia@marca.test", "/desk").await;
    desk.open(&format!("/desk/customers/{ana}")).await.must_say("La camisa de lino de @marca, un acierto");
}

#[tokio::test(flavor = "multi_thread")]
async fn cap_007_a_rating_by_who_bought_it_is_on_the_profile_and_once_read_on_the_product_page() {
    let brand = Brand::open().await;
    let (mut web, mut eva) = (brand.browser(), brand.browser());
    brand.customer_signs_in(&mut web, ANA.email).await;
    brand.customer_signs_in(&mut eva, "eva@cliente.test").await;
    assert!(!eva.open("/products/gorra").await.says("¿Qué te parece?"), "she has not bought it");
    brand.buys(&mut web, &ANA, ("gorra", "GOR"), &[("way", "deliver")]).await;
    let page = web.open("/products/gorra").await;
    let said = [("stars", "4"), ("text", "Abriga mucho"), ("name", "Ana")];
    web.send(&page, "/products/gorra/ratings", &said).await.must_say("Gracias").must_say("La publicaremos en cuanto");
    assert!(!eva.open("/products/gorra").await.says("Abriga mucho"), "nobody of ours has read it");
    let waiting = brand.get("/v1/ratings").await;
    let path = format!("/v1/ratings/{}/decision", text(&items(&waiting)[0]["id"]));
    assert_eq!(brand.post(&path, json!({ "publish": true })).await["state"], "published");
    eva.open("/products/gorra").await.must_say("Abriga mucho").must_say("4,0 de 5, 1 valoración");
    let kinds: Vec<_> = brand.timeline(&brand.person(ANA.email).await).await.iter().map(|entry| text(&entry["kind"])).collect();
    assert!(kinds.contains(&"product.rated".to_owned()), "{kinds:?}");
}
