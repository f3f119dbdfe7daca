//! Collections: shelves that fill themselves, and what stands first on them.

mod builder;
mod edit;
mod rows;

use super::{Entered, Me};
use crate::ui::{Badge, Tone};
use crate::{Answer, App, Page, show};
use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::routing::get;
use catalogue::collections::{self, CollectionState};
use kernel::{Fault, Permission};
use rows::Known;

/// Routes of these pages.
pub(super) fn routes() -> Router<App> {
    Router::new().route("/studio/collections", get(list)).merge(edit::routes())
}

/// One collection.
struct Row {
    href: String,
    name: String,
    /// In the shop.
    address: String,
    says: String,
    size: String,
    state: Option<Badge>,
}

#[derive(Template)]
#[template(path = "studio/collections/list.html")]
struct List {
    page: Page,
    me: Me,
    rows: Vec<Row>,
}

async fn list(State(app): State<App>, Entered { page, me }: Entered) -> Answer {
    me.actor.require(Permission::ViewCatalogue)?;
    let read = app.db.read(|tx| {
        let found = collections::collections(tx)?;
        let sized = found.into_iter().map(|one| Ok((collections::size(tx, &one)?, one))).collect::<Result<Vec<_>, Fault>>()?;
        Ok::<_, Fault>((catalogue::categories(tx)?, sized))
    });
    let (categories, found) = read.await?;
    let known = Known::new(&app, &page, &categories);
    let row = |(size, one): &(i64, collections::Collection)| Row {
        href: format!("/studio/collections/{}", one.id),
        name: one.name.get(page.locale).to_owned(),
        address: format!("/collections/{}", one.slug),
        says: rows::says(&page, &known, &one.rule),
        size: crate::format::number(*size, page.locale),
        state: (one.state == CollectionState::Building).then(|| Badge::state(Tone::Live, page.t("collection-building"))),
    };
    let rows = found.iter().map(row).collect();
    show(&List { rows, page, me })
}
