//! Who may call our webhook: the challenge that X repeats each hour, and a signature over the bytes received.

use crate::{Answer, ChannelAccount, RawWebhook, Rejected, digest};
use serde_json::json;

/// The header that carries the signature.
pub const SIGNATURE_HEADER: &str = "x-twitter-webhooks-signature";

/// The signature of a body, and the answer to a challenge: `sha256=` and base64 of HMAC-SHA256 under the consumer secret.
pub fn signature(consumer_secret: &str, message: &[u8]) -> String {
    format!("sha256={}", digest::hmac_base64(consumer_secret.as_bytes(), message))
}

pub(super) fn verify(account: &ChannelAccount, raw: &RawWebhook) -> Result<(), Rejected> {
    let secret = account.secret("consumer_secret")?;
    let given = raw.header(SIGNATURE_HEADER).filter(|header| header.starts_with("sha256=")).ok_or(Rejected::Unsigned)?;
    if digest::same(given, &signature(secret.expose(), &raw.body)) { Ok(()) } else { Err(Rejected::BadSignature) }
}

/// `GET ?crc_token=C` is answered with `{"response_token": "sha256=.."}`: only who knows the consumer secret can.
pub(super) fn handshake(account: &ChannelAccount, raw: &RawWebhook) -> Option<Result<Answer, Rejected>> {
    let challenge = raw.parameter("crc_token")?;
    let secret = account.secret("consumer_secret").map_err(Rejected::from);
    Some(secret.map(|secret| Answer::json(&json!({ "response_token": signature(secret.expose(), challenge.as_bytes()) }))))
}
