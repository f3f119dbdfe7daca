//! The outermost layer: every answer gets a request id, every refusal becomes problem JSON, a panic becomes one too.

use super::ApiError;
use axum::extract::Request;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use futures::FutureExt;
use std::any::Any;
use std::panic::AssertUnwindSafe;

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// Run the request and finish what came of it.
pub(crate) async fn finish(request: Request, next: Next) -> Response {
    let id = request_id(request.headers());
    let answer = if names_nothing(request.uri().path()) {
        ApiError::not_found().into_response()
    } else {
        AssertUnwindSafe(next.run(request)).catch_unwind().await.unwrap_or_else(|panic| ApiError::panicked(panic.as_ref()).into_response())
    };
    let mut answer = as_problem(answer, &id);
    if let Ok(value) = HeaderValue::from_str(&id) {
        answer.headers_mut().insert(REQUEST_ID, value);
    }
    answer
}

fn as_problem(mut answer: Response, id: &str) -> Response {
    let status = answer.status();
    if !status.is_client_error() && !status.is_server_error() {
        return answer;
    }
    let error = answer.extensions_mut().remove::<ApiError>().unwrap_or_else(|| ApiError::of_status(status));
    let mut problem = error.render(id);
    if let Some(allow) = answer.headers().get(header::ALLOW) {
        problem.headers_mut().insert(header::ALLOW, allow.clone());
    }
    problem
}

impl ApiError {
    fn panicked(panic: &(dyn Any + Send)) -> Self {
        let said = panic.downcast_ref::<&str>().map(|s| (*s).to_owned()).or_else(|| panic.downcast_ref::<String>().cloned());
        ApiError::of_status(StatusCode::INTERNAL_SERVER_ERROR).because(format!("panic: {}", said.unwrap_or_default()))
    }
}

/// No name of ours holds NUL, and no database takes one.
fn names_nothing(path: &str) -> bool {
    path.contains("%00")
}

/// The caller's own, when it is short and plain; else a fresh one.
fn request_id(headers: &HeaderMap) -> String {
    let plain = |text: &&str| (1..=64).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.".contains(&b));
    let given = headers.get(&REQUEST_ID).and_then(|value| value.to_str().ok()).filter(plain);
    given.map_or_else(|| format!("{:032x}", rand::random::<u128>()), str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::body::{Body, to_bytes};
    use axum::routing::get;
    use tower::ServiceExt;

    #[tokio::test]
    async fn a_panic_is_a_problem_that_tells_nothing_of_its_cause() {
        async fn broken() -> &'static str {
            panic!("a secret")
        }
        let app = axum::Router::<()>::new().route("/", get(broken)).layer(axum::middleware::from_fn(finish));
        let answer = app.oneshot(Request::new(Body::empty())).await.expect("the router never fails");
        assert_eq!(answer.status(), 500);
        assert_eq!(answer.headers()[header::CONTENT_TYPE], "application/problem+json");
        let body = to_bytes(answer.into_body(), 10_000).await.expect("whole");
        let text = String::from_utf8(body.to_vec()).expect("text");
        assert!(text.contains(r#""code":"fault""#) && !text.contains("secret"), "{text}");
    }
}
