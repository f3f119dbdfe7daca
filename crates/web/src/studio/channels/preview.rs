//! The widget as it will look on the shop's own site.

use crate::studio::Entered;
use crate::{Answer, App, Page, show};
use askama::Template;
use axum::Router;
use axum::routing::get;
use kernel::Permission;

pub(super) fn routes() -> Router<App> {
    Router::new().route("/studio/channels/preview", get(preview))
}

#[derive(Template)]
#[template(path = "studio/channels/preview.html")]
struct Preview {
    page: Page,
}

async fn preview(Entered { page, me }: Entered) -> Answer {
    me.actor.require(Permission::ManageChannels)?;
    show(&Preview { page })
}
