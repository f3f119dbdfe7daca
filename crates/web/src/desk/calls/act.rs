//! What an agent does with a call. Taking one opens the customer's thread before the first word.

use super::list::page_of;
use crate::{Answer, App, Flash, Form, Page, StaffMember, Trouble, show_refused};
use access::StaffError;
use axum::Router;
use axum::extract::{Path, State};
use axum::routing::post;
use conversations::{Call, CallError, CallId};
use customers::PersonId;
use flows::CallOut;
use kernel::{Actor, Tx};

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/desk/calls/outgoing", post(ring))
        .route("/desk/calls/phone", post(own_phone))
        .route("/desk/calls/{id}/answer", post(answer))
        .route("/desk/calls/{id}/hold", post(hold))
        .route("/desk/calls/{id}/return", post(resume))
        .route("/desk/calls/{id}/transfer", post(transfer))
        .route("/desk/calls/{id}/end", post(end))
}

/// The customer's thread, which is where a call is worked on.
fn thread(call: &Call) -> String {
    format!("/desk/matters/{}", call.matter)
}

async fn act(
    app: &App,
    me: &StaffMember,
    change: impl Fn(&mut Tx<'_>, &Actor) -> Result<Call, CallError> + Send + 'static,
) -> Result<Call, CallError> {
    let actor = me.actor.clone();
    app.db.write("calls.act", move |tx| change(tx, &actor)).await
}

/// Without a telephone of one's own nobody can be connected: the page that asks for it says so.
async fn answer(State(app): State<App>, page: Page, me: StaffMember, Path(id): Path<CallId>) -> Answer {
    let staff = me.staff.id;
    if app.db.read(move |tx| access::phone_of(tx, staff)).await?.is_none() {
        return page.go_saying("/desk/calls#phone", &Flash::bad("call-needs-phone"));
    }
    match act(&app, &me, move |tx, actor| conversations::answer_call(tx, actor, id)).await {
        Ok(call) => page.go(&thread(&call)),
        Err(CallError::NotNow(_)) => page.go_saying("/desk/calls", &Flash::bad("call-gone")),
        Err(CallError::Busy) => page.go_saying("/desk/calls", &Flash::bad("call-busy")),
        Err(other) => Err(other.into()),
    }
}

async fn hold(State(app): State<App>, page: Page, me: StaffMember, Path(id): Path<CallId>) -> Answer {
    let call = act(&app, &me, move |tx, actor| conversations::hold_call(tx, actor, id)).await?;
    page.go(&thread(&call))
}

async fn resume(State(app): State<App>, page: Page, me: StaffMember, Path(id): Path<CallId>) -> Answer {
    let call = act(&app, &me, move |tx, actor| conversations::resume_call(tx, actor, id)).await?;
    page.go(&thread(&call))
}

async fn transfer(State(app): State<App>, page: Page, me: StaffMember, Path(id): Path<CallId>, form: Form) -> Answer {
    let team = form.value("team").parse().map_err(|_| CallError::UnknownTeam)?;
    let call = act(&app, &me, move |tx, actor| conversations::transfer_call(tx, actor, id, team)).await?;
    page.go_saying(&thread(&call), &Flash::ok("call-transferred"))
}

async fn end(State(app): State<App>, page: Page, me: StaffMember, Path(id): Path<CallId>) -> Answer {
    let hang_up = move |tx: &mut Tx<'_>, actor: &Actor| {
        conversations::hang_up(tx, actor, id)?;
        conversations::call(tx, id)?.ok_or(CallError::Unknown)
    };
    let call = act(&app, &me, hang_up).await?;
    page.go_saying(&thread(&call), &Flash::ok("call-over"))
}

/// Click to call.
async fn ring(State(app): State<App>, page: Page, me: StaffMember, form: Form) -> Answer {
    let person: PersonId = form.value("person").parse().map_err(|_| Trouble::not_found())?;
    let cmd =
        CallOut { profile: person.oldest_profile(), phone: form.value("phone").to_owned(), key: format!("desk/{}", form.value("key")) };
    match act(&app, &me, move |tx, actor| flows::call_out(tx, actor, &cmd)).await {
        Ok(call) => page.go(&thread(&call)),
        Err(CallError::NoPhone) => page.go_saying("/desk/calls#phone", &Flash::bad("call-needs-phone")),
        Err(CallError::Busy) => page.go_saying("/desk/calls", &Flash::bad("call-busy")),
        Err(other) => Err(other.into()),
    }
}

/// Where I am rung.
async fn own_phone(State(app): State<App>, page: Page, me: StaffMember, mut form: Form) -> Answer {
    let (actor, staff) = (me.actor.clone(), me.staff.id);
    let (phone, password) = (form.value("phone").to_owned(), form.value("password").to_owned());
    let write = app.db.write("access.set_phone", move |tx| {
        access::set_phone(tx, &actor, staff, &phone)?;
        if password.is_empty() { Ok(()) } else { access::set_sip_password(tx, &actor, staff, &password) }
    });
    match write.await {
        Ok(()) => return page.go_saying("/desk/calls#phone", &Flash::ok("call-phone-saved")),
        Err(StaffError::NotAPhone(_)) => form.refuse("phone", page.t("call-phone-like")),
        Err(StaffError::NoSipAddress) => form.refuse("phone", page.t("call-phone-for-password")),
        Err(StaffError::NotASipPassword) => form.refuse("password", page.t("call-password-like")),
        Err(other) => return Err(other.into()),
    }
    show_refused(&page_of(&app, page, me, Some(form)).await?)
}
