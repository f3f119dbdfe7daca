//! From our message to `POST /{version}/{page}/messages`.

use crate::{Auth, Body, CannotSend, ChannelAccount, FormPart, HttpRequest, ReplyWindow, WindowState};
use conversations::{AddressKind, Capabilities, Choice, Media, MediaKind, MediaSource, Outbound};
use serde_json::{Value, json};
use std::collections::HashSet;

/// Where Meta's API is, unless the account says otherwise (a simulator).
const GRAPH: &str = "https://graph.facebook.com";
/// The version of the contract.
const VERSION: &str = "v23.0";
/// Hours in which anything may be answered; after them only a person may, until the reply window of the capabilities ends.
const STANDARD: u32 = 24;
const REPLY_TITLE: usize = 20;
const REPLY_PAYLOAD: usize = 1000;

/// Where the two networks differ.
#[derive(Debug, Clone, Copy)]
pub(super) struct Network {
    /// Most bytes of a text.
    pub text_bytes: usize,
    /// Whether our own name for a message comes back in its echo.
    pub metadata: bool,
    /// Whether a file may travel with the message; otherwise only its address.
    pub uploads: bool,
}

pub(super) fn render(
    account: &ChannelAccount,
    message: &Outbound,
    capabilities: &Capabilities,
    network: &Network,
) -> Result<HttpRequest, CannotSend> {
    if message.template.is_some() {
        return Err(CannotSend::Unsupported("an approved text"));
    }
    let mut json = json!({ "recipient": recipient(message)?, "messaging_type": "RESPONSE" });
    if late(message, capabilities)? {
        json["messaging_type"] = json!("MESSAGE_TAG");
        json["tag"] = json!("HUMAN_AGENT");
    }
    let words = message.text.as_deref().filter(|text| !text.trim().is_empty());
    let mut content = match (message.media.as_slice(), words) {
        ([], None) => return Err(CannotSend::Empty),
        ([], Some(text)) => {
            at_most("text", text.chars().count(), capabilities.text_limit.unwrap_or(usize::MAX))?;
            at_most("text", text.len(), network.text_bytes)?;
            json!({ "text": text })
        }
        ([_], Some(_)) => return Err(CannotSend::Unsupported("words beside a file")),
        ([file], None) => json!({ "attachment": { "type": kind(file)?, "payload": payload(file, network)? } }),
        (many, _) => return Err(CannotSend::TooMany { what: "files", count: many.len(), limit: 1 }),
    };
    if let Some(choices) = &message.choices {
        content["quick_replies"] = json!(quick_replies(choices.all(), capabilities.buttons)?);
    }
    if network.metadata {
        // Comes back in the message's echo, so a send whose answer was lost can be told from one that never left.
        content["metadata"] = json!(message.dedupe_key);
    }
    json["message"] = content;
    let body = match message.media.first().map(|file| (file, &file.source)) {
        Some((file, MediaSource::Bytes { bytes })) => upload(&json, file, bytes),
        _ => Body::Json(json),
    };
    let base = account.optional("graph_base").unwrap_or(GRAPH).trim_end_matches('/');
    let version = account.optional("version").unwrap_or(VERSION);
    let url = format!("{base}/{version}/{}/messages", account.optional("page_id").unwrap_or("me"));
    Ok(HttpRequest { method: "POST", url, auth: Auth::Bearer(account.secret("access_token")?.clone()), body })
}

/// Whether only a person may still answer. A machine may no longer, and after the window nobody may.
fn late(message: &Outbound, capabilities: &Capabilities) -> Result<bool, CannotSend> {
    ReplyWindow::of(capabilities).allow(message)?;
    let standard = ReplyWindow::of(&Capabilities { reply_window_hours: Some(STANDARD), ..*capabilities });
    let is_late = standard.at(message.last_inbound_at, message.at) == WindowState::Closed;
    if is_late && message.automatic { Err(CannotSend::WindowClosed { hours: STANDARD }) } else { Ok(is_late) }
}

/// Somebody is named by the number that they have with this page, or by the word that our own page gave them.
fn recipient(message: &Outbound) -> Result<Value, CannotSend> {
    let value = message.to.value.as_str();
    match (message.to.kind, value.strip_prefix("user_ref:")) {
        (AddressKind::Handle, Some(word)) if !word.is_empty() => Ok(json!({ "user_ref": word })),
        (AddressKind::Handle, None) if !value.is_empty() => Ok(json!({ "id": value })),
        _ => Err(CannotSend::BadAddress(value.to_owned())),
    }
}

fn kind(file: &Media) -> Result<&'static str, CannotSend> {
    match file.kind {
        MediaKind::Image => Ok("image"),
        MediaKind::Audio => Ok("audio"),
        MediaKind::Video => Ok("video"),
        MediaKind::Document => Ok("file"),
        MediaKind::Sticker => Err(CannotSend::Unsupported("a sticker")),
    }
}

fn payload(file: &Media, network: &Network) -> Result<Value, CannotSend> {
    match &file.source {
        MediaSource::Link { url } => Ok(json!({ "url": url, "is_reusable": false })),
        MediaSource::Provider { id, .. } => Ok(json!({ "attachment_id": id })),
        MediaSource::Bytes { .. } if network.uploads => Ok(json!({ "is_reusable": false })),
        MediaSource::Bytes { .. } => Err(CannotSend::Unsupported("a file without an address on the web")),
        MediaSource::TooLarge { .. } | MediaSource::Kept { .. } => Err(CannotSend::Unsupported("a file that is not at hand")),
    }
}

/// The same fields as a form, with the file last.
fn upload(json: &Value, file: &Media, bytes: &[u8]) -> Body {
    let fields = json.as_object().cloned().unwrap_or_default();
    let fields =
        fields.into_iter().map(|(name, value)| FormPart::text(&name, value.as_str().map_or_else(|| value.to_string(), str::to_owned)));
    let name = file.file_name.as_deref().unwrap_or("file");
    Body::Multipart(fields.chain([FormPart::file("filedata", name, &file.content_type, bytes.to_vec())]).collect())
}

fn quick_replies(choices: &[Choice], most: usize) -> Result<Vec<Value>, CannotSend> {
    if choices.is_empty() {
        return Err(CannotSend::Empty);
    }
    if choices.len() > most {
        return Err(CannotSend::TooMany { what: "quick replies", count: choices.len(), limit: most });
    }
    let mut ids = HashSet::new();
    let reply = |choice: &Choice| {
        at_most("quick reply", choice.title.chars().count(), REPLY_TITLE)?;
        at_most("quick reply's payload", choice.id.chars().count(), REPLY_PAYLOAD)?;
        if choice.title.trim().is_empty() {
            return Err(CannotSend::Empty);
        }
        if !ids.insert(choice.id.clone()) {
            return Err(CannotSend::SameChoice("id"));
        }
        Ok(json!({ "content_type": "text", "title": choice.title, "payload": choice.id }))
    };
    choices.iter().map(reply).collect()
}

fn at_most(field: &'static str, length: usize, limit: usize) -> Result<(), CannotSend> {
    if length > limit { Err(CannotSend::TooLong { field, length, limit }) } else { Ok(()) }
}
