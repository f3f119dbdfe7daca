//! Tags: what matters are about, from the brand's own list.

use super::Routes;
use crate::ApiState;
use crate::http::{ApiResult, Caller, Id, InPath, InPaths, List, Once, Post, Reply, found, needs};
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use conversations::{MatterId, Tag, TagId};
use kernel::{Permission, Tx};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::routes;

pub(crate) fn routes() -> Routes {
    Routes::default()
        .routes(needs(Permission::ViewConversations, routes!(list)))
        .routes(needs(Permission::Supervise, routes!(add)))
        .routes(needs(Permission::Supervise, routes!(remove)))
        .routes(needs(Permission::ViewConversations, routes!(of_matter)))
        .routes(needs(Permission::Reply, routes!(give, take)))
}

/// A word of the brand's list.
#[derive(Serialize, ToSchema)]
struct TagView {
    #[schema(value_type = Id)]
    id: TagId,
    name: String,
    /// Whether it can still be given.
    is_active: bool,
}

impl From<Tag> for TagView {
    fn from(tag: Tag) -> Self {
        TagView { id: tag.id, name: tag.name, is_active: tag.is_active }
    }
}

/// A word for the list.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct TagCreate {
    #[schema(example = "Talla", max_length = 40)]
    name: String,
}

/// List the tags that can be given, by name.
#[utoipa::path(get, path = "/v1/tags", tag = "conversations", operation_id = "list_tags", responses((status = 200, body = List<TagView>)))]
async fn list(State(app): State<ApiState>) -> ApiResult<Json<List<TagView>>> {
    let tags = app.read(|tx| Ok(conversations::tags(tx)?)).await?;
    Ok(Json(List::whole(tags.into_iter().map(TagView::from).collect())))
}

/// Put a word on the list, or back on it; one that is there already is answered as it is.
#[utoipa::path(post, path = "/v1/tags", tag = "conversations", operation_id = "add_tag", request_body = TagCreate, responses((status = 201, body = TagView)))]
async fn add(State(app): State<ApiState>, caller: Caller, post: Post<TagCreate>) -> ApiResult<Reply> {
    let name = post.body.name.clone();
    let command = move |tx: &mut Tx<'_>, _: &Once| {
        let id = conversations::list_tag(tx, &caller, &name)?;
        Ok(TagView::from(found(conversations::tag(tx, id)?)?))
    };
    post.once.create(&app, "conversations.list_tag", command).await
}

/// Take a word off the list: matters keep it, no other gets it.
#[utoipa::path(delete, path = "/v1/tags/{tag}", tag = "conversations", operation_id = "remove_tag", params(("tag" = Id, Path)), responses((status = 204)))]
async fn remove(State(app): State<ApiState>, caller: Caller, InPath(id): InPath<TagId>) -> ApiResult<StatusCode> {
    app.write("conversations.unlist_tag", move |tx| Ok(conversations::unlist_tag(tx, &caller, id)?)).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// List what a matter is about, in the order given.
#[utoipa::path(get, path = "/v1/matters/{matter}/tags", tag = "conversations", operation_id = "list_matter_tags", params(("matter" = Id, Path)), responses((status = 200, body = List<TagView>)))]
async fn of_matter(State(app): State<ApiState>, InPath(id): InPath<MatterId>) -> ApiResult<Json<List<TagView>>> {
    let tags = app.read(move |tx| {
        found(conversations::matter(tx, id)?)?;
        Ok(conversations::tags_of(tx, id)?)
    });
    Ok(Json(List::whole(tags.await?.into_iter().map(TagView::from).collect())))
}

/// Say what a matter is about.
#[utoipa::path(put, path = "/v1/matters/{matter}/tags/{tag}", tag = "conversations", operation_id = "tag_matter", params(("matter" = Id, Path), ("tag" = Id, Path)), responses((status = 204)))]
async fn give(State(app): State<ApiState>, caller: Caller, InPaths(matter, tag): InPaths<MatterId, TagId>) -> ApiResult<StatusCode> {
    app.write("conversations.tag_matter", move |tx| Ok(conversations::tag_matter(tx, &caller, matter, tag)?)).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Say that a matter is not about this after all.
#[utoipa::path(delete, path = "/v1/matters/{matter}/tags/{tag}", tag = "conversations", operation_id = "untag_matter", params(("matter" = Id, Path), ("tag" = Id, Path)), responses((status = 204)))]
async fn take(State(app): State<ApiState>, caller: Caller, InPaths(matter, tag): InPaths<MatterId, TagId>) -> ApiResult<StatusCode> {
    app.write("conversations.untag_matter", move |tx| Ok(conversations::untag_matter(tx, &caller, matter, tag)?)).await?;
    Ok(StatusCode::NO_CONTENT)
}
