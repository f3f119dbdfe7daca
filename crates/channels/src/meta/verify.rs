//! Who may call our webhook: the handshake word, and a signature over the bytes received.

use crate::{Answer, ChannelAccount, RawWebhook, Rejected, digest};

/// The header that carries the signature.
pub const SIGNATURE_HEADER: &str = "X-Hub-Signature-256";

/// The signature header's value for a body: `sha256=` and lowercase hex of HMAC-SHA256 under the app secret.
///
/// Meta signs the escaped form that it sends (`\u00e1`, `\/`), so only the bytes as received will do, never JSON written anew.
pub fn signature(app_secret: &str, body: &[u8]) -> String {
    format!("sha256={}", digest::hmac_hex(app_secret.as_bytes(), body))
}

/// The whole header is compared as text, so that only one spelling of a signature is right. It carries no time: age is not checked,
/// and a replay is harmless, as events are kept once by their ids.
pub(crate) fn verify(account: &ChannelAccount, raw: &RawWebhook) -> Result<(), Rejected> {
    let secret = account.secret("app_secret")?;
    let given = raw.header(SIGNATURE_HEADER).filter(|header| header.starts_with("sha256=")).ok_or(Rejected::Unsigned)?;
    if digest::same(given, &signature(secret.expose(), &raw.body)) { Ok(()) } else { Err(Rejected::BadSignature) }
}

/// `GET ?hub.mode=subscribe&hub.verify_token=T&hub.challenge=C` is answered with C when T is the word agreed.
pub(crate) fn handshake(account: &ChannelAccount, raw: &RawWebhook) -> Option<Result<Answer, Rejected>> {
    if raw.parameter("hub.mode") != Some("subscribe") {
        return None;
    }
    Some(account.secret("verify_token").map_err(Rejected::from).and_then(|token| {
        let given = raw.parameter("hub.verify_token").unwrap_or_default();
        if digest::same(given, token.expose()) {
            Ok(Answer::text(raw.parameter("hub.challenge").unwrap_or_default()))
        } else {
            Err(Rejected::BadToken)
        }
    }))
}
