//! What was promised to a customer until when. A matter has one open promise; another one takes its place.

use super::Routes;
use super::shared::PromiseState;
use crate::ApiState;
use crate::http::{ApiResult, Caller, Id, InPath, List, Post, Reply, found, needs};
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use conversations::{MakePromise, MatterId, Promise, PromiseId};
use kernel::{Permission, Timestamp};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::routes;

pub(crate) fn routes() -> Routes {
    Routes::default()
        .routes(needs(Permission::Reply, routes!(make)))
        .routes(needs(Permission::ViewConversations, routes!(list)))
        .routes(needs(Permission::Reply, routes!(keep)))
        .routes(needs(Permission::Reply, routes!(withdraw)))
}

/// Something promised to a customer.
#[derive(Serialize, ToSchema)]
struct PromiseView {
    #[schema(value_type = Id)]
    id: PromiseId,
    #[schema(value_type = Id)]
    matter: MatterId,
    /// What.
    text: String,
    /// Until when.
    #[schema(value_type = String, format = DateTime)]
    due_at: Timestamp,
    /// The next answer by a person keeps it.
    by_answer: bool,
    #[schema(value_type = PromiseState)]
    state: conversations::PromiseState,
    /// Who gave their word: `staff:ID`, `api_key:ID`.
    author: String,
    #[schema(value_type = String, format = DateTime)]
    made_at: Timestamp,
    /// When it was kept or taken back.
    #[schema(value_type = Option<String>, format = DateTime)]
    ended_at: Option<Timestamp>,
}

impl From<Promise> for PromiseView {
    fn from(promise: Promise) -> Self {
        let Promise { id, matter, text, due_at, by_answer, state, author, made_at, ended_at, .. } = promise;
        PromiseView { id, matter, text, due_at, by_answer, state, author, made_at, ended_at }
    }
}

/// A word that is given.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"text": "I call you about the refund", "due_at": "2030-11-23T11:00:00Z", "tell": true}))]
struct PromiseCreate {
    /// What, as the customer may read it.
    text: String,
    /// Until when; ahead of now.
    #[schema(value_type = String, format = DateTime)]
    due_at: Timestamp,
    /// The next answer by a person keeps it.
    #[serde(default)]
    by_answer: bool,
    /// Tell the customer, by the way that the contact policy chooses; refused when there is none.
    #[serde(default)]
    tell: bool,
}

/// Promise something in a matter. What was promised there before no longer holds.
#[utoipa::path(post, path = "/v1/matters/{matter}/promises", tag = "conversations", operation_id = "make_promise", params(("matter" = Id, Path)), request_body = PromiseCreate, responses((status = 201, body = PromiseView)))]
async fn make(
    State(app): State<ApiState>,
    caller: Caller,
    InPath(matter): InPath<MatterId>,
    post: Post<PromiseCreate>,
) -> ApiResult<Reply> {
    let body = post.body.clone();
    let command = move |tx: &mut kernel::Tx<'_>, once: &crate::http::Once| {
        let PromiseCreate { text, due_at, by_answer, tell } = body.clone();
        let cmd = MakePromise { matter, text, due_at, by_answer, key: once.command_key(tx) };
        flows::make_promise(tx, &caller, &cmd, tell)?;
        Ok(PromiseView::from(found(conversations::open_promise(tx, matter)?)?))
    };
    post.once.create(&app, "flows.make_promise", command).await
}

/// What was promised in a matter, the latest first.
#[utoipa::path(get, path = "/v1/matters/{matter}/promises", tag = "conversations", operation_id = "list_promises", params(("matter" = Id, Path)), responses((status = 200, body = List<PromiseView>)))]
async fn list(State(app): State<ApiState>, InPath(matter): InPath<MatterId>) -> ApiResult<Json<List<PromiseView>>> {
    let read = app.read(move |tx| {
        found(conversations::matter(tx, matter)?)?;
        Ok(conversations::promises_of(tx, matter)?)
    });
    Ok(Json(List::whole(read.await?.into_iter().map(PromiseView::from).collect())))
}

/// The open promise of a matter is kept. Nothing happens when there is none.
#[utoipa::path(post, path = "/v1/matters/{matter}/promise/fulfilment", tag = "conversations", operation_id = "keep_promise", params(("matter" = Id, Path)), responses((status = 204)))]
async fn keep(State(app): State<ApiState>, caller: Caller, InPath(matter): InPath<MatterId>) -> ApiResult<StatusCode> {
    app.write("conversations.keep_promise", move |tx| Ok(conversations::keep_promise(tx, &caller, matter)?)).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// The open promise of a matter no longer holds. Nothing happens when there is none.
#[utoipa::path(delete, path = "/v1/matters/{matter}/promise", tag = "conversations", operation_id = "withdraw_promise", params(("matter" = Id, Path)), responses((status = 204)))]
async fn withdraw(State(app): State<ApiState>, caller: Caller, InPath(matter): InPath<MatterId>) -> ApiResult<StatusCode> {
    app.write("conversations.withdraw_promise", move |tx| Ok(conversations::withdraw_promise(tx, &caller, matter)?)).await?;
    Ok(StatusCode::NO_CONTENT)
}
