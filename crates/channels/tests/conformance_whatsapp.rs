//! Against Meta's published contract, which is not ours to ship: `HILO_SHARED` names the folder that holds it. Run with `--run-ignored only`.

use channels::{Body, Channel, ChannelAccount, HttpRequest, RawWebhook, WireRequest, whatsapp::Whatsapp};
use conversations::{Address, Choice, Choices, InboundEvent, Media, MediaKind, MediaSource, Outbound, Template};
use kernel::Timestamp;
use serde_json::Value;
use std::{env, fs, path::PathBuf};

fn shared(path: &str) -> PathBuf {
    PathBuf::from(env::var("HILO_SHARED").expect("HILO_SHARED names the folder with the published contracts")).join(path)
}

fn contract() -> Value {
    let text = fs::read_to_string(shared("contracts/meta-whatsapp/business-messaging-api_v23.0.yaml")).expect("the published contract");
    serde_yaml_ng::from_str(&text).expect("YAML")
}

fn parse(payload: &Value) -> Vec<InboundEvent> {
    Whatsapp.parse(&RawWebhook::of(payload.to_string(), Timestamp::from_seconds(1_762_160_400)))
}

fn kind(event: &InboundEvent) -> String {
    match event {
        InboundEvent::Message(_) => "message".to_owned(),
        InboundEvent::Receipt(receipt) => format!("receipt {}", receipt.state.name()),
        InboundEvent::Reaction(_) => "reaction".to_owned(),
        InboundEvent::OptOut(_) => "opt out".to_owned(),
        InboundEvent::OptIn(_) => "opt in".to_owned(),
        InboundEvent::AddressChanged(_) => "address changed".to_owned(),
        InboundEvent::Comment(_) => "comment".to_owned(),
        InboundEvent::ReadUntil(_) => "read until".to_owned(),
        InboundEvent::Complaint(_) => "complaint".to_owned(),
        InboundEvent::Template(_) => "template".to_owned(),
        InboundEvent::Unknown(unknown) => format!("unknown {}", unknown.kind),
    }
}

#[test]
#[ignore = "needs HILO_SHARED"]
fn conformance_every_published_webhook_example_is_accepted() {
    let contract = contract();
    let examples = &contract["paths"]["/whatsapp/webhooks"]["post"]["requestBody"]["content"]["application/json"]["examples"];
    let examples = examples.as_object().expect("examples");
    let seen: Vec<(String, String)> = examples
        .iter()
        .map(|(name, example)| (name.clone(), parse(&example["value"]).iter().map(kind).collect::<Vec<_>>().join(", ")))
        .collect();
    for (name, events) in &seen {
        println!("{name}: {events}");
    }
    let expected = |name: &str| match name {
        "Reaction Message" => "reaction",
        "Unsupported Message" => "unknown unsupported",
        "System Message" => "address changed",
        // The quick reply of this example says "Unsubscribe".
        "Button Message" => "message, opt out",
        "Group Create Message" => "unknown group_lifecycle_update",
        "Group Settings Update" => "unknown group_settings_update",
        "Group Remove Participants" => "unknown group_participants_update",
        _ => "message",
    };
    assert_eq!(seen.len(), 16);
    for (name, events) in &seen {
        assert_eq!(events, expected(name), "{name}");
    }
}

/// Every JSON text in the published collection that is a webhook.
fn collected_webhooks(value: &Value, found: &mut Vec<Value>) {
    match value {
        Value::String(text) => {
            if let Ok(json @ Value::Object(_)) = serde_json::from_str::<Value>(text)
                && json["object"] == "whatsapp_business_account"
            {
                found.push(json);
            }
        }
        Value::Array(items) => items.iter().for_each(|item| collected_webhooks(item, found)),
        Value::Object(fields) => fields.values().for_each(|field| collected_webhooks(field, found)),
        _ => {}
    }
}

#[test]
#[ignore = "needs HILO_SHARED"]
fn conformance_every_webhook_of_the_collection_is_accepted() {
    let text = fs::read_to_string(shared("contracts/meta-whatsapp/whatsapp-cloud-api.postman_collection.json")).expect("the collection");
    let mut found = Vec::new();
    collected_webhooks(&serde_json::from_str(&text).expect("JSON"), &mut found);
    let mut kinds: Vec<String> = found.iter().flat_map(parse).map(|event| kind(&event)).collect();
    assert!(found.iter().all(|payload| !parse(payload).is_empty()));
    kinds.sort();
    // One sample misspells `message_id` of its reaction, one is of the type "unknown", one tells of a payment.
    let unknown = ["unknown reaction", "unknown status.<captured | failed | pending>", "unknown unknown"];
    let expected: Vec<&str> = std::iter::repeat_n("message", 9).chain(["receipt sent"]).chain(unknown).collect();
    assert_eq!(kinds, expected);
    assert_eq!(found.len(), 13);
}

/// Whether `value` keeps what a schema requires: required fields, enumerations, lengths, counts. `allOf` and `oneOf` are followed.
/// `additionalProperties: false` is not: beside `allOf` the published schemas would forbid their own examples.
fn problems(contract: &Value, schema: &Value, value: &Value, at: &str) -> Vec<String> {
    if let Some(name) = schema["$ref"].as_str() {
        let schema = contract.pointer(name.trim_start_matches('#')).expect("a schema");
        return problems(contract, schema, value, at);
    }
    let mut found = Vec::new();
    for part in schema["allOf"].as_array().into_iter().flatten() {
        found.extend(problems(contract, part, value, at));
    }
    if let Some(choices) = schema["oneOf"].as_array() {
        let each: Vec<Vec<String>> = choices.iter().map(|choice| problems(contract, choice, value, at)).collect();
        if !each.iter().any(Vec::is_empty) {
            found.push(format!("{at}: fits none of {} forms: {}", each.len(), each.concat().join("; ")));
        }
    }
    for name in schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str) {
        if value[name].is_null() {
            found.push(format!("{at}.{name} is missing"));
        }
    }
    if let Some(allowed) = schema["enum"].as_array()
        && !allowed.contains(value)
    {
        found.push(format!("{at} is {value}, not one of {allowed:?}"));
    }
    if let (Some(limit), Some(text)) = (schema["maxLength"].as_u64(), value.as_str())
        && text.chars().count() as u64 > limit
    {
        found.push(format!("{at} is longer than {limit}"));
    }
    if let Some(items) = value.as_array() {
        if schema["maxItems"].as_u64().is_some_and(|limit| items.len() as u64 > limit) {
            found.push(format!("{at} has too many items"));
        }
        if !schema["items"].is_null() {
            for (index, item) in items.iter().enumerate() {
                found.extend(problems(contract, &schema["items"], item, &format!("{at}[{index}]")));
            }
        }
    }
    for (name, schema) in schema["properties"].as_object().into_iter().flatten() {
        if !value[name].is_null() {
            found.extend(problems(contract, schema, &value[name], &format!("{at}.{name}")));
        }
    }
    if let Some(kind) = schema["type"].as_str() {
        let fits = match kind {
            "string" => value.is_string(),
            "object" => value.is_object(),
            "array" => value.is_array(),
            "boolean" => value.is_boolean(),
            "integer" => value.is_i64(),
            _ => true,
        };
        if !fits {
            found.push(format!("{at} is not of type {kind}"));
        }
    }
    found
}

fn outbound() -> Outbound {
    let now = Timestamp::from_seconds(1_762_160_400);
    Outbound { last_inbound_at: Some(now), ..Outbound::text("01KEY", Address::phone("34600111222"), now, "Hola") }
}

fn file(kind: MediaKind, source: MediaSource) -> Outbound {
    let media =
        Media { kind, content_type: "application/pdf".into(), file_name: Some("t.pdf".into()), caption: None, content_id: None, source };
    Outbound { media: vec![media], text: None, ..outbound() }
}

#[test]
#[ignore = "needs HILO_SHARED"]
fn conformance_what_we_send_keeps_the_published_schema() {
    let contract = contract();
    let account = ChannelAccount::new("wa", kernel::Channel::Whatsapp, "+34911222333")
        .with("phone_number_id", "2001")
        .with_secret("access_token", "token");
    let choice = |n: usize| Choice { id: format!("id{n}"), title: format!("{:0>20}", n), description: Some("d".repeat(72)) };
    let link = || MediaSource::Link { url: "https://hilo.example/t.pdf".into() };
    let id = || MediaSource::Provider { id: "301".into(), sha256: None };
    let template = |params: &[&str]| Template {
        name: "pedido".into(),
        language: "es".into(),
        params: params.iter().map(|p| (*p).to_owned()).collect(),
    };
    let samples = [
        ("text", outbound()),
        ("text", Outbound { reply_to: Some("wamid.1".into()), text: Some("ñ".repeat(4096)), ..outbound() }),
        ("interactive", Outbound { choices: Some(Choices::Buttons { buttons: (0..3).map(choice).collect() }), ..outbound() }),
        (
            "interactive",
            Outbound { choices: Some(Choices::List { open: "Ver".into(), rows: (0..10).map(choice).collect() }), ..outbound() },
        ),
        ("template", Outbound { template: Some(template(&[])), last_inbound_at: None, ..outbound() }),
        ("template", Outbound { template: Some(template(&["Ana", "Madrid"])), ..outbound() }),
        ("image", file(MediaKind::Image, link())),
        ("image", Outbound { text: Some("ñ".repeat(1024)), ..file(MediaKind::Image, id()) }),
        ("audio", file(MediaKind::Audio, id())),
        ("video", file(MediaKind::Video, link())),
        ("document", file(MediaKind::Document, id())),
        ("sticker", file(MediaKind::Sticker, link())),
    ];
    let message = &contract["components"]["schemas"]["Message"];
    for (kind, sample) in samples {
        let Ok(WireRequest::Http(HttpRequest { body: Body::Json(json), .. })) = Whatsapp.render(&account, &sample) else {
            panic!("{kind} is refused")
        };
        assert_eq!(json["type"], kind);
        let schema = &message["discriminator"]["mapping"][kind];
        let found = problems(&contract, &serde_json::json!({ "$ref": schema }), &json, "message");
        assert_eq!(found, Vec::<String>::new(), "{json}");
    }
    // The check itself sees what is wrong.
    let wrong = serde_json::json!({ "messaging_product": "whatsapp", "to": "1", "type": "text" });
    let found = problems(&contract, &serde_json::json!({ "$ref": message["discriminator"]["mapping"]["text"] }), &wrong, "message");
    assert_eq!(found, ["message.recipient_type is missing", "message.text is missing"]);
}
