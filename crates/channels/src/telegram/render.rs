//! From our message to a call of the Bot API.

use crate::json::read;
use crate::{Auth, Body, CannotSend, ChannelAccount, FormPart, HttpRequest};
use conversations::{AddressKind, Capabilities, Choice, Choices, Media, MediaKind, MediaSource, Outbound};
use serde_json::{Value, json};
use std::collections::HashSet;

/// Where the Bot API is, unless the account says otherwise (a simulator, or a server of one's own).
const API: &str = "https://api.telegram.org";
/// Bytes that come back when a button is pressed.
const CALLBACK_DATA: usize = 64;
/// What we want to be told of.
const UPDATES: [&str; 4] = ["message", "callback_query", "message_reaction", "my_chat_member"];

pub(super) fn render(account: &ChannelAccount, message: &Outbound, capabilities: &Capabilities) -> Result<HttpRequest, CannotSend> {
    if message.template.is_some() {
        return Err(CannotSend::Unsupported("an approved text"));
    }
    let mut fields = json!({ "chat_id": chat(message)? });
    if let Some(answered) = &message.reply_to {
        // Theirs may be gone by now; ours goes all the same.
        if let Some(number) =
            answered.rsplit(':').next().and_then(|number| number.parse::<i64>().ok()).filter(|_| !answered.starts_with("press:"))
        {
            fields["reply_parameters"] = json!({ "message_id": number, "allow_sending_without_reply": true });
        }
    }
    if let Some(choices) = &message.choices {
        fields["reply_markup"] = keyboard(choices, capabilities)?;
    }
    let words = message.text.as_deref().filter(|text| !text.trim().is_empty());
    match (message.media.as_slice(), words) {
        ([], None) => Err(CannotSend::Empty),
        ([], Some(text)) => {
            at_most("text", text, capabilities.text_limit)?;
            fields["text"] = json!(text);
            request(account, "sendMessage", Body::Json(fields))
        }
        ([file], words) => send_file(account, file, words, fields, capabilities),
        (many, _) => Err(CannotSend::TooMany { what: "files", count: many.len(), limit: 1 }),
    }
}

/// `setWebhook`, with the word that each call of theirs must carry.
pub(super) fn connect(account: &ChannelAccount, webhook: &str) -> Result<HttpRequest, CannotSend> {
    let word = account.secret("secret_token")?.expose();
    request(account, "setWebhook", Body::Json(json!({ "url": webhook, "secret_token": word, "allowed_updates": UPDATES })))
}

/// Telegram first says where a file is; the address lives an hour.
pub(super) fn look_up(account: &ChannelAccount, id: &str) -> Result<HttpRequest, CannotSend> {
    request(account, "getFile", Body::Json(json!({ "file_id": id })))
}

pub(super) fn found(account: &ChannelAccount, body: &[u8]) -> Result<HttpRequest, CannotSend> {
    let json = read(body);
    let path = json["result"]["file_path"]
        .as_str()
        .filter(|path| !path.contains(".."))
        .ok_or(CannotSend::Unsupported("a file that Telegram does not find"))?;
    let token = account.secret("bot_token")?.expose();
    Ok(HttpRequest::get(format!("{}/file/bot{token}/{path}", base(account)), Auth::None))
}

fn request(account: &ChannelAccount, method: &str, body: Body) -> Result<HttpRequest, CannotSend> {
    let token = account.secret("bot_token")?.expose();
    Ok(HttpRequest { method: "POST", url: format!("{}/bot{token}/{method}", base(account)), auth: Auth::None, body })
}

fn base(account: &ChannelAccount) -> &str {
    account.optional("api_base").unwrap_or(API).trim_end_matches('/')
}

fn chat(message: &Outbound) -> Result<i64, CannotSend> {
    let bad = || CannotSend::BadAddress(message.to.value.clone());
    if message.to.kind != AddressKind::Handle {
        return Err(bad());
    }
    message.to.value.parse().map_err(|_| bad())
}

fn send_file(
    account: &ChannelAccount,
    file: &Media,
    words: Option<&str>,
    mut fields: Value,
    capabilities: &Capabilities,
) -> Result<HttpRequest, CannotSend> {
    let (method, name) = match file.kind {
        MediaKind::Image => ("sendPhoto", "photo"),
        MediaKind::Audio => ("sendAudio", "audio"),
        MediaKind::Video => ("sendVideo", "video"),
        MediaKind::Document => ("sendDocument", "document"),
        MediaKind::Sticker => ("sendSticker", "sticker"),
    };
    if let Some(caption) = words.or(file.caption.as_deref()) {
        if !capabilities.captions.contains(&file.kind) {
            return Err(CannotSend::Unsupported("words beside a sticker"));
        }
        at_most("caption", caption, capabilities.caption_limit)?;
        fields["caption"] = json!(caption);
    }
    match &file.source {
        MediaSource::Provider { id, .. } => fields[name] = json!(id),
        MediaSource::Link { url } => fields[name] = json!(url),
        MediaSource::Bytes { bytes } => {
            let upload = FormPart::file(name, file.file_name.as_deref().unwrap_or(name), &file.content_type, bytes.clone());
            return request(account, method, Body::Multipart(form(&fields).chain([upload]).collect()));
        }
        MediaSource::TooLarge { .. } | MediaSource::Kept { .. } => return Err(CannotSend::Unsupported("a file that is not at hand")),
    }
    request(account, method, Body::Json(fields))
}

/// Fields as a form with files wants them: texts as they are, everything else as JSON.
fn form(fields: &Value) -> impl Iterator<Item = FormPart> {
    let pairs = fields.as_object().cloned().unwrap_or_default();
    pairs.into_iter().map(|(name, value)| FormPart::text(&name, value.as_str().map_or_else(|| value.to_string(), str::to_owned)))
}

/// One button to a line, whatever was meant to be a list: Telegram has only these.
fn keyboard(choices: &Choices, capabilities: &Capabilities) -> Result<Value, CannotSend> {
    let (what, limit) = match choices {
        Choices::Buttons { .. } => ("buttons", capabilities.buttons),
        Choices::List { .. } => ("rows", capabilities.list_rows),
    };
    let count = choices.all().len();
    if count > limit {
        return Err(CannotSend::TooMany { what, count, limit });
    }
    let mut ids = HashSet::new();
    let rows: Result<Vec<Value>, CannotSend> = choices.all().iter().map(|choice| button(choice, &mut ids)).collect();
    let rows = rows?;
    if rows.is_empty() { Err(CannotSend::Empty) } else { Ok(json!({ "inline_keyboard": rows })) }
}

fn button<'a>(choice: &'a Choice, ids: &mut HashSet<&'a str>) -> Result<Value, CannotSend> {
    if choice.title.trim().is_empty() || choice.id.is_empty() {
        return Err(CannotSend::Empty);
    }
    if choice.id.len() > CALLBACK_DATA {
        return Err(CannotSend::TooLong { field: "button id", length: choice.id.len(), limit: CALLBACK_DATA });
    }
    if !ids.insert(&choice.id) {
        return Err(CannotSend::SameChoice("id"));
    }
    let words = choice.description.as_ref().map_or_else(|| choice.title.clone(), |more| format!("{} · {more}", choice.title));
    Ok(json!([{ "text": words, "callback_data": choice.id }]))
}

fn at_most(field: &'static str, text: &str, limit: Option<usize>) -> Result<(), CannotSend> {
    let length = text.chars().count();
    match limit {
        Some(limit) if length > limit => Err(CannotSend::TooLong { field, length, limit }),
        _ => Ok(()),
    }
}
