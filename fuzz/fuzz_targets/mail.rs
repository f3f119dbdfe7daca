//! A mail as a server hands it over, and the markup in it.
#![no_main]

use channels::{RawWebhook, email};
use conversations::{Attachment, InboundEvent, InboundMessage, MediaSource, Part};
use hilo_fuzz::{NOW, holds_nul, pick};
use kernel::Channel as Kind;
use libfuzzer_sys::fuzz_target;

/// Elements that do more than show words.
const ACTING: [&str; 12] = ["script", "style", "iframe", "object", "embed", "form", "input", "button", "link", "meta", "base", "svg"];

fuzz_target!(|input: &[u8]| {
    let mail = u8::try_from(channels::KINDS.iter().position(|(kind, _)| *kind == Kind::Email).expect("mail is a kind")).expect("few kinds");
    let (channel, account, _) = pick(&[mail]).expect("mail is a kind");

    let raw = RawWebhook::of(input.to_vec(), NOW);
    let mut events = channel.parse(&raw);
    assert!(!events.is_empty() && events.len() <= 2, "{} events of one mail", events.len());
    channel.settle(account, &mut events);
    let kept = serde_json::to_value(&events).expect("events can be kept");
    assert!(!holds_nul(&kept));
    if let Some(InboundEvent::Message(message)) = events.first() {
        assert!(message.at <= NOW, "nobody writes tomorrow");
        assert!(message.parts.len() <= 2 + 50);
        for part in &message.parts {
            if let Part::Html { html } = part {
                shown(html, message);
            }
        }
    }

    // Markup that comes by other ways as well; read again it is no less safe.
    let safe = email::make_safe(&String::from_utf8_lossy(input));
    harmless(&safe);
    harmless(&email::make_safe(&safe));
});

/// The markup with its pictures: no other thing changes, and none comes from elsewhere.
fn shown(html: &str, message: &InboundMessage) {
    let files: Vec<Attachment> = message.parts.iter().filter_map(file).collect();
    let inside = email::inside(html, &files);
    assert_eq!(email::with_pictures(html, &[]), html);
    let pictures: Vec<(&Attachment, Vec<u8>)> = inside.into_iter().map(|file| (file, b"GIF8".to_vec())).collect();
    let whole = email::with_pictures(html, &pictures);
    harmless(html);
    harmless(&whole);
}

/// Nothing in it acts, and it shows no picture that lies elsewhere.
fn harmless(html: &str) {
    for rest in html.split('<').skip(1) {
        let mut is_quoted = false;
        let end = rest.find(|letter| {
            is_quoted ^= letter == '"';
            letter == '>' && !is_quoted
        });
        let tag = &rest[..end.unwrap_or(rest.len())];
        let name = tag.split(|letter: char| !letter.is_ascii_alphanumeric()).next().unwrap_or_default();
        assert!(!ACTING.contains(&name), "{html}");
        let source = tag.split_once(" src=\"").map_or("cid:", |(_, source)| source);
        assert!(name != "img" || source.starts_with("cid:") || source.starts_with("data:image/"), "{html}");
    }
}

fn file(part: &Part) -> Option<Attachment> {
    let Part::Media(media) = part else { return None };
    let size_bytes = if let MediaSource::Bytes { bytes } = &media.source { bytes.len() as i64 } else { 0 };
    Some(Attachment {
        id: conversations::AttachmentId::nil(),
        message: conversations::MessageId::nil(),
        kind: media.kind,
        content_type: media.content_type.clone(),
        file_name: media.file_name.clone().unwrap_or_default(),
        size_bytes,
        content_id: media.content_id.clone(),
    })
}
