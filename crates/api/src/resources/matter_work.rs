//! Work on a matter: assignment, resolution, putting aside.

use super::Routes;
use super::matters::MatterView;
use crate::ApiState;
use crate::http::{ApiResult, Caller, Id, InPath, Post, Reply, Sent, found, needs};
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use conversations::{Assign, MatterId, TeamId};
use kernel::{Permission, StaffId, Timestamp};
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::routes;

pub(crate) fn routes() -> Routes {
    Routes::default()
        .routes(needs(Permission::Assign, routes!(assign)))
        .routes(needs(Permission::Reply, routes!(resolve, reopen)))
        .routes(needs(Permission::Reply, routes!(snooze)))
}

/// Who has a matter; null takes it from everybody.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct AssignmentPut {
    /// Who answers for it.
    #[schema(value_type = Option<Id>)]
    owner: Option<StaffId>,
    /// Which team works on it.
    #[schema(value_type = Option<Id>)]
    team: Option<TeamId>,
}

/// Nothing needs to be said.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Nothing {}

/// Until when.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct SnoozePut {
    /// A moment in the future.
    #[schema(value_type = String, format = DateTime, example = "2030-01-01T09:00:00Z")]
    until: Timestamp,
}

/// Give a matter to somebody, a team, both or nobody.
#[utoipa::path(put, path = "/v1/matters/{matter}/assignment", tag = "conversations", operation_id = "assign_matter", params(("matter" = Id, Path)), request_body = AssignmentPut, responses((status = 200, body = MatterView)))]
async fn assign(
    State(app): State<ApiState>,
    caller: Caller,
    InPath(id): InPath<MatterId>,
    Sent(to): Sent<AssignmentPut>,
) -> ApiResult<Json<MatterView>> {
    let to = Assign { owner: to.owner, team: to.team };
    let assigned = app.write("conversations.assign", move |tx| {
        conversations::assign(tx, &caller, id, to)?;
        found(conversations::matter(tx, id)?)
    });
    Ok(Json(assigned.await?.into()))
}

/// Say that a matter is done.
#[utoipa::path(post, path = "/v1/matters/{matter}/resolution", tag = "conversations", operation_id = "resolve_matter", params(("matter" = Id, Path)), request_body = Nothing, responses((status = 200, body = MatterView)))]
async fn resolve(State(app): State<ApiState>, caller: Caller, InPath(id): InPath<MatterId>, post: Post<Nothing>) -> ApiResult<Reply> {
    let command = move |tx: &mut kernel::Tx<'_>, _: &_| {
        conversations::resolve(tx, &caller, id)?;
        Ok(MatterView::from(found(conversations::matter(tx, id)?)?))
    };
    post.once.act(&app, "conversations.resolve", command).await
}

/// Say that it is not done after all.
#[utoipa::path(delete, path = "/v1/matters/{matter}/resolution", tag = "conversations", operation_id = "reopen_matter", params(("matter" = Id, Path)), responses((status = 204)))]
async fn reopen(State(app): State<ApiState>, caller: Caller, InPath(id): InPath<MatterId>) -> ApiResult<StatusCode> {
    app.write("conversations.reopen", move |tx| Ok(conversations::reopen(tx, &caller, id)?)).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Put a matter aside until a time, or until the customer writes.
#[utoipa::path(put, path = "/v1/matters/{matter}/snooze", tag = "conversations", operation_id = "snooze_matter", params(("matter" = Id, Path)), request_body = SnoozePut, responses((status = 200, body = MatterView)))]
async fn snooze(
    State(app): State<ApiState>,
    caller: Caller,
    InPath(id): InPath<MatterId>,
    Sent(put): Sent<SnoozePut>,
) -> ApiResult<Json<MatterView>> {
    let put_aside = app.write("conversations.snooze", move |tx| {
        conversations::snooze(tx, &caller, id, put.until)?;
        found(conversations::matter(tx, id)?)
    });
    Ok(Json(put_aside.await?.into()))
}
