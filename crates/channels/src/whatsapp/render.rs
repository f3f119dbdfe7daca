//! From our message to `POST /{version}/{phone number id}/messages`.

use crate::json::read;
use crate::{Auth, Body, CannotSend, ChannelAccount, FormPart, HttpRequest, ReplyWindow, WireRequest};
use conversations::{AddressKind, Capabilities, Choice, Choices, Media, MediaKind, MediaSource, Outbound, Template};
use serde_json::{Value, json};
use std::collections::HashSet;

/// Where Meta's API is, unless the account says otherwise (a simulator).
const GRAPH: &str = "https://graph.facebook.com";
/// The version whose contract this folder was written from.
const VERSION: &str = "v23.0";

/// Limits from the schemas of the request, in characters.
mod limit {
    pub const BUTTON_TITLE: usize = 20;
    pub const BUTTON_ID: usize = 256;
    pub const ROW_TITLE: usize = 24;
    pub const ROW_ID: usize = 200;
    pub const ROW_DESCRIPTION: usize = 72;
}

pub(super) fn render(account: &ChannelAccount, message: &Outbound, capabilities: &Capabilities) -> Result<WireRequest, CannotSend> {
    ReplyWindow::of(capabilities).allow(message)?;
    let (kind, content) = content(message, capabilities)?;
    let mut json = json!({
        "messaging_product": "whatsapp",
        "recipient_type": "individual",
        "to": phone(message)?,
        "type": kind,
        // Repeated in every receipt, so a send whose answer was lost can be told from one that never left: Meta has no dedupe key.
        "biz_opaque_callback_data": message.dedupe_key,
    });
    json[kind] = content;
    if let Some(answered) = &message.reply_to {
        json["context"] = json!({ "message_id": answered });
    }
    Ok(WireRequest::Http(HttpRequest {
        method: "POST",
        url: at(account, &format!("{}/messages", account.setting("phone_number_id")?)),
        auth: Auth::Bearer(account.secret("access_token")?.clone()),
        body: Body::Json(json),
    }))
}

/// `POST /{version}/{phone number id}/media`, before the message that names the file.
pub(super) fn upload(account: &ChannelAccount, file: &Media) -> Result<HttpRequest, CannotSend> {
    let MediaSource::Bytes { bytes } = &file.source else { return Err(CannotSend::Unsupported("a file that is not at hand")) };
    let name = file.file_name.as_deref().unwrap_or("file");
    let form = vec![
        FormPart::text("messaging_product", "whatsapp"),
        FormPart::text("type", &file.content_type),
        FormPart::file("file", name, &file.content_type, bytes.clone()),
    ];
    Ok(HttpRequest {
        method: "POST",
        url: at(account, &format!("{}/media", account.setting("phone_number_id")?)),
        auth: Auth::Bearer(account.secret("access_token")?.clone()),
        body: Body::Multipart(form),
    })
}

/// Meta first says where a file is; the address lives five minutes, and wants the same token.
pub(super) fn look_up(account: &ChannelAccount, id: &str) -> Result<HttpRequest, CannotSend> {
    if id.is_empty() || !id.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return Err(CannotSend::BadAddress(id.to_owned()));
    }
    Ok(HttpRequest::get(at(account, id), Auth::Bearer(account.secret("access_token")?.clone())))
}

pub(super) fn found(account: &ChannelAccount, body: &[u8]) -> Result<HttpRequest, CannotSend> {
    let json = read(body);
    let url = json["url"].as_str().ok_or(CannotSend::Unsupported("a file that Meta does not find"))?;
    Ok(HttpRequest::get(url, Auth::Bearer(account.secret("access_token")?.clone())))
}

pub(super) fn at(account: &ChannelAccount, path: &str) -> String {
    let base = account.optional("graph_base").unwrap_or(GRAPH).trim_end_matches('/');
    format!("{base}/{}/{path}", account.optional("version").unwrap_or(VERSION))
}

fn phone(message: &Outbound) -> Result<&str, CannotSend> {
    let value = message.to.value.as_str();
    let digits = value.strip_prefix('+').filter(|digits| (5..=15).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit()));
    match (message.to.kind, digits) {
        (AddressKind::Phone, Some(_)) => Ok(value),
        _ => Err(CannotSend::BadAddress(value.to_owned())),
    }
}

fn content(message: &Outbound, capabilities: &Capabilities) -> Result<(&'static str, Value), CannotSend> {
    if let Some(approved) = &message.template {
        return Ok(("template", template(approved)));
    }
    let text = message.text.as_deref().filter(|text| !text.trim().is_empty());
    match (&message.choices, message.media.as_slice(), text) {
        (Some(_), [_, ..], _) => Err(CannotSend::Unsupported("choices beside a file")),
        (Some(choices), [], text) => Ok(("interactive", interactive(choices, text.ok_or(CannotSend::Empty)?, capabilities)?)),
        (None, [item], text) => media(item, text, capabilities),
        (None, [], Some(text)) => {
            at_most("text", text, capabilities.text_limit)?;
            Ok(("text", json!({ "body": text, "preview_url": text.contains("https://") })))
        }
        (None, [], None) => Err(CannotSend::Empty),
        (None, many, _) => Err(CannotSend::TooMany { what: "files", count: many.len(), limit: 1 }),
    }
}

/// Placeholders take no line breaks, tabs or runs of spaces (error 132000 otherwise).
fn template(approved: &Template) -> Value {
    let parameters: Vec<Value> = approved
        .params
        .iter()
        .map(|value| json!({ "type": "text", "text": value.split_whitespace().collect::<Vec<_>>().join(" ") }))
        .collect();
    let mut json = json!({ "name": approved.name, "language": { "policy": "deterministic", "code": approved.language } });
    if !parameters.is_empty() {
        json["components"] = json!([{ "type": "body", "parameters": parameters }]);
    }
    json
}

fn media(item: &Media, text: Option<&str>, capabilities: &Capabilities) -> Result<(&'static str, Value), CannotSend> {
    let kind = match item.kind {
        MediaKind::Image => "image",
        MediaKind::Audio => "audio",
        MediaKind::Video => "video",
        MediaKind::Document => "document",
        MediaKind::Sticker => "sticker",
    };
    let mut json = match &item.source {
        MediaSource::Provider { id, .. } => json!({ "id": id }),
        MediaSource::Link { url } => json!({ "link": url }),
        MediaSource::Bytes { .. } | MediaSource::Kept { .. } => return Err(CannotSend::Unsupported("a file that was not uploaded first")),
        MediaSource::TooLarge { .. } => return Err(CannotSend::Unsupported("a file that was too large to keep")),
    };
    if let Some(words) = text.or(item.caption.as_deref()) {
        if !capabilities.captions.contains(&item.kind) {
            return Err(CannotSend::Unsupported("words beside a recording or sticker"));
        }
        at_most("caption", words, capabilities.caption_limit)?;
        json["caption"] = json!(words);
    }
    if let (MediaKind::Document, Some(name)) = (item.kind, &item.file_name) {
        json["filename"] = json!(name);
    }
    Ok((kind, json))
}

fn interactive(choices: &Choices, text: &str, capabilities: &Capabilities) -> Result<Value, CannotSend> {
    at_most("text above choices", text, Some(capabilities.choice_text_limit))?;
    told_apart(choices.all())?;
    let (kind, action) = match choices {
        Choices::Buttons { buttons } => ("button", json!({ "buttons": as_buttons(buttons, capabilities.buttons)? })),
        Choices::List { open, rows } => {
            at_most("list button", open, Some(limit::BUTTON_TITLE))?;
            ("list", json!({ "button": open, "sections": [{ "rows": as_rows(rows, capabilities.list_rows)? }] }))
        }
    };
    Ok(json!({ "type": kind, "body": { "text": text }, "action": action }))
}

fn as_buttons(buttons: &[Choice], most: usize) -> Result<Vec<Value>, CannotSend> {
    count("buttons", buttons.len(), most)?;
    buttons
        .iter()
        .map(|button| {
            at_most("button title", &button.title, Some(limit::BUTTON_TITLE))?;
            at_most("button id", &button.id, Some(limit::BUTTON_ID))?;
            Ok(json!({ "type": "reply", "reply": { "id": button.id, "title": button.title } }))
        })
        .collect()
}

fn as_rows(rows: &[Choice], most: usize) -> Result<Vec<Value>, CannotSend> {
    count("rows", rows.len(), most)?;
    rows.iter()
        .map(|row| {
            at_most("row title", &row.title, Some(limit::ROW_TITLE))?;
            at_most("row id", &row.id, Some(limit::ROW_ID))?;
            let mut json = json!({ "id": row.id, "title": row.title });
            if let Some(description) = &row.description {
                at_most("row description", description, Some(limit::ROW_DESCRIPTION))?;
                json["description"] = json!(description);
            }
            Ok(json)
        })
        .collect()
}

fn told_apart(choices: &[Choice]) -> Result<(), CannotSend> {
    let (mut ids, mut titles) = (HashSet::new(), HashSet::new());
    for choice in choices {
        if choice.title.trim().is_empty() {
            return Err(CannotSend::Empty);
        }
        if !ids.insert(&choice.id) {
            return Err(CannotSend::SameChoice("id"));
        }
        if !titles.insert(&choice.title) {
            return Err(CannotSend::SameChoice("title"));
        }
    }
    Ok(())
}

fn count(what: &'static str, count: usize, limit: usize) -> Result<(), CannotSend> {
    match count {
        0 => Err(CannotSend::Empty),
        count if count > limit => Err(CannotSend::TooMany { what, count, limit }),
        _ => Ok(()),
    }
}

fn at_most(field: &'static str, text: &str, limit: Option<usize>) -> Result<(), CannotSend> {
    let length = text.chars().count();
    match limit {
        Some(limit) if length > limit => Err(CannotSend::TooLong { field, length, limit }),
        _ => Ok(()),
    }
}
