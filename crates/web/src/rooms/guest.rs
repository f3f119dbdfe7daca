//! The customer's way into a room: try the camera, press Enter, be there. Or by telephone instead.

use super::inside::Inside;
use super::signals::Side;
use super::view::{Beside, first};
use crate::desk::fresh_key;
use crate::{Answer, App, Flash, Form, Page, Trouble, headers, show, show_as};
use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use conversations::{CallError, Room, RoomError};
use customers::IdentifierKind;
use flows::CallMe;
use kernel::{Actor, Fault, ReadTx};
use serde::Deserialize;

/// What the address asks for.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    /// Try camera and microphone first.
    pub(super) test: String,
}

/// The way in for those who cannot or will not be seen.
#[derive(Debug, Clone, Default)]
pub(super) struct Fallback {
    /// We take calls.
    pub(super) is_open: bool,
    /// The last digits of a number that we know; empty when we know none.
    pub(super) ends: String,
}

/// Camera, microphone, loudspeaker: each tried before anybody sees anything.
#[derive(Template)]
#[template(path = "rooms/test.html")]
pub(super) struct TestPage {
    pub(super) page: Page,
    pub(super) base: String,
    pub(super) is_agent: bool,
    pub(super) other: String,
    pub(super) fallback: Fallback,
    pub(super) face: &'static str,
}

/// The room.
#[derive(Template)]
#[template(path = "rooms/room.html")]
pub(super) struct RoomPage {
    pub(super) page: Page,
    pub(super) base: String,
    pub(super) is_agent: bool,
    pub(super) other: String,
    pub(super) fallback: Fallback,
    pub(super) beside: Beside,
    pub(super) matter: String,
    /// The link, for an agent who has to tell it.
    pub(super) link: String,
    pub(super) key: String,
    pub(super) face: &'static str,
}

/// The link does not lead in.
#[derive(Template)]
#[template(path = "rooms/closed.html")]
struct Closed {
    page: Page,
    title: String,
    says: String,
}

pub(super) async fn show_room(State(app): State<App>, page: Page, Path(token): Path<String>, Query(asked): Query<Asked>) -> Answer {
    let browser = page.visit.0.clone();
    let room = match app.db.read(move |tx| conversations::guest_room(tx, &token, &browser)).await {
        Ok(room) => room,
        Err(refused) => return closed(page, refused),
    };
    let base = format!("/rooms/{}", room.token);
    let is_in = room.guest.is_some();
    let at = Inside { page, side: Side::Guest, actor: Actor::customer(room.profile), base: base.clone(), room };
    let (copy, read) = (app.clone(), at.clone());
    let found = app.db.read(move |tx| Ok::<_, Fault>((Beside::read(tx, &copy, &read)?, host(tx, &read.room)?, fallback(tx, &read.room)?)));
    let (beside, other, fallback) = found.await?;
    let (other, page) = (if other.is_empty() { at.page.brand.to_string() } else { other }, at.page);
    let answer = if is_in && asked.test.is_empty() {
        let (matter, link, key) = (String::new(), String::new(), fresh_key());
        show(&RoomPage { page, base, is_agent: false, other, fallback, beside, matter, link, key, face: "storefront" })
    } else {
        show(&TestPage { page, base, is_agent: false, other, fallback, face: "storefront" })
    };
    answer.map(headers::with_camera)
}

/// The first name of whoever invited them.
fn host(tx: &ReadTx<'_>, room: &Room) -> Result<String, Fault> {
    Ok(access::staff_member(tx, room.opened_by)?.map_or_else(String::new, |staff| first(&staff.name)))
}

fn closed(page: Page, refused: RoomError) -> Answer {
    let (status, what) = match refused {
        RoomError::Taken => (StatusCode::FORBIDDEN, "taken"),
        RoomError::Expired => (StatusCode::GONE, "expired"),
        RoomError::Over => (StatusCode::OK, "over"),
        other => return Err(other.into()),
    };
    let (title, says) = (page.t(&format!("room-{what}-title")), page.t(&format!("room-{what}-text")));
    show_as(status, &Closed { page, title, says })
}

/// Come in: from now on the link is this browser's.
pub(super) async fn enter(State(app): State<App>, page: Page, Path(token): Path<String>) -> Answer {
    let browser = page.visit.0.clone();
    match app.db.write("conversations.enter_room", move |tx| conversations::enter_room(tx, &token, &browser)).await {
        Ok(room) => page.go(&format!("/rooms/{}", room.token)),
        Err(refused) => closed(page, refused),
    }
}

fn fallback(tx: &ReadTx<'_>, room: &Room) -> Result<Fallback, Fault> {
    let number = known_number(tx, room)?.unwrap_or_default();
    let ends = number.char_indices().rev().nth(2).map_or_else(String::new, |(at, _)| number[at..].to_owned());
    Ok(Fallback { is_open: flows::phone_account(tx)?.is_some(), ends })
}

fn known_number(tx: &ReadTx<'_>, room: &Room) -> Result<Option<String>, Fault> {
    let person = customers::person_of(tx, room.profile)?.map_or(Ok(None), |person| customers::person(tx, person))?;
    Ok(person.and_then(|person| person.of_kind(IdentifierKind::Phone).next().map(|known| known.identifier.value().to_owned())))
}

/// By telephone instead: at the number that was typed, else at the one that we know.
pub(super) async fn call_me(State(app): State<App>, page: Page, Path(token): Path<String>, form: Form) -> Answer {
    let (browser, typed, about) = (page.visit.0.clone(), form.value("phone").to_owned(), page.t("room-instead-of-video"));
    let write = app.db.write("flows.call_me", move |tx| {
        let room = conversations::guest_room(tx, &token, &browser).map_err(Trouble::from)?;
        let phone = if typed.is_empty() { known_number(tx, &room)?.unwrap_or_default() } else { typed.clone() };
        let cmd = CallMe { profile: room.profile, phone, about: about.clone(), key: format!("room/{}", room.id) };
        match flows::call_me(tx, &Actor::customer(room.profile), &cmd) {
            Ok(_) => Ok(true),
            Err(CallError::NotAPhone(_)) => Ok(false),
            Err(other) => Err(Trouble::from(other)),
        }
    });
    let is_asked = write.await?;
    let to = page.path.trim_end_matches("/call").to_owned();
    page.go_saying(&to, &if is_asked { Flash::ok("room-will-call") } else { Flash::bad("call-me-number-like") })
}
