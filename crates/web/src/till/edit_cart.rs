//! Change the cart: add, quantity, way, take out.

use super::basket;
use super::counter::Counter;
use super::words::{match_refused, parse_way, refused};
use crate::storefront::cart::coupon_refused;
use crate::storefront::own_path;
use crate::{Answer, App, Flash, Form, Trouble, show, show_refused};
use axum::Router;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::routing::post;
use flows::{EnterCoupon, EnterCouponError, MatchPrice, MatchPriceError};
use kernel::{Channel, Quantity, Tx};
use orders::{Cart, CartChange, CartError, CartLineId, ChangeCart, Way};

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/till/cart/lines", post(add))
        .route("/till/cart/lines/{line}", post(edit))
        .route("/till/cart/lines/{line}/match", post(match_line))
        .route("/till/cart/ways", post(take_all))
        .route("/till/cart/delivery", post(delivery))
        .route("/till/cart/coupon", post(coupon))
}

async fn add(State(app): State<App>, counter: Counter, form: Form) -> Answer {
    let variant = form.value("variant").parse().map_err(|_| Trouble::not_found())?;
    let quantity = Quantity(form.value("quantity").parse().unwrap_or(1));
    // "Collect" comes with the shop chosen in its own field.
    let way = match form.value("way") {
        "collect" => parse_way(&format!("collect:{}", form.value("place")), &counter.shop),
        // What goes with something is had the nearest way: here, sent, or in another shop.
        "any" => {
            let here = Way::TakeNow { location: counter.shop.id };
            let way = app.db.read(move |tx| flows::way_to_have(tx, variant, std::slice::from_ref(&here))).await?;
            let Some(way) = way else {
                let says_no = counter.page.t("goes-with-gone");
                return answer(&app, counter, &form, says_no, None).await;
            };
            Some(way)
        }
        way => parse_way(way, &counter.shop),
    };
    let change = CartChange::Add { variant, quantity, way: way.ok_or_else(bad_form)? };
    apply(&app, counter, &form, change, Some("till-added")).await
}

async fn edit(State(app): State<App>, counter: Counter, Path(line): Path<CartLineId>, form: Form) -> Answer {
    let change = if form.value("remove") == "yes" {
        CartChange::Remove { line }
    } else if let Some(way) = parse_way(form.value("way"), &counter.shop) {
        CartChange::SetWay { line, way }
    } else {
        CartChange::SetQuantity { line, quantity: Quantity(form.value("quantity").parse().map_err(|_| bad_form())?) }
    };
    apply(&app, counter, &form, change, None).await
}

/// Let a line go for the price of our web, or ask the shop's own again.
async fn match_line(State(app): State<App>, counter: Counter, Path(line): Path<CartLineId>, form: Form) -> Answer {
    let (at, currency, undo) = (counter.clone(), app.brand.currency, form.value("remove") == "yes");
    let reason: String = form.value("reason").chars().take(300).collect();
    let command = move |tx: &mut Tx<'_>| {
        let cart = at.cart(tx)?.ok_or(CartError::NotFound)?.id;
        if undo {
            return flows::unmatch_price(tx, &at.actor, cart, line);
        }
        flows::match_price(tx, &at.actor, &MatchPrice { cart, line, shop: at.shop.id, currency, reason: reason.clone() })
    };
    let says_no = match app.db.write("till.match_price", command).await {
        Ok(_) => String::new(),
        Err(MatchPriceError::Match(refusal)) => match_refused(&counter.page, refusal),
        Err(error) => refused(&counter.page, error)?,
    };
    answer(&app, counter, &form, says_no, None).await
}

async fn take_all(State(app): State<App>, counter: Counter, form: Form) -> Answer {
    let change = CartChange::SetEveryWay { way: Way::TakeNow { location: counter.shop.id } };
    apply(&app, counter, &form, change, None).await
}

/// Choose how what is sent is sent.
async fn delivery(State(app): State<App>, counter: Counter, form: Form) -> Answer {
    let method: String = form.value("delivery").chars().take(pricing::MAX_METHOD_CODE).collect();
    apply(&app, counter, &form, CartChange::SetDelivery { method: Some(method).filter(|method| !method.is_empty()) }, None).await
}

/// Enter the coupon that the customer shows, or take it out.
async fn coupon(State(app): State<App>, counter: Counter, form: Form) -> Answer {
    let code: String = if form.value("remove") == "yes" { String::new() } else { form.value("coupon").chars().take(100).collect() };
    let (at, currency) = (counter.clone(), app.brand.currency);
    let enter = move |tx: &mut Tx<'_>| {
        let cart = at.cart_to_fill(tx)?;
        flows::enter_coupon(tx, &at.actor, &EnterCoupon { cart: cart.id, code: code.clone(), currency, channel: Channel::Till })
    };
    let says_no = match app.db.write("till.enter_coupon", enter).await {
        Ok(_) => String::new(),
        Err(EnterCouponError::Coupon(refusal)) => coupon_refused(&counter.page, refusal),
        Err(error) => refused(&counter.page, error)?,
    };
    answer(&app, counter, &form, says_no, None).await
}

fn bad_form() -> Trouble {
    Trouble::of(StatusCode::UNPROCESSABLE_ENTITY)
}

/// One change, in the cart on the counter. A fragment gets the cart as it is now; a plain form goes back where it was.
async fn apply(app: &App, counter: Counter, form: &Form, change: CartChange, says: Option<&'static str>) -> Answer {
    let at = counter.clone();
    let outcome = app.db.write("till.change_cart", move |tx| change_cart(tx, &at, change.clone())).await;
    let says_no = match outcome {
        Ok(_) => String::new(),
        Err(error) => refused(&counter.page, error)?,
    };
    answer(app, counter, form, says_no, says).await
}

fn change_cart(tx: &mut Tx<'_>, at: &Counter, change: CartChange) -> Result<Cart, CartError> {
    let cart = at.cart_to_fill(tx)?;
    orders::change_cart(tx, &at.actor, ChangeCart { cart: cart.id, version: None, channel: Channel::Till, change })
}

async fn answer(app: &App, mut counter: Counter, form: &Form, says_no: String, says: Option<&'static str>) -> Answer {
    let back = own_path(form.value("back"), "/till/cart");
    if counter.page.partial {
        // The fragment's own forms lead back to the page it stands on.
        counter.page.path = back;
        let is_refused = !says_no.is_empty();
        let basket = basket::load(app, &counter, says_no).await?;
        return if is_refused { show_refused(&basket) } else { show(&basket) };
    }
    match (says_no.is_empty(), says) {
        (true, None) => counter.page.go(&back),
        (true, Some(says)) => counter.page.go_saying(&back, &Flash::ok(says)),
        (false, _) => counter.page.go_saying(&back, &Flash::bad("till-refused").with(says_no)),
    }
}
