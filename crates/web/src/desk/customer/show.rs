//! One customer: the whole thread, with no matter in front.

use super::search::{self, PeopleView};
use super::side::{self, SideView};
use crate::access_log::note_access;
use crate::desk::place::Place;
use crate::desk::signed;
use crate::desk::thread::{self, EarlierView, Thread};
use crate::desk::words::{initials, name_or_stranger};
use crate::{Answer, App, Page, StaffMember, Trouble, part, show, stream, text_with};
use askama::Template;
use axum::Router;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use axum::routing::{get, post};
use customers::{Person, PersonId};
use kernel::{Actor, Channel, Currency, Permission, ProfileId, ReadTx};

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/desk/customers/{person}", get(show_customer))
        .route("/desk/customers/{person}/earlier", get(earlier))
        .route("/desk/customers/{person}/live", get(live))
        .route("/desk/customers/{person}/matters", post(write_to))
}

#[derive(Template)]
#[template(path = "desk/customer.html")]
struct CustomerPage {
    page: Page,
    found: Found,
    pane: &'static str,
}

struct Found {
    id: PersonId,
    name: String,
    initials: String,
    list: PeopleView,
    thread: Thread,
    side: SideView,
    profiles: Vec<ProfileId>,
    is_past: bool,
    may_write: bool,
}

/// A person, for whoever may see people. An old id leads to whoever it became.
pub(super) fn person(tx: &ReadTx<'_>, actor: &Actor, id: PersonId) -> Result<Person, Trouble> {
    actor.require(Permission::ViewCustomers)?;
    customers::person(tx, id)?.ok_or_else(Trouble::not_found)
}

fn read(tx: &ReadTx<'_>, page: &Page, actor: &Actor, (id, currency): (PersonId, Currency), place: &Place) -> Result<Found, Trouble> {
    let page = &Page { now: tx.now(), ..page.clone() };
    let person = person(tx, actor, id)?;
    let name = name_or_stranger(page, &person.name.text);
    Ok(Found {
        id: person.id,
        initials: initials(&name),
        name,
        list: search::read(tx, page, actor, place, Some(person.id))?,
        thread: thread::read(tx, page, actor, &person, (place.since(), place.before()), String::new())?,
        side: side::read(tx, page, actor, &person, (None, currency))?,
        profiles: person.profiles.iter().map(|profile| profile.id).collect(),
        is_past: place.before().is_some(),
        may_write: actor.may(Permission::Reply),
    })
}

async fn show_customer(
    State(app): State<App>,
    page: Page,
    me: StaffMember,
    Path(id): Path<PersonId>,
    Query(place): Query<Place>,
) -> Answer {
    let page = signed(page, &me);
    let (shown, actor, viewer, pane) = (page.clone(), me.actor.clone(), me.actor, place.pane());
    let currency = app.brand.currency;
    let found = app.db.read(move |tx| read(tx, &shown, &actor, (id, currency), &Place { since: String::new(), ..place.clone() })).await?;
    note_access(&app, &viewer, found.id, Channel::Desk).await?;
    show(&CustomerPage { page, found, pane })
}

/// Where one writes to this customer.
async fn write_to(State(app): State<App>, page: Page, me: StaffMember, Path(id): Path<PersonId>) -> Answer {
    let (actor, shown, brand) = (me.actor, page.clone(), app.brand.name.clone());
    let write = app.db.write("flows.write_to", move |tx| {
        let locale = customers::person(tx, id)?.and_then(|person| person.locale).unwrap_or(shown.locale);
        flows::write_to(tx, &actor, id, &text_with(locale, "write-subject", &[("value", brand.to_string().into())]))
    });
    page.go(&format!("/desk/matters/{}", write.await?))
}

async fn earlier(State(app): State<App>, page: Page, me: StaffMember, Path(id): Path<PersonId>, Query(place): Query<Place>) -> Answer {
    let before = place.before().ok_or_else(Trouble::not_found)?;
    let actor = me.actor;
    let view: EarlierView = app.db.read(move |tx| thread::earlier(tx, &page, &actor, &person(tx, &actor, id)?, before)).await?;
    show(&view)
}

async fn live(
    State(app): State<App>,
    page: Page,
    me: StaffMember,
    Path(id): Path<PersonId>,
    Query(place): Query<Place>,
) -> Result<Response, Trouble> {
    let page = signed(page, &me);
    let actor = me.actor;
    let load = move |app: App, page: Page, actor: Actor, place: Place| async move {
        let currency = app.brand.currency;
        app.db.read(move |tx| read(tx, &page, &actor, (id, currency), &place)).await
    };
    let found = load(app.clone(), page.clone(), actor.clone(), place.clone()).await?;
    let topics: Vec<String> = found.profiles.iter().map(|profile| format!("profile:{profile}")).chain(["room:customer".into()]).collect();
    let reader = app.clone();
    Ok(stream(app.hub.subscribe(topics), move |_| {
        let next = load(reader.clone(), page.clone(), actor.clone(), place.clone());
        async move {
            let found = next.await.ok()?;
            Some(part("tail", &found.thread.tail.render().ok()?) + &part("customer", &found.side.render().ok()?))
        }
    }))
}
