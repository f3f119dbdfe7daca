//! The video room: a page for the customer who holds the link and one for the agent, the same inside. Picture and sound go from browser
//! to browser; we pass on what the two need to find each other, and keep none of it.

mod agent;
mod beside;
mod guest;
mod inside;
mod line;
mod signals;
mod view;

use crate::App;
use axum::Router;
use axum::extract::Extension;
use axum::routing::{get, post};
use signals::Signals;

/// Routes of the rooms: what only one of the two does, then what both do, under the address of each.
pub(crate) fn routes() -> Router<App> {
    let mut router = Router::new()
        .route("/rooms/{room}", get(guest::show_room))
        .route("/rooms/{room}/entry", post(guest::enter))
        .route("/rooms/{room}/call", post(guest::call_me))
        .route("/desk/matters/{id}/room", post(agent::open))
        .route("/desk/rooms/{room}", get(agent::show_room))
        .route("/desk/rooms/{room}/link", post(agent::link));
    for base in ["/rooms/{room}", "/desk/rooms/{room}"] {
        router = router
            .route(&format!("{base}/line"), get(line::line))
            .route(&format!("{base}/signals"), post(line::signal))
            .route(&format!("{base}/live"), get(beside::live))
            .route(&format!("{base}/messages"), post(beside::say))
            .route(&format!("{base}/seen"), post(beside::seen))
            .route(&format!("{base}/cart"), post(beside::change_cart))
            .route(&format!("{base}/end"), post(inside::end));
    }
    router.layer(Extension(Signals::default()))
}
