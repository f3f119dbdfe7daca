//! Files of messages, for whoever works here.

use crate::{Answer, App, StaffMember, Trouble};
use axum::Router;
use axum::extract::{Path, State};
use axum::response::IntoResponse;
use axum::routing::get;
use channels::file_headers;
use conversations::AttachmentId;
use kernel::Permission;

pub(super) fn routes() -> Router<App> {
    Router::new().route("/desk/attachments/{id}", get(download))
}

async fn download(State(app): State<App>, me: StaffMember, Path(id): Path<AttachmentId>) -> Answer {
    me.actor.require(Permission::ViewConversations)?;
    let (file, bytes) = app.db.read(move |tx| conversations::attachment(tx, id)).await?.ok_or_else(Trouble::not_found)?;
    Ok((file_headers(&file.content_type, &file.file_name), bytes).into_response())
}
