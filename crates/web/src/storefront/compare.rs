//! Products side by side, in the shop.

use super::visitor::{Aisle, Visitor};
use crate::compare::{Comparison, asked, read};
use crate::{Answer, App, Page, show};
use askama::Template;
use axum::extract::{RawQuery, State};

#[derive(Template)]
#[template(path = "storefront/compare.html")]
struct Compare {
    page: Page,
    aisles: Vec<Aisle>,
    comparison: Comparison,
}

pub(super) async fn compare(State(app): State<App>, visitor: Visitor, RawQuery(query): RawQuery) -> Answer {
    let (at, context, page) = (app.clone(), visitor.prices(&app), visitor.page.clone());
    let handles = asked(query.as_deref());
    let comparison = app.db.read(move |tx| read(tx, (&at, &page), &context, &handles, ("/compare", "/products"))).await?;
    show(&Compare { page: visitor.page, aisles: visitor.aisles, comparison })
}
