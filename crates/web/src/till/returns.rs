//! Find the order that goods came from, by whatever the customer has.

use super::counter::Counter;
use super::find::{Row, order_row, orders_like, people_like};
use crate::{Answer, App, Page, show};
use askama::Template;
use axum::Router;
use axum::extract::{Query, State};
use axum::routing::get;
use customers::Identifier;
use kernel::{Fault, Permission, ReadTx};
use orders::OrderHead;
use serde::Deserialize;

/// Orders shown.
const MOST: usize = 20;

pub(super) fn routes() -> Router<App> {
    Router::new().route("/till/returns", get(find))
}

#[derive(Deserialize)]
struct Asked {
    #[serde(default)]
    q: String,
}

#[derive(Template)]
#[template(path = "till/returns.html")]
struct ReturnsPage {
    page: Page,
    q: String,
    orders: Vec<Row>,
}

async fn find(State(app): State<App>, counter: Counter, Query(asked): Query<Asked>) -> Answer {
    counter.actor.require(Permission::ViewOrders)?;
    let q: String = asked.q.trim().chars().take(300).collect();
    let (at, typed) = (counter.clone(), q.clone());
    let found = if q.is_empty() { Vec::new() } else { app.db.read(move |tx| look(tx, &at, &typed)).await? };
    let page = counter.page;
    if let [only] = found.as_slice() {
        return page.go(&format!("/till/orders/{}/return", only.id));
    }
    let row = |order: &OrderHead| Row { href: format!("/till/orders/{}/return", order.id), ..order_row(&page, order) };
    show(&ReturnsPage { orders: found.iter().map(row).collect(), q, page })
}

/// Orders by number, QR, code, contact; else those of the people whom the text names.
fn look(tx: &ReadTx<'_>, at: &Counter, q: &str) -> Result<Vec<OrderHead>, Fault> {
    let code = q.split(['?', '#']).next().unwrap_or_default().trim_end_matches('/').rsplit('/').next().unwrap_or_default();
    if code.len() > 26
        && let Some(order) = orders::order_by_token(tx, code)?
    {
        return Ok(vec![order.head]);
    }
    let mut found = orders_like(tx, at, q)?;
    // A telephone as people write it.
    if found.is_empty()
        && let Ok(phone) = Identifier::phone(q, customers::HOME_REGION)
    {
        found = orders_like(tx, at, phone.value())?;
    }
    let mut profiles = Vec::new();
    for card in people_like(tx, at, q)?.into_iter().take(5) {
        profiles.extend(customers::profiles_of(tx, card.person)?);
    }
    for order in orders::orders_of(tx, &profiles, None, MOST)?.items {
        if !found.iter().any(|known| known.id == order.id) {
            found.push(order);
        }
    }
    found.sort_by_key(|order| std::cmp::Reverse((order.placed_at, order.id)));
    found.truncate(MOST);
    Ok(found)
}
