//! One customer: what they allow, what they bought, what was said; their cart; what may be added.

use super::counter::{Counter, take_up};
use super::find::{Row, order_row};
use super::habits::{self, Habits};
use super::words::refused;
use crate::access_log::note_access;
use crate::timeline::{Reader, Stretch};
use crate::ui::{Badge, Entry, Tone};
use crate::{Answer, App, Flash, Form, Page, Trouble, show};
use askama::Template;
use axum::Router;
use axum::extract::{Path, State};
use axum::routing::{get, post};
use customers::{Added, ConsentState, Guarded, Identifier, IdentifierKind, Person, PersonId, QueryError, masked, may_see};
use kernel::{Channel, ProfileId, ReadTx, Tx};
use orders::{Cart, CartError, MergeCart, OpenCart, OrderHead, Owner};

/// Orders and knots of the thread shown.
const ORDERS: usize = 6;
const KNOTS: usize = 20;

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/till/customers/{person}", get(show_customer))
        .route("/till/customers/{person}/cart", post(serve))
        .route("/till/customers/{person}/identifiers", post(add_identifier))
}

#[derive(Template)]
#[template(path = "till/customer.html")]
struct CustomerPage {
    page: Page,
    id: PersonId,
    name: String,
    initials: String,
    note: String,
    known: Vec<(String, String, bool)>,
    consents: Vec<Badge>,
    is_allowed: bool,
    sizes: Vec<(String, String)>,
    orders: Vec<Row>,
    thread: Vec<Entry>,
    cart_units: i64,
    here_units: i64,
}

struct Data {
    person: Person,
    orders: Vec<OrderHead>,
    habits: Habits,
    thread: Stretch,
    cart: Option<Cart>,
    here: Option<Cart>,
}

async fn show_customer(State(app): State<App>, counter: Counter, Path(id): Path<PersonId>) -> Answer {
    let at = counter.clone();
    let data = app.db.read(move |tx| read(tx, &at, id)).await?.ok_or_else(Trouble::not_found)?;
    note_access(&app, &counter.actor, data.person.id, Channel::Till).await?;
    let (page, actor) = (counter.page, counter.actor);
    let person = &data.person;
    let name = if person.name.text.is_empty() { page.t("till-nameless") } else { person.name.text.clone() };
    let kinds = [IdentifierKind::Card, IdentifierKind::Phone, IdentifierKind::Email];
    let known = kinds.into_iter().flat_map(|kind| person.of_kind(kind).map(move |known| (kind, known)));
    let notes: Vec<&str> = person.profiles.iter().map(|profile| profile.note.as_str()).filter(|note| !note.is_empty()).collect();
    show(&CustomerPage {
        id: person.id,
        initials: crate::Signed { name: name.clone(), detail: String::new() }.initials(),
        note: masked(&actor, Guarded::Notes, &notes.join("\n")),
        known: known
            .map(|(kind, known)| (page.t(&format!("till-{kind}")), known.identifier.display().to_owned(), known.verified_at.is_some()))
            .collect(),
        consents: if may_see(&actor, Guarded::Consents) { consents(&page, person) } else { Vec::new() },
        is_allowed: data.habits.is_allowed,
        sizes: data.habits.words(&app, &page),
        orders: data.orders.iter().take(ORDERS).map(|order| order_row(&page, order)).collect(),
        thread: data.thread.entries(&page, Reader::Till),
        cart_units: data.cart.as_ref().map_or(0, Cart::units),
        here_units: data.here.as_ref().filter(|here| here.profile.is_none()).map_or(0, Cart::units),
        name,
        page,
    })
}

fn read(tx: &ReadTx<'_>, at: &Counter, id: PersonId) -> Result<Option<Data>, QueryError> {
    at.actor.require(kernel::Permission::ViewCustomers)?;
    let Some(person) = customers::person(tx, id)? else { return Ok(None) };
    let profiles: Vec<ProfileId> = person.profiles.iter().map(|profile| profile.id).collect();
    let found = orders::orders_of(tx, &profiles, None, ORDERS + 2)?.items;
    Ok(Some(Data {
        habits: habits::read(tx, &person, &found)?,
        thread: Stretch::read(tx, &at.actor, person.id, &person.name.text, None, KNOTS)?,
        cart: orders::open_cart_of(tx, &profiles)?,
        here: at.cart(tx)?,
        orders: found,
        person,
    }))
}

/// What they allow and forbid, in words and colour.
fn consents(page: &Page, person: &Person) -> Vec<Badge> {
    let badge = |consent: &customers::Consent| {
        let (tone, key) = match consent.state {
            ConsentState::Granted => (Tone::Ok, "till-allows"),
            ConsentState::Refused => (Tone::Bad, "till-forbids"),
        };
        let what = page.t(&format!("purpose-{}", consent.purpose.as_str()));
        let channel = page.t(&format!("channel-{}", consent.channel.as_str()));
        Badge::state(tone, page.tv(key, format!("{what} · {channel}")))
    };
    person.consents.iter().map(badge).collect()
}

/// Serve this customer: the open cart of theirs comes to the counter; what already lies there joins it.
async fn serve(State(app): State<App>, counter: Counter, Path(id): Path<PersonId>) -> Answer {
    let at = counter.clone();
    let outcome = app.db.write("till.serve", move |tx| bring_cart(tx, &at, id)).await;
    let cart = match outcome {
        Ok(cart) => cart,
        Err(error) => {
            let says = refused(&counter.page, error)?;
            return counter.page.go_saying(&format!("/till/customers/{id}"), &Flash::bad("till-refused").with(says));
        }
    };
    let mut response = counter.page.go("/till/cart")?;
    take_up(response.headers_mut(), cart.id, app.secure);
    Ok(response)
}

fn bring_cart(tx: &mut Tx<'_>, at: &Counter, id: PersonId) -> Result<Cart, CartError> {
    let profiles = customers::profiles_of(tx, id)?;
    let Some(oldest) = profiles.first().copied() else { return Err(CartError::NotFound) };
    let theirs = orders::open_cart_of(tx, &profiles)?;
    let into = theirs.as_ref().and_then(|cart| cart.profile).unwrap_or(oldest);
    match at.cart(tx)? {
        Some(here) if here.profile.is_none() && !here.lines.is_empty() => {
            orders::merge_cart(tx, &at.actor, &MergeCart { from: here.id, into, channel: Channel::Till })
        }
        _ => match theirs {
            Some(cart) => Ok(cart),
            None => orders::open_cart(tx, &at.actor, &OpenCart { owner: Owner::Profile(into) }),
        },
    }
}

/// One more card, telephone or e-mail.
async fn add_identifier(State(app): State<App>, counter: Counter, Path(id): Path<PersonId>, form: Form) -> Answer {
    let back = format!("/till/customers/{id}");
    let page = counter.page;
    let typed = form.value("identifier");
    let identifier = match typed {
        text if text.contains('@') => Identifier::email(text),
        text => Identifier::phone(text, customers::HOME_REGION).or_else(|_| Identifier::card(text)),
    };
    let Ok(identifier) = identifier else { return page.go_saying(&back, &Flash::bad("till-bad-identifier").with(typed)) };
    let (actor, shown) = (counter.actor, identifier.display().to_owned());
    let outcome = app.db.write("till.add_identifier", move |tx| {
        let profile = customers::profiles_of(tx, id)?.first().copied().unwrap_or(id.oldest_profile());
        customers::add_identifier(tx, &actor, profile, &identifier, Channel::Till)
    });
    let flash = match outcome.await {
        Ok(Added::Added) => Flash::ok("till-identifier-added").with(shown),
        Ok(Added::Already) => Flash::ok("till-identifier-already").with(shown),
        Ok(Added::Elsewhere { .. }) => Flash::bad("till-identifier-elsewhere").with(shown),
        Err(error) => Flash::bad("till-refused").with(refused(&page, error)?),
    };
    page.go_saying(&back, &flash)
}
