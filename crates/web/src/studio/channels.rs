//! How the brand is reached: accounts, their state, and setting one up in a few plain steps.

mod connect;
mod kinds;
mod list;
mod one;
mod preview;
mod saved;
mod trial;

pub(super) use list::state;

use crate::App;
use axum::Router;

/// Routes of these pages.
pub(super) fn routes() -> Router<App> {
    Router::new().merge(list::routes()).merge(one::routes()).merge(trial::routes()).merge(connect::routes()).merge(preview::routes())
}
