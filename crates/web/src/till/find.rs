//! One field for everything: a product by name, SKU or barcode; a person by card, telephone, e-mail or name; an order by number; a
//! collect code; the code or QR of a cart or an order; the code on a label or in an advert.

use super::counter::{Counter, take_up};
use super::start::{tile, with_prices};
use super::words;
use crate::ui::{Badge, ProductCard};
use crate::{Answer, App, Page, show};
use askama::Template;
use axum::Router;
use axum::extract::{Query, State};
use axum::routing::get;
use catalogue::{DigitalLink, Leniency, VariantCard, search};
use customers::PersonCard;
use kernel::{Fault, ReadTx};
use orders::{Cart, CartState, Fulfilment, OrderHead, OrderNumber};
use pricing::{PriceCard, PriceContext};
use serde::Deserialize;

/// Matches of each kind in a list.
const MOST: usize = 12;

pub(super) fn routes() -> Router<App> {
    Router::new().route("/till/find", get(find))
}

#[derive(Deserialize)]
struct Asked {
    #[serde(default)]
    q: String,
}

/// A row of the list of people or orders.
pub(super) struct Row {
    pub(super) href: String,
    pub(super) title: String,
    pub(super) detail: String,
    pub(super) aside: String,
    pub(super) badge: Option<Badge>,
}

#[derive(Template)]
#[template(path = "till/find.html")]
struct FindPage {
    page: Page,
    q: String,
    add_href: String,
    is_approximate: bool,
    orders: Vec<Row>,
    people: Vec<Row>,
    products: Vec<ProductCard>,
}

/// What a text may mean.
#[derive(Default)]
struct Meant {
    variant: Option<VariantCard>,
    orders: Vec<OrderHead>,
    parts: Vec<Fulfilment>,
    cart: Option<Cart>,
    people: Vec<PersonCard>,
    products: Vec<(catalogue::ProductCard, Option<PriceCard>)>,
}

async fn find(State(app): State<App>, counter: Counter, Query(asked): Query<Asked>) -> Answer {
    let q: String = asked.q.trim().chars().take(200).collect();
    if q.is_empty() {
        return counter.page.go("/till");
    }
    let hits = search::search(
        &app.search,
        &search::Query { with_facets: false, limit: MOST, ..search::Query::new(q.clone(), counter.page.locale) },
    )?;
    let products: Vec<_> = hits.hits.iter().map(|hit| hit.product).collect();
    let (at, typed, context) = (counter.clone(), q.clone(), counter.prices(app.brand.currency));
    let meant = app.db.read(move |tx| look(tx, &at, &context, &typed, &products)).await?;
    if let Some(answer) = lead(&app, &counter, &meant, &q) {
        return answer;
    }
    let page = counter.page;
    show(&FindPage {
        orders: meant.orders.iter().map(|order| order_row(&page, order)).collect(),
        people: meant.people.iter().map(|card| person_row(&page, card, "")).collect(),
        products: meant.products.iter().map(|(card, price)| tile(&page, card, *price)).collect(),
        is_approximate: hits.is_approximate,
        add_href: format!("/till/customers?q={}", crate::storefront::words::encoded(&q)),
        q,
        page,
    })
}

/// When the text can only mean one thing, go there at once.
fn lead(app: &App, counter: &Counter, meant: &Meant, q: &str) -> Option<Answer> {
    let page = &counter.page;
    if let Some(card) = &meant.variant {
        return Some(page.go(&format!("/till/products/{}?sku={}", card.handle, crate::storefront::words::encoded(&card.sku))));
    }
    if let [part] = meant.parts.as_slice() {
        return Some(page.go(&format!("/till/pickups/{}?code={}", part.id, crate::storefront::words::encoded(q))));
    }
    if let Some(cart) = &meant.cart {
        let mut answer = page.go("/till/cart");
        if let Ok(response) = &mut answer {
            take_up(response.headers_mut(), cart.id, app.secure);
        }
        return Some(answer);
    }
    // A word that only resembles something is no answer: show what there is.
    let is_precise = q.bytes().any(|byte| byte.is_ascii_digit() || byte == b'@');
    match (meant.orders.as_slice(), meant.people.as_slice()) {
        ([order], []) => Some(page.go(&format!("/till/orders/{}", order.id))),
        (_, [person]) if is_precise => Some(page.go(&format!("/till/customers/{}", person.person))),
        ([], []) => match meant.products.as_slice() {
            [(only, _)] => Some(page.go(&format!("/till/products/{}", only.handle))),
            _ => None,
        },
        _ => None,
    }
}

fn look(tx: &ReadTx<'_>, at: &Counter, context: &PriceContext, q: &str, products: &[catalogue::ProductId]) -> Result<Meant, Fault> {
    let scanned = Scanned::read(q);
    let code = scanned.code.as_str();
    let mut meant = Meant { variant: catalogue::by_code(tx, code)?, ..Meant::default() };
    if meant.variant.is_some() {
        return Ok(meant);
    }
    if scanned.is_address
        && let Some(product) = catalogue::product_by_handle(tx, &at.actor, code)?
    {
        meant.products = with_prices(tx, context, catalogue::cards(tx, &[product.id])?)?;
        return Ok(meant);
    }
    if code.len() > 26
        && let Some(order) = orders::order_by_token(tx, code)?
    {
        meant.orders.push(order.head);
        return Ok(meant);
    }
    meant.parts = allowed(orders::fulfilments_by_code(tx, &at.actor, code))?;
    // Codes come back into use: what was handed over long ago yields to what waits here.
    if meant.parts.len() > 1 {
        let waiting: Vec<_> = meant.parts.iter().filter(|part| part.location == at.shop.id && !part.state.has_left()).cloned().collect();
        meant.parts = if waiting.is_empty() { meant.parts.into_iter().take(1).collect() } else { waiting };
    }
    meant.cart = match orders::cart_by_code(tx, &at.actor, code) {
        Ok(cart) => cart.filter(|cart| cart.state == CartState::Open),
        Err(orders::ReadError::Fault(fault)) => return Err(fault),
        Err(orders::ReadError::Denied(_)) => None,
    };
    if !meant.parts.is_empty() || meant.cart.is_some() {
        return Ok(meant);
    }
    meant.orders = orders_like(tx, at, code)?;
    meant.people = people_like(tx, at, q)?;
    meant.products = with_prices(tx, context, catalogue::cards(tx, products)?)?;
    Ok(meant)
}

/// What a scanner read: a code, or an address that holds one.
struct Scanned {
    code: String,
    is_address: bool,
}

impl Scanned {
    /// The article number of a digital link, the SKU that a product's page was opened with, else the last part of the address.
    fn read(text: &str) -> Self {
        if !text.contains("://") {
            return Scanned { code: text.to_owned(), is_address: false };
        }
        let link = DigitalLink::read(text, Leniency::ALL).ok();
        let (path, query) = text.split_once('?').unwrap_or((text, ""));
        let sku = || form_urlencoded::parse(query.split('#').next().unwrap_or_default().as_bytes()).find(|(name, _)| name == "sku");
        let last = || path.split('#').next().unwrap_or_default().trim_end_matches('/').rsplit('/').next().unwrap_or_default();
        let code = match link.as_ref().and_then(DigitalLink::gtin) {
            Some(gtin) => gtin.to_owned(),
            None => sku().map_or_else(|| decoded(last()), |(_, sku)| sku.into_owned()),
        };
        Scanned { code, is_address: true }
    }
}

/// A part of a path without its percent signs.
fn decoded(part: &str) -> String {
    let value = part.replace('+', "%2B").replace('&', "%26").replace('=', "%3D");
    form_urlencoded::parse(value.as_bytes()).next().map_or_else(String::new, |(text, _)| text.into_owned())
}

/// Orders by number, e-mail, telephone or collect code. Many digits are a telephone or a card, not an order's number.
pub(super) fn orders_like(tx: &ReadTx<'_>, at: &Counter, typed: &str) -> Result<Vec<OrderHead>, Fault> {
    let is_number = typed.parse::<OrderNumber>().is_ok();
    if is_number && typed.bytes().filter(u8::is_ascii_digit).count() > 8 {
        return Ok(Vec::new());
    }
    allowed(orders::search_orders(tx, &at.actor, typed, MOST))
}

/// People by card, telephone, e-mail or name.
pub(super) fn people_like(tx: &ReadTx<'_>, at: &Counter, typed: &str) -> Result<Vec<PersonCard>, Fault> {
    match customers::find(tx, &at.actor, typed, None, MOST) {
        Ok(found) => Ok(found.items),
        Err(customers::QueryError::Fault(fault)) => Err(fault),
        Err(_) => Ok(Vec::new()),
    }
}

/// What this member of staff may not see is not there for them.
fn allowed<T>(found: Result<Vec<T>, orders::ReadError>) -> Result<Vec<T>, Fault> {
    match found {
        Ok(found) => Ok(found),
        Err(orders::ReadError::Fault(fault)) => Err(fault),
        Err(orders::ReadError::Denied(_)) => Ok(Vec::new()),
    }
}

/// An order in one line.
pub(super) fn order_row(page: &Page, order: &OrderHead) -> Row {
    let when = crate::format::when(order.placed_at, page.now, page.locale);
    let title =
        if order.contact.name.is_empty() { order.number.to_string() } else { format!("{} · {}", order.number, order.contact.name) };
    Row {
        href: format!("/till/orders/{}", order.id),
        title,
        detail: format!("{when} · {}", summary(page, order)),
        aside: order.total.format(page.locale),
        badge: Some(words::order_state(page, order.state)),
    }
}

/// `Camisa de lino y 2 más`.
pub(super) fn summary(page: &Page, order: &OrderHead) -> String {
    match order.units {
        0 | 1 => order.summary.clone(),
        units => page.tw("till-and-more", &[("value", order.summary.clone().into()), ("n", (units - 1).into())]),
    }
}

/// A person in one line; `query` is carried on.
pub(super) fn person_row(page: &Page, card: &PersonCard, query: &str) -> Row {
    let title = if card.name.text.is_empty() { page.t("till-nameless") } else { card.name.text.clone() };
    let known = [card.phone.clone(), card.email.clone()];
    Row {
        href: format!("/till/customers/{}{query}", card.person),
        title,
        detail: known.into_iter().flatten().collect::<Vec<_>>().join(" · "),
        aside: String::new(),
        badge: None,
    }
}
