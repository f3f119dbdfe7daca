//! A form that may bring files.

use crate::{Form, Trouble};
use axum::extract::{FromRequest, Multipart, Request};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};

/// Most bytes of a form with files: what the request token's check reads as well.
pub(crate) const ROOM: usize = 20 << 20;

/// What was typed, and the name and bytes of each file that was chosen.
pub(crate) struct Posted {
    pub(crate) form: Form,
    pub(crate) files: Vec<(String, Vec<u8>)>,
}

impl<S: Send + Sync> FromRequest<S> for Posted {
    type Rejection = Response;
    async fn from_request(request: Request, state: &S) -> Result<Self, Response> {
        let kind = request.headers().get(header::CONTENT_TYPE).map(|kind| kind.as_bytes()).unwrap_or_default();
        if !kind.starts_with(b"multipart/form-data") {
            let form = Form::from_request(request, state).await.map_err(IntoResponse::into_response)?;
            return Ok(Posted { form, files: Vec::new() });
        }
        let parts = Multipart::from_request(request, state).await.map_err(IntoResponse::into_response)?;
        read(parts).await.map_err(IntoResponse::into_response)
    }
}

async fn read(mut parts: Multipart) -> Result<Posted, Trouble> {
    let broken = |_| Trouble::of(StatusCode::PAYLOAD_TOO_LARGE);
    let (mut pairs, mut files) = (Vec::new(), Vec::new());
    while let Some(part) = parts.next_field().await.map_err(|_| Trouble::of(StatusCode::BAD_REQUEST))? {
        let name = part.name().unwrap_or_default().to_owned();
        match part.file_name().map(str::to_owned) {
            // A field for files that was left empty comes without a name.
            Some(file) if file.is_empty() => {}
            Some(file) => files.push((file, part.bytes().await.map_err(broken)?.to_vec())),
            None => pairs.push((name, part.text().await.map_err(broken)?)),
        }
    }
    Ok(Posted { form: Form::of(pairs), files })
}
