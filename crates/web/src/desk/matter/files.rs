//! Files of an answer that is being written.

use super::MatterPage;
use super::at::AtMatter;
use crate::attach::keep;
use crate::posted::{Posted, ROOM};
use crate::{Answer, App, StaffMember, show};
use axum::Router;
use axum::extract::{DefaultBodyLimit, Path, State};
use axum::routing::{get, post};
use conversations::UploadId;
use kernel::Permission;

pub(super) fn routes() -> Router<App> {
    Router::new().route("/desk/matters/{id}/files", post(change).layer(DefaultBodyLimit::max(ROOM))).route("/desk/uploads/{id}", get(look))
}

/// Add what was chosen, take away what shall not go; everything else of the form stays as it was.
async fn change(at: AtMatter, posted: Posted) -> Answer {
    at.me.actor.require(Permission::Reply)?;
    let form = keep(&at.app, &at.page, &at.me.actor.to_string(), posted).await?;
    let desk = at.load(form).await?;
    let pane = at.place.pane();
    if at.page.partial { show(desk.composer.files()) } else { show(&MatterPage { page: at.page, desk, pane }) }
}

/// The file itself, for whoever chose it.
async fn look(State(app): State<App>, me: StaffMember, Path(id): Path<UploadId>) -> Answer {
    crate::attach::look(&app, me.actor.to_string(), id).await
}
