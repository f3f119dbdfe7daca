//! Problem JSON (RFC 9457). An error stays transport-free until `finish` renders it; the status is decided last, from its kind.

use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use kernel::Kind;
use serde::Serialize;
use serde_json::{Map, Value};
use std::error::Error;
use utoipa::ToSchema;

/// What handlers answer.
pub(crate) type ApiResult<T> = Result<T, ApiError>;

/// Why a request was refused.
#[derive(Debug, Clone)]
pub(crate) struct ApiError(Box<Inner>);

#[derive(Debug, Clone)]
struct Inner {
    status: StatusCode,
    code: &'static str,
    detail: String,
    fields: Map<String, Value>,
    headers: Vec<(HeaderName, HeaderValue)>,
    /// For our log only.
    cause: Option<String>,
}

impl ApiError {
    /// A refusal of the shell itself.
    pub(crate) fn new(kind: Kind, code: &'static str, detail: impl Into<String>) -> Self {
        Self::with_status(status(kind), code, detail)
    }
    /// For what HTTP alone knows (405, 412, 415).
    pub(crate) fn with_status(status: StatusCode, code: &'static str, detail: impl Into<String>) -> Self {
        ApiError(Box::new(Inner { status, code, detail: detail.into(), fields: Map::new(), headers: Vec::new(), cause: None }))
    }
    /// The input is not acceptable as it stands.
    pub(crate) fn invalid(code: &'static str, detail: impl Into<String>) -> Self {
        Self::new(Kind::Invalid, code, detail)
    }
    /// No such thing, or none that the caller may see.
    pub(crate) fn not_found() -> Self {
        Self::new(Kind::NotFound, "not_found", "there is no such thing here")
    }
    /// An answer of the framework, put into our words.
    pub(crate) fn of_status(status: StatusCode) -> Self {
        match status {
            StatusCode::NOT_FOUND => Self::not_found(),
            StatusCode::METHOD_NOT_ALLOWED => Self::with_status(status, "api.method_not_allowed", "this address does not take this method"),
            StatusCode::PAYLOAD_TOO_LARGE => Self::too_large(),
            other if other.is_server_error() => Self::with_status(other, "fault", OURS),
            other => Self::with_status(other, "api.bad_request", "the request cannot be understood"),
        }
    }
    /// More bytes than this address takes.
    pub(crate) fn too_large() -> Self {
        Self::new(Kind::TooLarge, "api.too_large", "the body is larger than this address takes")
    }
    /// Name the field that is wrong.
    pub(crate) fn field(mut self, name: &str) -> Self {
        self.0.fields.insert("field".into(), name.into());
        self
    }
    /// Add a header to the answer.
    pub(crate) fn header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.0.headers.push((name, value));
        self
    }
    /// Why, for our log only.
    pub(crate) fn because(mut self, cause: impl Into<String>) -> Self {
        self.0.cause = Some(cause.into());
        self
    }
    /// The stable code.
    pub(crate) fn code(&self) -> &'static str {
        self.0.code
    }
    /// The same refusal under another status.
    pub(crate) fn under_status(mut self, status: StatusCode) -> Self {
        self.0.status = status;
        self
    }

    /// The body and headers, with the request's id.
    pub(crate) fn render(self, request_id: &str) -> Response {
        let Inner { status, code, detail, fields, headers, cause } = *self.0;
        if let Some(cause) = cause {
            tracing::error!(request_id, code, cause, "a request failed");
        }
        let problem = Problem {
            kind: format!("urn:hilo:problem:{code}"),
            title: status.canonical_reason().unwrap_or("Problem").to_owned(),
            status: status.as_u16(),
            code: code.to_owned(),
            detail,
            request_id: request_id.to_owned(),
            fields,
        };
        let mut response = (status, serde_json::to_vec(&problem).unwrap_or_default()).into_response();
        response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        response.headers_mut().extend(headers.into_iter().map(|(name, value)| (Some(name), value)).filter_map(|(n, v)| Some((n?, v))));
        response
    }
}

const OURS: &str = "something went wrong on our side; the request id helps to find out what";

impl<E: kernel::Problem> From<E> for ApiError {
    fn from(error: E) -> Self {
        let kind = error.kind();
        if kind == Kind::Fault {
            return ApiError::new(kind, error.code(), OURS).because(chain(&error));
        }
        let mut refused = ApiError::new(kind, error.code(), error.to_string());
        refused.0.fields = error.fields().into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
        if matches!(kind, Kind::Unavailable | Kind::TooMany) {
            refused = refused.header(header::RETRY_AFTER, HeaderValue::from_static("1"));
        }
        refused
    }
}

/// What was asked for, or the refusal that hides whether it ever was there.
pub(crate) fn found<T>(thing: Option<T>) -> ApiResult<T> {
    thing.ok_or_else(ApiError::not_found)
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let mut response = self.0.status.into_response();
        response.extensions_mut().insert(self);
        response
    }
}

/// The one table from kinds of refusal to statuses.
fn status(kind: Kind) -> StatusCode {
    match kind {
        Kind::Invalid => StatusCode::UNPROCESSABLE_ENTITY,
        Kind::NotFound => StatusCode::NOT_FOUND,
        Kind::Conflict => StatusCode::CONFLICT,
        Kind::Forbidden => StatusCode::FORBIDDEN,
        Kind::Unauthorised => StatusCode::UNAUTHORIZED,
        Kind::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
        Kind::TooMany => StatusCode::TOO_MANY_REQUESTS,
        Kind::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
        Kind::Fault => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

fn chain(error: &dyn Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(next) = cause {
        text.push_str(": ");
        text.push_str(&next.to_string());
        cause = next.source();
    }
    text
}

/// A refusal (RFC 9457).
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Problem {
    /// A name for this sort of refusal.
    #[serde(rename = "type")]
    #[schema(example = "urn:hilo:problem:not_found")]
    kind: String,
    /// The status in words.
    #[schema(example = "Not Found")]
    title: String,
    /// The status.
    #[schema(example = 404, minimum = 400, maximum = 599)]
    status: u16,
    /// Stable code to decide by; never changes once shipped.
    #[schema(example = "not_found")]
    code: String,
    /// A sentence for people.
    detail: String,
    /// Names this request in our log.
    request_id: String,
    /// Facts that help, by name; which ones depends on the code.
    fields: Map<String, Value>,
}
