//! Files of a simulated provider, at addresses of their own: `/files/{id}`.

use super::forms::Upload;
use super::hooks::held;
use crate::http_client;
use axum::Router;
use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

/// Room for a form with a file.
pub(super) const ROOMY: usize = 32 * 1024 * 1024;

/// Media type and bytes of each file, by its name. Clones share them.
#[derive(Clone)]
pub(super) struct Files {
    base: String,
    kept: Arc<Mutex<BTreeMap<String, Upload>>>,
}

impl Files {
    /// Files that are served at `base`.
    pub fn at(base: &str) -> Self {
        Self { base: base.trim_end_matches('/').to_owned(), kept: Arc::default() }
    }

    /// Keep a file; gives its address.
    pub fn keep(&self, id: &str, content_type: &str, bytes: &[u8]) -> String {
        held(&self.kept).insert(id.to_owned(), (content_type.to_owned(), bytes.to_vec()));
        format!("{}/files/{id}", self.base)
    }

    pub fn router(&self) -> Router {
        Router::new().route("/files/{id}", get(download)).with_state(self.clone())
    }
}

/// A provider takes a file from an address that we told it.
pub(super) async fn fetch(url: &str) -> Option<Upload> {
    let answer = http_client().get(url).send().await.ok()?.error_for_status().ok()?;
    let kind = answer.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned();
    Some((kind, answer.bytes().await.ok()?.to_vec()))
}

async fn download(State(files): State<Files>, Path(id): Path<String>) -> Response {
    match held(&files.kept).get(&id) {
        Some((kind, bytes)) => ([(header::CONTENT_TYPE, kind.clone())], bytes.clone()).into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}
