//! From our message to a mail, ready to hand to a server.

use super::{ours, safe_html, signature};
use crate::{CannotSend, ChannelAccount, MailRequest, WireRequest, clean::clean, digest};
use conversations::{AddressKind, Media, MediaSource, Outbound};
use lettre::message::header::{ContentType, HeaderName, HeaderValue};
use lettre::message::{Attachment, Mailbox, Message, MessageBuilder, MultiPart, SinglePart};
use std::time::{Duration, UNIX_EPOCH};

/// Earlier messages named in `References` at most: the first, which names the exchange, and the newest.
const REFERENCE_LIMIT: usize = 20;

pub(super) fn render(account: &ChannelAccount, message: &Outbound) -> Result<WireRequest, CannotSend> {
    if message.template.is_some() {
        return Err(CannotSend::Unsupported("approved texts"));
    }
    if message.choices.is_some() {
        return Err(CannotSend::Unsupported("buttons"));
    }
    let text = message.text.as_deref().unwrap_or_default();
    if text.trim().is_empty() && message.media.is_empty() {
        return Err(CannotSend::Empty);
    }
    if message.to.kind != AddressKind::Email {
        return Err(CannotSend::BadAddress(message.to.value.clone()));
    }
    let own = message.from.as_deref().and_then(|address| ours::own(account, address)).unwrap_or(&account.address);
    let from = mailbox(Some(account.display_name.as_str()), own)?;
    let to = mailbox(message.to_name.as_deref(), &message.to.value)?;
    let message_id = message_id(message, from.email.domain());
    let sent_at = UNIX_EPOCH + Duration::from_micros(message.at.as_micros().max(0).unsigned_abs());
    let builder = Message::builder().from(from.clone()).to(to.clone()).date(sent_at).message_id(Some(format!("<{message_id}>")));
    let builder = signs(builder, message);
    let mail =
        builder.multipart(body(message, &signed(account, message, text))?).map_err(|error| CannotSend::BadAddress(error.to_string()))?;
    Ok(WireRequest::Mail(MailRequest { from: from.email.to_string(), to: to.email.to_string(), message_id, raw: mail.formatted() }))
}

/// The words with the signature below them, under the sign by which mail programmes know one (RFC 3676, 4.3).
fn signed(account: &ChannelAccount, message: &Outbound, text: &str) -> String {
    let signature = message.signed.as_ref().filter(|_| !text.trim().is_empty()).and_then(|signed| signature::signature(account, signed));
    signature.map_or_else(|| text.to_owned(), |signature| format!("{}\n\n-- \n{signature}", text.trim_end()))
}

/// Made of our own name for the message, so that a repeat after a crash is the same mail to every server and reader on its way.
fn message_id(message: &Outbound, domain: &str) -> String {
    let local: String = message
        .dedupe_key
        .chars()
        .map(|letter| if letter.is_ascii_alphanumeric() || "-._~".contains(letter) { letter } else { '-' })
        .collect();
    format!("{local}@{domain}")
}

fn mailbox(name: Option<&str>, address: &str) -> Result<Mailbox, CannotSend> {
    let email = address.parse().map_err(|_| CannotSend::BadAddress(address.to_owned()))?;
    Ok(Mailbox::new(name.map(one_line).filter(|name| !name.is_empty()), email))
}

fn signs(mut builder: MessageBuilder, message: &Outbound) -> MessageBuilder {
    if let Some(subject) = subject(message) {
        builder = builder.subject(subject);
    }
    if let Some(answered) = message.reply_to.as_deref().and_then(bracketed) {
        builder = builder.in_reply_to(answered);
    }
    let references = references(message);
    if !references.is_empty() {
        builder = builder.references(references);
    }
    if message.automatic {
        let name = HeaderName::new_from_ascii_str("Auto-Submitted");
        builder = builder.raw_header(HeaderValue::new(name, "auto-replied".to_owned()));
    }
    if let Some(address) = message.unsubscribe.as_deref().and_then(bracketed) {
        let list = HeaderName::new_from_ascii_str("List-Unsubscribe");
        let post = HeaderName::new_from_ascii_str("List-Unsubscribe-Post");
        builder = builder.raw_header(HeaderValue::new(list, address));
        builder = builder.raw_header(HeaderValue::new(post, "List-Unsubscribe=One-Click".to_owned()));
    }
    builder
}

/// The subject, marked as an answer when it is one.
fn subject(message: &Outbound) -> Option<String> {
    let subject = one_line(message.subject.as_deref()?);
    let answers = message.reply_to.is_some() || !message.references.is_empty();
    let marked = ["re:", "aw:", "rv:", "sv:"].iter().any(|mark| subject.to_lowercase().starts_with(mark));
    Some(if answers && !marked { format!("Re: {subject}") } else { subject }).filter(|subject| !subject.is_empty())
}

/// What the message follows, oldest first, ending with the one it answers (RFC 5322, 3.6.4).
fn references(message: &Outbound) -> String {
    let mut ids: Vec<String> = Vec::new();
    for id in message.references.iter().chain(&message.reply_to).filter_map(|id| bracketed(id)) {
        ids.retain(|known| *known != id);
        ids.push(id);
    }
    if ids.len() > REFERENCE_LIMIT {
        ids.drain(1..=ids.len() - REFERENCE_LIMIT);
    }
    ids.join(" ")
}

/// `<id>`; `None` for what could break out of the header.
fn bracketed(id: &str) -> Option<String> {
    let bare = id.trim().trim_start_matches('<').trim_end_matches('>');
    let safe = !bare.is_empty() && bare.len() < 500 && bare.chars().all(|letter| letter.is_ascii_graphic() && !"<>".contains(letter));
    safe.then(|| format!("<{bare}>"))
}

fn body(message: &Outbound, text: &str) -> Result<MultiPart, CannotSend> {
    let text = clean(text);
    let words = MultiPart::alternative()
        .boundary(boundary(message, "words"))
        .singlepart(SinglePart::plain(text.clone()))
        .singlepart(SinglePart::html(format!("<!DOCTYPE html><html><body>{}</body></html>", safe_html::from_text(&text))));
    if message.media.is_empty() {
        return Ok(words);
    }
    let whole = MultiPart::mixed().boundary(boundary(message, "files")).multipart(words);
    message.media.iter().try_fold(whole, |whole, item| Ok(whole.singlepart(attachment(item)?)))
}

/// Always the same for the same message, like every other byte of it.
fn boundary(message: &Outbound, of: &str) -> String {
    digest::sha256_hex(format!("{of}:{}", message.dedupe_key).as_bytes())[..32].to_owned()
}

fn attachment(item: &Media) -> Result<SinglePart, CannotSend> {
    let MediaSource::Bytes { bytes } = &item.source else {
        return Err(CannotSend::Unsupported("a file whose bytes are elsewhere"));
    };
    let plain = || ContentType::parse("application/octet-stream").expect("a well-formed media type");
    let content_type = ContentType::parse(&item.content_type).unwrap_or_else(|_| plain());
    let name = one_line(item.file_name.as_deref().unwrap_or("file"));
    Ok(Attachment::new(name).body(bytes.clone(), content_type))
}

fn one_line(text: &str) -> String {
    clean(text).split_whitespace().collect::<Vec<_>>().join(" ")
}
