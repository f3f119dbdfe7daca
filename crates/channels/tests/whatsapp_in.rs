//! Webhooks of WhatsApp: who is believed, and what they say.

use bytes::Bytes;
use channels::{Answer, Channel, ChannelAccount, RawWebhook, Rejected, whatsapp};
use conversations::InboundEvent;
use kernel::Timestamp;
use proptest::prelude::*;
use serde::Deserialize;
use serde_json::{Value, json};
use std::{fs, path::Path};

const WHATSAPP: whatsapp::Whatsapp = whatsapp::Whatsapp;

#[derive(Deserialize)]
struct Fixture {
    about: String,
    payload: Value,
    events: Vec<InboundEvent>,
}

fn received_at() -> Timestamp {
    Timestamp::from_rfc3339("2025-11-03T10:00:00Z").expect("a time")
}

fn parse(body: impl Into<Bytes>) -> Vec<InboundEvent> {
    WHATSAPP.parse(&RawWebhook::of(body, received_at()))
}

#[test]
fn every_fixture_gives_exactly_its_events() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/whatsapp/fixtures");
    let mut names: Vec<_> = fs::read_dir(folder).expect("the fixtures").map(|entry| entry.expect("an entry").path()).collect();
    names.sort();
    assert_eq!(names.len(), 15);
    for name in names {
        let fixture: Fixture =
            serde_json::from_slice(&fs::read(&name).expect("a fixture")).unwrap_or_else(|error| panic!("{name:?}: {error}"));
        let events = parse(fixture.payload.to_string());
        let as_json = |events: &[InboundEvent]| serde_json::to_value(events).expect("events are data");
        assert_eq!(as_json(&events), as_json(&fixture.events), "{name:?}: {}", fixture.about);
        assert_eq!(events, fixture.events, "{name:?}");
    }
}

#[test]
fn the_same_webhook_twice_names_its_events_the_same() {
    let body = fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/whatsapp/fixtures/many_at_once.json")).expect("a fixture");
    let fixture: Fixture = serde_json::from_slice(&body).expect("a fixture");
    let keys: Vec<_> = parse(fixture.payload.to_string()).iter().map(InboundEvent::dedupe_key).collect();
    let expected = ["message:wamid.X1", "message:wamid.X2", "receipt:wamid.OURS1:read", "message:wamid.X3"].map(|key| Some(key.to_owned()));
    assert_eq!(keys, expected.into_iter().chain([None]).collect::<Vec<_>>());
}

#[test]
fn what_is_no_webhook_is_unknown_and_never_an_error() {
    for (body, kind) in
        [("", "not_json"), ("{", "not_json"), ("[]", "no_object"), ("{}", "no_object"), (r#"{"object":"page","entry":[]}"#, "page")]
    {
        let events = parse(body);
        let kinds: Vec<_> =
            events.iter().map(|event| if let InboundEvent::Unknown(unknown) = event { unknown.kind.as_str() } else { "known" }).collect();
        assert_eq!(kinds, [kind], "{body}");
    }
    assert_eq!(parse("[".repeat(100_000)).len(), 1);
}

fn account() -> ChannelAccount {
    ChannelAccount::new("wa", kernel::Channel::Whatsapp, "+34911222333")
        .with_secret("app_secret", "It's a Secret to Everybody")
        .with_secret("verify_token", "agreed")
}

fn signed(header: &str, body: &str) -> Result<(), Rejected> {
    WHATSAPP.verify(&account(), &RawWebhook::of(body.to_owned(), received_at()).with_header("x-hub-signature-256", header))
}

/// The published test values for this header and scheme.
const VECTOR: &str = "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17";

#[test]
fn the_published_signature_is_right() {
    assert_eq!(signed(VECTOR, "Hello, World!"), Ok(()));
    assert_eq!(whatsapp::signature("It's a Secret to Everybody", b"Hello, World!"), VECTOR);
}

#[test]
fn one_byte_changed_anywhere_is_refused() {
    for place in 0..VECTOR.len() {
        for flip in [0x01, 0x20] {
            let mut header = VECTOR.as_bytes().to_vec();
            header[place] ^= flip;
            let header = String::from_utf8(header).expect("still ASCII");
            assert!(signed(&header, "Hello, World!").is_err(), "{header}");
        }
    }
    let body = b"Hello, World!";
    for place in 0..body.len() {
        let mut changed = body.to_vec();
        changed[place] ^= 1;
        assert_eq!(signed(VECTOR, &String::from_utf8(changed).expect("still ASCII")), Err(Rejected::BadSignature));
    }
    assert_eq!(signed(&VECTOR[..VECTOR.len() - 1], "Hello, World!"), Err(Rejected::BadSignature));
    assert_eq!(signed("sha1=00", "Hello, World!"), Err(Rejected::Unsigned));
    assert_eq!(WHATSAPP.verify(&account(), &RawWebhook::of("Hello, World!", received_at())), Err(Rejected::Unsigned));
}

#[test]
fn without_a_secret_nobody_is_believed() {
    let bare = ChannelAccount::new("wa", kernel::Channel::Whatsapp, "+34911222333").with_secret("app_secret", "");
    let raw = RawWebhook::of("{}", received_at()).with_header("X-Hub-Signature-256", whatsapp::signature("", b"{}"));
    assert!(matches!(WHATSAPP.verify(&bare, &raw), Err(Rejected::NotConfigured(_))));
}

#[test]
fn the_handshake_answers_only_the_word_agreed() {
    let ask = |mode: &str, token: &str| {
        let mut raw = RawWebhook::of("", received_at());
        raw.query = [("hub.mode", mode), ("hub.verify_token", token), ("hub.challenge", "1158201444")]
            .map(|(a, b)| (a.to_owned(), b.to_owned()))
            .to_vec();
        WHATSAPP.handshake(&account(), &raw)
    };
    assert_eq!(ask("subscribe", "agreed"), Some(Ok(Answer::text("1158201444"))));
    assert_eq!(ask("subscribe", "guessed"), Some(Err(Rejected::BadToken)));
    assert_eq!(ask("unsubscribe", "agreed"), None);
    assert_eq!(WHATSAPP.handshake(&account(), &RawWebhook::of("{}", received_at())), None);
}

fn any_json() -> impl Strategy<Value = Value> {
    let words = prop::sample::select(vec![
        "text", "image", "order", "contacts", "messages", "id", "from", "type", "body", "statuses", "value", "system", "\u{0}",
    ]);
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        words.clone().prop_map(Value::from)
    ];
    leaf.prop_recursive(4, 64, 6, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            prop::collection::vec((words.clone(), inner), 0..6)
                .prop_map(|fields| fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
        ]
    })
}

proptest! {
    #[test]
    fn any_message_at_all_is_answered_with_an_event(mut message in any_json(), kind in prop::sample::select(vec!["text", "image", "interactive", "button", "order", "contacts", "location", "reaction", "system", "x"])) {
        if let Some(fields) = message.as_object_mut() {
            fields.insert("type".into(), json!(kind));
            fields.insert("from".into(), json!("34600111222"));
            fields.insert("id".into(), json!("wamid.1"));
        }
        let value = json!({"messages": [message]});
        let payload = json!({"object": "whatsapp_business_account", "entry": [{"changes": [{"field": "messages", "value": value}]}]});
        prop_assert!(!parse(payload.to_string()).is_empty());
    }

    #[test]
    fn any_bytes_at_all_are_answered_with_an_event(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        prop_assert!(!parse(bytes).is_empty());
    }
}
