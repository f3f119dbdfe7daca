//! Files of an answer that is being written.

use super::{Desk, MatterPage, load};
use crate::attach::keep;
use crate::desk::place::Place;
use crate::desk::signed;
use crate::posted::{Posted, ROOM};
use crate::{Answer, App, Page, StaffMember, show};
use axum::Router;
use axum::extract::{DefaultBodyLimit, Path, Query, State};
use axum::routing::{get, post};
use conversations::{MatterId, UploadId};
use kernel::Permission;

pub(super) fn routes() -> Router<App> {
    Router::new().route("/desk/matters/{id}/files", post(change).layer(DefaultBodyLimit::max(ROOM))).route("/desk/uploads/{id}", get(look))
}

/// Add what was chosen, take away what shall not go; everything else of the form stays as it was.
async fn change(
    State(app): State<App>,
    page: Page,
    me: StaffMember,
    Path(id): Path<MatterId>,
    Query(place): Query<Place>,
    posted: Posted,
) -> Answer {
    me.actor.require(Permission::Reply)?;
    let page = signed(page, &me);
    let form = keep(&app, &page, &me.actor.to_string(), posted).await?;
    let pane = place.pane();
    let desk: Desk = load(&app, page.clone(), me, id, place, form).await?;
    if page.partial { show(desk.composer.files()) } else { show(&MatterPage { page, desk, pane }) }
}

/// The file itself, for whoever chose it.
async fn look(State(app): State<App>, me: StaffMember, Path(id): Path<UploadId>) -> Answer {
    crate::attach::look(&app, me.actor.to_string(), id).await
}
