//! Signing a call in the name of an account (RFC 5849, HMAC-SHA1): such a permission does not end after two hours, as a bearer token does.

use crate::digest;

/// Whose call it is.
pub(super) struct Keys<'a> {
    pub consumer: &'a str,
    pub consumer_secret: &'a str,
    pub token: &'a str,
    pub token_secret: &'a str,
}

/// The value of `Authorization`. `params` are those of the query and of a form; a body of JSON is not signed. `once` is the number used
/// once and the seconds since 1970.
pub(super) fn header(keys: &Keys<'_>, method: &str, url: &str, params: &[(&str, &str)], once: (&str, i64)) -> String {
    let seconds = once.1.to_string();
    let own = [
        ("oauth_consumer_key", keys.consumer),
        ("oauth_nonce", once.0),
        ("oauth_signature_method", "HMAC-SHA1"),
        ("oauth_timestamp", &seconds),
        ("oauth_token", keys.token),
        ("oauth_version", "1.0"),
    ];
    let mut all: Vec<(String, String)> = own.iter().chain(params).map(|(name, value)| (encoded(name), encoded(value))).collect();
    all.sort();
    let joined: Vec<String> = all.iter().map(|(name, value)| format!("{name}={value}")).collect();
    let base = format!("{method}&{}&{}", encoded(url), encoded(&joined.join("&")));
    let key = format!("{}&{}", encoded(keys.consumer_secret), encoded(keys.token_secret));
    let signature = digest::hmac_sha1_base64(key.as_bytes(), base.as_bytes());
    let fields = own.iter().copied().chain([("oauth_signature", signature.as_str())]);
    let fields: Vec<String> = fields.map(|(name, value)| format!("{name}=\"{}\"", encoded(value))).collect();
    format!("OAuth {}", fields.join(", "))
}

/// RFC 3986's unreserved letters stay; everything else is written as bytes.
fn encoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => out.push(byte as char),
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The sample of X's page "Creating a signature".
    #[test]
    fn the_published_sample_is_signed_as_published() {
        let keys = Keys {
            consumer: "xvz1evFS4wEEPTGEFPHBog",
            consumer_secret: "kAcSOqF21Fu85e7zjz7ZN2U4ZRhfV3WpwPAoE3Z7kBw",
            token: "370773112-GmHxMAgYyLbNEtIKZeRNFsMKPR9EyMZeS9weJAEb",
            token_secret: "LswwdoUaIvS8ltyTt5jkRh4J50vUPVVHtR2YPi5kE",
        };
        let params = [("include_entities", "true"), ("status", "Hello Ladies + Gentlemen, a signed OAuth request!")];
        let once = ("kYjzVBB8Y0ZFabxSWbWovY3uYSQ2pTgmZeNu2VS4cg", 1_318_622_958);
        let signed = header(&keys, "POST", "https://api.twitter.com/1.1/statuses/update.json", &params, once);
        assert!(signed.starts_with("OAuth oauth_consumer_key=\"xvz1evFS4wEEPTGEFPHBog\", oauth_nonce="), "{signed}");
        assert!(signed.ends_with("oauth_signature=\"hCtSmYh%2BiHYCEqBWrE7C7hYmtUk%3D\""), "{signed}");
    }
}
