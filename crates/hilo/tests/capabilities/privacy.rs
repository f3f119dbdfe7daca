//! Consent, the contact policy and privacy, by the pages and the API.

use crate::support::{ANA, Brand, text};
use kernel::Timestamp;
use serde_json::json;
use std::time::Duration;

const PHONE: &str = "+34612345678";

/// An hour of the day in UTC, so many hours from now.
fn hour(now: Timestamp, from_now: u64) -> String {
    now.plus(Duration::from_secs(from_now * 3600)).to_rfc3339()[11..16].to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn cap_060_quiet_hours_and_the_preferred_channel_hold_for_every_purpose() {
    let brand = Brand::open().await;
    let mut web = brand.browser();
    brand.customer_signs_in(&mut web, ANA.email).await;
    let (ana, profile) = (brand.person(ANA.email).await, brand.profile(ANA.email).await);
    brand.adds_identifier(&profile, "phone", PHONE).await;
    brand.writes_whatsapp(PHONE, "Ana", "Hola").await;
    let matter = brand.matter().await;

    // She prefers WhatsApp, allows news on WhatsApp and e-mail, and reviews by e-mail only.
    let page = web.open("/account/contact").await;
    web.send(&page, "/account/channels", &[("email", "2"), ("whatsapp", "1"), ("sms", "3"), ("phone", "4")]).await;
    let page = web.open("/account/contact").await;
    web.send(&page, "/account/consents", &[("marketing-email", "yes"), ("marketing-whatsapp", "yes"), ("reviews-email", "yes")]).await;
    let notice = async |purpose: &str, urgency: &str| {
        let body = json!({ "purpose": purpose, "urgency": urgency, "subject": "Hola", "text": format!("Sobre {purpose}") });
        brand.post(&format!("/v1/customers/{ana}/notices"), body).await
    };
    let awake = [("from", "00:00"), ("until", "00:00"), ("zone", "UTC")];
    let page = web.open("/account/contact").await;
    web.send(&page, "/account/quiet-hours", &awake).await;
    for (purpose, channel) in [("marketing", "whatsapp"), ("reviews", "email"), ("service", "whatsapp")] {
        let sent = notice(purpose, "normal").await;
        assert_eq!((text(&sent["outcome"]), text(&sent["policy"]["channel"])), ("queued".into(), channel.into()), "{sent}");
    }

    // Her night has begun: everything waits for its end but what is urgent about her own things, and the code she asks for.
    let now = brand.db.clock().now();
    let page = web.open("/account/contact").await;
    let night = [("never", String::new()), ("from", hour(now, 23)), ("until", hour(now, 2)), ("zone", "UTC".to_owned())];
    let night: Vec<(&str, &str)> = night.iter().map(|(name, value)| (*name, value.as_str())).collect();
    web.send(&page, "/account/quiet-hours", &night).await;
    for purpose in ["marketing", "reviews", "service"] {
        let held = notice(purpose, "normal").await;
        assert_eq!(text(&held["outcome"]), "waiting", "{held}");
        let until = Timestamp::from_rfc3339(&text(&held["policy"]["until"])).expect("a moment");
        assert!(until > now.plus(Duration::from_secs(3000)) && until < now.plus(Duration::from_secs(2 * 3600)), "{held}");
    }
    assert_eq!(text(&notice("service", "urgent").await["outcome"]), "queued");
    let mut elsewhere = brand.browser();
    brand.customer_signs_in(&mut elsewhere, ANA.email).await;
    let mut desk = brand.browser();
    desk.sign_in("lucia@marca.test", "/desk").await;
    desk.open(&format!("/desk/matters/{matter}")).await.must_say("Son sus horas de descanso");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_link_under_a_message_stops_what_nobody_asked_for() {
    let brand = Brand::open().await;
    let mut web = brand.browser();
    brand.customer_signs_in(&mut web, ANA.email).await;
    let ana = brand.person(ANA.email).await;
    let page = web.open("/account/contact").await;
    web.send(&page, "/account/quiet-hours", &[("never", "yes")]).await;
    let page = web.open("/account/contact").await;
    web.send(&page, "/account/consents", &[("marketing-email", "yes")]).await;
    let body = json!({ "purpose": "marketing", "subject": "Rebajas", "text": "Empiezan hoy" });
    let sent = brand.post(&format!("/v1/customers/{ana}/notices"), body.clone()).await;
    assert_eq!(text(&sent["outcome"]), "queued", "{sent}");
    let mail = brand
        .until("the offer", async || brand.mail.sent().into_iter().find(|mail| String::from_utf8_lossy(&mail.raw).contains("Empiezan hoy")))
        .await;
    let raw = String::from_utf8_lossy(&mail.raw).replace("=\r\n", "").replace("=3D", "=");
    let token: String = raw.split("/preferences/").nth(1).expect("a link").chars().take_while(char::is_ascii_alphanumeric).collect();

    assert!(raw.contains(&format!("List-Unsubscribe: <{}/preferences/{token}/stop>", brand.base)), "{raw}");

    let mut stranger = brand.browser();
    assert_eq!(stranger.open(&format!("/preferences/{}x", &token[..57])).await.status, 404, "a link that was made up");
    let page = stranger.open(&format!("/preferences/{token}")).await;
    page.must_say("No quiero novedades ni encuestas");
    assert!(!page.says(ANA.email), "the link shows nothing but the answers");
    let stopped = stranger.send(&page, "/preferences/", &[]).await;
    stopped.must_say("no te escribiremos más");
    let held = brand.post(&format!("/v1/customers/{ana}/notices"), body).await;
    assert_eq!((text(&held["outcome"]), text(&held["policy"]["reasons"][0]["code"])), ("held".into(), "refused".into()), "{held}");
    let history = web.open("/account/privacy").await;
    history.must_say("Permite: Novedades y ofertas, Correo").must_say("No permite: Novedades y ofertas, Correo");
}

#[tokio::test(flavor = "multi_thread")]
async fn she_sees_who_opened_her_record_takes_her_data_along_and_is_erased() {
    let brand = Brand::open().await;
    let mut web = brand.browser();
    brand.customer_signs_in(&mut web, ANA.email).await;
    let shop = brand.place("SVQ");
    let bought = brand.buys(&mut web, &ANA, ("camisa-lino", "CAM-BLA-M"), &[("way", "collect"), ("shop", &shop)]).await;
    let order = brand.order_on(&bought).await;
    let ana = brand.person(ANA.email).await;
    let (mut desk, mut till) = (brand.browser(), brand.browser());
    desk.sign_in("lucia@marca.test", "/desk").await;
    desk.open(&format!("/desk/customers/{ana}")).await.must_say(ANA.email);
    till.sign_in("rocio@marca.test", "/till").await;
    till.open(&format!("/till/customers/{ana}")).await.must_say(ANA.email);
    web.open("/account/privacy").await.must_say("Lucía").must_say("En atención al cliente").must_say("Rocío").must_say("En una tienda");

    let file = web.open("/account/privacy/export").await;
    for held in [ANA.email, "CAM-BLA-M", "hilo.person/1"] {
        assert!(file.html.contains(held), "{held}: {}", file.html);
    }
    let page = web.open("/account/privacy/erasure").await;
    web.send(&page, "/account/privacy/erasure", &[("word", "sí")]).await.must_say("Para borrar, escribe BORRAR");
    web.send(&page, "/account/privacy/erasure", &[("word", "borrar")]).await.must_say(&text(&order["number"])).must_say("en camino");
    brand.is_collected(&mut till, &order).await;
    let before = brand.get(&format!("/v1/orders/{}", text(&order["id"]))).await;
    let done = web.send(&page, "/account/privacy/erasure", &[("word", "borrar")]).await;
    done.must_say("ya no sabemos quién eres").must_say("Código de Comercio");

    assert!(web.open("/account").await.path.starts_with("/account/sign-in"), "she is signed out");
    assert_eq!(brand.get(&format!("/v1/customers?text={}", ANA.email.replace('@', "%40"))).await["items"], json!([]));
    let page = desk.open(&format!("/desk/customers/{ana}")).await;
    assert!(!page.says(ANA.name) && !page.says(ANA.email), "{}", page.html);
    page.must_say("Datos borrados a petición de la persona").must_say(&text(&order["number"]));
    let after = brand.get(&format!("/v1/orders/{}", text(&order["id"]))).await;
    for kept in ["number", "total", "tax", "paid", "lines", "state"] {
        assert_eq!(after[kept], before[kept], "{kept}");
    }
    assert_eq!(after["contact"]["email"], "");
}
