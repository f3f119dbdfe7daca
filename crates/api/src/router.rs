//! All routes, and the layers around them.

use crate::http::{ApiError, entity_tags, finish};
use crate::{ApiState, contract, resources};
use axum::extract::DefaultBodyLimit;
use axum::http::{StatusCode, header};
use axum::middleware::from_fn;
use axum::routing::get;
use axum::{Extension, Router};

/// Most bytes of a body, unless a route says more.
const BODY_LIMIT: usize = 1024 * 1024;

/// The API, ready to be served. The contract itself is at `/v1/openapi.json`, for anybody.
pub fn router(state: ApiState) -> Router {
    let (routes, _) = resources::routes().split_for_parts();
    routes
        .route("/v1/openapi.json", get(|| async { ([(header::CONTENT_TYPE, "application/json")], contract::openapi()) }))
        .fallback(|| async { ApiError::not_found() })
        .method_not_allowed_fallback(|| async { ApiError::of_status(StatusCode::METHOD_NOT_ALLOWED) })
        .with_state(state.clone())
        .layer(from_fn(entity_tags))
        .layer(DefaultBodyLimit::max(BODY_LIMIT))
        .layer(Extension(state))
        .layer(from_fn(finish))
}
