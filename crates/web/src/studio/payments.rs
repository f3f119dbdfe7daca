//! Where customers pay online, and what a gateway would not do.

mod edit;
mod kinds;
mod list;

use crate::App;
use axum::Router;

pub(super) fn routes() -> Router<App> {
    Router::new().merge(list::routes()).merge(edit::routes())
}
