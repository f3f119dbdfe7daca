//! Delivery: its ways and what they cost, the days on which nothing moves, and where parcels leave from.

mod days;
mod draft;
mod method;
mod sourcing;

use super::{Entered, Me};
use crate::ui::{Badge, Tone};
use crate::{Answer, App, Form, Page, Trouble, show};
use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::routing::{get, post};
use kernel::{Currency, Fault, Money, Permission};
use pricing::{Area, DeliveryMethod, DeliveryZone};
use sourcing::Parcel;

/// Zones that the list names.
const NAMED: usize = 4;

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/studio/delivery", get(list))
        .route("/studio/delivery/days", post(days::save))
        .route("/studio/delivery/sourcing", post(sourcing::save))
        .route("/studio/delivery/methods/new", get(method::new).post(method::create))
        .route("/studio/delivery/methods/{code}", get(method::edit).post(method::save))
        .route("/studio/delivery/methods/{code}/removal", post(method::remove))
}

struct Row {
    href: String,
    name: String,
    carrier: String,
    zones: String,
    costs: String,
    takes: String,
    state: Badge,
}

/// All of it; the forms of days and of sourcing stand below the list.
#[derive(Template)]
#[template(path = "studio/delivery/list.html")]
struct List {
    page: Page,
    me: Me,
    rows: Vec<Row>,
    days: Form,
    weights: Form,
    /// Where a trial would be sent from; none before one is made.
    parcels: Option<Vec<Parcel>>,
    edits: bool,
    weighs: bool,
}

/// What stands in the forms below the list, where it is not what is stored.
#[derive(Default)]
struct Typed {
    days: Option<Form>,
    weights: Option<Form>,
    parcels: Option<Vec<Parcel>>,
}

async fn build(app: &App, page: Page, me: Me, typed: Typed) -> Result<List, Trouble> {
    me.actor.require(Permission::ViewCatalogue)?;
    let read =
        app.db.read(|tx| Ok::<_, Fault>((pricing::delivery_methods(tx)?, pricing::delivery_days(tx)?, pricing::sourcing_weights(tx)?)));
    let (methods, days, weights) = read.await?;
    let currency = app.brand.currency;
    Ok(List {
        rows: methods.iter().map(|method| row(&page, method, currency)).collect(),
        days: typed.days.unwrap_or_else(|| days::form_of(&days)),
        weights: typed.weights.unwrap_or_else(|| sourcing::form_of(&weights, currency)),
        parcels: typed.parcels,
        edits: me.actor.may(Permission::EditPrices),
        weighs: me.actor.may(Permission::EditLocations),
        page,
        me,
    })
}

async fn list(State(app): State<App>, Entered { page, me }: Entered) -> Answer {
    show(&build(&app, page, me, Typed::default()).await?)
}

fn row(page: &Page, method: &DeliveryMethod, currency: Currency) -> Row {
    let mut zones: Vec<String> = method.zones.iter().take(NAMED).map(|zone| area_words(page, &zone.area)).collect();
    if method.zones.len() > NAMED {
        zones.push(format!("+{}", method.zones.len() - NAMED));
    }
    let (least, most) = (method.zones.iter().map(|zone| zone.least_days).min(), method.zones.iter().map(|zone| zone.most_days).max());
    Row {
        href: format!("/studio/delivery/methods/{}", method.code),
        name: method.name.get(page.locale).to_owned(),
        carrier: method.carrier.clone(),
        zones: zones.join(" · "),
        costs: method.zones.first().map_or_else(String::new, |zone| costs(page, zone, currency)),
        takes: match (least.unwrap_or_default(), most.unwrap_or_default()) {
            (least, most) if least == most => page.tn("delivery-n-days", most),
            (least, most) => page.tw("delivery-days-between", &[("least", least.into()), ("most", most.into())]),
        },
        state: if method.is_active {
            Badge::state(Tone::Ok, page.t("delivery-offered"))
        } else {
            Badge::state(Tone::Plain, page.t("delivery-not-offered"))
        },
    }
}

/// `Península`, `FR`, `ES 07, 17`.
fn area_words(page: &Page, area: &Area) -> String {
    match area {
        Area::Everywhere => page.t("delivery-everywhere"),
        Area::Country(code) => code.clone(),
        Area::Spain(_) => page.t(&format!("delivery-{area}").to_lowercase()),
        Area::Postcodes(code, starts) => format!("{code} {}", starts.join(", ")),
    }
}

/// `3,95 €, gratis desde 50,00 €`: in the first zone.
fn costs(page: &Page, zone: &DeliveryZone, currency: Currency) -> String {
    let Some(fee) = zone.fee_in(currency) else { return String::new() };
    let words = if fee.fee == 0 { page.t("free") } else { page.money(&Money::new(fee.fee, currency)) };
    match fee.free_from.filter(|_| fee.fee > 0) {
        Some(from) => page.tw("delivery-free-from", &[("fee", words.into()), ("from", page.money(&Money::new(from, currency)).into())]),
        None => words,
    }
}
