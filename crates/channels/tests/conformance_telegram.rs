//! Against the published Bot API, which is not ours to ship: `HILO_SHARED` names the folder that holds it. Run with `--run-ignored only`.

use channels::{Body, Channel, ChannelAccount, RawWebhook, Rejected, WireRequest, telegram};
use conversations::{Address, AddressKind, Choice, Choices, Media, MediaKind, MediaSource, Outbound};
use kernel::Timestamp;
use serde_json::{Value, json};
use std::{env, fs, path::PathBuf};

fn contract() -> Value {
    let folder = PathBuf::from(env::var("HILO_SHARED").expect("HILO_SHARED names the folder with the published contracts"));
    let text = fs::read_to_string(folder.join("contracts/telegram/api.min.json")).expect("the published contract");
    serde_json::from_str(&text).expect("JSON")
}

fn account() -> ChannelAccount {
    ChannelAccount::new("tg", kernel::Channel::Telegram, "@hebra_bot").with_secret("bot_token", "1:A").with_secret("secret_token", "agreed")
}

/// What keeps `value` from being one of `types`, in the contract's own words for types.
fn problems(contract: &Value, types: &[&str], value: &Value, at: &str) -> Vec<String> {
    let each: Vec<Vec<String>> = types.iter().map(|kind| fits(contract, kind, value, at)).collect();
    each.iter().find(|found| found.is_empty()).or(each.first()).cloned().unwrap_or_default()
}

fn fits(contract: &Value, kind: &str, value: &Value, at: &str) -> Vec<String> {
    let wrong = || vec![format!("{at} is no {kind}: {value}")];
    if let Some(inner) = kind.strip_prefix("Array of ") {
        let Some(items) = value.as_array() else { return wrong() };
        return items.iter().enumerate().flat_map(|(n, item)| problems(contract, &[inner], item, &format!("{at}[{n}]"))).collect();
    }
    let right = match kind {
        "Integer" => value.is_i64(),
        "Float" => value.is_number(),
        "String" => value.is_string(),
        "Boolean" => value.is_boolean(),
        "InputFile" => value == "a file",
        name => return object(contract, &contract["types"][name], value, at),
    };
    if right { Vec::new() } else { wrong() }
}

fn object(contract: &Value, kind: &Value, value: &Value, at: &str) -> Vec<String> {
    if let Some(subtypes) = kind["subtypes"].as_array().filter(|list| !list.is_empty()) {
        let names: Vec<&str> = subtypes.iter().filter_map(Value::as_str).collect();
        return problems(contract, &names, value, at);
    }
    let Some(given) = value.as_object() else { return vec![format!("{at} is no object: {value}")] };
    let fields = kind["fields"].as_array().cloned().unwrap_or_default();
    let mut found: Vec<String> = given
        .keys()
        .filter(|name| !fields.iter().any(|field| field["name"] == name.as_str()))
        .map(|name| format!("{at}.{name} is not in the contract"))
        .collect();
    for field in &fields {
        let name = field["name"].as_str().unwrap_or_default();
        match given.get(name) {
            Some(inner) => {
                let types: Vec<&str> = field["types"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
                found.extend(problems(contract, &types, inner, &format!("{at}.{name}")));
            }
            None if field["required"] == true => found.push(format!("{at}.{name} is missing")),
            None => {}
        }
    }
    found
}

fn message() -> Outbound {
    let to = Address { kind: AddressKind::Handle, value: "34600111222".into() };
    Outbound { reply_to: Some("34600111222:9".into()), ..Outbound::text("01KEY", to, Timestamp::from_seconds(1_762_160_400), "Hola") }
}

fn file(kind: MediaKind, source: MediaSource) -> Outbound {
    let media =
        Media { kind, content_type: "application/pdf".into(), file_name: Some("t.pdf".into()), caption: None, content_id: None, source };
    Outbound { media: vec![media], text: None, ..message() }
}

/// The method of a call and its fields; a file of a form counts as one.
fn called(request: WireRequest) -> (String, Value) {
    let WireRequest::Http(request) = request else { panic!("not over HTTP") };
    let method = request.url.strip_prefix("https://api.telegram.org/bot1:A/").expect("the Bot API").to_owned();
    let fields = match request.body {
        Body::Json(json) => json,
        Body::Multipart(parts) => parts
            .into_iter()
            .map(|part| {
                let text = String::from_utf8_lossy(&part.bytes).into_owned();
                let value = serde_json::from_str(&text).unwrap_or(json!(text));
                (part.name, if part.file.is_some() { json!("a file") } else { value })
            })
            .collect(),
        other => panic!("{other:?}"),
    };
    (method, fields)
}

#[test]
#[ignore = "needs HILO_SHARED"]
fn conformance_what_we_call_keeps_the_published_methods() {
    let contract = contract();
    let choice = |n: usize| Choice { id: format!("id{n}"), title: format!("Opción {n}"), description: Some("más".into()) };
    let id = || MediaSource::Provider { id: "AgAC".into(), sha256: None };
    let bytes = || MediaSource::Bytes { bytes: b"%PDF".to_vec() };
    let samples = [
        ("sendMessage", message()),
        ("sendMessage", Outbound { text: Some("ñ".repeat(4096)), reply_to: None, ..message() }),
        ("sendMessage", Outbound { choices: Some(Choices::Buttons { buttons: (0..8).map(choice).collect() }), ..message() }),
        ("sendMessage", Outbound { choices: Some(Choices::List { open: "Ver".into(), rows: (0..30).map(choice).collect() }), ..message() }),
        ("sendPhoto", Outbound { text: Some("Mira".into()), ..file(MediaKind::Image, id()) }),
        ("sendPhoto", file(MediaKind::Image, bytes())),
        ("sendDocument", Outbound { text: Some("Tu ticket".into()), ..file(MediaKind::Document, bytes()) }),
        ("sendDocument", file(MediaKind::Document, MediaSource::Link { url: "https://hilo.example/t.pdf".into() })),
        ("sendAudio", file(MediaKind::Audio, id())),
        ("sendVideo", file(MediaKind::Video, id())),
        ("sendSticker", file(MediaKind::Sticker, id())),
    ];
    for (method, sample) in samples {
        let (called, fields) = called(telegram::Telegram.render(&account(), &sample).expect("a call"));
        assert_eq!(called, method);
        assert_eq!(object(&contract, &contract["methods"][method], &fields, method), Vec::<String>::new(), "{fields}");
    }
    let connect = telegram::Telegram
        .connect(&account(), "https://hilo.example/channels/1", Timestamp::from_seconds(0))
        .expect("a call")
        .expect("complete");
    let (method, fields) = called(WireRequest::Http(connect));
    assert_eq!((method.as_str(), object(&contract, &contract["methods"]["setWebhook"], &fields, "setWebhook")), ("setWebhook", vec![]));
    // The check itself sees what is wrong.
    let wrong = json!({ "chat_id": true, "texto": "x" });
    let found = object(&contract, &contract["methods"]["sendMessage"], &wrong, "m");
    assert_eq!(found, ["m.texto is not in the contract", "m.chat_id is no Integer: true", "m.text is missing"]);
}

#[test]
#[ignore = "needs HILO_SHARED"]
fn conformance_every_fixture_is_a_published_update_and_every_kind_of_update_is_answered() {
    let contract = contract();
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("src/telegram/fixtures");
    let mut checked = 0;
    for entry in fs::read_dir(folder).expect("the fixtures") {
        let cases: Vec<Value> = serde_json::from_slice(&fs::read(entry.expect("an entry").path()).expect("a file")).expect("cases");
        for case in cases.iter().filter(|case| case["payload"]["update_id"].is_i64()) {
            // What a fixture leaves out is missing; what it has must be the contract's.
            let found = object(&contract, &contract["types"]["Update"], &case["payload"], "update");
            let strange: Vec<_> = found.iter().filter(|words| !words.ends_with("is missing")).collect();
            assert!(strange.is_empty(), "{}: {strange:?}", case["about"]);
            checked += 1;
        }
    }
    assert_eq!(checked, 21);
    let kinds = contract["types"]["Update"]["fields"].as_array().expect("fields");
    assert_eq!(kinds.len(), 26);
    for kind in kinds.iter().filter_map(|field| field["name"].as_str()).filter(|name| *name != "update_id") {
        let raw = RawWebhook::of(json!({ "update_id": 1, kind: {} }).to_string(), Timestamp::from_seconds(0));
        assert_eq!(telegram::Telegram.parse(&raw).len(), 1, "{kind}");
    }
}

#[test]
#[ignore = "needs HILO_SHARED"]
fn conformance_a_word_with_one_byte_changed_is_refused() {
    let raw =
        |word: &[u8]| RawWebhook::of("{}", Timestamp::from_seconds(0)).with_header(telegram::TOKEN_HEADER, String::from_utf8_lossy(word));
    assert_eq!(telegram::Telegram.verify(&account(), &raw(b"agreed")), Ok(()));
    for at in 0..6 {
        let mut word = b"agreed".to_vec();
        word[at] ^= 1;
        assert_eq!(telegram::Telegram.verify(&account(), &raw(&word)), Err(Rejected::BadToken));
    }
    assert_eq!(telegram::Telegram.verify(&account(), &RawWebhook::of("{}", Timestamp::from_seconds(0))), Err(Rejected::Unsigned));
}
