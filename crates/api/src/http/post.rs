//! A POST: its body, its idempotency key, and the one transaction that acts and remembers the answer.

use super::parts::{bytes, json};
use super::{ApiError, ApiResult, Caller, Once};
use crate::ApiState;
use axum::body::Bytes;
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use kernel::{Fault, LockKey, Tx};
use serde::Serialize;
use serde::de::DeserializeOwned;

/// A POST with a JSON body; an empty body counts as an empty object.
pub(crate) struct Post<T> {
    /// What was sent.
    pub(crate) body: T,
    /// The caller's name for this intent.
    pub(crate) once: Once,
}

impl<T: DeserializeOwned> FromRequest<ApiState> for Post<T> {
    type Rejection = ApiError;
    async fn from_request(request: Request, state: &ApiState) -> Result<Self, ApiError> {
        let headers = request.headers().clone();
        let upload = Upload::from_request(request, state).await?;
        Ok(Post { body: json(&headers, &upload.body)?, once: upload.once })
    }
}

/// A POST whose body is taken as it is.
pub(crate) struct Upload {
    /// What was sent.
    pub(crate) body: Bytes,
    /// The caller's name for this intent.
    pub(crate) once: Once,
}

impl FromRequest<ApiState> for Upload {
    type Rejection = ApiError;
    async fn from_request(request: Request, state: &ApiState) -> Result<Self, ApiError> {
        let (mut parts, body) = request.into_parts();
        let caller = Caller::from_request_parts(&mut parts, state).await?.to_string();
        let body = bytes(Request::from_parts(parts.clone(), body), state).await?;
        let once = Once::read(&parts, &caller, &body)?;
        Ok(Upload { body, once })
    }
}

impl Once {
    /// Run a command once and answer 201 with what it made.
    pub(crate) async fn create<V: Serialize>(
        self,
        app: &ApiState,
        name: &'static str,
        command: impl Fn(&mut Tx<'_>, &Once) -> ApiResult<V> + Send + 'static,
    ) -> ApiResult<Reply> {
        self.run(app, name, Vec::new(), StatusCode::CREATED, command).await
    }

    /// Run a command once and answer 200 with what it did.
    pub(crate) async fn act<V: Serialize>(
        self,
        app: &ApiState,
        name: &'static str,
        command: impl Fn(&mut Tx<'_>, &Once) -> ApiResult<V> + Send + 'static,
    ) -> ApiResult<Reply> {
        self.run(app, name, Vec::new(), StatusCode::OK, command).await
    }

    /// As [`Once::create`] and [`Once::act`], with locks on hot keys.
    pub(crate) async fn run<V: Serialize>(
        self,
        app: &ApiState,
        name: &'static str,
        locks: Vec<LockKey>,
        status: StatusCode,
        command: impl Fn(&mut Tx<'_>, &Once) -> ApiResult<V> + Send + 'static,
    ) -> ApiResult<Reply> {
        self.once(app, name, locks, status, move |tx, once| Ok((text(&command(tx, once)?)?, None))).await
    }

    /// As [`Once::create`] for what is told only once: the command answers what to say now, and what to keep for a repeat.
    pub(crate) async fn create_secret<V: Serialize>(
        self,
        app: &ApiState,
        name: &'static str,
        command: impl Fn(&mut Tx<'_>) -> ApiResult<(V, V)> + Send + 'static,
    ) -> ApiResult<Reply> {
        let command = move |tx: &mut Tx<'_>, _: &Once| {
            let (now, later) = command(tx)?;
            Ok((text(&now)?, Some(text(&later)?)))
        };
        self.once(app, name, Vec::new(), StatusCode::CREATED, command).await
    }

    async fn once(
        self,
        app: &ApiState,
        name: &'static str,
        locks: Vec<LockKey>,
        status: StatusCode,
        command: impl Fn(&mut Tx<'_>, &Once) -> ApiResult<(String, Option<String>)> + Send + 'static,
    ) -> ApiResult<Reply> {
        let write = move |tx: &mut Tx<'_>| {
            if let Some(reply) = self.take(tx)? {
                return Ok(reply);
            }
            let (body, kept) = command(tx, &self)?;
            self.keep(tx, status, kept.as_ref().unwrap_or(&body))?;
            Ok(Reply { status, body, repeated: false })
        };
        app.db.write_locking(name, locks, write).await
    }
}

fn text(view: &impl Serialize) -> ApiResult<String> {
    serde_json::to_string(view).map_err(|e| Fault::data(e.to_string()).into())
}

/// An answer as it is sent and kept.
#[derive(Debug)]
pub(crate) struct Reply {
    status: StatusCode,
    body: String,
    repeated: bool,
}

impl Reply {
    /// The first answer, once more.
    pub(crate) fn repeated(status: StatusCode, body: String) -> Self {
        Reply { status, body, repeated: true }
    }
}

impl IntoResponse for Reply {
    fn into_response(self) -> Response {
        let mut response = (self.status, [(header::CONTENT_TYPE, "application/json")], self.body).into_response();
        if self.repeated {
            response.headers_mut().insert(HeaderName::from_static("idempotency-replayed"), HeaderValue::from_static("true"));
        }
        response
    }
}
