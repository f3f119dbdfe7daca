//! Who sends a notice, as the push service is told: RFC 8292.

use super::Subscription;
use crate::{ChannelAccount, NotConfigured, Secret};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use kernel::Timestamp;
use p256::ecdsa::signature::{Signer, Verifier};
use p256::ecdsa::{Signature, SigningKey, VerifyingKey};
use serde_json::{Value, json};
use std::time::Duration;

/// How long a token is good; a day is the most (RFC 8292, 2).
const GOOD_FOR: Duration = Duration::from_secs(12 * 3600);

/// A fresh key for an account, from 32 random bytes; `None` when they are no key of the curve (one in 2^32).
pub fn new_key(random: &[u8; 32]) -> Option<String> {
    SigningKey::from_slice(random).ok().map(|_| URL_SAFE_NO_PAD.encode(random))
}

/// The public half, as browsers want it (`applicationServerKey`).
pub fn public_key(account: &ChannelAccount) -> Result<String, NotConfigured> {
    signing_key(account.secret("vapid_private_key")?).map(|key| encoded(&key))
}

fn signing_key(secret: &Secret) -> Result<SigningKey, NotConfigured> {
    let bytes = URL_SAFE_NO_PAD.decode(secret.expose()).ok();
    bytes.and_then(|bytes| SigningKey::from_slice(&bytes).ok()).ok_or(NotConfigured { name: "vapid_private_key" })
}

fn encoded(key: &SigningKey) -> String {
    URL_SAFE_NO_PAD.encode(key.verifying_key().to_sec1_point(false).as_bytes())
}

/// Where a push service reaches us: a mail address, or a page.
fn contact(address: &str) -> String {
    if address.contains(':') { address.to_owned() } else { format!("mailto:{address}") }
}

/// The value of `Authorization`.
pub(super) fn authorization(account: &ChannelAccount, to: &Subscription, at: Timestamp) -> Result<String, NotConfigured> {
    let key = signing_key(account.secret("vapid_private_key")?)?;
    let part = |json: Value| URL_SAFE_NO_PAD.encode(json.to_string());
    let until = at.plus(GOOD_FOR).as_micros() / 1_000_000;
    let claims = json!({ "aud": to.origin(), "exp": until, "sub": contact(&account.address) });
    let said = format!("{}.{}", part(json!({ "typ": "JWT", "alg": "ES256" })), part(claims));
    let signature: Signature = key.sign(said.as_bytes());
    Ok(format!("vapid t={said}.{}, k={}", URL_SAFE_NO_PAD.encode(signature.to_bytes()), encoded(&key)))
}

/// Whether a header proves the holder of this public key to this push service at this moment.
pub(crate) fn is_ours(header: &str, public: &str, origin: &str, now: Timestamp) -> bool {
    let field = |name: &str| header.strip_prefix("vapid ")?.split(',').find_map(|field| field.trim().strip_prefix(name)?.strip_prefix('='));
    let check = || {
        let (token, key) = (field("t")?, field("k")?);
        let (said, signature) = token.rsplit_once('.')?;
        let bytes = |text: &str| URL_SAFE_NO_PAD.decode(text).ok();
        let verifier = VerifyingKey::from_sec1_bytes(&bytes(key)?).ok()?;
        verifier.verify(said.as_bytes(), &Signature::from_slice(&bytes(signature)?).ok()?).ok()?;
        let claims: Value = serde_json::from_slice(&bytes(said.split_once('.')?.1)?).ok()?;
        let (until, now) = (claims["exp"].as_i64()?, now.as_micros() / 1_000_000);
        Some(key == public && claims["aud"] == origin && until > now && until <= now + 86_400)
    };
    check().unwrap_or(false)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 8292, 2.4.
    const TOKEN: &str = "eyJ0eXAiOiJKV1QiLCJhbGciOiJFUzI1NiJ9.eyJhdWQiOiJodHRwczovL3B1c2guZXhhbXBsZS5uZXQiLCJleHAiOjE0NTM1MjM3NjgsInN1YiI6Im1haWx0bzpwdXNoQGV4YW1wbGUuY29tIn0.i3CYb7t4xfxCDquptFOepC9GAu_HLGkMlMuCGSK2rpiUfnK9ojFwDXb1JrErtmysazNjjvW2L9OkSSHzvoD1oA";
    const KEY: &str = "BA1Hxzyi1RUM1b5wjxsn7nGxAszw2u61m164i3MrAIxHF6YK5h4SDYic-dRuU_RCPCfA5aq9ojSwk5Y2EmClBPs";
    const UNTIL: i64 = 1_453_523_768;

    #[test]
    fn the_published_token_is_believed_until_its_time_by_its_service_only() {
        let header = format!("vapid t={TOKEN}, k={KEY}");
        let at = |second: i64| Timestamp::from_micros(second * 1_000_000);
        let origin = "https://push.example.net";
        assert!(is_ours(&header, KEY, origin, at(UNTIL - 1)));
        assert!(!is_ours(&header, KEY, origin, at(UNTIL)));
        assert!(!is_ours(&header, KEY, origin, at(UNTIL - 86_401)), "a token is good for a day at most");
        assert!(!is_ours(&header, KEY, "https://elsewhere.test", at(UNTIL - 1)));
        assert!(!is_ours(&header.replacen("eyJhdWQi", "eyJhdWQj", 1), KEY, origin, at(UNTIL - 1)));
        assert!(!is_ours("vapid t=x", KEY, origin, at(0)));
    }

    #[test]
    fn what_we_sign_is_believed() {
        let account = ChannelAccount::new("a", kernel::Channel::Push, "mailto:hola@tienda.test");
        let account = account.with_secret("vapid_private_key", new_key(&[7; 32]).expect("a key"));
        let to = format!("https://push.test/x#{KEY}.BTBZMqHH6r4Tts7J_aSIgg").parse().expect("a subscription");
        let now = Timestamp::from_micros(UNTIL * 1_000_000);
        let header = authorization(&account, &to, now).expect("signed");
        let public = public_key(&account).expect("a key");
        assert!(is_ours(&header, &public, "https://push.test", now));
        assert!(!is_ours(&header, KEY, "https://push.test", now), "another shop's key");
    }
}
