//! Customers: find one, see everything of one, say who is the same person.

mod cart;
mod claims;
mod data;
mod search;
mod show;
mod side;

pub(super) use side::{SideView, read as read_side};

use crate::App;
use axum::Router;

pub(super) fn routes() -> Router<App> {
    Router::new().merge(search::routes()).merge(show::routes()).merge(claims::routes()).merge(cart::routes()).merge(data::routes())
}
