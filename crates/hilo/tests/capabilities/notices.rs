//! B. One conversation: notices on a customer's own device.

use crate::support::Brand;
use channels::push::new_key;
use channels::runtime::{StoredSettings, channel_account};
use channels::simulators::PushSimulator;
use conversations::{SaveAccount, Settings};
use kernel::{Actor, Channel, Fault, Timestamp, VirtualClock};
use serde_json::json;
use std::sync::Arc;
use std::time::Duration;

/// Notices are on, and a push service stands beside the brand.
async fn with_notices(brand: &Brand) -> PushSimulator {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let at = listener.local_addr().expect("an address").to_string();
    let stored = StoredSettings {
        settings: [("media_allowed".to_owned(), at.clone())].into(),
        secrets: [("vapid_private_key".to_owned(), new_key(&[7; 32]).expect("a key"))].into(),
    };
    let write = brand.db.write("notices are on", move |tx| {
        let settings = Settings(serde_json::to_string(&stored).expect("json"));
        let (name, address) = ("Marca".to_owned(), "hola@marca.test".to_owned());
        let cmd = SaveAccount { channel: Channel::Push, name, address, window_hours: None, settings, active: true };
        let id = conversations::save_account(tx, &Actor::system(), cmd).expect("an account");
        Ok::<_, Fault>(conversations::account(tx, id)?.expect("just saved"))
    });
    let view = channel_account(&write.await.expect("saved")).expect("understood");
    let service = PushSimulator::new(&view, format!("http://{at}"), brand.db.clock().clone()).expect("configured");
    let router = service.router();
    tokio::spawn(async move { axum::serve(listener, router).await });
    service
}

#[tokio::test(flavor = "multi_thread")]
async fn cap_012_the_answer_that_she_left_behind_in_the_chat_is_a_notice_on_her_device() {
    let clock = VirtualClock::starting(Timestamp::from_seconds(1_762_160_400));
    let brand = Brand::open_by(Arc::new(clock.clone())).await;
    let service = with_notices(&brand).await;
    let mut web = brand.browser();
    let chat = web.open("/chat").await;
    let name = chat.html.split("data-chat-visitor=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("a name with its proof");
    let proof = format!("?v={name}");
    assert!(chat.html.contains("data-notices=\""), "the switch is there");

    // A stranger, known by nothing but this browser.
    let here = service.subscribe().to_string();
    let (endpoint, keys) = here.split_once('#').expect("an address");
    let (p256dh, auth) = keys.split_once('.').expect("keys");
    let told = [("endpoint", endpoint), ("p256dh", p256dh), ("auth", auth)];
    assert_eq!(web.posts(&format!("/chat/notices{proof}"), &[("endpoint", "x"), ("p256dh", "y"), ("auth", "z")]).await.status, 422);
    assert_eq!(web.posts(&format!("/chat/notices{proof}"), &told).await.status, 204);
    web.send(&chat, "/chat/messages", &[("text", "¿Os queda la camisa en azul?")]).await;
    let matter = brand.matter().await;

    let mut desk = brand.browser();
    desk.sign_in("lucia@marca.test", "/desk").await;
    clock.advance(Duration::from_secs(1));
    brand.agent_says(&mut desk, &matter, ("webchat", ""), "Sí, en la M. ¿Te la guardo?").await;
    let subscription = here.parse().expect("a subscription");
    let shown = async || {
        clock.advance(Duration::from_secs(10));
        service.shown_on(&subscription).first().cloned()
    };
    let (_, notice) = brand.until("the notice", shown).await;
    assert_eq!((&notice["title"], &notice["body"]), (&json!("Marca"), &json!("Sí, en la M. ¿Te la guardo?")));
    desk.open(&format!("/desk/matters/{matter}")).await.must_say("No estaba en el chat: la respuesta sale por Aviso");

    // Switched off on the device, nothing more goes there.
    assert_eq!(web.posts(&format!("/chat/notices/removal{proof}"), &told).await.status, 204);
    let ways = brand.get(&format!("/v1/matters/{matter}/ways")).await;
    let push = crate::support::items(&ways).iter().find(|way| way["channel"] == "push").expect("known");
    assert_ne!(push["closed"], json!(null));
    assert_eq!(service.shown_on(&subscription).len(), 1, "said once");
}
