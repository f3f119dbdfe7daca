//! From our message to `POST /2/dm_conversations/with/{participant_id}/messages`, and the two calls that connect an account.

use super::oauth::{self, Keys};
use crate::{Auth, Body, CannotSend, ChannelAccount, HttpRequest, Secret, WireReply};
use base64::{Engine, engine::general_purpose::STANDARD};
use conversations::{AddressKind, Capabilities, Media, MediaSource, Outbound};
use kernel::Timestamp;
use serde_json::{Value, json};

/// Where the API is, unless the account says otherwise (a simulator).
const API: &str = "https://api.x.com";

pub(super) fn render(account: &ChannelAccount, message: &Outbound, capabilities: &Capabilities) -> Result<HttpRequest, CannotSend> {
    if message.template.is_some() || message.choices.is_some() {
        return Err(CannotSend::Unsupported("more than words and files"));
    }
    let files = message.media.iter().map(|file| match &file.source {
        MediaSource::Provider { id, .. } => Ok(json!({ "media_id": id })),
        _ => Err(CannotSend::Unsupported("a file that was not uploaded first")),
    });
    let files = files.collect::<Result<Vec<_>, _>>()?;
    if files.len() > capabilities.media_per_message {
        return Err(CannotSend::TooMany { what: "files", count: files.len(), limit: capabilities.media_per_message });
    }
    let text = message.text.as_deref().filter(|text| !text.trim().is_empty());
    let (length, limit) = (text.map_or(0, |text| text.chars().count()), capabilities.text_limit.unwrap_or(usize::MAX));
    if length > limit {
        return Err(CannotSend::TooLong { field: "text", length, limit });
    }
    let path = format!("/2/dm_conversations/with/{}/messages", participant(message)?);
    let body = match (text, files.is_empty()) {
        (None, true) => return Err(CannotSend::Empty),
        (Some(text), true) => json!({ "text": text }),
        (None, false) => json!({ "attachments": files }),
        (Some(text), false) => json!({ "text": text, "attachments": files }),
    };
    request(account, &path, body, (&message.dedupe_key, message.at))
}

/// `POST /2/media/upload`: the file in base64, for a direct message.
pub(super) fn upload(account: &ChannelAccount, file: &Media, name: (&str, Timestamp)) -> Result<HttpRequest, CannotSend> {
    let MediaSource::Bytes { bytes } = &file.source else { return Err(CannotSend::Unsupported("a file that is not at hand")) };
    request(account, "/2/media/upload", json!({ "media": STANDARD.encode(bytes), "media_category": "dm_image" }), name)
}

/// Tell X where to call; it asks there at once for the answer to a challenge.
pub(super) fn connect(account: &ChannelAccount, webhook: &str, at: Timestamp) -> Result<HttpRequest, CannotSend> {
    request(account, "/2/webhooks", json!({ "url": webhook }), (webhook, at))
}

/// The webhook is known: from now on it hears of this account.
pub(super) fn subscribe(account: &ChannelAccount, reply: &WireReply, at: Timestamp) -> Option<Result<HttpRequest, CannotSend>> {
    let WireReply::Http { status: 200..=299, body, .. } = reply else { return None };
    let json: Value = serde_json::from_slice(body).ok()?;
    let webhook = json["data"]["id"].as_str()?;
    let path = format!("/2/account_activity/webhooks/{webhook}/subscriptions/all");
    Some(request(account, &path, json!({}), (webhook, at)))
}

/// Pictures in direct messages are shown to the account only, so the call is signed.
pub(super) fn download(account: &ChannelAccount, url: &str, at: Timestamp) -> Result<HttpRequest, CannotSend> {
    let nonce: String = url.chars().filter(char::is_ascii_alphanumeric).collect();
    // A query would have to be signed apart from the address; X's pictures have none.
    let signed = oauth::header(&keys(account)?, "GET", url, &[], (&nonce, at.as_micros() / 1_000_000));
    Ok(HttpRequest::get(url, Auth::Header(Secret::new(signed))))
}

/// X asks for the number of whom we write to (`^[0-9]{1,19}$`).
fn participant(message: &Outbound) -> Result<&str, CannotSend> {
    let value = message.to.value.as_str();
    let fits = message.to.kind == AddressKind::Handle && (1..=19).contains(&value.len()) && value.bytes().all(|byte| byte.is_ascii_digit());
    if fits { Ok(value) } else { Err(CannotSend::BadAddress(value.to_owned())) }
}

/// A signed call. The number used once is made from the name of what is sent, so that the same message is the same call.
fn request(account: &ChannelAccount, path: &str, json: Value, (name, at): (&str, Timestamp)) -> Result<HttpRequest, CannotSend> {
    let url = format!("{}{path}", account.optional("api_base").unwrap_or(API).trim_end_matches('/'));
    let keys = keys(account)?;
    let nonce: String = name.chars().filter(char::is_ascii_alphanumeric).collect();
    let signed = oauth::header(&keys, "POST", &url, &[], (&nonce, at.as_micros() / 1_000_000));
    Ok(HttpRequest { method: "POST", url, auth: Auth::Header(Secret::new(signed)), body: Body::Json(json) })
}

fn keys(account: &ChannelAccount) -> Result<Keys<'_>, CannotSend> {
    Ok(Keys {
        consumer: account.secret("consumer_key")?.expose(),
        consumer_secret: account.secret("consumer_secret")?.expose(),
        token: account.secret("access_token")?.expose(),
        token_secret: account.secret("access_token_secret")?.expose(),
    })
}
