//! Whether Twilio really called: a signature over the address and the fields ("Webhooks security", read 2026-04).

use super::form::Fields;
use crate::{ChannelAccount, RawWebhook, Rejected, digest};
use std::collections::{BTreeMap, BTreeSet};

/// The header that carries the signature.
pub const SIGNATURE_HEADER: &str = "X-Twilio-Signature";

/// Base64 of HMAC-SHA1 under the auth token, over the address and then, sorted, each field's name and value. A name that comes more
/// than once is followed by each of its different values, sorted.
pub fn signature(auth_token: &str, url: &str, fields: &[(String, String)]) -> String {
    let mut sorted: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (name, value) in fields {
        sorted.entry(name).or_default().insert(value);
    }
    let mut signed = url.to_owned();
    for (name, values) in sorted {
        for value in values {
            signed.push_str(name);
            signed.push_str(value);
        }
    }
    digest::hmac_sha1_base64(auth_token.as_bytes(), signed.as_bytes())
}

/// The address signed is the one typed into Twilio's console. Proxies change scheme and port on the way, and Twilio itself has signed with
/// and without the port, so each form of each address under which we may have been called is tried. None of them helps who lacks the token.
pub(crate) fn verify(account: &ChannelAccount, raw: &RawWebhook) -> Result<(), Rejected> {
    let token = account.secret("auth_token")?;
    let given = raw.header(SIGNATURE_HEADER).filter(|header| !header.is_empty()).ok_or(Rejected::Unsigned)?;
    // A body that is no form is signed by its digest, which stands in the address.
    let fields = match raw.parameter("bodySHA256") {
        Some(told) if digest::same(&told.to_lowercase(), &digest::sha256_hex(&raw.body)) => Vec::new(),
        Some(_) => return Err(Rejected::BadSignature),
        None => Fields::of(&raw.body).all().to_vec(),
    };
    let mut forms = raw.urls.iter().flat_map(|url| [without_port(url), with_port(url)]);
    let right = forms.any(|url| digest::same(given, &signature(token.expose(), &url, &fields)));
    if right { Ok(()) } else { Err(Rejected::BadSignature) }
}

/// Scheme, host, port and the rest of an address.
fn parts(url: &str) -> Option<(&str, &str, Option<&str>, &str)> {
    let (scheme, rest) = url.split_once("://")?;
    let end = rest.find(['/', '?']).unwrap_or(rest.len());
    let (authority, path) = rest.split_at(end);
    match authority.rsplit_once(':') {
        Some((host, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => Some((scheme, host, Some(port), path)),
        _ => Some((scheme, authority, None, path)),
    }
}

fn without_port(url: &str) -> String {
    parts(url).map_or_else(|| url.to_owned(), |(scheme, host, _, path)| format!("{scheme}://{host}{path}"))
}

fn with_port(url: &str) -> String {
    parts(url).map_or_else(
        || url.to_owned(),
        |(scheme, host, port, path)| {
            let port = port.unwrap_or(if scheme == "https" { "443" } else { "80" });
            format!("{scheme}://{host}:{port}{path}")
        },
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_port_is_taken_off_or_put_on_wherever_the_path_begins() {
        let both = |url: &str| (without_port(url), with_port(url));
        assert_eq!(both("https://a.es/x?y=1"), ("https://a.es/x?y=1".into(), "https://a.es:443/x?y=1".into()));
        assert_eq!(both("http://a.es:81?y=:2"), ("http://a.es?y=:2".into(), "http://a.es:81?y=:2".into()));
        assert_eq!(both("a.es"), ("a.es".into(), "a.es".into()));
    }
}
