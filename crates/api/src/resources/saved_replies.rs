//! Saved replies: words that the desk uses again.

use super::Routes;
use crate::ApiState;
use crate::http::{ApiResult, Caller, Id, InPath, List, Once, Post, Reply, Sent, found, needs};
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use conversations::{SaveReply, SavedReply, SavedReplyId, TeamId};
use kernel::{Permission, Timestamp, Tx};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::routes;

pub(crate) fn routes() -> Routes {
    Routes::default()
        .routes(needs(Permission::ViewConversations, routes!(list)))
        .routes(needs(Permission::Supervise, routes!(make)))
        .routes(needs(Permission::ViewConversations, routes!(show)))
        .routes(needs(Permission::Supervise, routes!(change, remove)))
}

/// Words that are used again.
#[derive(Serialize, ToSchema)]
struct SavedReplyView {
    #[schema(value_type = Id)]
    id: SavedReplyId,
    /// The word that finds it.
    name: String,
    /// Whose; null is everybody's.
    #[schema(value_type = Option<Id>)]
    team: Option<TeamId>,
    text_es: String,
    text_en: String,
    #[schema(value_type = String, format = DateTime)]
    changed_at: Timestamp,
}

impl From<SavedReply> for SavedReplyView {
    fn from(reply: SavedReply) -> Self {
        let SavedReply { id, name, team, text_es, text_en, changed_at } = reply;
        SavedReplyView { id, name, team, text_es, text_en, changed_at }
    }
}

/// How a saved reply shall be.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct SavedReplyBody {
    /// Letters, digits and hyphens.
    #[schema(example = "envio", max_length = 40)]
    name: String,
    /// Whose; null is everybody's.
    #[schema(value_type = Option<Id>)]
    team: Option<TeamId>,
    /// Gaps: `{first_name}`, `{name}`, `{order}`, `{shop}`, `{collect_code}`, `{agent}`, `{brand}`.
    #[serde(default)]
    #[schema(example = "Hola {first_name}, tu pedido {order} va de camino.", max_length = 4000)]
    text_es: String,
    #[serde(default)]
    #[schema(example = "Hello {first_name}, your order {order} is on its way.", max_length = 4000)]
    text_en: String,
}

impl SavedReplyBody {
    fn command(self) -> SaveReply {
        let SavedReplyBody { name, team, text_es, text_en } = self;
        SaveReply { name, team, text_es, text_en }
    }
}

/// List the saved replies, by name; at most 1000.
#[utoipa::path(get, path = "/v1/saved-replies", tag = "conversations", operation_id = "list_saved_replies", responses((status = 200, body = List<SavedReplyView>)))]
async fn list(State(app): State<ApiState>) -> ApiResult<Json<List<SavedReplyView>>> {
    let replies = app.read(|tx| Ok(conversations::saved_replies(tx)?)).await?;
    Ok(Json(List::whole(replies.into_iter().map(SavedReplyView::from).collect())))
}

/// Make a saved reply. 422 `conversations.unknown_variable` with the known ones; 409 `conversations.saved_reply_name_taken`.
#[utoipa::path(post, path = "/v1/saved-replies", tag = "conversations", operation_id = "make_saved_reply", request_body = SavedReplyBody, responses((status = 201, body = SavedReplyView)))]
async fn make(State(app): State<ApiState>, caller: Caller, post: Post<SavedReplyBody>) -> ApiResult<Reply> {
    let cmd = post.body.clone().command();
    let command = move |tx: &mut Tx<'_>, _: &Once| {
        let id = conversations::make_saved_reply(tx, &caller, &cmd)?;
        Ok(SavedReplyView::from(found(conversations::saved_reply(tx, id)?)?))
    };
    post.once.create(&app, "conversations.make_saved_reply", command).await
}

/// See a saved reply.
#[utoipa::path(get, path = "/v1/saved-replies/{saved_reply}", tag = "conversations", operation_id = "show_saved_reply", params(("saved_reply" = Id, Path)), responses((status = 200, body = SavedReplyView)))]
async fn show(State(app): State<ApiState>, InPath(id): InPath<SavedReplyId>) -> ApiResult<Json<SavedReplyView>> {
    Ok(Json(found(app.read(move |tx| Ok(conversations::saved_reply(tx, id)?)).await?)?.into()))
}

/// Change a saved reply. The same refusals as for a new one.
#[utoipa::path(put, path = "/v1/saved-replies/{saved_reply}", tag = "conversations", operation_id = "change_saved_reply", params(("saved_reply" = Id, Path)), request_body = SavedReplyBody, responses((status = 200, body = SavedReplyView)))]
async fn change(
    State(app): State<ApiState>,
    caller: Caller,
    InPath(id): InPath<SavedReplyId>,
    Sent(body): Sent<SavedReplyBody>,
) -> ApiResult<Json<SavedReplyView>> {
    let cmd = body.command();
    let changed = app.write("conversations.change_saved_reply", move |tx| {
        conversations::change_saved_reply(tx, &caller, id, &cmd)?;
        found(conversations::saved_reply(tx, id)?)
    });
    Ok(Json(changed.await?.into()))
}

/// Remove a saved reply.
#[utoipa::path(delete, path = "/v1/saved-replies/{saved_reply}", tag = "conversations", operation_id = "remove_saved_reply", params(("saved_reply" = Id, Path)), responses((status = 204)))]
async fn remove(State(app): State<ApiState>, caller: Caller, InPath(id): InPath<SavedReplyId>) -> ApiResult<StatusCode> {
    app.write("conversations.remove_saved_reply", move |tx| Ok(conversations::remove_saved_reply(tx, &caller, id)?)).await?;
    Ok(StatusCode::NO_CONTENT)
}
