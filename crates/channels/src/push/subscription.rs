//! A browser that wants notices: where its push service takes them, and the keys that only it can open them with.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use p256::PublicKey;
use std::fmt;
use std::str::FromStr;

/// Longest address of a push service.
const LONGEST: usize = 1024;

/// A subscription (W3C Push API); as a text it is `endpoint#p256dh.auth`, which is its address in a conversation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subscription {
    /// Where its notices are put.
    pub endpoint: String,
    /// The browser's public key.
    pub(crate) public: PublicKey,
    /// The word that the browser shares with us (RFC 8291, 3.2).
    pub(crate) auth: [u8; 16],
}

/// It is no subscription.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a subscription of a browser: it has an `https` endpoint, a key `p256dh` of 65 bytes and a word `auth` of 16, in base64url")]
pub struct BadSubscription;

impl Subscription {
    /// From what a browser tells (`PushSubscription.toJSON()`).
    pub fn new(endpoint: &str, p256dh: &str, auth: &str) -> Result<Self, BadSubscription> {
        let bytes = |text: &str| URL_SAFE_NO_PAD.decode(text.trim_end_matches('=')).map_err(|_| BadSubscription);
        let url = reqwest::Url::parse(endpoint).map_err(|_| BadSubscription)?;
        // Plain `http` is for a push service of one's own; none is called that an account does not allow by name.
        let is_place = matches!(url.scheme(), "https" | "http") && url.has_host() && url.fragment().is_none() && url.username().is_empty();
        if !is_place || endpoint.len() > LONGEST {
            return Err(BadSubscription);
        }
        let public = PublicKey::from_sec1_bytes(&bytes(p256dh)?).map_err(|_| BadSubscription)?;
        let auth = bytes(auth)?.try_into().map_err(|_| BadSubscription)?;
        Ok(Self { endpoint: url.into(), public, auth })
    }

    /// Whose push service it is: scheme, host and port.
    pub(crate) fn origin(&self) -> String {
        reqwest::Url::parse(&self.endpoint).map_or_else(|_| String::new(), |url| url.origin().ascii_serialization())
    }
}

impl FromStr for Subscription {
    type Err = BadSubscription;
    fn from_str(text: &str) -> Result<Self, BadSubscription> {
        let (endpoint, keys) = text.split_once('#').ok_or(BadSubscription)?;
        let (p256dh, auth) = keys.split_once('.').ok_or(BadSubscription)?;
        Self::new(endpoint, p256dh, auth)
    }
}

impl fmt::Display for Subscription {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (public, auth) = (URL_SAFE_NO_PAD.encode(self.public.to_sec1_bytes()), URL_SAFE_NO_PAD.encode(self.auth));
        write!(out, "{}#{public}.{auth}", self.endpoint)
    }
}
