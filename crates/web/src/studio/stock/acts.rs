//! What is done to stock: each form is one command, named by the intent that the form was shown with.

use super::one::{Asked, page_of};
use super::variant;
use crate::studio::{Entered, Me, intent, why};
use crate::{Answer, App, Flash, Form, Page, Trouble, show_refused};
use axum::Router;
use axum::extract::{Path, State};
use axum::routing::post;
use catalogue::VariantId;
use inventory::{Adjust, AdjustReason, Count, LocationId, Receive, StockError, StockTransferId, Transfer};
use kernel::{Kind, Problem, Quantity};

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/studio/stock/{variant}/receipts", post(receive))
        .route("/studio/stock/{variant}/adjustments", post(adjust))
        .route("/studio/stock/{variant}/adjustments/{place}/{change}/{key}", post(correct))
        .route("/studio/stock/{variant}/counts", post(count))
        .route("/studio/stock/{variant}/transfers", post(send))
        .route("/studio/stock/{variant}/transfers/{transfer}/arrival", post(arrive))
        .route("/studio/stock/{variant}/safety", post(keep_back))
}

/// What every form of this page has.
struct Typed {
    variant: VariantId,
    place: LocationId,
    quantity: Quantity,
    key: String,
}

fn typed(page: &Page, variant: VariantId, form: &mut Form) -> Option<Typed> {
    let key = Some(form.value("key").to_owned()).filter(|key| !key.is_empty()).unwrap_or_else(intent);
    let (place, quantity) = (form.value("place").parse().ok(), form.value("quantity").parse().ok());
    if place.is_none() {
        form.refuse("place", page.t("studio-choose-place"));
    }
    if quantity.is_none() {
        form.refuse("quantity", page.t("studio-not-a-number"));
    }
    Some(Typed { variant, place: place?, quantity: Quantity(quantity?), key })
}

fn back(variant: VariantId, place: LocationId) -> String {
    format!("/studio/stock/{variant}?place={place}")
}

fn undo(variant: VariantId, place: LocationId, change: i64) -> String {
    format!("/studio/stock/{variant}/adjustments/{place}/{change}/{}", intent())
}

/// Show the form again with what is wrong, or pass on what nobody can correct.
async fn refused(app: &App, (page, me): (Page, Me), variant: VariantId, act: &str, mut form: Form, error: Option<StockError>) -> Answer {
    if let Some(error) = error {
        if matches!(error.kind(), Kind::Fault | Kind::Forbidden) {
            return Err(error.into());
        }
        let field = match error {
            StockError::UnknownLocation => "place",
            StockError::SamePlace => "to",
            _ => "quantity",
        };
        form.refuse(field, why(&page, &error));
    }
    let asked = Asked { place: form.value("place").to_owned(), act: act.to_owned(), before: String::new() };
    show_refused(&page_of(app, page, me, variant, asked, form).await?)
}

async fn receive(State(app): State<App>, Entered { page, me }: Entered, Path(text): Path<String>, mut form: Form) -> Answer {
    let id = variant(&text)?;
    let Some(Typed { variant, place, quantity, key }) = typed(&page, id, &mut form) else {
        return refused(&app, (page, me), id, "receive", form, None).await;
    };
    let (actor, cmd) = (me.actor.clone(), Receive { key, variant, location: place, quantity });
    match app.db.write("inventory.receive", move |tx| inventory::receive(tx, &actor, cmd.clone())).await {
        Ok(_) => {
            let flash = Flash::ok("studio-received").with(quantity.0.to_string()).undo(undo(id, place, -quantity.0));
            page.go_saying(&back(id, place), &flash)
        }
        Err(error) => refused(&app, (page, me), id, "receive", form, Some(error)).await,
    }
}

async fn adjust(State(app): State<App>, Entered { page, me }: Entered, Path(text): Path<String>, mut form: Form) -> Answer {
    let id = variant(&text)?;
    let Some(Typed { variant, place, quantity, key }) = typed(&page, id, &mut form) else {
        return refused(&app, (page, me), id, "adjust", form, None).await;
    };
    let reason: AdjustReason = form.value("reason").parse().unwrap_or(AdjustReason::Correction);
    let (actor, cmd) = (me.actor.clone(), Adjust { key, variant, location: place, change: quantity, reason });
    match app.db.write("inventory.adjust", move |tx| inventory::adjust(tx, &actor, cmd.clone())).await {
        Ok(_) => {
            let flash = Flash::ok("studio-adjusted").with(format!("{:+}", quantity.0)).undo(undo(id, place, -quantity.0));
            page.go_saying(&back(id, place), &flash)
        }
        Err(error) => refused(&app, (page, me), id, "adjust", form, Some(error)).await,
    }
}

/// Undo: the opposite change, once.
async fn correct(
    State(app): State<App>,
    Entered { page, me }: Entered,
    Path((text, place, change, key)): Path<(String, String, i64, String)>,
) -> Answer {
    let (id, actor) = (variant(&text)?, me.actor);
    let place: LocationId = place.parse().map_err(|_| Trouble::not_found())?;
    let cmd = Adjust { key, variant: id, location: place, change: Quantity(change), reason: AdjustReason::Correction };
    app.db.write("inventory.adjust", move |tx| inventory::adjust(tx, &actor, cmd.clone())).await?;
    page.go_saying(&back(id, place), &Flash::ok("studio-undone"))
}

async fn count(State(app): State<App>, Entered { page, me }: Entered, Path(text): Path<String>, mut form: Form) -> Answer {
    let id = variant(&text)?;
    let Some(Typed { variant, place, quantity, key }) = typed(&page, id, &mut form) else {
        return refused(&app, (page, me), id, "count", form, None).await;
    };
    let (actor, cmd) = (me.actor.clone(), Count { key, variant, location: place, counted: quantity });
    match app.db.write("inventory.count", move |tx| inventory::count(tx, &actor, cmd.clone())).await {
        Ok(Quantity(0)) => page.go_saying(&back(id, place), &Flash::ok("studio-counted-same")),
        Ok(difference) => {
            let flash = Flash::ok("studio-counted").with(format!("{:+}", difference.0)).undo(undo(id, place, -difference.0));
            page.go_saying(&back(id, place), &flash)
        }
        Err(error) => refused(&app, (page, me), id, "count", form, Some(error)).await,
    }
}

async fn send(State(app): State<App>, Entered { page, me }: Entered, Path(text): Path<String>, mut form: Form) -> Answer {
    let id = variant(&text)?;
    let to: Option<LocationId> = form.value("to").parse().ok();
    if to.is_none() {
        form.refuse("to", page.t("studio-choose-place"));
    }
    let (Some(Typed { variant, place, quantity, key }), Some(destination)) = (typed(&page, id, &mut form), to) else {
        return refused(&app, (page, me), id, "transfer", form, None).await;
    };
    let (actor, cmd) = (me.actor.clone(), Transfer { key, variant, origin: place, destination, quantity });
    match app.db.write("inventory.transfer", move |tx| inventory::transfer(tx, &actor, cmd.clone())).await {
        Ok(_) => page.go_saying(&back(id, destination), &Flash::ok("studio-sent").with(quantity.0.to_string())),
        Err(error) => refused(&app, (page, me), id, "transfer", form, Some(error)).await,
    }
}

async fn arrive(
    State(app): State<App>,
    Entered { page, me }: Entered,
    Path((text, transfer)): Path<(String, String)>,
    mut form: Form,
) -> Answer {
    let (id, actor) = (variant(&text)?, me.actor.clone());
    let transfer: StockTransferId = transfer.parse().map_err(|_| Trouble::not_found())?;
    let arrived = form.value("arrived").parse().ok().map(Quantity);
    let done = app.db.write("inventory.receive_transfer", move |tx| inventory::receive_transfer(tx, &actor, transfer, arrived));
    match done.await {
        Ok(arrived) => {
            let to = format!("/studio/stock/{id}?place={}", form.value("place"));
            page.go_saying(&to, &Flash::ok("studio-arrived").with(arrived.0.to_string()))
        }
        Err(StockError::InvalidQuantity) => {
            form.refuse("arrived", page.t("studio-more-than-sent"));
            refused(&app, (page, me), id, "receive", form, None).await
        }
        Err(error) => Err(error.into()),
    }
}

async fn keep_back(State(app): State<App>, Entered { page, me }: Entered, Path(text): Path<String>, mut form: Form) -> Answer {
    let id = variant(&text)?;
    let usual = form.value("quantity").is_empty();
    let place = form.value("place").parse().ok();
    let quantity = if usual { None } else { form.value("quantity").parse().ok().map(Quantity) };
    if !usual && quantity.is_none() {
        form.refuse("quantity", page.t("studio-not-a-number"));
    }
    let Some(place) = place.filter(|_| form.is_fine()) else {
        return refused(&app, (page, me), id, "safety", form, None).await;
    };
    let actor = me.actor.clone();
    match app.db.write("inventory.set_safety_stock", move |tx| inventory::set_safety_stock(tx, &actor, id, place, quantity)).await {
        Ok(()) => page.go_saying(&back(id, place), &Flash::ok("saved")),
        Err(error) => refused(&app, (page, me), id, "safety", form, Some(error)).await,
    }
}
