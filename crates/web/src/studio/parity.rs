//! Whether every channel shows the same: what the watch found, and what it found before.

use super::{Entered, Me};
use crate::parity::Incident;
use crate::ui::Moment;
use crate::{Answer, App, Page, show};
use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::routing::get;
use kernel::Permission;

/// Routes of this page.
pub(super) fn routes() -> Router<App> {
    Router::new().route("/studio/parity", get(parity))
}

/// One difference that stands.
struct Row {
    href: String,
    name: String,
    sku: String,
    door: String,
    shown: String,
    right: String,
    cause: String,
    since: Moment,
}

#[derive(Template)]
#[template(path = "studio/parity.html")]
struct Parity {
    page: Page,
    me: Me,
    says: String,
    rows: Vec<Row>,
}

async fn parity(State(app): State<App>, Entered { page, me }: Entered) -> Answer {
    me.actor.require(Permission::ViewHealth)?;
    let standing = app.parity().standing();
    let says = match &standing.last {
        Some((at, name)) => page.tw(
            "parity-last",
            &[
                ("n", i64::try_from(standing.checks).unwrap_or(i64::MAX).into()),
                ("name", name.as_str().into()),
                ("when", crate::format::when(*at, page.now, page.locale).into()),
            ],
        ),
        None => page.t("parity-begins"),
    };
    let rows = standing.open.iter().map(|incident| row(&page, incident)).collect();
    show(&Parity { says, rows, page, me })
}

fn row(page: &Page, Incident { difference, since }: &Incident) -> Row {
    let key = |room: &str, word: &str| page.t(&format!("parity-{room}-{}", word.replace('_', "-")));
    let value = |text: &str| match text {
        "" => page.t("parity-nothing"),
        "in_stock" | "out_of_stock" | "true" | "false" => key("value", text),
        text => text.to_owned(),
    };
    Row {
        href: format!("/studio/products/{}", difference.product),
        name: difference.name.clone(),
        sku: difference.sku.clone(),
        door: format!("{} · {}", key("door", difference.door.as_str()), key("aspect", difference.aspect.as_str())),
        shown: value(&difference.shown),
        right: value(&difference.right),
        cause: key("cause", difference.cause.as_str()),
        since: Moment::ago(*since, page.now, page.locale),
    }
}
