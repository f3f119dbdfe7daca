//! Against mail that we did not write: `HILO_SHARED` names the folder that holds it. Run with `--run-ignored only`.

mod real_mail;

use channels::email::{Email, ServerMail};
use channels::{Channel, MailCursor, MailRequest, MailTransport, RawWebhook, WireReply};
use conversations::{InboundEvent, InboundMessage, MediaSource, Part};
use kernel::Timestamp;
use serde_json::Value;
use std::collections::BTreeMap;
use std::time::{Duration, Instant};
use std::{env, fs, path::Path, path::PathBuf};

fn corpus() -> PathBuf {
    PathBuf::from(env::var("HILO_SHARED").expect("HILO_SHARED names the folder with the mail")).join("data/email")
}

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()) {
        if entry.is_dir() {
            files(&entry, found);
        } else if entry.extension().is_some_and(|end| end == "eml" || end == "txt") {
            found.push(entry);
        }
    }
}

fn parse(bytes: Vec<u8>) -> Vec<InboundEvent> {
    Email.parse(&RawWebhook::of(bytes, Timestamp::from_seconds(1_762_160_400)))
}

#[test]
#[ignore = "needs HILO_SHARED"]
fn conformance_every_mail_is_read_without_harm() {
    let mut found = Vec::new();
    files(&corpus(), &mut found);
    found.sort();
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for file in &found {
        let events = parse(fs::read(file).expect("a mail"));
        assert!(!events.is_empty(), "{file:?}");
        for event in &events {
            let kind = match event {
                InboundEvent::Message(message) => {
                    assert_harmless(message, file);
                    message.automatic.map_or("message".to_owned(), |why| format!("message ({why:?})"))
                }
                InboundEvent::Receipt(_) => "receipt".to_owned(),
                InboundEvent::Unknown(unknown) => {
                    println!("{}: {}", file.display(), unknown.kind);
                    unknown.kind.clone()
                }
                _ => "other".to_owned(),
            };
            *seen.entry(kind).or_default() += 1;
        }
    }
    println!("{} mails: {seen:?}", found.len());
    assert_eq!(found.len(), 108);
    assert_eq!(seen.get("email.unreadable"), None);
}

fn assert_harmless(message: &InboundMessage, file: &Path) {
    for part in &message.parts {
        match part {
            Part::Text { text, .. } => assert!(!text.contains('\0'), "{file:?}"),
            Part::Html { html } => assert!(!html.contains("<script") && !html.contains("src=\"http"), "{file:?}"),
            Part::Media(media) => assert!(media.file_name.as_deref().is_none_or(|name| !name.contains('/')), "{file:?}"),
            _ => {}
        }
    }
}

/// What a mail should give: its text and the number of its attachments.
struct Expected {
    text: String,
    html: bool,
    attachments: usize,
}

fn expected(json: &Value) -> Expected {
    let parts = json["parts"].as_array().expect("parts");
    let bodies = |list: &str| {
        json[list].as_array().into_iter().flatten().filter_map(Value::as_u64).map(|n| &parts[n as usize]["body"]).collect::<Vec<_>>()
    };
    Expected {
        text: bodies("text_body").iter().filter_map(|body| body["Text"].as_str()).collect(),
        html: bodies("text_body").iter().any(|body| body["Html"].is_string()),
        attachments: json["attachments"].as_array().map_or(0, Vec::len),
    }
}

/// Letters only: line breaks, control characters and spaces at the end are ours to change.
fn letters(text: &str) -> String {
    text.chars().filter(|letter| !letter.is_whitespace() && !letter.is_control()).collect()
}

#[test]
#[ignore = "needs HILO_SHARED"]
fn conformance_texts_and_attachments_are_those_expected() {
    let mut found = Vec::new();
    files(&corpus(), &mut found);
    found.sort();
    let (mut agree, mut differ, mut apart) = (0, Vec::new(), Vec::new());
    for file in found {
        for (json, crlf) in [(file.with_extension("json"), false), (file.with_extension("crlf.json"), true)] {
            let Ok(json) = fs::read(&json) else { continue };
            let expected = expected(&serde_json::from_slice(&json).expect("JSON"));
            let mut bytes = fs::read(&file).expect("a mail");
            if crlf {
                bytes = bytes.iter().fold(Vec::new(), |mut out, byte| {
                    out.extend(if *byte == b'\n' { b"\r\n".as_slice() } else { std::slice::from_ref(byte) });
                    out
                });
            }
            let name = format!("{}{}", file.display(), if crlf { " (CRLF)" } else { "" });
            // Many samples are only a MIME body; somebody must have written them.
            if matches!(parse(bytes.clone()).as_slice(), [InboundEvent::Unknown(unknown)] if unknown.kind == "email.no_sender") {
                bytes.splice(0..0, b"Sender: somebody@example.com\r\n".iter().copied());
            }
            let message = match parse(bytes).into_iter().next() {
                Some(InboundEvent::Message(message)) => message,
                other => {
                    apart.push(format!("{name}: no message but {other:?}"));
                    continue;
                }
            };
            let attachments = message
                .parts
                .iter()
                .filter(|part| matches!(part, Part::Media(media) if matches!(media.source, MediaSource::Bytes { .. })))
                .count();
            let text = message
                .parts
                .iter()
                .find_map(|part| if let Part::Text { text, .. } = part { Some(text.as_str()) } else { None })
                .unwrap_or_default();
            // Where the text is the words of the markup, the expected file holds the markup itself: only that there are words is compared.
            let same_text = if expected.html { true } else { letters(text) == letters(&expected.text) };
            if attachments == expected.attachments && same_text {
                agree += 1;
            } else {
                differ
                    .push(format!("{name}: {attachments} attachments for {}, text {text:?} for {:?}", expected.attachments, expected.text));
            }
        }
    }
    println!("{agree} agree, {} differ, {} are no message", differ.len(), apart.len());
    for line in differ.iter().chain(&apart) {
        println!("{line}");
    }
    // malformed/019 is a torn mail whose text bodies are empty and whose markup has words: we show those.
    assert!(differ.iter().all(|line| line.contains("malformed/019.eml")), "{differ:?}");
    assert_eq!((agree, differ.len(), apart.len()), (118, 2, 0));
}

/// The mail as a server must be given it: lines that end in CRLF.
fn on_the_wire(bytes: &[u8]) -> Vec<u8> {
    let mut wire = Vec::with_capacity(bytes.len());
    for (at, byte) in bytes.iter().enumerate() {
        let lone = (*byte == b'\n' && (at == 0 || bytes[at - 1] != b'\r')) || (*byte == b'\r' && bytes.get(at + 1) != Some(&b'\n'));
        match (lone, byte) {
            (true, _) => wire.extend(b"\r\n"),
            (false, byte) => wire.push(*byte),
        }
    }
    wire
}

/// Attachments and letters of a mail, as far as a server must leave them alone.
fn gist(raw: Vec<u8>) -> (usize, String) {
    match parse(raw).into_iter().next() {
        Some(InboundEvent::Message(message)) => {
            let media = message.parts.iter().filter(|part| matches!(part, Part::Media(_))).count();
            let text = message.parts.iter().find_map(|part| if let Part::Text { text, .. } = part { Some(letters(text)) } else { None });
            (media, text.unwrap_or_default())
        }
        _ => (0, String::new()),
    }
}

#[tokio::test]
#[ignore = "needs HILO_SHARED and mail servers"]
async fn conformance_real_mail_comes_through_real_servers_without_loss() {
    let Some(account) = real_mail::account("corpus") else { return };
    let server = ServerMail::new(&account).expect("a whole account");
    let mut found = Vec::new();
    files(&corpus(), &mut found);
    found.sort();
    let mut sent = BTreeMap::new();
    for (number, file) in found.iter().enumerate() {
        let mark = format!("X-Sample: {number}\r\n");
        let raw = [mark.as_bytes(), &on_the_wire(&fs::read(file).expect("a mail"))].concat();
        let mail =
            MailRequest { from: "ana@customer.test".into(), to: account.address.clone(), message_id: number.to_string(), raw: raw.clone() };
        let reply = server.send(mail).await;
        assert!(matches!(reply, WireReply::Mail { code: 250, .. }), "{file:?}: {reply:?}");
        sent.insert(number.to_string(), gist([b"Return-Path: <ana@customer.test>\r\n", raw.as_slice()].concat()));
    }
    let (mut cursor, mut received, begun) = (MailCursor::default(), BTreeMap::new(), Instant::now());
    while received.len() < sent.len() && begun.elapsed() < Duration::from_secs(60) {
        for mail in server.fetch(cursor, 20).await.expect("the mailbox") {
            cursor = mail.cursor;
            let text = String::from_utf8_lossy(&mail.raw);
            let number = text.lines().find_map(|line| line.strip_prefix("X-Sample: ")).expect("our mark").trim().to_owned();
            assert!(received.insert(number, gist(mail.raw)).is_none(), "no mail comes twice");
        }
        server.wait(Duration::from_secs(1)).await.expect("the mailbox");
    }
    assert_eq!(received.len(), 108);
    let is_changed = |(number, gist): &(&String, &(usize, String))| received.get(*number) != Some(gist);
    let name =
        |number: &String| found[number.parse::<usize>().expect("a number")].file_name().expect("a name").to_string_lossy().into_owned();
    let mut changed: Vec<String> = sent.iter().filter(is_changed).map(|(number, _)| name(number)).collect();
    changed.sort();
    // Postfix mends these before it delivers them: a header without its end or with a foreign line, a last boundary without a line break.
    let mended = ["000.eml", "013.eml", "014.eml", "msg_19.txt", "msg_25.txt", "msg_35.txt", "msg_43.txt"];
    assert_eq!(changed, mended);
}
