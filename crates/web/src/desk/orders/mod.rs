//! Orders as the desk sees them: what was bought, who supplies it, how far it is, what came back.

mod act;
mod change;
mod list;
mod view;

use super::place::Place;
use super::signed;
use crate::{Answer, App, Page, StaffMember, Trouble, part, show, stream};
use askama::Template;
use axum::Router;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use axum::routing::get;
use kernel::{Actor, Permission};
use list::OrdersView;
use orders::OrderId;
use view::OrderView;

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/desk/orders", get(list_orders))
        .route("/desk/orders/{id}", get(show_order))
        .route("/desk/orders/{id}/live", get(live))
        .merge(act::routes())
        .merge(change::routes())
}

#[derive(Template)]
#[template(path = "desk/orders.html")]
struct OrdersPage {
    page: Page,
    list: OrdersView,
}

#[derive(Template)]
#[template(path = "desk/order.html")]
struct OrderPage {
    page: Page,
    order: OrderView,
}

async fn list_orders(State(app): State<App>, page: Page, me: StaffMember, Query(place): Query<Place>) -> Answer {
    let page = signed(page, &me);
    let (shown, actor) = (page.clone(), me.actor);
    let list = app.db.read(move |tx| list::read(tx, &shown, &actor, &place)).await?;
    show(&OrdersPage { page, list })
}

async fn load(app: &App, page: Page, actor: Actor, id: OrderId) -> Result<OrderView, Trouble> {
    app.db.read(move |tx| view::read(tx, &Page { now: tx.now(), ..page.clone() }, &actor, id)).await
}

async fn show_order(State(app): State<App>, page: Page, me: StaffMember, Path(id): Path<OrderId>) -> Answer {
    let page = signed(page, &me);
    let order = load(&app, page.clone(), me.actor, id).await?;
    show(&OrderPage { page, order })
}

async fn live(State(app): State<App>, page: Page, me: StaffMember, Path(id): Path<OrderId>) -> Result<Response, Trouble> {
    me.actor.require(Permission::ViewOrders)?;
    let order = load(&app, page.clone(), me.actor.clone(), id).await?;
    let reader = app.clone();
    Ok(stream(app.hub.subscribe(order.topics()), move |_| {
        let (app, page, actor) = (reader.clone(), page.clone(), me.actor.clone());
        async move { Some(part("order", &load(&app, page, actor, id).await.ok()?.render().ok()?)) }
    }))
}
