//! What a request carries, read with our own refusals: path, query, JSON body.

use super::ApiError;
use axum::body::Bytes;
use axum::extract::{FromRequest, FromRequestParts, Path, Query, Request};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode, header};
use serde::de::DeserializeOwned;
use std::str::FromStr;

/// The one name in the path. A text of the wrong shape names nothing, so it is 404.
pub(crate) struct InPath<T>(pub(crate) T);

impl<S: Send + Sync, T: FromStr> FromRequestParts<S> for InPath<T> {
    type Rejection = ApiError;
    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        let Path(text) = Path::<String>::from_request_parts(parts, state).await.map_err(|_| ApiError::not_found())?;
        text.parse().map(InPath).map_err(|_| ApiError::not_found())
    }
}

/// The two names in the path.
pub(crate) struct InPaths<A, B>(pub(crate) A, pub(crate) B);

impl<S: Send + Sync, A: FromStr, B: FromStr> FromRequestParts<S> for InPaths<A, B> {
    type Rejection = ApiError;
    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        let Path((a, b)) = Path::<(String, String)>::from_request_parts(parts, state).await.map_err(|_| ApiError::not_found())?;
        a.parse().ok().zip(b.parse().ok()).map(|(a, b)| InPaths(a, b)).ok_or_else(ApiError::not_found)
    }
}

/// Ids in a query, with commas between.
#[derive(Debug, Clone)]
pub(crate) struct Ids<T>(pub(crate) Vec<T>);

impl<'de, T: FromStr<Err: std::fmt::Display>> serde::Deserialize<'de> for Ids<T> {
    fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let text = String::deserialize(d)?;
        let ids: Vec<T> = text.split(',').map(|id| id.trim().parse().map_err(serde::de::Error::custom)).collect::<Result<_, _>>()?;
        if ids.len() > 100 {
            return Err(serde::de::Error::custom("at most 100 ids can be asked for at once"));
        }
        Ok(Ids(ids))
    }
}

/// What was asked for in the query. Unknown names are ignored.
pub(crate) struct Asked<T>(pub(crate) T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequestParts<S> for Asked<T> {
    type Rejection = ApiError;
    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        if parts.uri.query().is_some_and(|query| query.contains("%00")) {
            return Err(ApiError::invalid("api.bad_query", "a text cannot hold NUL"));
        }
        let Query(asked) = Query::from_request_parts(parts, state).await.map_err(|e| ApiError::invalid("api.bad_query", e.body_text()))?;
        Ok(Asked(asked))
    }
}

/// The JSON body of a PUT, PATCH or DELETE.
pub(crate) struct Sent<T>(pub(crate) T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Sent<T> {
    type Rejection = ApiError;
    async fn from_request(request: Request, state: &S) -> Result<Self, ApiError> {
        let headers = request.headers().clone();
        let body = bytes(request, state).await?;
        json(&headers, &body).map(Sent)
    }
}

/// The whole body, as far as this address takes it.
pub(crate) async fn bytes<S: Send + Sync>(request: Request, state: &S) -> Result<Bytes, ApiError> {
    Bytes::from_request(request, state).await.map_err(|refused| match refused.status() {
        StatusCode::PAYLOAD_TOO_LARGE => ApiError::too_large(),
        _ => ApiError::invalid("api.bad_body", "the body ended too early"),
    })
}

/// An empty body is an empty object.
pub(crate) fn json<T: DeserializeOwned>(headers: &HeaderMap, body: &[u8]) -> Result<T, ApiError> {
    let body = if body.is_empty() { b"{}" } else { body };
    if body != b"{}" && !is_json(headers) {
        let detail = "send `Content-Type: application/json`";
        return Err(ApiError::with_status(StatusCode::UNSUPPORTED_MEDIA_TYPE, "api.not_json", detail));
    }
    if holds_nul(body) {
        return Err(ApiError::invalid("api.bad_json", "a text cannot hold NUL"));
    }
    serde_json::from_slice(body).map_err(|e| ApiError::invalid("api.bad_json", e.to_string()))
}

fn is_json(headers: &HeaderMap) -> bool {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let essence = kind.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    essence == "application/json" || (essence.starts_with("application/") && essence.ends_with("+json"))
}

/// True for the escape of U+0000, which PostgreSQL's TEXT cannot keep. A backslash that is itself escaped begins no escape.
fn holds_nul(body: &[u8]) -> bool {
    let mut rest = body;
    while let Some(at) = rest.iter().position(|byte| *byte == b'\\') {
        if rest[at + 1..].starts_with(b"u0000") {
            return true;
        }
        rest = rest.get(at + 2..).unwrap_or_default();
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nul_is_found_only_where_it_is() {
        assert!(holds_nul(br#"{"a":"x\u0000"}"#));
        assert!(holds_nul(br#""\\\u0000""#));
        assert!(!holds_nul(br#""\\u0000""#));
        assert!(!holds_nul(br#""\n\u0001\"#));
    }

    #[test]
    fn json_must_be_told_but_an_empty_body_is_an_empty_object() {
        #[derive(serde::Deserialize, Default, PartialEq, Debug)]
        struct Nothing {}
        assert_eq!(json::<Nothing>(&HeaderMap::new(), b"").map_err(|e| e.code()), Ok(Nothing {}));
        assert_eq!(json::<Nothing>(&HeaderMap::new(), b"[1]").map_err(|e| e.code()), Err("api.not_json"));
        let headers = HeaderMap::from_iter([(header::CONTENT_TYPE, "Application/JSON; charset=utf-8".parse().expect("a header"))]);
        assert_eq!(json::<Nothing>(&headers, b"{").map_err(|e| e.code()), Err("api.bad_json"));
    }
}
