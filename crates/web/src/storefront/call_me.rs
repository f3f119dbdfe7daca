//! "Call me": a signed-in customer asks to be rung, and sees honestly how long it takes.

use super::own_path;
use super::visitor::{Aisle, Visitor};
use crate::{Answer, App, Flash, Form, Page, Trouble, part, show, show_refused, stream};
use askama::{Template, filters::HtmlSafe};
use axum::Router;
use axum::extract::{Query, State};
use axum::response::Response;
use axum::routing::{get, post};
use conversations::{Call, CallError, CallState, CallWait};
use customers::{IdentifierKind, PersonId};
use flows::CallMe;
use kernel::{Actor, Fault, ReadTx};
use serde::Deserialize;

pub(super) fn routes() -> Router<App> {
    Router::new().route("/call-me", get(ask).post(call_me)).route("/call-me/live", get(live)).route("/call-me/cancellation", post(cancel))
}

/// Where they came from: the page they were on, and what it is called.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct From {
    about: String,
    back: String,
}

#[derive(Template)]
#[template(path = "storefront/call_me.html")]
struct CallMePage {
    page: Page,
    aisles: Vec<Aisle>,
    form: Form,
    from: From,
    wait: WaitView,
    is_signed_in: bool,
    sign_in: String,
    is_open: bool,
}

/// The place in the queue; its element is `#call-wait`.
#[derive(Template, Debug, Clone)]
#[template(path = "storefront/call_wait.html")]
struct WaitView {
    page: Page,
    number: String,
    state: &'static str,
    says: String,
}
impl HtmlSafe for WaitView {}

/// What is known of the customer's wish.
struct Known {
    call: Option<Call>,
    wait: CallWait,
    phone: String,
    is_open: bool,
}

fn read(tx: &ReadTx<'_>, person: Option<PersonId>) -> Result<Known, Fault> {
    let person = person.map_or(Ok(None), |person| customers::person(tx, person))?;
    let profiles: Vec<_> = person.iter().flat_map(|person| person.profiles.iter().map(|profile| profile.id)).collect();
    let call = conversations::calls_of(tx, &profiles, 1)?.pop().filter(|call| call.ended_at.is_none());
    let since = call.as_ref().and_then(|call| call.waiting_since);
    let phone = person.as_ref().and_then(|person| person.of_kind(IdentifierKind::Phone).next());
    Ok(Known {
        wait: conversations::call_wait(tx, since)?,
        phone: phone.map_or_else(String::new, |known| known.identifier.display().to_owned()),
        is_open: flows::phone_account(tx)?.is_some(),
        call,
    })
}

fn waiting(page: &Page, known: &Known) -> WaitView {
    let state = match known.call.as_ref().map(|call| call.state) {
        None => "none",
        Some(CallState::Requested | CallState::Ringing | CallState::Menu) => "waiting",
        Some(CallState::Dialling) => "ringing",
        Some(_) => "talking",
    };
    let says = match state {
        "none" => page.tn("call-me-expected", known.wait.minutes),
        "waiting" if known.wait.ahead == 0 => page.tn("call-me-next", known.wait.minutes),
        "waiting" => page.tw("call-me-waiting", &[("n", known.wait.minutes.into()), ("ahead", known.wait.ahead.into())]),
        other => page.t(&format!("call-me-{other}")),
    };
    WaitView { number: known.call.as_ref().map_or_else(String::new, |call| call.address.clone()), state, says, page: page.clone() }
}

async fn ask(State(app): State<App>, visitor: Visitor, Query(from): Query<From>) -> Answer {
    show(&page_of(&app, visitor, from, None).await?)
}

async fn page_of(app: &App, visitor: Visitor, from: From, typed: Option<Form>) -> Result<CallMePage, Trouble> {
    let person = visitor.shopper.signed_in.and(visitor.shopper.person);
    let known = app.db.read(move |tx| read(tx, person)).await?;
    let Visitor { page, aisles, .. } = visitor;
    let here = form_urlencoded::byte_serialize(format!("/call-me?{}", page.query).as_bytes()).collect::<String>();
    Ok(CallMePage {
        wait: waiting(&page, &known),
        form: typed.unwrap_or_else(|| Form::of([("phone", known.phone.as_str())])),
        is_signed_in: person.is_some(),
        sign_in: format!("/account/sign-in?next={here}"),
        is_open: known.is_open,
        from,
        page,
        aisles,
    })
}

async fn call_me(State(app): State<App>, visitor: Visitor, Query(from): Query<From>, mut form: Form) -> Answer {
    let (profile, _) = visitor.shopper.must_be_signed_in()?;
    let key: String = form.value("key").chars().filter(char::is_ascii_alphanumeric).take(40).collect();
    let cmd = CallMe {
        profile,
        phone: form.value("phone").to_owned(),
        about: from.about.chars().take(200).collect(),
        key: format!("call-me/{profile}/{}/{key}", visitor.page.now.as_micros()),
    };
    let to = format!("/call-me?{}", visitor.page.query);
    match app.db.write("flows.call_me", move |tx| flows::call_me(tx, &Actor::customer(profile), &cmd)).await {
        Ok(_) => visitor.page.go(&to),
        Err(CallError::NotAPhone(_)) => {
            form.refuse("phone", visitor.page.t("call-me-number-like"));
            show_refused(&page_of(&app, visitor, from, Some(form)).await?)
        }
        Err(other) => Err(other.into()),
    }
}

/// Not needed any more.
async fn cancel(State(app): State<App>, visitor: Visitor, Query(from): Query<From>) -> Answer {
    let (profile, person) = visitor.shopper.must_be_signed_in()?;
    let Some(call) = app.db.read(move |tx| read(tx, Some(person))).await?.call else { return visitor.page.go("/call-me") };
    app.db.write("conversations.cancel_call", move |tx| conversations::cancel_call(tx, &Actor::customer(profile), call.id)).await?;
    visitor.page.go_saying(&own_path(&from.back, "/help"), &Flash::ok("call-me-cancelled"))
}

/// The place in the queue as it changes.
async fn live(State(app): State<App>, visitor: Visitor) -> Result<Response, Trouble> {
    let (_, person) = visitor.shopper.must_be_signed_in()?;
    let subscription = app.hub.subscribe(["room:call"]);
    Ok(stream(subscription, move |_| {
        let (app, mut page) = (app.clone(), visitor.page.clone());
        page.now = app.db.clock().now();
        async move {
            let known = app.db.read(move |tx| read(tx, Some(person))).await.ok()?;
            Some(part("call-wait", &waiting(&page, &known).render().ok()?))
        }
    }))
}
