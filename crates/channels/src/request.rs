//! A call to a provider, as rendered: nothing sent yet.

use crate::{Secret, digest};
use serde_json::Value;

/// A call over HTTP.
#[derive(Clone, PartialEq, Eq)]
pub struct HttpRequest {
    /// `POST` and so on.
    pub method: &'static str,
    /// The whole address. It may hold a token (Telegram), so it is never printed.
    pub url: String,
    /// How we prove who we are.
    pub auth: Auth,
    /// What is said.
    pub body: Body,
}

impl HttpRequest {
    /// A call that only asks.
    pub fn get(url: impl Into<String>, auth: Auth) -> Self {
        Self { method: "GET", url: url.into(), auth, body: Body::Empty }
    }

    /// The body, when it is JSON.
    pub fn json(&self) -> Option<&Value> {
        match &self.body {
            Body::Json(json) => Some(json),
            _ => None,
        }
    }

    /// The bytes of the body and their media type; nothing for an empty one.
    pub fn encoded(&self) -> Option<(String, Vec<u8>)> {
        match &self.body {
            Body::Empty => None,
            Body::Json(json) => Some(("application/json".into(), json.to_string().into_bytes())),
            Body::Form(fields) => {
                let form = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
                Some(("application/x-www-form-urlencoded".into(), form.into_bytes()))
            }
            Body::Multipart(fields) => Some(multipart(fields)),
            Body::Bytes { content_type, bytes, .. } => Some((content_type.clone(), bytes.clone())),
        }
    }

    /// Headers beyond authorisation and the body's type.
    pub fn headers(&self) -> &[(&'static str, String)] {
        match &self.body {
            Body::Bytes { headers, .. } => headers,
            _ => &[],
        }
    }
}

impl std::fmt::Debug for HttpRequest {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let host = self.url.split("://").nth(1).and_then(|rest| rest.split('/').next()).unwrap_or_default();
        write!(out, "HttpRequest {{ {} {host}, {:?}, {:?} }}", self.method, self.auth, self.body)
    }
}

/// How a call proves whose it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Auth {
    /// Not by a header: the address says it, or nobody asks.
    None,
    /// `Authorization: Bearer`.
    Bearer(Secret),
    /// `Authorization: Basic`.
    Basic {
        /// The name.
        user: String,
        /// The password.
        password: Secret,
    },
    /// A whole value for `Authorization`, of another scheme.
    Header(Secret),
}

/// What a call says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Body {
    /// Nothing.
    Empty,
    /// JSON.
    Json(Value),
    /// `application/x-www-form-urlencoded`: names and values in order; a name may come more than once.
    Form(Vec<(String, String)>),
    /// `multipart/form-data`.
    Multipart(Vec<FormPart>),
    /// Bytes of some type, with the headers that go with them.
    Bytes {
        /// Their type.
        content_type: String,
        /// The bytes.
        bytes: Vec<u8>,
        /// More headers.
        headers: Vec<(&'static str, String)>,
    },
}

/// One field of a form with files.
#[derive(Clone, PartialEq, Eq)]
pub struct FormPart {
    /// The field's name.
    pub name: String,
    /// File name and media type; `None` for plain text.
    pub file: Option<(String, String)>,
    /// What it holds.
    pub bytes: Vec<u8>,
}

impl FormPart {
    /// A plain field.
    pub fn text(name: &str, value: impl Into<String>) -> Self {
        Self { name: name.to_owned(), file: None, bytes: value.into().into_bytes() }
    }

    /// A file.
    pub fn file(name: &str, file_name: &str, content_type: &str, bytes: Vec<u8>) -> Self {
        Self { name: name.to_owned(), file: Some((file_name.to_owned(), content_type.to_owned())), bytes }
    }
}

impl std::fmt::Debug for FormPart {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match &self.file {
            Some((name, kind)) => write!(out, "{}={name} ({kind}, {} bytes)", self.name, self.bytes.len()),
            None => write!(out, "{}={}", self.name, String::from_utf8_lossy(&self.bytes)),
        }
    }
}

/// RFC 7578. The boundary is made from the content, so that the same message gives the same bytes and no content can hold it by accident.
fn multipart(fields: &[FormPart]) -> (String, Vec<u8>) {
    let all: Vec<u8> = fields.iter().flat_map(|field| field.bytes.iter().copied()).collect();
    let boundary = format!("hilo-{}", &digest::sha256_hex(&all)[..32]);
    let mut body = Vec::with_capacity(all.len() + 256 * fields.len());
    for field in fields {
        let mut head = format!("--{boundary}\r\nContent-Disposition: form-data; name=\"{}\"", quoted(&field.name));
        if let Some((name, kind)) = &field.file {
            head.push_str(&format!("; filename=\"{}\"\r\nContent-Type: {}", quoted(name), kind.replace(['\r', '\n'], "")));
        }
        head.push_str("\r\n\r\n");
        body.extend_from_slice(head.as_bytes());
        body.extend_from_slice(&field.bytes);
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(format!("--{boundary}--\r\n").as_bytes());
    (format!("multipart/form-data; boundary={boundary}"), body)
}

/// As browsers write names: no quotes and no line breaks of their own.
fn quoted(name: &str) -> String {
    name.replace('"', "%22").replace('\r', "%0D").replace('\n', "%0A")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request(body: Body) -> HttpRequest {
        HttpRequest { method: "POST", url: "https://api.telegram.org/bot1:SECRET/sendMessage".into(), auth: Auth::None, body }
    }

    #[test]
    fn neither_the_path_nor_a_password_is_printed() {
        let auth = Auth::Basic { user: "AC1".into(), password: Secret::new("open sesame") };
        let printed = format!("{:?}", HttpRequest { auth, ..request(Body::Empty) });
        assert_eq!(printed, "HttpRequest { POST api.telegram.org, Basic { user: \"AC1\", password: •••• }, Empty }");
    }

    #[test]
    fn a_form_is_encoded_in_order_and_a_name_may_come_twice() {
        let pairs = [("To", "+34 600"), ("MediaUrl", "a&b"), ("MediaUrl", "ñ")].map(|(n, v)| (n.to_owned(), v.to_owned()));
        let (kind, body) = request(Body::Form(pairs.to_vec())).encoded().expect("a body");
        assert_eq!(
            (kind.as_str(), body.as_slice()),
            ("application/x-www-form-urlencoded", &b"To=%2B34+600&MediaUrl=a%26b&MediaUrl=%C3%B1"[..])
        );
    }

    #[test]
    fn a_file_travels_whole_and_the_same_message_is_the_same_bytes() {
        let parts = vec![FormPart::text("chat_id", "7"), FormPart::file("photo", "a\"b.png", "image/png", vec![0, 13, 10, 255])];
        let (kind, body) = request(Body::Multipart(parts.clone())).encoded().expect("a body");
        let boundary = kind.strip_prefix("multipart/form-data; boundary=").expect("a boundary");
        let mut expected = format!(
            "--{boundary}\r\nContent-Disposition: form-data; name=\"chat_id\"\r\n\r\n7\r\n--{boundary}\r\nContent-Disposition: form-data; \
             name=\"photo\"; filename=\"a%22b.png\"\r\nContent-Type: image/png\r\n\r\n"
        )
        .into_bytes();
        expected.extend_from_slice(&[0, 13, 10, 255]);
        expected.extend_from_slice(format!("\r\n--{boundary}--\r\n").as_bytes());
        assert_eq!(body, expected);
        assert_eq!(request(Body::Multipart(parts)).encoded(), Some((kind.clone(), body)));
    }
}
