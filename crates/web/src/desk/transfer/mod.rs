//! Offering a matter to a colleague or a team, and answering what was offered.

mod banner;
mod show;

pub(super) use banner::OfferView;
pub(super) use banner::{Waits, waits};

use super::place::Place;
use super::queue::QueueName;
use crate::studio::why;
use crate::{Answer, App, Flash, Form, Page, StaffMember};
use axum::Router;
use axum::extract::{Path, Query, State};
use axum::routing::{get, post};
use conversations::{TransferError, TransferId};

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/desk/matters/{id}/transfer", get(show::show_transfer).post(show::offer))
        .route("/desk/transfers/{id}/acceptance", post(accept))
        .route("/desk/transfers/{id}/refusal", post(decline))
        .route("/desk/transfers/{id}/withdrawal", post(withdraw))
}

async fn accept(State(app): State<App>, page: Page, me: StaffMember, Path(id): Path<TransferId>, Query(place): Query<Place>) -> Answer {
    let actor = me.actor.clone();
    let done = app.db.write("conversations.accept_transfer", move |tx| conversations::accept_transfer(tx, &actor, id)).await;
    ended(&app, &page, (id, &place), done, "transfer-accepted").await
}

async fn decline(
    State(app): State<App>,
    page: Page,
    me: StaffMember,
    Path(id): Path<TransferId>,
    Query(place): Query<Place>,
    form: Form,
) -> Answer {
    let (actor, reason) = (me.actor.clone(), form.value("why").to_owned());
    let done = app.db.write("conversations.decline_transfer", move |tx| conversations::decline_transfer(tx, &actor, id, &reason)).await;
    ended(&app, &page, (id, &place), done, "transfer-declined").await
}

async fn withdraw(State(app): State<App>, page: Page, me: StaffMember, Path(id): Path<TransferId>, Query(place): Query<Place>) -> Answer {
    let actor = me.actor.clone();
    let done = app.db.write("conversations.withdraw_transfer", move |tx| conversations::withdraw_transfer(tx, &actor, id)).await;
    ended(&app, &page, (id, &place), done, "transfer-withdrawn").await
}

/// Back to the matter, saying what became of it; somebody else may have been faster.
async fn ended(app: &App, page: &Page, (id, place): (TransferId, &Place), done: Result<(), TransferError>, says: &str) -> Answer {
    let flash = match done {
        Ok(()) => Flash::ok(says),
        Err(error @ (TransferError::Ended(_) | TransferError::NotForYou | TransferError::TooLong(_))) => {
            Flash::bad("transfer-not-done").with(why(page, &error))
        }
        Err(error) => return Err(error.into()),
    };
    let found = app.db.read(move |tx| conversations::transfer(tx, id)).await?;
    let to =
        found.map_or_else(|| "/desk".to_owned(), |found| format!("/desk/matters/{}?view={}", found.matter, QueueName::parse(&place.view)));
    page.go_saying(&to, &flash)
}
