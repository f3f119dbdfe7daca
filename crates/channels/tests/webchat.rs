//! The widget's events, in and out.

use channels::{Channel, ChannelAccount, ProviderMessageId, RawWebhook, Rejected, WireReply, WireRequest, webchat};
use conversations::{Address, Choice, Choices, InboundEvent, Outbound, Part, ReceiptState};
use kernel::Timestamp;
use serde_json::{Value, json};

fn account() -> ChannelAccount {
    ChannelAccount::new("chat", kernel::Channel::Webchat, "hilo.example").with_secret("visitor_key", "key")
}

fn raw(event: &Value) -> RawWebhook {
    RawWebhook::of(event.to_string(), Timestamp::from_seconds(10))
}

fn parse(event: Value) -> InboundEvent {
    webchat::Webchat.parse(&raw(&event)).remove(0)
}

#[test]
fn only_the_visitor_may_speak_as_the_visitor() {
    let event = json!({"type": "message", "visitor": "v1", "id": "1", "text": "Hola"});
    let token = webchat::visitor_token(&account(), "v1").expect("a key");
    let check = |token: &str| webchat::Webchat.verify(&account(), &raw(&event).with_header("x-hilo-visitor", token));
    assert_eq!(check(&token), Ok(()));
    assert_eq!(check(&webchat::visitor_token(&account(), "v2").expect("a key")), Err(Rejected::BadSignature));
    let elsewhere = ChannelAccount { id: "other".into(), ..account() };
    assert_eq!(check(&webchat::visitor_token(&elsewhere, "v1").expect("a key")), Err(Rejected::BadSignature));
    assert_eq!(webchat::Webchat.verify(&account(), &raw(&event)), Err(Rejected::Unsigned));
}

#[test]
fn messages_choices_and_readings_are_understood() {
    let InboundEvent::Message(said) = parse(json!({"type": "message", "visitor": "v1", "name": "Ana", "id": "1", "text": "Hola\u{0}"}))
    else {
        panic!()
    };
    assert_eq!(
        (said.provider_message_id.as_str(), &said.from.address, said.from.display_name.as_deref()),
        ("v1:1", &Address::device("v1"), Some("Ana"))
    );
    assert_eq!((said.parts.as_slice(), said.at), (&[Part::Text { text: "Hola".into(), fresh: None }][..], Timestamp::from_seconds(10)));

    let InboundEvent::Message(chose) =
        parse(json!({"type": "choice", "visitor": "v1", "id": "2", "choice": "m", "title": "Talla M", "reply_to": "01KEY"}))
    else {
        panic!()
    };
    assert_eq!(
        (chose.parts.as_slice(), chose.in_reply_to.as_deref()),
        (&[Part::Choice { id: "m".into(), title: "Talla M".into() }][..], Some("01KEY"))
    );

    let InboundEvent::Receipt(read) = parse(json!({"type": "read", "visitor": "v1", "message": "01KEY"})) else { panic!() };
    assert_eq!((read.provider_message_id.as_str(), read.state), ("01KEY", ReceiptState::Read));
}

#[test]
fn what_is_no_event_is_unknown() {
    for event in [
        json!({"type": "typing", "visitor": "v1"}),
        json!({"type": "message", "visitor": "v1"}),
        json!({"type": "message", "id": "1", "text": "x"}),
        json!([]),
    ] {
        assert!(matches!(parse(event.clone()), InboundEvent::Unknown(_)), "{event}");
    }
    assert!(matches!(webchat::Webchat.parse(&RawWebhook::of("{", Timestamp::from_seconds(0))).as_slice(), [InboundEvent::Unknown(_)]));
}

#[test]
fn a_message_becomes_one_event_for_one_device() {
    let buttons = vec![Choice { id: "m".into(), title: "Talla M".into(), description: None }];
    let message = Outbound {
        choices: Some(Choices::Buttons { buttons }),
        ..Outbound::text("01KEY", Address::device("v1"), Timestamp::from_seconds(10), "¿Qué talla?")
    };
    let Ok(WireRequest::Push { device, id, event }) = webchat::Webchat.render(&account(), &message) else { panic!() };
    assert_eq!((device.as_str(), id.as_str()), ("v1", "01KEY"));
    let expected = json!({"type": "message", "id": "01KEY", "at": "1970-01-01T00:00:10Z", "text": "¿Qué talla?", "choices": [{"id": "m", "title": "Talla M"}],
        "media": [], "reply_to": null, "automatic": false});
    assert_eq!(event, expected);
    assert_eq!(webchat::Webchat.accepted(&WireReply::Pushed { id }), Ok(ProviderMessageId("01KEY".into())));
}
