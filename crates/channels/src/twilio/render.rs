//! From our message to `POST /2010-04-01/Accounts/{AccountSid}/Messages.json`.

use crate::{Auth, Body, CannotSend, ChannelAccount, HttpRequest, NotConfigured, WireRequest};
use conversations::{AddressKind, Capabilities, MediaSource, Outbound};

const API: &str = "https://api.twilio.com";

pub(super) fn render(account: &ChannelAccount, message: &Outbound, capabilities: &Capabilities) -> Result<WireRequest, CannotSend> {
    if message.template.is_some() {
        return Err(CannotSend::Unsupported("approved texts"));
    }
    if message.choices.is_some() {
        return Err(CannotSend::Unsupported("choices"));
    }
    let mut text = message.text.clone().unwrap_or_default();
    let carries_files = account.optional("mms") == Some("yes");
    let mut form = vec![("To".to_owned(), phone(message)?)];
    match account.optional("messaging_service_sid") {
        Some(service) => form.push(("MessagingServiceSid".into(), service.into())),
        None => form.push(("From".into(), account.address.replace([' ', '-'], ""))),
    }
    for item in &message.media {
        let MediaSource::Link { url } = &item.source else { return Err(CannotSend::Unsupported("a file that has no address of its own")) };
        if carries_files {
            form.push(("MediaUrl".into(), url.clone()));
        } else {
            // Where a network carries no pictures, their address does as well.
            text = format!("{text}\n{url}").trim_start().to_owned();
        }
    }
    if text.trim().is_empty() && message.media.is_empty() {
        return Err(CannotSend::Empty);
    }
    let length = text.chars().count();
    if let Some(limit) = capabilities.text_limit.filter(|limit| length > *limit) {
        return Err(CannotSend::TooLong { field: "text", length, limit });
    }
    if !text.is_empty() {
        form.push(("Body".into(), text));
    }
    if let Some(webhook) = account.optional("webhook_url") {
        // Twilio has no dedupe key: our own name for the message comes back with each of its states.
        form.push(("StatusCallback".into(), format!("{webhook}?{}={}", super::OURS, message.dedupe_key)));
    }
    Ok(WireRequest::Http(call(account, "Messages.json", form)?))
}

/// A call of the account's part of the API.
pub(crate) fn call(account: &ChannelAccount, path: &str, form: Vec<(String, String)>) -> Result<HttpRequest, NotConfigured> {
    let base = account.optional("api_base").unwrap_or(API).trim_end_matches('/');
    let sid = account.secret("account_sid")?.expose();
    Ok(HttpRequest {
        method: "POST",
        url: format!("{base}/2010-04-01/Accounts/{sid}/{path}"),
        auth: Auth::Basic { user: sid.to_owned(), password: account.secret("auth_token")?.clone() },
        body: Body::Form(form),
    })
}

/// Pictures and recordings lie in the account's part of the API, which asks who is there; it then leads elsewhere, where nobody asks.
pub(super) fn download(account: &ChannelAccount, url: &str) -> Result<HttpRequest, CannotSend> {
    let base = account.optional("api_base").unwrap_or(API).trim_end_matches('/');
    let is_theirs = url.strip_prefix(base).is_some_and(|path| path.starts_with('/'));
    let auth = if is_theirs {
        Auth::Basic { user: account.setting("account_sid")?.to_owned(), password: account.secret("auth_token")?.clone() }
    } else {
        Auth::None
    };
    Ok(HttpRequest::get(url, auth))
}

fn phone(message: &Outbound) -> Result<String, CannotSend> {
    let value = message.to.value.as_str();
    let digits = value.strip_prefix('+').filter(|digits| (5..=15).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit()));
    match (message.to.kind, digits) {
        (AddressKind::Phone, Some(_)) => Ok(value.to_owned()),
        _ => Err(CannotSend::BadAddress(value.to_owned())),
    }
}
