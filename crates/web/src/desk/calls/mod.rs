//! Telephone at the desk: the call bar, always in the same place, and the page of all calls.

mod act;
mod bar;
mod list;
mod softphone;

use crate::{App, Page, StaffMember, part, stream};
use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::response::Response;
use axum::routing::get;
use kernel::Permission;

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/desk/calls", get(list::show_calls))
        .route("/desk/calls/live", get(live))
        .merge(act::routes())
        .merge(softphone::routes())
}

/// The bar of every open page of the desk, from the first moment on.
async fn live(State(app): State<App>, page: Page, me: StaffMember) -> Response {
    let may = me.actor.may(Permission::Reply) && me.actor.may(Permission::ViewConversations);
    let subscription = if may { app.hub.subscribe(["room:call"]) } else { app.hub.subscribe(["no calls"]) };
    stream(subscription, move |_| {
        let (app, page, me) = (app.clone(), page.clone(), me.clone());
        async move {
            let at = Page { now: app.db.clock().now(), ..page };
            let view = app.db.read(move |tx| bar::read(tx, &at, &me, may)).await.ok()?;
            Some(part("call-bar", &view.render().ok()?))
        }
    })
}
