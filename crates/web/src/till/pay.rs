//! Take the money of the cart on the counter: it becomes an order, once.

use super::basket::{self, Basket};
use super::counter::{Counter, clear};
use super::tender::{self, handy};
use super::words::refused;
use crate::{Answer, App, Flash, Form, Page, Trouble, show, show_refused};
use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::routing::get;
use customers::IdentifierKind;
use flows::{Basket as Goods, CheckedOut, Checkout, CheckoutError, basket_of, checkout, checkout_locks};
use kernel::{Channel, Fault, Money, ProfileId, ReadTx};
use orders::{Cart, CartId, Contact, PlaceError};
use payments::{Paying, PaymentOption, PaymentRule};

pub(super) fn routes() -> Router<App> {
    Router::new().route("/till/pay", get(ask).post(pay))
}

#[derive(Template)]
#[template(path = "till/pay.html")]
struct PayPage {
    page: Page,
    basket: Basket,
    tenders: Tenders,
    refused: String,
}

/// The forms that take money, for a cart or for what is left of an order.
pub(super) struct Tenders {
    pub(super) action: String,
    /// Sent along so that a second press is the same intent.
    pub(super) seal: String,
    pub(super) due: String,
    pub(super) handy: Vec<(String, String)>,
    pub(super) can_link: bool,
    /// The law's limit of cash, where it matters; empty otherwise.
    pub(super) cash_rule: String,
    pub(super) form: Form,
}

impl Tenders {
    pub(super) fn of(page: &Page, action: String, seal: String, due: Money, can_link: bool, form: Form) -> Self {
        let handy = handy(due).into_iter().map(|amount| (amount.decimal(), amount.format(page.locale))).collect();
        let paying = Paying { amount: due, is_handed_over: true, channel: Channel::Till };
        let limit = |option: PaymentOption| match option.rule? {
            PaymentRule::CashLimit { most } => Some(page.tv("pay-rule-cash-limit", most.format(page.locale))),
            PaymentRule::NeedsShop => None,
        };
        let cash_rule = payments::payment_options(paying).into_iter().find_map(limit).unwrap_or_default();
        Tenders { action, seal, due: due.format(page.locale), handy, can_link, cash_rule, form }
    }
}

async fn ask(State(app): State<App>, counter: Counter) -> Answer {
    let basket = basket::load(&app, &counter, String::new()).await?;
    if basket.lines.is_empty() || basket.due.is_none() {
        return counter.page.go("/till/cart");
    }
    if basket.needs_address {
        return counter.page.go("/till/cart/address");
    }
    page_of(counter.page, basket, Form::new(), String::new())
}

fn page_of(page: Page, basket: Basket, form: Form, says: String) -> Answer {
    let is_refused = !says.is_empty() || !form.is_fine();
    let due = basket.due.ok_or_else(Trouble::not_found)?;
    let tenders = Tenders::of(&page, "/till/pay".to_owned(), basket.seal.clone(), due, basket.customer.is_some(), form);
    let shown = PayPage { basket, tenders, refused: says, page };
    if is_refused { show_refused(&shown) } else { show(&shown) }
}

async fn pay(State(app): State<App>, counter: Counter, mut form: Form) -> Answer {
    let (sealed, version) = form
        .value("seal")
        .split_once('.')
        .and_then(|(id, version)| Some((id.parse::<CartId>().ok()?, version.to_owned())))
        .ok_or_else(Trouble::not_found)?;
    let (at, currency) = (counter.clone(), app.brand.currency);
    let read = app.db.read(move |tx| basket::read(tx, &at, currency)).await?;
    let Some(cart) = read.cart.clone().filter(|cart| cart.id == sealed && !cart.lines.is_empty()) else {
        return already(&app, counter, sealed).await;
    };
    let due = read.quote.as_ref().and_then(|quote| quote.as_ref().ok()).map(|quote| quote.total);
    let basket = Basket::of(&app, &counter, read, String::new())?;
    let Some(due) = due else { return counter.page.go("/till/cart") };
    // The amount on the screen was another one: look again before money changes hands.
    if version != cart.version.to_string() {
        let says = counter.page.t("till-problem-orders-cart-changed");
        return page_of(counter.page, basket, form, says);
    }
    let Some(asked) = tender::read(&counter.page, &mut form, due) else {
        return page_of(counter.page, basket, form, String::new());
    };
    match check_out(&app, &counter, &cart, asked.by).await {
        Ok(sold) => {
            let given = asked.given.map_or_else(String::new, |given| format!("?given={}", given.minor));
            let mut response = counter.page.go(&format!("/till/orders/{}{given}", sold.order.id))?;
            clear(response.headers_mut());
            Ok(response)
        }
        Err(error) => {
            let says = refused(&counter.page, error)?;
            page_of(counter.page, basket, form, says)
        }
    }
}

/// A second press after the sale: that cart is an order already, so lead to it. No other cart is charged in its place.
async fn already(app: &App, counter: Counter, cart: CartId) -> Answer {
    let actor = counter.actor.clone();
    match app.db.read(move |tx| orders::placed_before(tx, &actor, &key(cart), Some(cart))).await {
        Ok(Some(order)) => counter.page.go(&format!("/till/orders/{}", order.id)),
        Ok(None) | Err(PlaceError::KeyTaken) => counter.page.go_saying("/till/cart", &Flash::bad("till-other-cart")),
        Err(error) => Err(error.into()),
    }
}

/// One cart, one order: its key.
fn key(cart: CartId) -> String {
    format!("till/{cart}")
}

/// One cart, one key: however often it is sent, it is one order.
async fn check_out(app: &App, counter: &Counter, cart: &Cart, by: flows::PayBy) -> Result<CheckedOut, CheckoutError> {
    let lines = basket_of(cart);
    let profile = cart.profile;
    let (locks, contact) = app
        .db
        .read(move |tx| Ok::<_, Fault>((checkout_locks(tx, &lines, None)?, contact(tx, profile)?)))
        .await
        .map_err(CheckoutError::Fault)?;
    let cmd = Checkout {
        key: key(cart.id),
        basket: Goods::Cart { id: cart.id, version: Some(cart.version) },
        profile,
        channel: Channel::Till,
        locale: counter.page.locale,
        currency: app.brand.currency,
        audience: counter.audience(),
        sold_at: Some(counter.shop.id),
        contact,
        address: None,
        delivery: None,
        note: String::new(),
        payment: by,
    };
    let actor = counter.actor.clone();
    app.db.write_locking("till.checkout", locks, move |tx| checkout(tx, &actor, &cmd)).await
}

/// Whom to tell: what is known of the customer.
fn contact(tx: &ReadTx<'_>, profile: Option<ProfileId>) -> Result<Contact, Fault> {
    let Some(person) = profile.map_or(Ok(None), |profile| customers::person_of(tx, profile))? else { return Ok(Contact::default()) };
    let Some(person) = customers::person(tx, person)? else { return Ok(Contact::default()) };
    let best = |kind| person.of_kind(kind).next().map_or_else(String::new, |known| known.identifier.value().to_owned());
    Ok(Contact { name: person.name.text.clone(), email: best(IdentifierKind::Email), phone: best(IdentifierKind::Phone) })
}
