//! Request tokens: a form made by us for this browser and this session is accepted, any other is refused.
//!
//! The token is an HMAC over the browser's visit cookie and its session cookies, so that it changes on sign-in and needs no
//! table. It comes back as the form field `csrf` or the header `x-csrf-token`. `SameSite=Lax` cookies and the
//! `Sec-Fetch-Site` header stand in front of it. OWASP CSRF Prevention Cheat Sheet, "Signed Double-Submit Cookie", 2026-11.

use crate::cookies::cookie;
use axum::{
    body::{Body, Bytes, to_bytes},
    extract::Request,
    http::{HeaderMap, Method, header},
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use subtle::ConstantTimeEq;

/// Cookies whose change must change the token.
const SESSIONS: [&str; 2] = ["hilo_staff", "hilo_customer"];
/// Largest form that is read to find its token; uploads included.
const LARGEST: usize = crate::posted::ROOM;
/// A multipart form's token must lie within its first bytes: forms put the hidden field first.
const HEAD: usize = 8 << 10;

/// Why a request was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Refused {
    /// No token, or not this browser's.
    Token,
    /// Another site sent it.
    OtherSite,
    /// Larger than we read.
    TooLarge,
}

/// The token that forms shown to this browser carry.
pub(crate) fn token(secret: &[u8; 32], visit: &str, headers: &HeaderMap) -> String {
    let mut mac = <Hmac<Sha256> as KeyInit>::new_from_slice(secret).expect("HMAC takes any key length");
    mac.update(visit.as_bytes());
    for name in SESSIONS {
        mac.update(&[0]);
        mac.update(cookie(headers, name).unwrap_or_default().as_bytes());
    }
    URL_SAFE_NO_PAD.encode(mac.finalize().into_bytes())
}

/// Let a safe request through untouched; read an unsafe one's token and compare it. The body is handed on whole.
pub(crate) async fn check(request: Request, expected: &str) -> Result<Request, Refused> {
    if matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS) {
        return Ok(request);
    }
    let (parts, body) = request.into_parts();
    if matches!(header_text(&parts.headers, "sec-fetch-site"), Some("cross-site" | "same-site")) {
        return Err(Refused::OtherSite);
    }
    if let Some(sent) = header_text(&parts.headers, "x-csrf-token") {
        return if same(sent, expected) { Ok(Request::from_parts(parts, body)) } else { Err(Refused::Token) };
    }
    let kind = header_text(&parts.headers, header::CONTENT_TYPE.as_str()).unwrap_or_default().to_ascii_lowercase();
    let bytes = to_bytes(body, LARGEST).await.map_err(|_| Refused::TooLarge)?;
    let sent = if kind.starts_with("multipart/form-data") { in_multipart(&bytes) } else { in_form(&bytes) };
    match sent {
        Some(sent) if same(&sent, expected) => Ok(Request::from_parts(parts, Body::from(bytes))),
        _ => Err(Refused::Token),
    }
}

fn header_text<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

fn same(sent: &str, expected: &str) -> bool {
    sent.as_bytes().ct_eq(expected.as_bytes()).into()
}

/// The token is base64url, so nothing in it is percent-encoded.
fn in_form(bytes: &Bytes) -> Option<String> {
    let text = std::str::from_utf8(bytes).ok()?;
    text.split('&').find_map(|pair| pair.strip_prefix("csrf=")).map(str::to_owned)
}

fn in_multipart(bytes: &Bytes) -> Option<String> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(HEAD)]);
    let (_, after) = head.split_once("name=\"csrf\"\r\n\r\n")?;
    after.split_once("\r\n").map(|(token, _)| token.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn post(kind: &str, body: &str) -> Request {
        Request::builder().method("POST").uri("/cart").header("content-type", kind).body(Body::from(body.to_owned())).expect("a request")
    }

    #[tokio::test]
    async fn accepts_field_header_and_multipart() {
        let form = check(post("application/x-www-form-urlencoded", "n=1&csrf=abc"), "abc").await.expect("accepted");
        assert_eq!(to_bytes(form.into_body(), 100).await.expect("body"), "n=1&csrf=abc");
        let parts = "--x\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\nabc\r\n--x--\r\n";
        assert!(check(post("multipart/form-data; boundary=x", parts), "abc").await.is_ok());
        let mut headed = post("text/plain", "");
        headed.headers_mut().insert("x-csrf-token", "abc".parse().expect("value"));
        assert!(check(headed, "abc").await.is_ok());
    }

    #[tokio::test]
    async fn refuses_missing_wrong_and_foreign() {
        let form = "application/x-www-form-urlencoded";
        assert_eq!(check(post(form, "n=1"), "abc").await.err(), Some(Refused::Token));
        assert_eq!(check(post(form, "csrf=abd"), "abc").await.err(), Some(Refused::Token));
        let mut foreign = post(form, "csrf=abc");
        foreign.headers_mut().insert("sec-fetch-site", "cross-site".parse().expect("value"));
        assert_eq!(check(foreign, "abc").await.err(), Some(Refused::OtherSite));
    }

    #[test]
    fn changes_with_visit_session_and_secret() {
        let none = HeaderMap::new();
        let mut signed = HeaderMap::new();
        signed.insert(header::COOKIE, "hilo_staff=s1".parse().expect("value"));
        let base = token(&[1; 32], "v", &none);
        assert_eq!(base.len(), 43);
        assert_eq!(base, token(&[1; 32], "v", &none));
        for other in [token(&[1; 32], "w", &none), token(&[1; 32], "v", &signed), token(&[2; 32], "v", &none)] {
            assert_ne!(base, other);
        }
    }
}
