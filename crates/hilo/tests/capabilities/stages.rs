//! E. One order: each stage is told once, and some days after the last one question is asked.

use crate::support::{ANA, Brand, items, text};
use kernel::{Timestamp, VirtualClock};
use serde_json::{Value, json};
use std::sync::Arc;
use std::time::Duration;

/// What was written to Ana about her order, oldest first: channel and words.
async fn told(brand: &Brand) -> Vec<(String, String)> {
    let mut told = Vec::new();
    let lists = [brand.get("/v1/matters?view=open&limit=100").await, brand.get("/v1/matters?view=resolved&limit=100").await];
    for matter in lists.iter().flat_map(items) {
        let said = brand.said(&text(&matter["id"])).await;
        told.extend(said.into_iter().filter(|(direction, ..)| direction == "out").map(|(_, channel, words)| (channel, words)));
    }
    told
}

#[tokio::test(flavor = "multi_thread")]
async fn cap_032_each_stage_is_told_once_and_three_days_later_one_review_is_asked_for() {
    // A Monday morning: nobody's quiet hours.
    let clock = VirtualClock::starting(Timestamp::from_seconds(1_762_160_400));
    let brand = Brand::open_by(Arc::new(clock.clone())).await;
    let mut web = brand.browser();
    brand.customer_signs_in(&mut web, ANA.email).await;
    let page = web.open("/account/contact").await;
    web.send(&page, "/account/consents", &[("reviews-email", "yes")]).await;
    let bought = brand.buys(&mut web, &ANA, ("gorra", "GOR"), &[("way", "deliver")]).await;
    let order = brand.order_on(&bought).await;
    let (number, part) = (text(&order["number"]), text(&order["fulfilments"][0]["id"]));
    let about = async |words: &str| {
        let words = words.to_owned();
        brand
            .until("the notice", async || {
                clock.advance(Duration::from_secs(5));
                told(&brand).await.into_iter().find(|(_, said)| said.contains(&words))
            })
            .await
    };
    let confirmed = about("está confirmado").await;
    assert_eq!(confirmed.0, "email");
    assert!(confirmed.1.contains(&number) && confirmed.1.contains("23,85"), "{confirmed:?}");
    brand.put(&format!("/v1/fulfilments/{part}/state"), json!({ "state": "packed" })).await;
    about("está preparado").await;
    brand.post(&format!("/v1/fulfilments/{part}/shipment"), json!({ "carrier": "Correos", "reference": "PQ1" })).await;
    let sent = about("va en camino").await;
    assert!(sent.1.contains("Correos PQ1"), "{sent:?}");
    brand.put(&format!("/v1/fulfilments/{part}/state"), json!({ "state": "delivered" })).await;
    about("está entregado").await;

    // Two days later nothing is asked, on the third one question, and never again.
    clock.advance(Duration::from_secs(2 * 24 * 3600));
    tokio::task::yield_now().await;
    let stages = |told: &[(String, String)]| {
        ["está confirmado", "está preparado", "va en camino", "está entregado", "¿Qué te ha parecido"].map(|words| {
            told.iter()
                .filter(|(_, said)| said.contains(words) && said.contains("Gorra") || said.contains(words) && said.contains(&number))
                .count()
        })
    };
    assert_eq!(stages(&told(&brand).await), [1, 1, 1, 1, 0]);
    clock.advance(Duration::from_secs(24 * 3600));
    let asked = about("¿Qué te ha parecido").await;
    clock.advance(Duration::from_secs(7 * 24 * 3600));
    tokio::task::yield_now().await;
    assert_eq!(stages(&told(&brand).await), [1, 1, 1, 1, 1]);

    // The link leads to where she says it; it is read before it is shown.
    let path = asked.1.split_whitespace().find_map(|word| word.find("/orders/").map(|at| word[at..].to_owned())).expect("a link");
    let mut phone = brand.browser();
    let form = phone.open(&path).await;
    assert_eq!(phone.send(&form, &path, &[]).await.status, 422);
    let product = text(&brand.get(&format!("/v1/variants/{}", brand.variant("GOR"))).await["product"]);
    let (stars, words) = (format!("stars-{product}"), format!("text-{product}"));
    let done = phone.send(&form, &path, &[(&stars, "5"), (&words, "Abriga mucho")]).await;
    assert!(done.path.starts_with("/orders/"), "{}: {}", done.path, done.html);
    let waiting: Value = brand.get("/v1/ratings").await;
    assert_eq!(
        items(&waiting).iter().map(|rating| (rating["stars"].as_i64(), text(&rating["text"]))).collect::<Vec<_>>(),
        [(Some(5), "Abriga mucho".into())]
    );
    phone.open("/products/gorra").await;
    assert!(!phone.open("/products/gorra").await.says("Abriga mucho"), "nobody has read it yet");
}
