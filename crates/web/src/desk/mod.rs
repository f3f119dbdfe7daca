//! The agents' desk: queues, one timeline per person, a composer that knows which channels are open, the customer beside it.
//!
//! Every change answers twice: a plain form gets a redirect, htmx the fragments that changed. Live lines push the same fragments.

mod agent;
mod calls;
mod customer;
mod files;
mod matter;
mod message;
mod orders;
mod place;
mod queue;
mod scheduled;
mod snooze;
mod thread;
mod toast;
mod transfer;
mod wall;
mod words;

pub(crate) use words::order_state;

use crate::{App, Page, StaffMember};
use axum::Router;

/// The single keys as they are at first, and the text of what each does. Every reader may change them (WCAG 2.1.4).
pub(crate) const KEYS: [(&str, &str); 17] = [
    ("j", "keys-next"),
    ("k", "keys-previous"),
    ("r", "reply"),
    ("n", "note"),
    ("c", "keys-channel"),
    ("a", "assign"),
    ("t", "transfer"),
    ("v", "room-start"),
    ("g", "tag-add"),
    ("m", "promise-new"),
    ("s", "snooze"),
    ("e", "resolve"),
    ("E", "resolve-next"),
    ("l", "keys-call"),
    ("h", "keys-hold"),
    ("/", "search"),
    ("?", "keys"),
];

/// Pages of the desk.
pub fn routes() -> Router<App> {
    Router::new()
        .merge(queue::routes())
        .merge(matter::routes())
        .merge(message::routes())
        .merge(customer::routes())
        .merge(orders::routes())
        .merge(files::routes())
        .merge(agent::routes())
        .merge(transfer::routes())
        .merge(calls::routes())
        .merge(wall::routes())
        .merge(scheduled::routes())
}

/// The page with who is signed in.
fn signed(page: Page, me: &StaffMember) -> Page {
    let roles: Vec<String> = me.staff.roles.iter().map(|role| page.t(&format!("desk-role-{}", role.as_str().replace('_', "-")))).collect();
    let detail = roles.join(", ");
    page.signed_in(me.staff.name.clone(), detail)
}

/// A fresh name for one intent, for a form's hidden field: sending the form twice says it once.
pub(crate) fn fresh_key() -> String {
    use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
    URL_SAFE_NO_PAD.encode(rand::random::<[u8; 16]>())
}
