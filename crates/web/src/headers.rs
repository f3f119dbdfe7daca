//! The headers that every answer carries, so that a page can do only what we wrote.

use axum::http::{HeaderMap, HeaderName, HeaderValue, header};
use axum::response::Response;

/// No inline script or style, nothing from elsewhere; `frame-ancestors 'self'` lets the guided story show our pages side by side.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; \
    connect-src 'self'; media-src 'self' blob:; worker-src 'self'; manifest-src 'self'; frame-src 'self'; form-action 'self'; \
    base-uri 'none'; object-src 'none'; frame-ancestors 'self'";

/// The chat page is shown inside other sites by the widget.
const POLICY_EMBEDDED: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; \
    connect-src 'self'; media-src 'self' blob:; form-action 'self'; base-uri 'none'; object-src 'none'; frame-ancestors *";

const FIXED: [(&str, &str); 5] = [
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "strict-origin-when-cross-origin"),
    ("permissions-policy", "camera=(), microphone=(), geolocation=(self), payment=(self), interest-cohort=()"),
    ("cross-origin-opener-policy", "same-origin"),
    ("x-dns-prefetch-control", "off"),
];

/// The agent's telephone alone may ask for the microphone by itself.
const WITH_MICROPHONE: &str = "camera=(), microphone=(self), display-capture=(), geolocation=(), payment=(), interest-cohort=()";

/// Let this page ask for the microphone and speak with another server, whose origin this is.
pub(crate) fn with_microphone(mut response: Response, origin: &str) -> Response {
    let policy = POLICY.replacen("connect-src 'self'", &format!("connect-src 'self' {origin}"), 1);
    if let Ok(policy) = HeaderValue::from_str(&policy) {
        response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    response.headers_mut().insert("permissions-policy", HeaderValue::from_static(WITH_MICROPHONE));
    response
}

/// Let a form of this page go to another site, whose origin this is.
pub(crate) fn with_form_to(mut response: Response, origin: &str) -> Response {
    let policy = POLICY.replacen("form-action 'self'", &format!("form-action 'self' {origin}"), 1);
    if let Ok(policy) = HeaderValue::from_str(&policy) {
        response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    response
}

/// The pages of a video room alone may ask for camera and microphone.
const WITH_CAMERA: &str = "camera=(self), microphone=(self), display-capture=(), geolocation=(), payment=(), interest-cohort=()";

/// Let this page ask for camera and microphone; its address is a key, so it tells nobody where it was.
pub(crate) fn with_camera(mut response: Response) -> Response {
    let headers = response.headers_mut();
    headers.insert("permissions-policy", HeaderValue::from_static(WITH_CAMERA));
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("same-origin"));
    response
}

/// Add what the answer does not already say. `embeddable` is for the chat page alone.
pub(crate) fn guard(headers: &mut HeaderMap, embeddable: bool) {
    let policy = HeaderValue::from_static(if embeddable { POLICY_EMBEDDED } else { POLICY });
    headers.entry(header::CONTENT_SECURITY_POLICY).or_insert(policy);
    for (name, value) in FIXED {
        headers.entry(HeaderName::from_static(name)).or_insert(HeaderValue::from_static(value));
    }
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("private, no-cache"));
}
