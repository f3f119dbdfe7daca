//! Products side by side, on the tablet: the same lines as in the shop.

use super::counter::Counter;
use crate::compare::{Comparison, asked, read};
use crate::{Answer, App, Page, show};
use askama::Template;
use axum::Router;
use axum::extract::{RawQuery, State};
use axum::routing::get;

pub(super) fn routes() -> Router<App> {
    Router::new().route("/till/compare", get(compare))
}

#[derive(Template)]
#[template(path = "till/compare.html")]
struct Compare {
    page: Page,
    comparison: Comparison,
}

async fn compare(State(app): State<App>, counter: Counter, RawQuery(query): RawQuery) -> Answer {
    let (at, page) = (app.clone(), counter.page.clone());
    let (context, handles) = (counter.prices(app.brand.currency), asked(query.as_deref()));
    let comparison = app.db.read(move |tx| read(tx, (&at, &page), &context, &handles, ("/till/compare", "/till/products"))).await?;
    show(&Compare { page: counter.page, comparison })
}
