//! The queues: what waits, whose it is, and for how long.

mod mentions;
mod name;
mod rows;
mod tabs;
mod view;

pub(super) use name::{QueueName, key_text, parse_key};
pub(super) use view::{QueueView, read};

use super::place::Place;
use super::signed;
use crate::{Answer, App, Page, StaffMember, Trouble, part, show, stream};
use askama::Template;
use axum::Router;
use axum::extract::{Query, State};
use axum::response::Response;
use axum::routing::get;
use conversations::MatterId;
use kernel::Permission;

/// Topics that change a queue.
pub(super) const TOPICS: [&str; 5] = ["room:message", "room:matter", "room:transfer", "room:mention", "room:promise"];

pub(super) fn routes() -> Router<App> {
    Router::new().route("/desk", get(show_queue)).route("/desk/live", get(live))
}

#[derive(Template)]
#[template(path = "desk/queue.html")]
struct QueuePage {
    page: Page,
    queue: QueueView,
}

async fn show_queue(State(app): State<App>, page: Page, me: StaffMember, Query(place): Query<Place>) -> Answer {
    let page = signed(page, &me);
    let queue = load(&app, page.clone(), me, &place, None).await?;
    // Who scrolls on asks for nothing but the rows.
    if page.partial { show(&queue.further()) } else { show(&QueuePage { page, queue }) }
}

/// The queue of this address, beside the matter that is looked at.
pub(super) async fn load(app: &App, page: Page, me: StaffMember, place: &Place, current: Option<MatterId>) -> Result<QueueView, Trouble> {
    let place = place.clone();
    app.db.read(move |tx| read(tx, &Page { now: tx.now(), ..page.clone() }, &me, &place, current)).await
}

async fn live(State(app): State<App>, page: Page, me: StaffMember, Query(place): Query<Place>) -> Result<Response, Trouble> {
    me.actor.require(Permission::ViewConversations)?;
    let page = signed(page, &me);
    let reader = app.clone();
    Ok(stream(app.hub.subscribe(TOPICS), move |_| {
        let (app, page, me, place) = (reader.clone(), page.clone(), me.clone(), place.clone());
        async move {
            let parts = load(&app, page, me, &place, None).await.ok()?.parts().ok()?;
            Some(parts.iter().map(|(id, html)| part(id, html)).collect())
        }
    }))
}
