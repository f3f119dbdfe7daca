//! How, when and about what a customer is written to: addresses, order of channels, quiet hours, consents.

use super::super::visitor::{Aisle, Visitor};
use super::agreements::AgreementsView;
use super::view::{ChannelRank, Known, ranks};
use crate::{Answer, App, Form, Page, Trouble, show_as};
use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use customers::policy::QuietHours;
use customers::{ContactSetting, Person, PersonId};
use kernel::Fault;

/// Zones that are offered: where the brand's customers are likely to be. Any other that is set is shown as well.
const ZONES: [&str; 12] = [
    "Europe/Madrid",
    "Atlantic/Canary",
    "Europe/Lisbon",
    "Europe/London",
    "Europe/Paris",
    "Europe/Berlin",
    "America/Mexico_City",
    "America/Bogota",
    "America/Lima",
    "America/Santiago",
    "America/Argentina/Buenos_Aires",
    "America/New_York",
];

#[derive(Template)]
#[template(path = "storefront/account_contact.html")]
struct ContactPage {
    page: Page,
    aisles: Vec<Aisle>,
    form: Form,
    identifiers: Vec<Known>,
    channels: Vec<ChannelRank>,
    quiet_from: String,
    quiet_until: String,
    is_never: bool,
    zones: Vec<(String, String, bool)>,
    agreements: AgreementsView,
}

pub(super) async fn contact(State(app): State<App>, visitor: Visitor) -> Answer {
    page_with(app, visitor, Form::new()).await
}

/// The page, with what was refused beside its field.
pub(super) async fn page_with(app: App, visitor: Visitor, form: Form) -> Answer {
    let (_, person) = visitor.shopper.must_be_signed_in()?;
    let (person, setting) = app.db.read(move |tx| read(tx, person)).await?.ok_or_else(Trouble::sign_in)?;
    let Visitor { page, aisles, .. } = visitor;
    let is_never = setting.quiet.is_never();
    // What the hours would be if the box were taken away.
    let (quiet_from, quiet_until) = if is_never { QuietHours::default().texts() } else { setting.quiet.texts() };
    let status = if form.is_fine() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let shown = ContactPage {
        identifiers: person.identifiers.iter().filter_map(|known| Known::new(&page, known)).collect(),
        channels: ranks(&page, &person.preferred_channels),
        zones: zones(&page, &setting.zone),
        agreements: AgreementsView::new(&page, &person),
        quiet_from,
        quiet_until,
        is_never,
        form,
        page,
        aisles,
    };
    show_as(status, &shown)
}

fn read(tx: &kernel::ReadTx<'_>, person: PersonId) -> Result<Option<(Person, ContactSetting)>, Fault> {
    let Some(person) = customers::person(tx, person)? else { return Ok(None) };
    let setting = match customers::contact_setting(tx, person.id)? {
        Some(setting) => setting,
        None => ContactSetting { quiet: customers::contact_rule(tx)?.quiet, zone: String::new() },
    };
    Ok(Some((person, setting)))
}

/// The first is "find it out by my phone and postcode".
fn zones(page: &Page, chosen: &str) -> Vec<(String, String, bool)> {
    let set = (!chosen.is_empty() && !ZONES.contains(&chosen)).then_some(chosen);
    let city = |zone: &str| zone.rsplit('/').next().unwrap_or(zone).replace('_', " ");
    let named = ZONES.into_iter().chain(set).map(|zone| (zone.to_owned(), city(zone), zone == chosen));
    std::iter::once((String::new(), page.t("quiet-zone-own"), chosen.is_empty())).chain(named).collect()
}
