//! The customer's account: signed in by a one-time code, never by a password.

mod send_code;
mod settings;
mod sign_in;
mod view;

use super::visitor::{Aisle, Visitor};
use crate::{Answer, App, Page, Trouble, show};
use askama::Template;
use axum::extract::State;
use kernel::Fault;
use view::{Agreement, ChannelRank, Known, MatterRow, OrderRow};

pub(super) use settings::{change_channels, change_consents, change_name};
pub(super) use sign_in::{ask_code, confirm, form, sign_out};

/// Orders and matters on the page.
const MOST: usize = 10;

#[derive(Template)]
#[template(path = "storefront/account.html")]
struct AccountPage {
    page: Page,
    aisles: Vec<Aisle>,
    name: String,
    orders: Vec<OrderRow>,
    identifiers: Vec<Known>,
    matters: Vec<MatterRow>,
    channels: Vec<ChannelRank>,
    agreements: Vec<Agreement>,
}

pub(super) async fn account(State(app): State<App>, visitor: Visitor) -> Answer {
    let (_, person) = visitor.shopper.must_be_signed_in()?;
    let read = app.db.read(move |tx| {
        let Some(person) = customers::person(tx, person)? else { return Ok(None) };
        let profiles: Vec<_> = person.profiles.iter().map(|profile| profile.id).collect();
        let orders = orders::orders_of(tx, &profiles, None, MOST)?.items;
        let matters = conversations::matters_of(tx, &profiles, MOST)?;
        Ok::<_, Fault>(Some((person, orders, matters)))
    });
    let (person, orders, matters) = read.await?.ok_or_else(Trouble::sign_in)?;
    let Visitor { page, aisles, .. } = visitor;
    show(&AccountPage {
        name: person.name.text.clone(),
        orders: orders.iter().map(|order| OrderRow::new(&page, order)).collect(),
        identifiers: person.identifiers.iter().filter_map(|known| Known::new(&page, known)).collect(),
        matters: matters.iter().map(|matter| MatterRow::new(&page, matter)).collect(),
        channels: view::ranks(&page, &person.preferred_channels),
        agreements: view::agreements(&page, &person.consents),
        page,
        aisles,
    })
}
