//! The studio and the rehearsal through their front door: a signed-in session and real forms.
#![allow(clippy::unwrap_used)]

mod brand;
mod bulk;
mod bundles;
mod catalogue_pages;
mod channels_pages;
mod collections;
mod customers_pages;
mod delivery;
mod people;
mod promotions;
mod rehearsal;
mod replies;
mod search_pages;
mod stock_pages;
mod templates;
mod two_lists;
mod whole;
