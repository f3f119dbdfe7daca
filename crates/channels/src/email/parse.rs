//! From a mail's bytes to events. Whatever the bytes are, this answers.

use super::{automatic, bounce, complaint, quoted, safe_html};
use crate::{RawWebhook, clean::clean, digest};
use conversations::{Address, InboundEvent, InboundMessage, Media, MediaKind, MediaSource, OptOut, Part, Sender, UnknownEvent};
use kernel::Timestamp;
use mail_parser::{Addr, HeaderValue, Message, MessageParser, MessagePart, MimeHeaders, PartType};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Bytes of one attachment that are kept at most; a larger one is named without its bytes.
const ATTACHMENT_LIMIT: usize = 25 << 20;
/// Attachments that are kept at most.
const ATTACHMENT_COUNT: usize = 100;
/// Characters of text that are kept at most.
const TEXT_LIMIT: usize = 200_000;
/// Earlier messages that are remembered at most, the newest.
const REFERENCE_LIMIT: usize = 50;
/// Readers that are looked at, to find which address of ours was written to.
const READER_LIMIT: usize = 50;
/// Headers worth keeping: they say why a mail counts as written by a machine, for which of our addresses it came, and what our server found
/// about its sender.
const KEPT_HEADERS: &[&str] = &[
    "Auto-Submitted",
    "Precedence",
    "X-Auto-Response-Suppress",
    "Return-Path",
    "List-Id",
    "List-Unsubscribe",
    "Delivered-To",
    "Cc",
    "Authentication-Results",
];

pub(super) fn parse(raw: &RawWebhook) -> Vec<InboundEvent> {
    // The parser is another's: if some bytes break it, one mail is unreadable and the mailbox goes on.
    catch_unwind(AssertUnwindSafe(|| read(raw))).unwrap_or_else(|_| vec![unknown("email.unreadable", raw)])
}

fn read(raw: &RawWebhook) -> Vec<InboundEvent> {
    let Some(message) = MessageParser::default().parse(&raw.body[..]) else {
        return vec![unknown("email.unreadable", raw)];
    };
    let at = written_at(&message, raw.received_at);
    if let Some(report) = bounce::receipt(&message, at).or_else(|| complaint::complaint(&message, at)) {
        return vec![report];
    }
    let Some(from) = sender(&message) else {
        return vec![unknown("email.no_sender", raw)];
    };
    let headers = headers(&message);
    let automatic = automatic::automatic(&automatic::Signs { headers: &headers, from: &from.address.value });
    let subject = message.subject().map(clean).filter(|subject| !subject.trim().is_empty());
    let parts = parts(&message);
    let stop = match (&automatic, parts.first()) {
        (None, Some(Part::Text { text, fresh })) => [subject.as_deref(), Some(fresh.as_ref().unwrap_or(text).as_str())]
            .into_iter()
            .flatten()
            .find(|words| conversations::asks_to_stop(words)),
        (None, _) => subject.as_deref().filter(|subject| conversations::asks_to_stop(subject)),
        (Some(_), _) => None,
    };
    let stop = stop.map(|words| InboundEvent::OptOut(OptOut { from: from.address.clone(), at, evidence: words.to_owned() }));
    let to = recipient(&message, &headers);
    let inbound = InboundMessage {
        provider_message_id: message_id(&message, raw),
        from,
        named: named(&message, &to),
        to,
        at,
        subject,
        parts,
        in_reply_to: ids(message.in_reply_to()).pop(),
        references: newest(ids(message.references())),
        automatic,
        language: None,
        referral: None,
        sender_check: None,
        headers: headers.into_iter().filter(|(name, _)| KEPT_HEADERS.iter().any(|kept| kept.eq_ignore_ascii_case(name))).collect(),
    };
    std::iter::once(InboundEvent::Message(Box::new(inbound))).chain(stop).collect()
}

/// When it was written: the sender's clock, unless that is ahead of ours.
fn written_at(message: &Message<'_>, received_at: Timestamp) -> Timestamp {
    let told = message.date().filter(|date| date.is_valid()).map(|date| date.to_timestamp()).filter(|seconds| *seconds > 0);
    told.map_or(received_at, |seconds| Timestamp::from_seconds(seconds).min(received_at))
}

/// The mail's own name; one made of its bytes where it has none, so that the same mail twice is still one.
fn message_id(message: &Message<'_>, raw: &RawWebhook) -> String {
    match message.message_id().map(clean) {
        Some(id) if !id.trim().is_empty() => id.trim().to_owned(),
        _ => format!("sha256.{}", digest::sha256_hex(&raw.body)),
    }
}

/// Who wrote: the first header that names anybody we could answer; at worst the envelope's sender.
fn sender(message: &Message<'_>) -> Option<Sender> {
    let reply_to = message.reply_to().and_then(|list| list.iter().find_map(address));
    let lists = [message.from(), message.sender(), message.reply_to()];
    let Some(first) = lists.into_iter().flatten().flat_map(|list| list.iter()).find(|addr| address(addr).is_some()) else {
        let address = message.return_address().and_then(well_formed)?;
        return Some(Sender { address, display_name: None, reply_to: None });
    };
    let own = address(first)?;
    let display_name = first.name().map(clean).filter(|name| !name.trim().is_empty());
    Some(Sender { reply_to: reply_to.filter(|reply| *reply != own), address: own, display_name })
}

fn address(addr: &Addr<'_>) -> Option<Address> {
    well_formed(addr.address()?)
}

fn well_formed(text: &str) -> Option<Address> {
    let address = Address::email(&clean(text));
    let (local, host) = address.value.rsplit_once('@')?;
    (!local.is_empty() && !host.is_empty() && address.value.len() <= 320).then_some(address)
}

/// Which of our addresses it was for.
fn recipient(message: &Message<'_>, headers: &[(String, String)]) -> Address {
    let delivered = headers.iter().find(|(name, _)| name.eq_ignore_ascii_case("Delivered-To")).map(|(_, value)| Address::email(value));
    let listed = || message.to().and_then(|list| list.iter().find_map(address));
    delivered.or_else(listed).unwrap_or_else(|| Address::email(""))
}

/// Everybody it names as its reader; nobody where that is only the one it was for.
fn named(message: &Message<'_>, to: &Address) -> Vec<Address> {
    let lists = [message.to(), message.cc()].into_iter().flatten();
    let all: Vec<Address> = lists.flat_map(|list| list.iter()).filter_map(address).take(READER_LIMIT).collect();
    if all.iter().all(|address| address == to) { Vec::new() } else { all }
}

fn headers(message: &Message<'_>) -> Vec<(String, String)> {
    message.headers_raw().map(|(name, value)| (clean(name), clean(value).split_whitespace().collect::<Vec<_>>().join(" "))).collect()
}

fn ids(value: &HeaderValue<'_>) -> Vec<String> {
    let ids: Vec<&str> = match value {
        HeaderValue::Text(id) => vec![id.as_ref()],
        HeaderValue::TextList(ids) => ids.iter().map(AsRef::as_ref).collect(),
        _ => Vec::new(),
    };
    ids.into_iter().map(|id| clean(id).trim().to_owned()).filter(|id| !id.is_empty()).collect()
}

fn newest(mut references: Vec<String>) -> Vec<String> {
    references.split_off(references.len().saturating_sub(REFERENCE_LIMIT))
}

fn parts(message: &Message<'_>) -> Vec<Part> {
    let html = html(message);
    let text = text(message, html.as_deref());
    let mut parts = Vec::new();
    if !text.is_empty() {
        let fresh = quoted::fresh(&text);
        let fresh = (fresh != text).then(|| fresh.to_owned());
        parts.push(Part::Text { text, fresh });
    }
    parts.extend(html.map(|html| Part::Html { html }));
    parts.extend(message.attachments().take(ATTACHMENT_COUNT).map(|part| Part::Media(attachment(part))));
    parts
}

/// The safe markup of a mail that has any.
fn html(message: &Message<'_>) -> Option<String> {
    let bodies: Vec<&PartType<'_>> = message.html_bodies().map(|part| &part.body).collect();
    if !bodies.iter().any(|body| matches!(body, PartType::Html(_))) {
        return None;
    }
    let mut whole = String::new();
    for body in bodies {
        match body {
            PartType::Html(html) => whole.push_str(html),
            PartType::Text(text) => whole.push_str(&safe_html::from_text(text)),
            _ => {}
        }
    }
    (whole.len() <= safe_html::HTML_LIMIT).then(|| safe_html::make_safe(&clean(&whole))).filter(|html| !html.trim().is_empty())
}

/// All text bodies one after the other; the markup's words where there are none.
fn text(message: &Message<'_>, html: Option<&str>) -> String {
    let bodies = message.text_bodies().filter_map(|part| match &part.body {
        PartType::Text(text) => Some(clean(text)),
        PartType::Html(html) if html.len() <= safe_html::HTML_LIMIT => Some(safe_html::to_text(&safe_html::make_safe(&clean(html)))),
        _ => None,
    });
    let mut text = bodies.collect::<Vec<_>>().join("\n").trim_end().to_owned();
    if text.trim().is_empty() {
        text = html.map(safe_html::to_text).unwrap_or_default();
    }
    match text.char_indices().nth(TEXT_LIMIT) {
        Some((end, _)) => text[..end].to_owned(),
        None => text,
    }
}

fn attachment(part: &MessagePart<'_>) -> Media {
    let content_type = content_type(part);
    let bytes = match &part.body {
        PartType::Message(nested) => nested.raw_message(),
        _ => part.contents(),
    };
    let source = if bytes.len() <= ATTACHMENT_LIMIT {
        MediaSource::Bytes { bytes: bytes.to_vec() }
    } else {
        MediaSource::TooLarge { size_bytes: bytes.len() as u64 }
    };
    Media {
        kind: kind(&content_type),
        file_name: part.attachment_name().map(clean).map(|name| base_name(&name)).filter(|name| !name.is_empty()),
        caption: None,
        content_id: part.content_id().map(clean),
        content_type,
        source,
    }
}

fn content_type(part: &MessagePart<'_>) -> String {
    let told = part.content_type().map(|told| format!("{}/{}", told.ctype(), told.subtype().unwrap_or("octet-stream")).to_lowercase());
    let fallback = match &part.body {
        PartType::Text(_) => "text/plain",
        PartType::Html(_) => "text/html",
        PartType::Message(_) => "message/rfc822",
        _ => "application/octet-stream",
    };
    told.map(|told| clean(&told)).filter(|told| told.len() <= 100).unwrap_or_else(|| fallback.to_owned())
}

fn kind(content_type: &str) -> MediaKind {
    match content_type.split('/').next() {
        Some("image") => MediaKind::Image,
        Some("audio") => MediaKind::Audio,
        Some("video") => MediaKind::Video,
        _ => MediaKind::Document,
    }
}

/// A file's name without a path: nobody else decides where a file of ours lies.
fn base_name(name: &str) -> String {
    name.rsplit(['/', '\\']).next().unwrap_or_default().trim().chars().take(200).collect()
}

fn unknown(kind: &str, raw: &RawWebhook) -> InboundEvent {
    InboundEvent::Unknown(UnknownEvent { kind: kind.to_owned(), provider_event_id: Some(raw.fingerprint()), from: None })
}
