//! The rehearsal: the guided five-minute story. You play the customer on a phone at the left; at the right is the agent's desk.
//!
//! It needs the simulators of a demonstration or of a brand that is not live yet. Nothing here is known to the rooms: what is
//! written on the phone goes through the simulated far ends, and what has happened is read from the log.

mod book;
mod line;
mod phone;
mod play;
mod role;
mod steps;
mod templates;

use crate::App;
use axum::{Extension, Router};
use book::PhoneBook;

/// Routes of the rehearsal. Whoever runs the simulators delivers what they have.
pub fn routes() -> Router<App> {
    Router::new().merge(play::routes()).merge(line::routes()).merge(templates::routes()).layer(Extension(PhoneBook::default()))
}
