//! Entity tags (RFC 9110, section 8.8.3): a client that has the thing already is answered 304.

use super::ApiError;
use axum::Json;
use axum::body::{Body, to_bytes};
use axum::extract::{FromRequestParts, Request};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use sha2::{Digest, Sha256};

/// Tag every read that was answered with 200, unless its handler did, and answer 304 when the client holds it.
pub(crate) async fn entity_tags(request: Request, next: Next) -> Response {
    let is_read = request.method() == Method::GET;
    let held = request.headers().get(header::IF_NONE_MATCH).cloned();
    let answer = next.run(request).await;
    if !is_read || answer.status() != StatusCode::OK {
        return answer;
    }
    let (mut head, body) = answer.into_parts();
    // Our own answers are whole in memory; there is nothing to fail and nothing to bound.
    let Ok(body) = to_bytes(body, usize::MAX).await else { return ApiError::of_status(StatusCode::INTERNAL_SERVER_ERROR).into_response() };
    let tag = head.headers.entry(header::ETAG).or_insert_with(|| tag_of(&body)).clone();
    if held.is_some_and(|held| names(&held, &tag)) {
        head.status = StatusCode::NOT_MODIFIED;
        head.headers.remove(header::CONTENT_TYPE);
        head.headers.remove(header::CONTENT_LENGTH);
        return Response::from_parts(head, Body::empty());
    }
    Response::from_parts(head, Body::from(body))
}

fn tag_of(body: &[u8]) -> HeaderValue {
    let text = format!("\"{}\"", hex::encode(&Sha256::digest(body)[..16]));
    HeaderValue::from_str(&text).unwrap_or(HeaderValue::from_static("\"\""))
}

/// Weak comparison: `W/` does not matter for reading.
fn names(held: &HeaderValue, tag: &HeaderValue) -> bool {
    let (Ok(held), Ok(tag)) = (held.to_str(), tag.to_str()) else { return false };
    held.split(',').map(|one| one.trim()).any(|one| one == "*" || one.trim_start_matches("W/") == tag)
}

/// A thing with its version as the entity tag.
pub(crate) fn tagged<T: Serialize>(version: i64, view: T) -> Response {
    let mut headers = HeaderMap::new();
    if let Ok(tag) = HeaderValue::from_str(&format!("\"{version}\"")) {
        headers.insert(header::ETAG, tag);
    }
    (headers, Json(view)).into_response()
}

/// The version that must still be the present one.
pub(crate) struct IfMatch(pub(crate) Option<i64>);

impl<S: Send + Sync> FromRequestParts<S> for IfMatch {
    type Rejection = ApiError;
    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ApiError> {
        let Some(value) = parts.headers.get(header::IF_MATCH) else { return Ok(IfMatch(None)) };
        let text = value.to_str().unwrap_or_default().trim();
        if text == "*" {
            return Ok(IfMatch(None));
        }
        let version = text.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).and_then(|digits| digits.parse().ok());
        // A tag that we never gave matches no version.
        version.map(|version| IfMatch(Some(version))).ok_or_else(|| moved_on("the If-Match header names no version of this thing"))
    }
}

impl IfMatch {
    /// The refusal of a command, as HTTP tells it when the version was the reason.
    pub(crate) fn refuse(error: impl Into<ApiError>) -> ApiError {
        let error = error.into();
        if matches!(error.code(), "catalogue.changed_meanwhile" | "catalogue.collection_changed" | "orders.cart_changed") {
            error.under_status(StatusCode::PRECONDITION_FAILED)
        } else {
            error
        }
    }
}

fn moved_on(detail: &str) -> ApiError {
    ApiError::with_status(StatusCode::PRECONDITION_FAILED, "api.precondition_failed", detail)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_held_tag_is_found_in_a_list() {
        let held = HeaderValue::from_static("\"a\", W/\"b\"");
        assert!(names(&held, &HeaderValue::from_static("\"b\"")));
        assert!(!names(&held, &HeaderValue::from_static("\"c\"")));
        assert!(names(&HeaderValue::from_static("*"), &HeaderValue::from_static("\"c\"")));
    }
}
