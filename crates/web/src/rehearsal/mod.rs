//! The rehearsal: the guided five-minute story. You play the customer on a phone at the left; at the right is the agent's desk.
//!
//! It needs the simulators of a demonstration or of a brand that is not live yet. Nothing here is known to the rooms: what is
//! written on the phone goes through the simulated far ends, and what has happened is read from the log.

mod book;
mod phone;
mod play;
mod post;
mod role;
mod steps;

use crate::{App, Simulators};
use axum::{Extension, Router};
use book::PhoneBook;

/// Routes of the rehearsal; starts the simulators' postman when there is one to start and a runtime to run it.
pub fn routes(simulators: &Simulators) -> Router<App> {
    let book = PhoneBook::default();
    if let (Some(whatsapp), Ok(runtime)) = (simulators.whatsapp.clone(), tokio::runtime::Handle::try_current()) {
        runtime.spawn(post::carry(whatsapp, book.clone()));
    }
    Router::new().merge(play::routes()).layer(Extension(book))
}
