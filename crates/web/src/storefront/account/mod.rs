//! The customer's account: signed in by a one-time code, never by a password.

mod agreements;
mod company;
mod contact;
mod erasure;
mod identifiers;
mod privacy;
mod settings;
mod sign_in;
mod view;

use super::visitor::{Aisle, Visitor};
use super::words::word;
use crate::learnt::{self, Learnt};
use crate::{Answer, App, Page, Trouble, show};
use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::routing::{get, post};
use customers::QueryError;
use kernel::Actor;
use view::{Known, MatterRow, OrderRow};

pub(super) use agreements::{AgreementsView, save_answers, stop_all};

/// Orders and matters on the page.
const MOST: usize = 10;

/// Everything below `/account`.
pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/account", get(account))
        .route("/account/sign-in", get(sign_in::form).post(sign_in::ask_code))
        .route("/account/confirm", post(sign_in::confirm))
        .route("/account/sign-out", post(sign_in::sign_out))
        .route("/account/name", post(settings::change_name))
        .route("/account/companies/{id}", get(company::show_company))
        .route("/account/contact", get(contact::contact))
        .route("/account/channels", post(settings::change_channels))
        .route("/account/quiet-hours", post(settings::change_quiet_hours))
        .route("/account/consents", post(settings::change_consents))
        .route("/account/identifiers", post(identifiers::ask))
        .route("/account/identifiers/confirm", post(identifiers::confirm))
        .route("/account/privacy", get(privacy::privacy))
        .route("/account/privacy/export", get(privacy::export))
        .route("/account/privacy/erasure", get(erasure::ask).post(erasure::erase))
}

#[derive(Template)]
#[template(path = "storefront/account.html")]
struct AccountPage {
    page: Page,
    aisles: Vec<Aisle>,
    name: String,
    orders: Vec<OrderRow>,
    companies: Vec<company::CompanyRow>,
    learnt: Vec<Learnt>,
    identifiers: Vec<Known>,
    matters: Vec<MatterRow>,
}

async fn account(State(app): State<App>, visitor: Visitor) -> Answer {
    let (profile, person) = visitor.shopper.must_be_signed_in()?;
    let read = app.db.read(move |tx| {
        let Some(person) = customers::person(tx, person)? else { return Ok(None) };
        let profiles: Vec<_> = person.profiles.iter().map(|profile| profile.id).collect();
        let orders = orders::orders_of(tx, &profiles, None, MOST)?.items;
        let matters = conversations::matters_of(tx, &profiles, MOST)?;
        let companies = customers::companies::companies_of(tx, person.id)?;
        let learnt = customers::learnt::preferences(tx, &Actor::customer(profile), person.id)?;
        Ok::<_, QueryError>(Some((person, orders, matters, companies, learnt)))
    });
    let (person, orders, matters, companies, learnt) = read.await?.ok_or_else(Trouble::sign_in)?;
    let Visitor { page, aisles, .. } = visitor;
    show(&AccountPage {
        name: person.name.text.clone(),
        orders: orders.iter().map(|order| OrderRow::new(&page, order)).collect(),
        companies: companies.iter().map(|member| company::CompanyRow::new(&page, member)).collect(),
        learnt: learnt::words(&page, &learnt, true, |code| word(&app, page.locale, code)),
        identifiers: person.identifiers.iter().filter_map(|known| Known::new(&page, known)).collect(),
        matters: matters.iter().map(|matter| MatterRow::new(&page, matter)).collect(),
        page,
        aisles,
    })
}
