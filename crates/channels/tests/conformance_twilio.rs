//! Against Twilio's published contract, which is not ours to ship: `HILO_SHARED` names the folder that holds it. Run with `--run-ignored only`.

use channels::twilio::Sms;
use channels::{Body, Channel, ChannelAccount, HttpRequest, WireReply, WireRequest};
use conversations::{Address, Media, MediaKind, MediaSource, Outbound};
use kernel::Timestamp;
use serde_json::Value;
use std::{env, fs, path::PathBuf};

fn contract() -> Value {
    let shared = PathBuf::from(env::var("HILO_SHARED").expect("HILO_SHARED names the folder with the published contracts"));
    let text = fs::read_to_string(shared.join("contracts/twilio/twilio_api_v2010.yaml")).expect("the published contract");
    serde_yaml_ng::from_str(&text).expect("YAML")
}

#[test]
#[ignore = "needs HILO_SHARED"]
fn conformance_what_we_send_keeps_the_published_form() {
    let contract = contract();
    let post = &contract["paths"]["/2010-04-01/Accounts/{AccountSid}/Messages.json"]["post"];
    let schema = &post["requestBody"]["content"]["application/x-www-form-urlencoded"]["schema"];
    let account = ChannelAccount::new("01J", kernel::Channel::Sms, "+34910000001")
        .with("mms", "yes")
        .with("webhook_url", "https://marca.test/channels/01J")
        .with_secret("account_sid", "AC1")
        .with_secret("auth_token", "t");
    let picture = Media {
        kind: MediaKind::Image,
        content_type: "image/png".into(),
        file_name: None,
        caption: None,
        content_id: None,
        source: MediaSource::Link { url: "https://marca.test/a.png".into() },
    };
    let message = Outbound::text("k", Address::phone("+34600111222"), Timestamp::from_seconds(0), "Hola");
    let message = Outbound { media: vec![picture], ..message };
    let Ok(WireRequest::Http(HttpRequest { body: Body::Form(form), .. })) = Sms.render(&account, &message) else { panic!("refused") };
    let names: Vec<&str> = form.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["To", "From", "MediaUrl", "Body", "StatusCallback"]);
    for name in &names {
        assert!(schema["properties"][name].is_object(), "{name} is no field of the contract");
    }
    for needed in schema["required"].as_array().expect("a list") {
        assert!(names.contains(&needed.as_str().expect("a name")), "{needed} is missing");
    }
}

#[test]
#[ignore = "needs HILO_SHARED"]
fn conformance_the_published_answers_are_understood() {
    let contract = contract();
    let post = &contract["paths"]["/2010-04-01/Accounts/{AccountSid}/Messages.json"]["post"];
    let examples = post["responses"]["201"]["content"]["application/json"]["examples"].as_object().expect("examples");
    assert!(!examples.is_empty());
    for (name, example) in examples {
        let body = example["value"].to_string();
        let taken = Sms.accepted(&WireReply::Http { status: 201, retry_after: None, body: body.into() });
        assert_eq!(taken.map(|id| id.0).ok().as_deref(), example["value"]["sid"].as_str(), "{name}");
    }
    let states = contract["components"]["schemas"]["message_enum_status"]["enum"].as_array().expect("states");
    for state in states.iter().filter_map(Value::as_str).filter(|state| !matches!(*state, "receiving" | "received")) {
        let body = format!("MessageSid=SM1&MessageStatus={state}");
        let events = Sms.parse(&channels::RawWebhook::of(body, Timestamp::from_seconds(0)));
        assert!(matches!(events.as_slice(), [conversations::InboundEvent::Receipt(_)]), "{state}: {events:?}");
    }
}
