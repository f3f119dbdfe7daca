//! One pickup: hand it over, once, to whoever shows the code; or take its next step.

use super::counter::Counter;
use super::picking::{Task, task};
use super::words::refused;
use crate::{Answer, App, Flash, Form, Page, Trouble, show_as};
use askama::Template;
use axum::Router;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::routing::{get, post};
use flows::Ship;
use kernel::{Channel, Permission, ReadTx};
use orders::{AdvanceFulfilment, Fulfilment, FulfilmentId, FulfilmentState, HandOver, QueueEntry, ReadError, Tracking};
use serde::Deserialize;

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/till/pickups/code", post(by_code))
        .route("/till/pickups/{id}", get(show_pickup))
        .route("/till/pickups/{id}/steps", post(step))
        .route("/till/pickups/{id}/parcel", post(send))
}

#[derive(Deserialize)]
struct Shown {
    #[serde(default)]
    code: String,
}

#[derive(Template)]
#[template(path = "till/pickup.html")]
struct PickupPage {
    page: Page,
    task: Task,
    code: String,
    place: String,
    is_here: bool,
    has_left: bool,
    left: String,
    refused: String,
}

async fn show_pickup(State(app): State<App>, counter: Counter, Path(id): Path<FulfilmentId>, Query(shown): Query<Shown>) -> Answer {
    page_of(&app, counter, id, shown.code, String::new()).await
}

async fn page_of(app: &App, counter: Counter, id: FulfilmentId, code: String, says: String) -> Answer {
    let at = counter.clone();
    let (entry, cards) = app.db.read(move |tx| read(tx, &at, id)).await?.ok_or_else(Trouble::not_found)?;
    let page = counter.page;
    let part = &entry.fulfilment;
    let left = part.stages.handed_over().map_or_else(String::new, |at| crate::format::when(at, page.now, page.locale));
    let status = if says.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    show_as(
        status,
        &PickupPage {
            task: task(&page, &entry, &cards),
            code,
            place: part.place.clone(),
            is_here: part.location == counter.shop.id,
            has_left: part.state.has_left(),
            left,
            refused: says,
            page,
        },
    )
}

fn read(tx: &ReadTx<'_>, at: &Counter, id: FulfilmentId) -> Result<Option<(QueueEntry, Vec<catalogue::VariantCard>)>, ReadError> {
    at.actor.require(Permission::ViewOrders)?;
    let Some(fulfilment) = orders::fulfilment(tx, id)? else { return Ok(None) };
    let Some(order) = orders::order(tx, fulfilment.order)? else { return Ok(None) };
    let lines: Vec<_> = order.lines_of(id).cloned().collect();
    let ids: Vec<_> = lines.iter().map(|line| line.variant).collect();
    let cards = catalogue::variants(tx, &ids)?;
    let entry = QueueEntry {
        fulfilment,
        number: order.number,
        profile: order.profile,
        contact_name: order.contact.name.clone(),
        currency: order.currency,
        lines,
    };
    Ok(Some((entry, cards)))
}

/// The code as the customer shows or says it.
async fn by_code(State(app): State<App>, counter: Counter, form: Form) -> Answer {
    let code = form.value("code").to_owned();
    let cmd = HandOver { location: counter.shop.id, code: code.clone(), channel: Channel::Till };
    let (actor, typed) = (counter.actor.clone(), code.clone());
    match app.db.write("till.hand_over", move |tx| flows::hand_over(tx, &actor, &cmd)).await {
        Ok(moved) => {
            let who = if moved.order.contact.name.is_empty() { moved.order.number.to_string() } else { moved.order.contact.name };
            counter.page.go_saying("/till/pickups", &Flash::ok("till-handed-over").with(who))
        }
        Err(error) => {
            let says = refused(&counter.page, error)?;
            let actor = counter.actor.clone();
            let known = app.db.read(move |tx| orders::fulfilments_by_code(tx, &actor, &typed)).await?;
            match nearest(&known, &counter) {
                Some(id) => page_of(&app, counter, id, code, says).await,
                None => counter.page.go_saying("/till/pickups", &Flash::bad("till-refused").with(says)),
            }
        }
    }
}

/// The part that a refused code is about: one here before one elsewhere.
fn nearest(known: &[Fulfilment], counter: &Counter) -> Option<FulfilmentId> {
    known.iter().find(|part| part.location == counter.shop.id).or_else(|| known.first()).map(|part| part.id)
}

/// The next step of a part that lies here.
async fn step(State(app): State<App>, counter: Counter, Path(id): Path<FulfilmentId>, form: Form) -> Answer {
    let to: FulfilmentState = form.value("to").parse().map_err(|_| Trouble::of(StatusCode::UNPROCESSABLE_ENTITY))?;
    // Without the code only what staff vouch for, and say so.
    if to == FulfilmentState::Collected && !form.is("seen", "yes") {
        let says = counter.page.t("till-look-at-a-document");
        return page_of(&app, counter, id, String::new(), says).await;
    }
    let cmd = AdvanceFulfilment { fulfilment: id, to, tracking: None, channel: Channel::Till };
    let actor = counter.actor.clone();
    match app.db.write("till.step", move |tx| flows::advance(tx, &actor, &cmd)).await {
        Ok(moved) => {
            let says = format!("till-now-{}", to.as_str());
            counter.page.go_saying("/till/pickups", &Flash::ok(&says).with(moved.order.number.to_string()))
        }
        Err(error) => {
            let says = refused(&counter.page, error)?;
            page_of(&app, counter, id, String::new(), says).await
        }
    }
}

/// The parcel goes with the carrier.
async fn send(State(app): State<App>, counter: Counter, Path(id): Path<FulfilmentId>, form: Form) -> Answer {
    let text = |field: &str| form.value(field).chars().take(80).collect::<String>();
    let tracking = Tracking { carrier: text("carrier"), reference: text("reference") };
    if tracking.carrier.is_empty() || tracking.reference.is_empty() {
        let says = counter.page.t("till-parcel-missing");
        return page_of(&app, counter, id, String::new(), says).await;
    }
    let cmd = Ship { fulfilment: id, tracking, channel: Channel::Till };
    let actor = counter.actor.clone();
    match app.db.write("till.ship", move |tx| flows::ship(tx, &actor, &cmd)).await {
        Ok(moved) => counter.page.go_saying("/till/pickups", &Flash::ok("till-now-shipped").with(moved.order.number.to_string())),
        Err(error) => {
            let says = refused(&counter.page, error)?;
            page_of(&app, counter, id, String::new(), says).await
        }
    }
}
