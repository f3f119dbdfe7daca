//! Choose the shop that this device stands in.

use super::counter::stand_in;
use crate::storefront::own_path;
use crate::storefront::visitor::is_shop;
use crate::{Answer, App, Form, Page, StaffMember, Trouble, show};
use askama::Template;
use axum::Router;
use axum::extract::{Query, State};
use axum::routing::get;
use inventory::LocationId;
use serde::Deserialize;

pub(super) fn routes() -> Router<App> {
    Router::new().route("/till/shop", get(choose).post(chosen))
}

#[derive(Template)]
#[template(path = "till/shop.html")]
struct ShopPage {
    page: Page,
    next: String,
    shops: Vec<Choice>,
}

struct Choice {
    id: String,
    name: String,
    address: String,
    is_own: bool,
}

#[derive(Deserialize)]
struct Next {
    #[serde(default)]
    next: String,
}

async fn choose(State(app): State<App>, page: Page, me: StaffMember, Query(query): Query<Next>) -> Answer {
    let found = app.db.read(|tx| inventory::locations(tx, false, None, 200)).await?;
    let own = me.staff.location.clone().unwrap_or_default();
    let mut shops: Vec<_> = found
        .into_iter()
        .filter(is_shop)
        .map(|shop| Choice {
            id: shop.id.to_string(),
            is_own: shop.details.code == own,
            address: format!("{}, {}", shop.details.address, shop.details.city),
            name: shop.details.name,
        })
        .collect();
    shops.sort_by_key(|shop| !shop.is_own);
    show(&ShopPage { page: page.signed_in(me.staff.name, ""), next: own_path(&query.next, "/till"), shops })
}

async fn chosen(State(app): State<App>, page: Page, _me: StaffMember, form: Form) -> Answer {
    let id: LocationId = form.value("shop").parse().map_err(|_| Trouble::not_found())?;
    let shop = app.db.read(move |tx| inventory::location(tx, id)).await?.filter(is_shop).ok_or_else(Trouble::not_found)?;
    let mut response = page.go(&own_path(form.value("next"), "/till"))?;
    stand_in(response.headers_mut(), shop.id, app.secure);
    Ok(response)
}
