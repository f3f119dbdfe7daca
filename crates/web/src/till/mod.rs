//! The till: what an associate holds in one hand while they talk. One field understands whatever is scanned or typed; the cart is
//! the same as on the customer's phone; money, pickups and returns are forms of one step.
//!
//! Everything works without scripts. The cart and the stock are fragments, so that they can be pushed live and changed in place.

mod address;
mod basket;
mod cart;
mod compare;
mod counter;
mod customer;
mod customers;
mod edit_cart;
mod find;
mod habits;
mod line;
mod order;
mod order_view;
mod pay;
mod picking;
mod pickup;
mod pickups;
mod product;
mod product_view;
mod receipt;
mod returns;
mod shop;
mod start;
mod stock;
mod take_back;
mod take_back_view;
mod tender;
mod words;

use crate::App;
use axum::Router;

/// Pages of the till.
pub(crate) fn routes() -> Router<App> {
    Router::new()
        .merge(start::routes())
        .merge(shop::routes())
        .merge(find::routes())
        .merge(product::routes())
        .merge(compare::routes())
        .merge(stock::routes())
        .merge(cart::routes())
        .merge(edit_cart::routes())
        .merge(address::routes())
        .merge(customers::routes())
        .merge(customer::routes())
        .merge(pay::routes())
        .merge(order::routes())
        .merge(receipt::routes())
        .merge(pickups::routes())
        .merge(pickup::routes())
        .merge(returns::routes())
        .merge(take_back::routes())
}

/// A fresh name for one intent, for a form's hidden field: sending the form twice does it once.
fn fresh_key() -> String {
    use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
    URL_SAFE_NO_PAD.encode(rand::random::<[u8; 16]>())
}
