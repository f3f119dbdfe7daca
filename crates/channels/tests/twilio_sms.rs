//! Text messages by Twilio: who is believed, what they say, what goes out.

use channels::twilio::{SIGNATURE_HEADER, Sms, signature};
use channels::{Auth, Body, CannotSend, Channel, ChannelAccount, HttpRequest, RawWebhook, Rejected, WireRequest};
use conversations::{Address, InboundEvent, Media, MediaKind, MediaSource, Outbound, Part, ReceiptState};
use kernel::Timestamp;
use proptest::prelude::*;
use serde_json::Value;

const AT: Timestamp = Timestamp::from_seconds(1_762_160_400);
const URL: &str = "https://marca.test/channels/01J";

fn account() -> ChannelAccount {
    let account = ChannelAccount::new("01J", kernel::Channel::Sms, "+34910000001");
    account.with("webhook_url", URL).with_secret("account_sid", "AC1").with_secret("auth_token", "12345")
}

fn form(pairs: &[(&str, &str)]) -> String {
    form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish()
}

fn inbound(pairs: &[(&str, &str)]) -> Vec<InboundEvent> {
    let always = [("MessageSid", "SM1"), ("From", "+34600111222"), ("To", "+34910000001")];
    Sms.parse(&RawWebhook::of(form(&[&always[..], pairs].concat()), AT))
}

#[test]
fn every_published_signature_is_judged_rightly() {
    let vectors: Value = serde_json::from_str(include_str!("../src/twilio/fixtures/signatures.json")).expect("JSON");
    let cases = vectors["cases"].as_array().expect("cases");
    assert_eq!(cases.len(), 8);
    for case in cases {
        let mut pairs: Vec<(String, String)> = Vec::new();
        for (name, value) in case["params"].as_object().into_iter().flatten() {
            let values = value.as_array().cloned().unwrap_or_else(|| vec![value.clone()]);
            pairs.extend(values.iter().map(|value| (name.clone(), value.as_str().expect("text").to_owned())));
        }
        let body = case["body"]
            .as_str()
            .map_or_else(|| form_urlencoded::Serializer::new(String::new()).extend_pairs(&pairs).finish(), str::to_owned);
        let raw = RawWebhook::of(body, AT).called_at(case["url"].as_str().expect("an address"));
        let raw = raw.with_header(SIGNATURE_HEADER, case["signature"].as_str().expect("a signature"));
        assert_eq!(Sms.verify(&account(), &raw).is_ok(), case["valid"] == true, "{}", case["name"]);
    }
}

#[test]
fn without_a_signature_or_under_another_address_nothing_is_believed() {
    let body = form(&[("MessageSid", "SM1")]);
    let pairs = [("MessageSid".to_owned(), "SM1".to_owned())];
    let raw = || RawWebhook::of(body.clone(), AT).called_at(URL);
    assert_eq!(Sms.verify(&account(), &raw()), Err(Rejected::Unsigned));
    let right = signature("12345", URL, &pairs);
    assert_eq!(Sms.verify(&account(), &raw().with_header("x-twilio-signature", &right)), Ok(()));
    let elsewhere = RawWebhook::of(body.clone(), AT).called_at("https://otra.test/channels/01J").with_header(SIGNATURE_HEADER, &right);
    assert_eq!(Sms.verify(&account(), &elsewhere), Err(Rejected::BadSignature));
    let forged = raw().with_header(SIGNATURE_HEADER, signature("54321", URL, &pairs));
    assert_eq!(Sms.verify(&account(), &forged), Err(Rejected::BadSignature));
    let json = RawWebhook::of("{}", AT).called_at(&format!("{URL}?bodySHA256=00")).with_header(SIGNATURE_HEADER, right);
    assert_eq!(Sms.verify(&account(), &json), Err(Rejected::BadSignature));
}

#[test]
fn a_text_is_a_message_of_its_sender() {
    let events = inbound(&[("Body", "¿Abrís hoy?"), ("NumMedia", "0")]);
    let [InboundEvent::Message(message)] = events.as_slice() else { panic!("{events:?}") };
    assert_eq!((message.provider_message_id.as_str(), message.at), ("SM1", AT));
    assert_eq!((&message.from.address, &message.to), (&Address::phone("+34600111222"), &Address::phone("+34910000001")));
    assert_eq!(message.parts, [Part::Text { text: "¿Abrís hoy?".into(), fresh: None }]);
    assert_eq!(events[0].dedupe_key().as_deref(), Some("message:SM1"));
}

#[test]
fn pictures_come_by_their_address() {
    let two = [("Body", ""), ("NumMedia", "2"), ("MediaUrl0", "https://api.twilio.com/m/0"), ("MediaContentType0", "image/jpeg")];
    let events = inbound(&[&two[..], &[("MediaUrl1", "https://api.twilio.com/m/1"), ("MediaContentType1", "application/pdf")]].concat());
    let [InboundEvent::Message(message)] = events.as_slice() else { panic!("{events:?}") };
    let seen = message.parts.iter().map(|part| match part {
        Part::Media(Media { kind, source: MediaSource::Link { url }, .. }) => (*kind, url.as_str()),
        other => panic!("{other:?}"),
    });
    let expected = [(MediaKind::Image, "https://api.twilio.com/m/0"), (MediaKind::Document, "https://api.twilio.com/m/1")];
    assert_eq!(seen.collect::<Vec<_>>(), expected);
}

#[test]
fn stop_and_start_are_wishes_beside_the_message() {
    let wish = |pairs: &[(&str, &str)]| match inbound(pairs).get(1) {
        Some(InboundEvent::OptOut(stop)) => Some(("stop", stop.evidence.clone())),
        Some(InboundEvent::OptIn(start)) => Some(("start", start.evidence.clone())),
        _ => None,
    };
    assert_eq!(wish(&[("Body", "Baja")]), Some(("stop", "Baja".into())));
    assert_eq!(wish(&[("Body", "fuera"), ("OptOutType", "STOP")]), Some(("stop", "fuera".into())));
    assert_eq!(wish(&[("Body", "Start")]), Some(("start", "Start".into())));
    assert_eq!(wish(&[("Body", "No pares")]), None);
}

#[test]
fn each_state_of_a_message_is_a_receipt_under_our_own_name() {
    let receipt = |pairs: &[(&str, &str)]| {
        let always = [("MessageSid", "SM9"), ("To", "+34600111222")];
        let raw = RawWebhook::of(form(&[&always[..], pairs].concat()), AT).called_at(&format!("{URL}?message=01KEY%00"));
        match Sms.parse(&raw).as_slice() {
            [InboundEvent::Receipt(receipt)] => {
                assert_eq!((receipt.provider_message_id.as_str(), receipt.dedupe_key.as_deref()), ("SM9", Some("01KEY")));
                receipt.state.clone()
            }
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(receipt(&[("MessageStatus", "queued")]), ReceiptState::Sent);
    assert_eq!(receipt(&[("MessageStatus", "sent")]), ReceiptState::Sent);
    assert_eq!(receipt(&[("MessageStatus", "delivered")]), ReceiptState::Delivered);
    let failed = ReceiptState::Failed { code: "bad_address".into(), text: "Twilio error 30005".into() };
    assert_eq!(receipt(&[("MessageStatus", "undelivered"), ("ErrorCode", "30005")]), failed);
}

#[test]
fn what_cannot_be_read_is_unknown() {
    let kind = |body: String| match Sms.parse(&RawWebhook::of(body, AT)).as_slice() {
        [InboundEvent::Unknown(unknown)] => unknown.kind.clone(),
        other => panic!("{other:?}"),
    };
    assert_eq!(kind(String::new()), "no_sid");
    assert_eq!(kind(form(&[("MessageSid", "SM1"), ("Body", "x")])), "message.no_sender");
    assert_eq!(kind(form(&[("MessageSid", "SM1"), ("MessageStatus", "dreaming")])), "status.dreaming");
}

fn sent(account: &ChannelAccount, message: &Outbound) -> Result<Vec<(String, String)>, CannotSend> {
    match Sms.render(account, message)? {
        WireRequest::Http(HttpRequest { method: "POST", url, auth: Auth::Basic { user, password }, body: Body::Form(form) }) => {
            assert_eq!(url, "https://api.twilio.com/2010-04-01/Accounts/AC1/Messages.json");
            assert_eq!((user.as_str(), password.expose()), ("AC1", "12345"));
            Ok(form)
        }
        other => panic!("{other:?}"),
    }
}

fn pairs(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

#[test]
fn a_text_goes_out_as_a_form_that_asks_for_its_states() {
    let message = Outbound::text("01KEY", Address::phone("+34600111222"), AT, "Sale hoy");
    let callback = format!("{URL}?message=01KEY");
    let expected = [("To", "+34600111222"), ("From", "+34910000001"), ("Body", "Sale hoy"), ("StatusCallback", &callback)];
    assert_eq!(sent(&account(), &message), Ok(pairs(&expected)));
    let service = account().with("messaging_service_sid", "MG1");
    assert_eq!(sent(&service, &message).expect("rendered")[1], ("MessagingServiceSid".to_owned(), "MG1".to_owned()));
}

#[test]
fn pictures_go_by_address_or_within_the_words_where_the_network_has_none() {
    let link = |url: &str| Media {
        kind: MediaKind::Image,
        content_type: "image/jpeg".into(),
        file_name: None,
        caption: None,
        content_id: None,
        source: MediaSource::Link { url: url.into() },
    };
    let message = Outbound::text("k", Address::phone("+34600111222"), AT, "Mira");
    let message = Outbound { media: vec![link("https://marca.test/a.jpg")], ..message };
    let field = |account: &ChannelAccount, name: &str| {
        sent(account, &message).expect("rendered").into_iter().find(|(known, _)| known == name).map(|(_, value)| value)
    };
    assert_eq!(field(&account(), "Body").as_deref(), Some("Mira\nhttps://marca.test/a.jpg"));
    assert_eq!(field(&account().with("mms", "yes"), "MediaUrl").as_deref(), Some("https://marca.test/a.jpg"));
}

#[test]
fn what_cannot_go_is_refused_before_it_does() {
    let to = |value: &str, text: &str| sent(&account(), &Outbound::text("k", Address::phone(value), AT, text));
    assert_eq!(to("+34600111222", "  "), Err(CannotSend::Empty));
    assert_eq!(to("12", "x"), Err(CannotSend::BadAddress("+12".into())));
    let long = CannotSend::TooLong { field: "text", length: 1601, limit: 1600 };
    assert_eq!(to("+34600111222", &"a".repeat(1601)), Err(long));
    let bare = ChannelAccount::new("x", kernel::Channel::Sms, "+34910000001");
    let refused = Sms.render(&bare, &Outbound::text("k", Address::phone("+34600111222"), AT, "x"));
    assert!(matches!(refused, Err(CannotSend::NotConfigured(_))));
}

proptest! {
    #[test]
    fn no_body_makes_the_parser_panic(body in proptest::collection::vec(any::<u8>(), 0..200)) {
        prop_assert!(!Sms.parse(&RawWebhook::of(body, AT)).is_empty());
    }
    #[test]
    fn no_field_makes_the_parser_panic(name in "(MessageSid|From|To|Body|NumMedia|MediaUrl0|MessageStatus|ErrorCode)", value in ".{0,40}") {
        prop_assert!(!inbound(&[(&name, &value)]).is_empty());
    }
}
