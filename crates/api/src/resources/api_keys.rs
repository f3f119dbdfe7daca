//! Keys for programs.

use super::Routes;
use super::shared::Permission as PermissionName;
use crate::ApiState;
use crate::http::{ApiResult, Caller, Id, InPath, List, Post, Reply, needs};
use access::{ApiKey, CreateApiKey};
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use kernel::{ApiKeyId, Permission, Timestamp};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::routes;

pub(crate) fn routes() -> Routes {
    Routes::default()
        .routes(needs(Permission::ManageApiKeys, routes!(list, create)))
        .routes(needs(Permission::ManageApiKeys, routes!(revoke)))
}

/// A key, without its secret.
#[derive(Serialize, ToSchema)]
struct ApiKeyView {
    #[schema(value_type = Id)]
    id: ApiKeyId,
    /// What it is for.
    name: String,
    /// Its first characters, to recognise it.
    #[schema(example = "hilo_1f3a9")]
    hint: String,
    #[schema(value_type = Vec<PermissionName>)]
    permissions: Vec<Permission>,
    #[schema(value_type = String, format = DateTime)]
    created_at: Timestamp,
    /// Since when it no longer works.
    #[schema(value_type = Option<String>, format = DateTime)]
    revoked_at: Option<Timestamp>,
}

impl From<ApiKey> for ApiKeyView {
    fn from(key: ApiKey) -> Self {
        let ApiKey { id, name, hint, permissions, created_at, revoked_at } = key;
        ApiKeyView { id, name, hint, permissions, created_at, revoked_at }
    }
}

/// A key to make.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ApiKeyCreate {
    /// What it is for.
    #[schema(example = "warehouse")]
    name: String,
    /// What it may do; nothing that its maker may not.
    #[schema(value_type = Vec<PermissionName>, min_items = 1, example = json!(["stock.view"]))]
    permissions: Vec<Permission>,
}

/// A key just made.
#[derive(Serialize, ToSchema)]
struct ApiKeyCreated {
    #[schema(value_type = Id)]
    id: ApiKeyId,
    /// To be sent as `Authorization: Bearer ..`. Told only now: null when a repeated request is answered from memory.
    secret: Option<String>,
}

/// List all keys, oldest first.
#[utoipa::path(get, path = "/v1/api-keys", tag = "api keys", operation_id = "list_api_keys", responses((status = 200, body = List<ApiKeyView>)))]
async fn list(State(app): State<ApiState>, caller: Caller) -> ApiResult<Json<List<ApiKeyView>>> {
    let keys = app.read(move |tx| Ok(access::api_keys(tx, &caller)?)).await?;
    Ok(Json(List::whole(keys.into_iter().map(ApiKeyView::from).collect())))
}

/// Make a key. Its secret is told once.
#[utoipa::path(post, path = "/v1/api-keys", tag = "api keys", operation_id = "create_api_key", request_body = ApiKeyCreate, responses((status = 201, body = ApiKeyCreated)))]
async fn create(State(app): State<ApiState>, caller: Caller, post: Post<ApiKeyCreate>) -> ApiResult<Reply> {
    let cmd = CreateApiKey { name: post.body.name, permissions: post.body.permissions };
    let create = move |tx: &mut kernel::Tx<'_>| {
        let made = access::create_api_key(tx, &caller, cmd.clone())?;
        let shown = |secret| ApiKeyCreated { id: made.id, secret };
        Ok((shown(Some(made.secret.reveal().to_owned())), shown(None)))
    };
    post.once.create_secret(&app, "access.create_api_key", create).await
}

/// Withdraw a key at once. Withdrawing again changes nothing. 409 `access.own_key`.
#[utoipa::path(delete, path = "/v1/api-keys/{api_key}", tag = "api keys", operation_id = "revoke_api_key", params(("api_key" = Id, Path)), responses((status = 204)))]
async fn revoke(State(app): State<ApiState>, caller: Caller, InPath(id): InPath<ApiKeyId>) -> ApiResult<StatusCode> {
    app.write("access.revoke_api_key", move |tx| Ok(access::revoke_api_key(tx, &caller, id)?)).await?;
    Ok(StatusCode::NO_CONTENT)
}
