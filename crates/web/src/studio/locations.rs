//! Shops and warehouses: where they are and when they are open.

mod details;
mod edit;

use super::{Entered, Me};
use crate::ui::{Badge, Tone};
use crate::{Answer, App, Page, show};
use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::routing::get;
use inventory::Location;

/// Places that are listed.
const MOST: i64 = 500;

/// Routes of these pages.
pub(super) fn routes() -> Router<App> {
    Router::new().route("/studio/locations", get(list)).merge(edit::routes())
}

/// One place.
struct Row {
    href: String,
    name: String,
    code: String,
    kind: String,
    city: String,
    today: String,
    state: Badge,
    collects: bool,
    ships: bool,
}

#[derive(Template)]
#[template(path = "studio/locations/list.html")]
struct List {
    page: Page,
    me: Me,
    rows: Vec<Row>,
}

async fn list(State(app): State<App>, Entered { page, me }: Entered) -> Answer {
    let places = app.db.read(move |tx| inventory::locations(tx, true, None, MOST)).await?;
    let rows = places.iter().map(|place| row(&page, place)).collect();
    show(&List { rows, page, me })
}

fn row(page: &Page, place: &Location) -> Row {
    let details = &place.details;
    let spans: Vec<_> = place.opening_today(page.now).iter().map(ToString::to_string).collect();
    let (tone, key) = match (details.is_active, place.is_open(page.now)) {
        (false, _) => (Tone::Plain, "studio-closed-for-good"),
        (true, true) => (Tone::Ok, "studio-open-now"),
        (true, false) => (Tone::Plain, "studio-closed-now"),
    };
    Row {
        href: format!("/studio/locations/{}", place.id),
        name: details.name.clone(),
        code: details.code.clone(),
        kind: page.t(&format!("place-{}", details.kind.as_str())),
        city: details.city.clone(),
        today: if spans.is_empty() { page.t("studio-closed-today") } else { spans.join(", ") },
        state: Badge::state(tone, page.t(key)),
        collects: details.collects,
        ships: details.ships,
    }
}
