//! "The same person", "not the same", and taking either back.

use crate::desk::place::Place;
use crate::ui::Tone;
use crate::{Answer, App, Flash, Form, Page, StaffMember, Trouble};
use axum::Router;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::routing::post;
use conversations::MatterId;
use customers::{ClaimError, ClaimId, Join, PersonId, Separate};
use kernel::ProfileId;

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/desk/customers/{person}/joins", post(join))
        .route("/desk/customers/{person}/separations", post(separate))
        .route("/desk/claims/{id}/withdrawal", post(withdraw))
}

async fn join(
    State(app): State<App>,
    page: Page,
    me: StaffMember,
    Path(person): Path<PersonId>,
    Query(place): Query<Place>,
    form: Form,
) -> Answer {
    let (a, b) = pair(&form)?;
    let (key, actor) = (format!("desk:{}:join:{a}:{b}:{}", me.actor, form.value("key")), me.actor);
    let confidence = form.value("confidence").parse().unwrap_or(50);
    let reason = reason(&form, &page, "same-by-agent");
    let made = app.db.write("customers.join", move |tx| {
        customers::join(tx, &actor, Join { a, b, reason: reason.clone(), confidence, key: key.clone() })
    });
    match made.await {
        Ok(claim) => page.go_saying(&back(&place, person), &Flash::ok("claim-joined").undo(withdrawal(claim, &place, person))),
        // Somebody said the opposite: their words are shown, and their claim can be undone in the same pane.
        Err(ClaimError::KeptApart(claim)) => {
            page.go_saying(&back(&place, person), &Flash { tone: Tone::Bad, ..Flash::bad("claim-kept-apart").with(claim.reason.clone()) })
        }
        Err(other) => Err(other.into()),
    }
}

async fn separate(
    State(app): State<App>,
    page: Page,
    me: StaffMember,
    Path(person): Path<PersonId>,
    Query(place): Query<Place>,
    form: Form,
) -> Answer {
    let (a, b) = pair(&form)?;
    let (key, actor) = (format!("desk:{}:separate:{a}:{b}:{}", me.actor, form.value("key")), me.actor);
    let reason = reason(&form, &page, "not-same-by-agent");
    let made = app.db.write("customers.separate", move |tx| {
        customers::separate(tx, &actor, Separate { a, b, reason: reason.clone(), key: key.clone() })
    });
    let undo = withdrawal(made.await?.claim, &place, person);
    page.go_saying(&back(&place, person), &Flash::ok("claim-separated").undo(undo))
}

async fn withdraw(
    State(app): State<App>,
    page: Page,
    me: StaffMember,
    Path(id): Path<ClaimId>,
    Query(place): Query<Place>,
    form: Form,
) -> Answer {
    let actor = me.actor;
    app.db.write("customers.undo", move |tx| customers::undo(tx, &actor, id)).await?;
    let person = Some(form.value("person")).filter(|person| !person.is_empty()).unwrap_or(&place.q).parse::<PersonId>();
    let to = match (place.matter.parse::<MatterId>(), person) {
        (Ok(matter), _) => format!("/desk/matters/{matter}"),
        (_, Ok(person)) => format!("/desk/customers/{person}"),
        _ => "/desk/customers".to_owned(),
    };
    page.go_saying(&to, &Flash::ok("claim-undone"))
}

fn pair(form: &Form) -> Result<(ProfileId, ProfileId), Trouble> {
    let profile = |name| form.value(name).parse::<ProfileId>().map_err(|_| Trouble::of(StatusCode::UNPROCESSABLE_ENTITY));
    Ok((profile("a")?, profile("b")?))
}

/// The evidence shown, else that an agent said so.
fn reason(form: &Form, page: &Page, otherwise: &str) -> String {
    let given: String = form.value("reason").chars().take(500).collect();
    if given.is_empty() { page.t(otherwise) } else { given }
}

/// To the matter it was said from, else to the person.
fn back(place: &Place, person: PersonId) -> String {
    match place.matter.parse::<MatterId>() {
        Ok(matter) => format!("/desk/matters/{matter}"),
        Err(_) => format!("/desk/customers/{person}"),
    }
}

fn withdrawal(claim: ClaimId, place: &Place, person: PersonId) -> String {
    match place.matter.parse::<MatterId>() {
        Ok(matter) => format!("/desk/claims/{claim}/withdrawal?matter={matter}"),
        Err(_) => format!("/desk/claims/{claim}/withdrawal?q={person}"),
    }
}
