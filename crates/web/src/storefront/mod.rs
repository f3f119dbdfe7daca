//! The shop that customers see: everything works without scripts; htmx makes it quick, and live lines keep it true.

mod account;
mod call_me;
mod cards;
pub(crate) mod cart;
mod checkout;
pub(crate) mod codes;
mod collection;
mod compare;
mod experts;
mod help;
mod hold;
mod home;
mod json_ld;
mod list;
mod menu;
mod near;
mod order;
mod pay;
mod pay_gateway;
mod preferences;
pub(crate) mod product;
pub(crate) mod seen;
mod self_service;
pub(crate) mod shops;
mod survey;
pub(crate) mod visitor;
pub(crate) mod words;

use crate::kept::kept;
use crate::{App, pictures};
use axum::Router;
use axum::middleware::from_fn_with_state;
use axum::routing::{get, post};

/// Routes of the storefront.
pub(crate) fn routes(app: &App) -> Router<App> {
    let buying = Router::new()
        .route("/cart", get(cart::show_cart))
        .route("/cart/lines", post(cart::add))
        .route("/cart/change", post(cart::change))
        .route("/cart/coupon", post(cart::coupon))
        .route("/cart/share", post(cart::share))
        .route("/cart/live", get(cart::live))
        .route("/checkout", get(checkout::show_checkout).post(checkout::place))
        .route("/checkout/delivery", axum::routing::post(checkout::delivery))
        .route("/pay/{token}", get(pay::show_page).post(pay::press))
        .route("/pay/{token}/go", get(pay_gateway::go))
        .route("/orders/find", get(order::find_form).post(order::find))
        .route("/orders/{token}", get(order::show_order))
        .route("/orders/{token}/live", get(order::live))
        .route("/orders/{token}/payment", post(order::pay))
        .route("/orders/{token}/change", get(order::change_form).post(order::change))
        .route("/orders/{token}/label", get(order::label))
        .route("/orders/{token}/review", get(order::review_form).post(order::review))
        .route("/orders/{token}/return", get(order::give_back_form).post(order::give_back));
    let preferences = Router::new()
        .route("/preferences/{token}", get(preferences::preferences).post(preferences::save))
        .route("/preferences/{token}/stop", post(preferences::stop))
        .route("/survey/{token}", get(survey::show_survey).post(survey::save));
    let same_for_many = Router::new()
        .route("/", get(home::home))
        .route("/products", get(list::list))
        .route("/products/{handle}", get(product::show_product))
        .route_layer(from_fn_with_state(app.clone(), kept));
    Router::new()
        .merge(same_for_many)
        .route("/collections/{slug}", get(collection::show_collection))
        .route("/compare", get(compare::compare))
        .route("/suggestions", get(list::suggest))
        .route("/products/{handle}/live", get(product::live))
        .route("/products/{handle}/shops", get(product::shops))
        .route("/products/{handle}/ratings", post(product::ratings::rate))
        .route("/near", get(near::choose))
        .route("/holds", post(hold::hold))
        .route("/shops", get(shops::list))
        .route("/shops/mine", post(shops::choose))
        .route("/shops/{code}/menu", get(menu::menu))
        .route("/shops/{code}/menu/live", get(menu::live))
        .route("/help", get(help::help))
        .route("/help/messages", post(help::ask))
        .route("/help/experts", get(experts::list))
        .route("/help/experts/{team}", post(experts::ask))
        .route("/help/returns", get(help::returns))
        .merge(buying)
        .merge(codes::routes())
        .merge(account::routes())
        .merge(call_me::routes())
        .merge(self_service::routes())
        .merge(preferences)
        .merge(pictures::routes())
}

/// Only a path of this site: a full address would let a stranger choose where our form leads.
pub(crate) fn own_path(path: &str, otherwise: &str) -> String {
    let plain = path.starts_with('/') && !path.starts_with("//") && !path.contains('\\') && !path.chars().any(char::is_control);
    if plain { path.to_owned() } else { otherwise.to_owned() }
}
