//! Signatures of webhooks: `t=SECONDS,v1=HEX`, HMAC-SHA256 over `SECONDS.body`, as several gateways do it.

use crate::WebhookError;
use hmac::{Hmac, KeyInit, Mac};
use kernel::Timestamp;
use sha2::Sha256;
use std::time::Duration;

/// How far a signature's time may be from ours, either way.
const TOLERANCE: Duration = Duration::from_secs(300);

fn mac(secret: &[u8], seconds: i64, body: &[u8]) -> Hmac<Sha256> {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret).expect("HMAC takes a key of any length");
    mac.update(seconds.to_string().as_bytes());
    mac.update(b".");
    mac.update(body);
    mac
}

pub(crate) fn sign(secret: &[u8], now: Timestamp, body: &[u8]) -> String {
    let seconds = now.as_micros() / 1_000_000;
    format!("t={seconds},v1={}", hex::encode(mac(secret, seconds, body).finalize().into_bytes()))
}

/// Compares in constant time, and the raw bytes before anything reads them.
pub(crate) fn verify(secret: &[u8], now: Timestamp, body: &[u8], signature: &str) -> Result<(), WebhookError> {
    let part = |name: &str| signature.split(',').find_map(|p| p.trim().strip_prefix(name)?.strip_prefix('='));
    let seconds: i64 = part("t").and_then(|t| t.parse().ok()).ok_or(WebhookError::BadSignature)?;
    let tag = part("v1").and_then(|v| hex::decode(v).ok()).ok_or(WebhookError::BadSignature)?;
    mac(secret, seconds, body).verify_slice(&tag).map_err(|_| WebhookError::BadSignature)?;
    let signed = Timestamp::from_seconds(seconds);
    if now.since(signed) > TOLERANCE || signed.since(now) > TOLERANCE { Err(WebhookError::Stale) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Reckoned with Python's hmac module.
    #[test]
    fn a_signature_holds_for_its_body_and_its_time() {
        let now = Timestamp::from_seconds(1);
        let signature = sign(b"Jefe", now, b"x");
        assert_eq!(signature, "t=1,v1=2f7ccbd0f043456ad29514b2d24a8aa345ec6673a5db1b44e91c8ac99d1841e3");
        assert!(verify(b"Jefe", now, b"x", &signature).is_ok());
        assert!(verify(b"Jefe", Timestamp::from_seconds(301), b"x", &signature).is_ok());
        assert!(matches!(verify(b"Jefe", Timestamp::from_seconds(302), b"x", &signature), Err(WebhookError::Stale)));
        assert!(matches!(verify(b"Jefe", now, b"y", &signature), Err(WebhookError::BadSignature)));
        assert!(matches!(verify(b"other", now, b"x", &signature), Err(WebhookError::BadSignature)));
        for wrong in ["", "t=1", "v1=00", "t=x,v1=00", "t=1,v1=zz", "t=1,v1=00"] {
            assert!(matches!(verify(b"Jefe", now, b"x", wrong), Err(WebhookError::BadSignature)), "{wrong}");
        }
    }
}
