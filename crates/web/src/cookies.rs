//! Reading and writing cookies, always `HttpOnly`, `SameSite=Lax` and for the whole site.

use axum::http::{HeaderMap, HeaderValue, header};

/// The value of a request's cookie, if it carries one by that name.
pub fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|line| line.split(';'))
        .find_map(|pair| pair.trim().strip_prefix(name)?.strip_prefix('='))
}

/// The names of a request's cookies.
pub(crate) fn names(headers: &HeaderMap) -> impl Iterator<Item = &str> {
    let lines = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    lines.flat_map(|line| line.split(';')).filter_map(|pair| pair.split('=').next()).map(str::trim).filter(|name| !name.is_empty())
}

/// A cookie to set. Its value must be plain text without `;`, such as base64url.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cookie {
    text: String,
}

impl Cookie {
    /// A cookie that lives for `seconds`; `secure` keeps it to HTTPS.
    pub fn lasting(name: &str, value: &str, seconds: u64, secure: bool) -> Self {
        Cookie {
            text: format!("{name}={value}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Lax{}", if secure { "; Secure" } else { "" }),
        }
    }
    /// Forget a cookie.
    pub fn gone(name: &str) -> Self {
        Cookie { text: format!("{name}=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax") }
    }
    /// Write it into a response's headers; one with characters no header may hold is dropped.
    pub fn set(&self, headers: &mut HeaderMap) {
        if let Ok(value) = HeaderValue::from_str(&self.text) {
            headers.append(header::SET_COOKIE, value);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_a_cookie_by_its_whole_name() {
        let mut headers = HeaderMap::new();
        headers.append(header::COOKIE, HeaderValue::from_static("xa=1; a=2"));
        headers.append(header::COOKIE, HeaderValue::from_static("b=3=4"));
        assert_eq!(cookie(&headers, "a"), Some("2"));
        assert_eq!(cookie(&headers, "b"), Some("3=4"));
        assert_eq!(cookie(&headers, "x"), None);
    }
}
