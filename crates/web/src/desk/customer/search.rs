//! Find a customer, by whatever the agent was told: name, e-mail, telephone, card, the number of an order.

use crate::desk::place::Place;
use crate::desk::signed;
use crate::desk::words::{initials, name_or_stranger};
use crate::ui::Moment;
use crate::{Answer, App, Page, StaffMember, Trouble, show};
use askama::{Template, filters::HtmlSafe};
use axum::Router;
use axum::extract::{Query, State};
use axum::routing::get;
use customers::{PersonCard, PersonId};
use kernel::{Permission, ReadTx};

/// People of one page.
const PEOPLE: usize = 40;

pub(super) fn routes() -> Router<App> {
    Router::new().route("/desk/customers", get(customers_page)).route("/desk/search", get(search))
}

#[derive(Template)]
#[template(path = "desk/customers.html")]
struct CustomersPage {
    page: Page,
    list: PeopleView,
}

/// Who was found; its element is `#people`.
#[derive(Template, Debug, Clone)]
#[template(path = "desk/_people.html")]
pub(super) struct PeopleView {
    page: Page,
    typed: String,
    people: Vec<PersonRow>,
    next: String,
    stands_alone: bool,
}
impl HtmlSafe for PeopleView {}

#[derive(Debug, Clone)]
struct PersonRow {
    href: String,
    name: String,
    initials: String,
    reach: String,
    since: Moment,
    profiles: usize,
    is_current: bool,
}

async fn customers_page(State(app): State<App>, page: Page, me: StaffMember, Query(place): Query<Place>) -> Answer {
    let page = signed(page, &me);
    let (shown, actor) = (page.clone(), me.actor);
    let list = app.db.read(move |tx| read(tx, &shown, &actor, &place, None)).await?;
    show(&CustomersPage { page, list })
}

/// The search field of every page of the desk: an order's number or collect code leads to the order, all else to people.
async fn search(State(app): State<App>, page: Page, me: StaffMember, Query(place): Query<Place>) -> Answer {
    let (actor, typed) = (me.actor.clone(), place.q.trim().to_owned());
    let looks_like_order = typed.chars().any(|c| c.is_ascii_digit()) && !typed.contains('@') && !typed.starts_with('+');
    if looks_like_order && actor.may(Permission::ViewOrders) {
        let found = app.db.read(move |tx| orders::search_orders(tx, &actor, &typed, 2)).await?;
        if let [order] = found.as_slice() {
            return page.go(&format!("/desk/orders/{}", order.id));
        }
    }
    page.go(&format!("/desk/customers?q={}", encode(&place.q)))
}

fn encode(text: &str) -> String {
    form_urlencoded::byte_serialize(text.as_bytes()).collect()
}

/// People who match, newest first when nothing is typed. Needs [`Permission::ViewCustomers`].
pub(super) fn read(
    tx: &ReadTx<'_>,
    page: &Page,
    actor: &kernel::Actor,
    place: &Place,
    current: Option<PersonId>,
) -> Result<PeopleView, Trouble> {
    let cursor = Some(place.before.as_str()).filter(|cursor| !cursor.is_empty() && current.is_none());
    let found = customers::find(tx, actor, &place.q, cursor, PEOPLE)?;
    let row = |card: PersonCard| {
        let name = name_or_stranger(page, &card.name.text);
        PersonRow {
            href: format!("/desk/customers/{}?q={}", card.person, encode(&place.q)),
            initials: initials(&name),
            reach: [card.phone, card.email].into_iter().flatten().filter(|reach| *reach != name).collect::<Vec<_>>().join(" · "),
            since: Moment::date(card.since, page.now, page.locale),
            profiles: card.profiles,
            is_current: current == Some(card.person),
            name,
        }
    };
    Ok(PeopleView {
        next: found.next.map_or_else(String::new, |next| format!("/desk/customers?q={}&before={next}", encode(&place.q))),
        people: found.items.into_iter().map(row).collect(),
        typed: place.q.clone(),
        stands_alone: current.is_none(),
        page: page.clone(),
    })
}
