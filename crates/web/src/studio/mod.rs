//! The studio: what is sold, where it lies, who works here, how the brand is reached, and whether all is well.
//!
//! Every change is a command with the member of staff as actor; pages hide what a role may not do, and commands refuse it anyway.

mod amount;
mod audit;
mod channels;
mod collections;
mod companies;
mod customers;
mod delivery;
mod entered;
mod health;
mod home;
mod hours;
mod keys;
mod locations;
mod parity;
mod payments;
mod privacy;
mod products;
mod promotions;
mod ratings;
mod search;
mod segments;
mod service;
mod staff;
mod stock;
mod tell;
mod templates;
mod uploads;
mod video;
mod why;

pub(crate) use companies::pays;
pub(crate) use entered::{Entered, Me};
pub(crate) use why::why;

use crate::App;
use axum::Router;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};

/// Every page of the studio.
pub fn routes() -> Router<App> {
    Router::new()
        .merge(home::routes())
        .merge(products::routes())
        .merge(collections::routes())
        .merge(promotions::routes())
        .merge(customers::routes())
        .merge(stock::routes())
        .merge(locations::routes())
        .merge(delivery::routes())
        .merge(companies::routes())
        .merge(segments::routes())
        .merge(service::routes())
        .merge(ratings::routes())
        .merge(search::routes())
        .merge(staff::routes())
        .merge(keys::routes())
        .merge(audit::routes())
        .merge(privacy::routes())
        .merge(channels::routes())
        .merge(payments::routes())
        .merge(templates::routes())
        .merge(video::routes())
        .merge(health::routes())
        .merge(parity::routes())
}

/// A name for one intent, put into a form when it is shown: sending the form twice is one intent.
pub(crate) fn intent() -> String {
    URL_SAFE_NO_PAD.encode(rand::random::<[u8; 12]>())
}

/// A text as the value of a query's parameter.
pub(crate) fn in_query(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'~');
    text.bytes().map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }).collect()
}
