//! From our message to the widget's event.

use crate::{CannotSend, WireRequest};
use conversations::{AddressKind, Capabilities, MediaSource, Outbound};
use serde_json::{Value, json};

pub(super) fn render(message: &Outbound, capabilities: &Capabilities) -> Result<WireRequest, CannotSend> {
    if message.to.kind != AddressKind::Device {
        return Err(CannotSend::BadAddress(message.to.value.clone()));
    }
    if message.template.is_some() {
        return Err(CannotSend::Unsupported("approved texts"));
    }
    let text = message.text.as_deref().unwrap_or_default();
    if text.trim().is_empty() && message.media.is_empty() {
        return Err(CannotSend::Empty);
    }
    let length = text.chars().count();
    if let Some(limit) = capabilities.text_limit.filter(|limit| length > *limit) {
        return Err(CannotSend::TooLong { field: "text", length, limit });
    }
    let choices = message.choices.as_ref().map(conversations::Choices::all).unwrap_or_default();
    let media = message.media.iter().map(media).collect::<Result<Vec<_>, _>>()?;
    let event = json!({
        "type": "message",
        "id": message.dedupe_key,
        "at": message.at,
        "text": text,
        "choices": choices.iter().map(|choice| json!({ "id": choice.id, "title": choice.title })).collect::<Vec<_>>(),
        "media": media,
        "reply_to": message.reply_to,
        "automatic": message.automatic,
    });
    Ok(WireRequest::Push { device: message.to.value.clone(), id: message.dedupe_key.clone(), event })
}

fn media(item: &conversations::Media) -> Result<Value, CannotSend> {
    match &item.source {
        MediaSource::Link { url } => {
            Ok(json!({ "kind": item.kind, "url": url, "name": item.file_name, "caption": item.caption, "content_type": item.content_type }))
        }
        _ => Err(CannotSend::Unsupported("a file without an address on our site")),
    }
}
