//! The cart on its own page, live.

use super::basket::{self, Basket};
use super::counter::{Counter, clear, take_up};
use crate::{Answer, App, Flash, Page, Trouble, part, show, stream};
use askama::Template;
use axum::Router;
use axum::extract::{Path, State};
use axum::response::Response;
use axum::routing::{get, post};
use orders::{AbandonCart, CartId};

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/till/cart", get(show_cart))
        .route("/till/cart/live", get(live))
        .route("/till/cart/end", post(end))
        .route("/till/carts/{id}", post(continue_cart))
}

#[derive(Template)]
#[template(path = "till/cart.html")]
struct CartPage {
    page: Page,
    basket: Basket,
}

async fn show_cart(State(app): State<App>, counter: Counter) -> Answer {
    let basket = basket::load(&app, &counter, String::new()).await?;
    show(&CartPage { page: counter.page, basket })
}

/// The cart again whenever anybody changes it: the customer on their phone, an agent at the desk.
async fn live(State(app): State<App>, counter: Counter) -> Result<Response, Trouble> {
    let at = counter.clone();
    let cart = app.db.read(move |tx| at.cart(tx)).await?;
    let topics = cart.map(|cart| format!("subject:{}", cart.id));
    Ok(stream(app.hub.subscribe(topics), move |_| {
        let (app, counter) = (app.clone(), counter.clone());
        async move {
            let basket = basket::load(&app, &counter, String::new()).await.ok()?;
            Some(part("basket", &basket.render().ok()?))
        }
    }))
}

/// Put this cart aside, emptied if it was this device's own: the next customer.
async fn end(State(app): State<App>, counter: Counter) -> Answer {
    let at = counter.clone();
    let own = move |tx: &mut kernel::Tx<'_>| match at.cart(tx)? {
        // A customer's cart stays theirs.
        Some(cart) if cart.profile.is_none() => {
            orders::abandon_cart(tx, &at.actor, &AbandonCart { cart: cart.id, channel: kernel::Channel::Till })
        }
        _ => Ok(()),
    };
    app.db.write("till.end", own).await?;
    let mut response = counter.page.go_saying("/till", &Flash::ok("till-ended"))?;
    clear(response.headers_mut());
    Ok(response)
}

/// Put a cart of a customer on the counter.
async fn continue_cart(State(app): State<App>, counter: Counter, Path(id): Path<CartId>) -> Answer {
    let actor = counter.actor.clone();
    let cart = app.db.read(move |tx| orders::cart(tx, id)).await?;
    let cart = cart.filter(|cart| cart.may_be_changed_by(&actor)).ok_or_else(Trouble::not_found)?;
    let mut response = counter.page.go("/till/cart")?;
    take_up(response.headers_mut(), cart.id, app.secure);
    Ok(response)
}
