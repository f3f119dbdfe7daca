//! Web Push, from the account to the browser's screen, over HTTP.

use channels::push::{Push, Subscription, new_key};
use channels::simulators::PushSimulator;
use channels::{Carrier, Channel as _, ChannelAccount, SendError, WireRequest, http_client};
use conversations::{Address, AddressKind, Outbound};
use kernel::{Timestamp, VirtualClock};
use serde_json::json;
use std::sync::Arc;
use std::time::Duration;

const NOW: i64 = 1_763_800_000_000_000;

fn message(to: &Subscription, key: &str, text: &str) -> Outbound {
    let mut message: Outbound = serde_json::from_value(json!({
        "dedupe_key": key, "to": { "kind": "handle", "value": to.to_string() }, "at": Timestamp::from_micros(NOW),
    }))
    .expect("a message");
    message.text = Some(text.to_owned());
    message.to = Address { kind: AddressKind::Handle, value: to.to_string() };
    message
}

async fn send(account: &ChannelAccount, message: &Outbound) -> Result<String, SendError> {
    let request = Push.render(account, message).expect("rendered");
    let reply = Carrier::new(http_client()).carry("a", request).await;
    Push.accepted(&reply).map(|id| id.0)
}

#[tokio::test]
async fn a_notice_is_read_by_its_browser_alone_and_once_and_a_browser_that_withdrew_is_told() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let at = listener.local_addr().expect("an address").to_string();
    let account = ChannelAccount { display_name: "Almadeja".into(), ..ChannelAccount::new("a", kernel::Channel::Push, "hola@tienda.test") };
    let account = account.with_secret("vapid_private_key", new_key(&[7; 32]).expect("a key")).with("media_allowed", at.clone());
    let clock = Arc::new(VirtualClock::starting(Timestamp::from_micros(NOW)));
    let service = PushSimulator::new(&account, format!("http://{at}"), clock).expect("configured");
    let router = service.router();
    tokio::spawn(async move { axum::serve(listener, router).await });
    let (ana, luis) = (service.subscribe(), service.subscribe());

    // Sent twice, because the first answer was lost: one notice.
    for _ in 0..2 {
        assert_eq!(send(&account, &message(&ana, "m1", "Tu pedido está listo ☕")).await, Ok("m1".to_owned()));
    }
    let notice = json!({ "title": "Almadeja", "body": "Tu pedido está listo ☕", "tag": "m1" });
    let shown: Vec<_> = service.shown_on(&ana).into_iter().map(|(_, notice)| notice).collect();
    assert_eq!((shown, service.shown_on(&luis)), (vec![notice], Vec::new()));

    // Another shop's key is refused, and so is whoever is not allowed by name.
    let other = account.clone().with_secret("vapid_private_key", new_key(&[8; 32]).expect("a key"));
    let refused = send(&other, &message(&ana, "m2", "x")).await.expect_err("refused");
    assert_eq!(refused, SendError::Permanent { code: "403".into(), text: "the token is not this subscription's".into() });
    let strict = ChannelAccount { settings: Default::default(), ..account.clone() };
    let kept = send(&strict, &message(&ana, "m3", "x")).await.expect_err("not called");
    assert!(matches!(&kept, SendError::Retry { text, .. } if text == "the address is not https"), "{kept:?}");

    service.withdraw(&ana);
    let gone = send(&account, &message(&ana, "m4", "x")).await.expect_err("gone");
    assert!(matches!(&gone, SendError::Permanent { code, .. } if code == "opted_out"), "{gone:?}");
    assert_eq!(service.shown_on(&ana).len(), 1);
}

/// A server that a visitor named: it answers with this status and never stops talking.
async fn endless(status: u16) -> String {
    let answer = move || async move {
        let words = futures::stream::repeat_with(|| Ok::<_, std::convert::Infallible>(axum::body::Bytes::from_static(&[b'x'; 1024])));
        let wait = [("retry-after", "99999999999")];
        (axum::http::StatusCode::from_u16(status).expect("a status"), wait, axum::body::Body::from_stream(words))
    };
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let at = listener.local_addr().expect("an address").to_string();
    let router = axum::Router::new().route("/1", axum::routing::post(answer));
    tokio::spawn(async move { axum::serve(listener, router).await });
    at
}

#[tokio::test]
async fn a_server_that_somebody_named_is_not_listened_to_for_ever_nor_waited_for_longer_than_a_day() {
    let key = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4";
    for (status, expected) in [
        (201, Ok("m1".to_owned())),
        (503, Err(SendError::Retry { after: Duration::from_secs(24 * 3600), text: "the push service is busy".into() })),
        (400, Err(SendError::Permanent { code: "400".into(), text: String::new() })),
    ] {
        let at = endless(status).await;
        let account = ChannelAccount::new("a", kernel::Channel::Push, "hola@tienda.test");
        let account = account.with_secret("vapid_private_key", new_key(&[7; 32]).expect("a key")).with("media_allowed", at.clone());
        let to = Subscription::new(&format!("http://{at}/1"), key, "BTBZMqHH6r4Tts7J_aSIgg").expect("a subscription");
        assert_eq!(send(&account, &message(&to, "m1", "Hola")).await, expected, "{status}");
    }
}

#[test]
fn trying_again_is_the_same_request_and_what_does_not_fit_is_refused() {
    let account = ChannelAccount::new("a", kernel::Channel::Push, "hola@tienda.test");
    let account = account.with_secret("vapid_private_key", new_key(&[7; 32]).expect("a key"));
    let key = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4";
    let to = Subscription::new("https://push.example.net/x", key, "BTBZMqHH6r4Tts7J_aSIgg").expect("a subscription");
    assert_eq!(to.to_string().parse(), Ok(to.clone()));
    let request = |key: &str, text: &str| Push.render(&account, &message(&to, key, text));
    assert_eq!(request("m1", "Hola"), request("m1", "Hola"));
    assert_ne!(request("m1", "Hola"), request("m1", "Adiós"));
    let Ok(WireRequest::Open { request: sealed, .. }) = request("m1", "Hola") else { panic!("no request") };
    assert_eq!((sealed.url.as_str(), sealed.headers()[0].1.as_str()), ("https://push.example.net/x", "aes128gcm"));
    let longest = request("m1", &"\u{1F9F5}".repeat(900)).expect("the longest words fit");
    let WireRequest::Open { request: longest, .. } = longest else { panic!("no request") };
    assert!(longest.encoded().expect("a body").1.len() <= 4096);
    assert!(request("m1", &"\u{1}".repeat(900)).is_err(), "words that grow on the wire");
    for bad in ["", "https://push.example.net/x", "ftp://x/#a.b", "https://u@x/#a.b"] {
        assert!(bad.parse::<Subscription>().is_err(), "{bad}");
    }
    assert!(Subscription::new("https://push.example.net/x", &key[1..], "BTBZMqHH6r4Tts7J_aSIgg").is_err());
    assert!(Subscription::new("https://push.example.net/x", key, "BTBZ").is_err());
}
