//! Who calls, and whether they may. A route is registered with the permission it needs: the check and the documentation
//! are one fact. A handler gets the actor only by [`Caller`], which exists only behind that check.

use super::ApiError;
use crate::ApiState;
use axum::Extension;
use axum::extract::{FromRequestParts, Request};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::middleware::{Next, from_fn};
use axum::response::Response;
use kernel::{Actor, Fault, Kind, Permission};
use std::ops::Deref;
use utoipa::openapi::extensions::Extensions;
use utoipa::openapi::path::{Operation, PathItem};
use utoipa_axum::router::{UtoipaMethodRouter, UtoipaMethodRouterExt};

/// Who calls: proof that the route's permission was held.
#[derive(Debug, Clone)]
pub(crate) struct Caller(Actor);

/// A caller within this process, put among the request's extensions: nobody outside can send one.
#[derive(Debug, Clone)]
pub struct Inside(pub Actor);

impl Deref for Caller {
    type Target = Actor;
    fn deref(&self) -> &Actor {
        &self.0
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Caller {
    type Rejection = ApiError;
    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ApiError> {
        parts.extensions.get::<Caller>().cloned().ok_or_else(unknown)
    }
}

/// Open these operations to keys with `permission`, and say so in the documentation.
pub(crate) fn needs(permission: Permission, routes: UtoipaMethodRouter<ApiState>) -> UtoipaMethodRouter<ApiState> {
    let (schemas, mut paths, router) = routes;
    for operation in paths.paths.values_mut().flat_map(operations) {
        let note = format!("Needs the permission `{permission}`.");
        operation.description = Some(operation.description.take().map_or(note.clone(), |text| format!("{text}\n\n{note}")));
        operation.extensions.get_or_insert_with(Extensions::default).insert("x-permission".into(), permission.as_str().into());
    }
    let check = from_fn(move |Extension(app): Extension<ApiState>, request: Request, next: Next| admit(permission, app, request, next));
    (schemas, paths, router).map(|router| router.route_layer(check))
}

/// The operations of one address.
pub(crate) fn operations(item: &mut PathItem) -> impl Iterator<Item = &mut Operation> {
    let PathItem { get, put, post, delete, patch, .. } = item;
    [get, put, post, delete, patch].into_iter().filter_map(Option::as_mut)
}

async fn admit(permission: Permission, app: ApiState, mut request: Request, next: Next) -> Result<Response, ApiError> {
    let actor = match request.extensions().get::<Inside>() {
        Some(Inside(actor)) => actor.clone(),
        None => {
            let secret = bearer(request.headers()).ok_or_else(unknown)?;
            let found: Result<_, Fault> = app.db.read(move |tx| access::actor_of_key(tx, &secret)).await;
            found?.ok_or_else(unknown)?
        }
    };
    actor.require(permission)?;
    request.extensions_mut().insert(Caller(actor));
    Ok(next.run(request).await)
}

/// RFC 6750, section 2.1; the scheme's case does not matter (RFC 9110, section 11.1).
fn bearer(headers: &HeaderMap) -> Option<access::Secret> {
    let (scheme, secret) = headers.get(header::AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    (scheme.eq_ignore_ascii_case("bearer") && !secret.is_empty()).then(|| access::Secret::presented(secret.trim()))
}

fn unknown() -> ApiError {
    ApiError::new(Kind::Unauthorised, "api.unknown_key", "a valid API key is needed: `Authorization: Bearer hilo_..`")
        .header(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer realm=\"hilo\""))
}
