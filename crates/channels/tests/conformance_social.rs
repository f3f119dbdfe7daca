//! Against what Meta and X publish about webhooks and calls, which is not ours to ship: `HILO_SHARED` names the folder that holds it. Run
//! with `--run-ignored only`.

use channels::{Answer, Body, Channel, ChannelAccount, RawWebhook, Rejected, WireRequest, adapter, meta, whatsapp, x};
use conversations::{Address, AddressKind, InboundEvent, Outbound, Part};
use kernel::Timestamp;
use serde_json::{Value, json};
use std::{env, fs, path::PathBuf};

fn published(path: &str) -> String {
    let folder = PathBuf::from(env::var("HILO_SHARED").expect("HILO_SHARED names the folder with the published contracts"));
    fs::read_to_string(folder.join("contracts").join(path)).expect("a published file")
}

fn json_of(path: &str) -> Value {
    serde_json::from_str(&published(path)).expect("JSON")
}

fn raw(body: impl Into<bytes::Bytes>) -> RawWebhook {
    RawWebhook::of(body, Timestamp::from_seconds(1_762_160_400))
}

fn kind(event: &InboundEvent) -> String {
    match event {
        InboundEvent::Message(message) => format!("message of {}: {}", message.from.address.value, message.summary()),
        InboundEvent::Receipt(receipt) => format!("receipt {}", receipt.state.name()),
        InboundEvent::Reaction(reaction) => format!("reaction {}", reaction.emoji),
        InboundEvent::Comment(comment) => format!("comment of {}: {}", comment.from.address.value, comment.text),
        InboundEvent::ReadUntil(read) => format!("read by {}", read.by.value),
        InboundEvent::OptOut(_) => "opt out".to_owned(),
        InboundEvent::OptIn(_) => "opt in".to_owned(),
        InboundEvent::AddressChanged(_) => "address changed".to_owned(),
        InboundEvent::Complaint(_) => "complaint".to_owned(),
        InboundEvent::Template(news) => format!("template {}", news.name),
        InboundEvent::Unknown(unknown) => format!("unknown {}", unknown.kind),
    }
}

/// Each event of a file as published, byte for byte, by its name.
fn replayed(channel: kernel::Channel, path: &str) -> Vec<(String, String)> {
    let events = json_of(path)["events"].as_object().cloned().expect("events");
    let read = |payload: &Value| {
        let told = adapter(channel).expect("an adapter").parse(&raw(payload.to_string()));
        told.iter().map(kind).collect::<Vec<_>>().join(", ")
    };
    events.iter().map(|(name, payload)| (name.clone(), read(payload))).collect()
}

#[test]
#[ignore = "needs HILO_SHARED"]
fn conformance_every_published_event_of_messenger_and_instagram_is_understood() {
    let expected = [
        ("attachment", "message of <PSID>: "),
        ("delivery", "receipt delivered"),
        ("echo", "receipt sent"),
        ("postback_changes_form", "message of user_ref:USER-REF-ID: TITLE-FOR-THE-CTA"),
        ("reaction", "reaction ❤️"),
        ("reply_to", "message of <PSID>: hello, world!"),
        ("standby", "unknown standby"),
        ("text_quick_reply", "message of <PSID>: hello, world!"),
    ];
    let expected: Vec<_> = expected.iter().map(|(name, told)| ((*name).to_owned(), (*told).to_owned())).collect();
    assert_eq!(replayed(kernel::Channel::Messenger, "meta-social/messenger-events.json"), expected);
    let expected =
        [("comment_business_login_form", "comment of <USERNAME>: <COMMENT_TEXT>"), ("message", "message of <IGSID>: <MESSAGE_CONTENT>")];
    let expected: Vec<_> = expected.iter().map(|(name, told)| ((*name).to_owned(), (*told).to_owned())).collect();
    assert_eq!(replayed(kernel::Channel::Instagram, "meta-social/instagram-events.json"), expected);
}

#[test]
#[ignore = "needs HILO_SHARED"]
fn conformance_the_published_signature_is_right_and_with_any_byte_changed_it_is_refused() {
    let case = json_of("meta-social/signature-vectors.json")["cases"][0].clone();
    let text = |name: &str| case[name].as_str().expect("text").to_owned();
    let (secret, payload, header) = (text("secret"), text("payload"), text("header_value"));
    assert_eq!(whatsapp::signature(&secret, payload.as_bytes()), header);
    for kind in [kernel::Channel::Messenger, kernel::Channel::Instagram, kernel::Channel::Whatsapp] {
        let account = ChannelAccount::new("a", kind, "a").with_secret("app_secret", &secret);
        let verify = |body: Vec<u8>, header: &str| {
            adapter(kind).expect("an adapter").verify(&account, &raw(body).with_header("x-hub-signature-256", header))
        };
        assert_eq!(verify(payload.clone().into_bytes(), &header), Ok(()));
        refuses_each_changed_byte(payload.as_bytes(), &header, &verify);
    }
}

/// Any byte of the body, or of the signature, changed by one bit.
fn refuses_each_changed_byte(body: &[u8], header: &str, verify: &impl Fn(Vec<u8>, &str) -> Result<(), Rejected>) {
    for at in 0..body.len() {
        let mut changed = body.to_vec();
        changed[at] ^= 1;
        assert_eq!(verify(changed, header), Err(Rejected::BadSignature));
    }
    for at in "sha256=".len()..header.len() {
        let mut changed = header.as_bytes().to_vec();
        changed[at] ^= 1;
        assert_eq!(verify(body.to_vec(), &String::from_utf8_lossy(&changed)), Err(Rejected::BadSignature));
    }
    assert_eq!(verify(body.to_vec(), ""), Err(Rejected::Unsigned));
}

/// Every sample in the text of a page, with what it leaves out ("<Tweet Object>", "{ ... }") filled with an empty object.
fn samples(page: &str) -> Vec<Value> {
    let blocks = page.split("```json").skip(1).filter_map(|rest| rest.split_once('\n')?.1.split("```").next());
    blocks
        .filter_map(|block| {
            let mut filled = block.to_owned();
            for gap in ["<Tweet Object>", "<User Object>"] {
                filled = filled
                    .replace(&format!("{{\n      {gap}\n    }}"), "{}")
                    .replace(&format!("{{\n        {gap}\n      }}"), "{}")
                    .replace(&format!("{{\n          {gap}\n        }}"), "{}");
                filled = filled.replace(gap, "");
            }
            serde_json::from_str(&filled.replace("{ ... }", "{}")).ok()
        })
        .collect()
}

#[test]
#[ignore = "needs HILO_SHARED"]
fn conformance_every_published_activity_of_x_is_understood() {
    let page = published("x-api/account-activity_introduction.mdx");
    let all = samples(&page);
    let told: Vec<String> =
        all.iter().map(|sample| x::X.parse(&raw(sample.to_string())).iter().map(kind).collect::<Vec<_>>().join(", ")).collect();
    let count = |what: &str| told.iter().filter(|told| told.as_str() == what).count();
    println!("{told:#?}");
    assert_eq!(all.len(), page.matches("```json").count(), "every sample is read");
    assert_eq!(count("message of furiouscamper: Hello World!"), 1);
    assert_eq!(count("read by 199566737"), 1);
    // Posts whose writer the page leaves out.
    assert_eq!(count("unknown tweet"), 3);
    let others = ["favorite_events", "direct_message_indicate_typing_events", "tweet_delete_events", "user_event"];
    assert_eq!(others.map(|kind| count(&format!("unknown {kind}"))), [1, 1, 1, 1]);
    let twice = ["follow_events", "block_events", "mute_events"];
    assert_eq!(twice.map(|kind| count(&format!("unknown {kind}"))), [2, 2, 2]);
    let InboundEvent::Message(message) =
        x::X.parse(&raw(all.iter().find(|s| s["direct_message_events"].is_array()).expect("one").to_string())).remove(0)
    else {
        panic!("no message")
    };
    let answered = message.from.reply_to.as_ref().map(|address| address.value.as_str());
    assert_eq!((message.provider_message_id.as_str(), answered), ("954491830116155396", Some("3001969357")));
    assert_eq!(message.parts, [Part::Text { text: "Hello World!".into(), fresh: None }]);
}

fn x_account() -> ChannelAccount {
    let secrets = ["consumer_key", "consumer_secret", "access_token", "access_token_secret"];
    secrets.iter().fold(ChannelAccount::new("x", kernel::Channel::X, "@hebra"), |account, name| account.with_secret(name, *name))
}

#[test]
#[ignore = "needs HILO_SHARED"]
fn conformance_the_challenge_of_x_is_answered_and_a_changed_byte_refused() {
    let rules = json_of("x-api/crc-rules.json");
    assert_eq!(rules["signature"]["header"], x::SIGNATURE_HEADER);
    let mut asked = raw("");
    asked.query = vec![("crc_token".into(), "challenge".into())];
    // By hand: printf challenge | openssl dgst -sha256 -hmac consumer_secret -binary | base64
    let answer = x::X.handshake(&x_account(), &asked).expect("a challenge").expect("an answer");
    assert_eq!(answer, Answer::json(&json!({ "response_token": x::signature("consumer_secret", b"challenge") })));
    assert_eq!(x::signature("consumer_secret", b"challenge"), "sha256=sK4UwR/IcShb2OsUbPSWy6d8gFbkFu47TCu+K/nKFsE=");
    let body = json!({ "for_user_id": "1" }).to_string();
    let right = x::signature("consumer_secret", body.as_bytes());
    let verify = |body: Vec<u8>, header: &str| x::X.verify(&x_account(), &raw(body).with_header(x::SIGNATURE_HEADER, header));
    assert_eq!(verify(body.clone().into_bytes(), &right), Ok(()));
    refuses_each_changed_byte(body.as_bytes(), &right, &verify);
}

#[test]
#[ignore = "needs HILO_SHARED"]
fn conformance_what_we_call_at_x_is_in_its_published_list() {
    let api = json_of("x-api/openapi.json");
    let to = Address { kind: AddressKind::Handle, value: "3001969357".into() };
    let message = Outbound::text("01KEY", to, Timestamp::from_seconds(1_762_160_400), "Sí, en azul");
    let Ok(WireRequest::Http(sent)) = x::X.render(&x_account(), &message) else { panic!("refused") };
    let Body::Json(body) = &sent.body else { panic!("{sent:?}") };
    assert_eq!(sent.url, "https://api.x.com/2/dm_conversations/with/3001969357/messages");
    let schema = &api["components"]["schemas"]["CreateDirectMessagesByParticipantIdRequest"];
    assert!(api["paths"]["/2/dm_conversations/with/{participant_id}/messages"]["post"].is_object());
    let names: Vec<_> = body.as_object().expect("fields").keys().collect();
    assert!(names.iter().all(|name| schema["properties"][name.as_str()].is_object()), "{names:?}");
    assert_eq!(schema["anyOf"][0]["required"][0], "text");
    let connect = x::X.connect(&x_account(), "https://hilo.example/channels/1", message.at).expect("a call").expect("complete");
    assert_eq!(connect.json(), Some(&json!({ "url": "https://hilo.example/channels/1" })));
    assert!(api["paths"]["/2/webhooks"]["post"].is_object() && connect.url.ends_with("/2/webhooks"));
    assert!(api["paths"]["/2/account_activity/webhooks/{webhook_id}/subscriptions/all"]["post"].is_object());
}

#[test]
#[ignore = "needs HILO_SHARED"]
fn conformance_the_handshake_of_meta_is_shared() {
    let rule = json_of("meta-social/signature-vectors.json")["subscribe"].as_str().expect("a rule").to_owned();
    assert!(rule.starts_with("GET ?hub.mode=subscribe&hub.verify_token=T&hub.challenge=C"));
    let account = ChannelAccount::new("m", kernel::Channel::Messenger, "Hebra").with_secret("verify_token", "T");
    let ask = |word: &str| {
        let mut asked = raw("");
        asked.query = [("hub.mode", "subscribe"), ("hub.verify_token", word), ("hub.challenge", "C")]
            .map(|(a, b)| (a.to_owned(), b.to_owned()))
            .to_vec();
        meta::MESSENGER.handshake(&account, &asked)
    };
    assert_eq!((ask("T"), ask("U")), (Some(Ok(Answer::text("C"))), Some(Err(Rejected::BadToken))));
}
