//! An order by its signed link: whoever holds the link may look, pay and ask for a return.

mod change;
mod find;
mod give_back;
mod label;
mod review;
mod view;

use super::visitor::{Aisle, Visitor};
use crate::{Answer, App, Flash, Form, Page, Trouble, part, show, stream};
use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use flows::{PayBy, PayOrder, PayOrderError};
use kernel::{Actor, Channel, Fault};
use orders::{Order, Return};
use payments::PaymentError;
use view::OrderView;

pub(super) use change::{change, change_form};
pub(super) use find::{find, find_form};
pub(super) use give_back::{give_back, give_back_form};
pub(super) use label::label;
pub(super) use review::{review, review_form};

#[derive(Template)]
#[template(path = "storefront/order.html")]
struct OrderPage {
    page: Page,
    aisles: Vec<Aisle>,
    order: OrderView,
}

/// The part that follows the order.
#[derive(Template)]
#[template(path = "storefront/order_body.html")]
struct Body<'a> {
    page: &'a Page,
    order: &'a OrderView,
}

impl askama::filters::HtmlSafe for Body<'_> {}

impl OrderPage {
    fn body(&self) -> Body<'_> {
        Body { page: &self.page, order: &self.order }
    }
}

/// An order with what belongs to it.
struct Found {
    order: Order,
    returns: Vec<Return>,
    places: Vec<inventory::Location>,
    pictures: Vec<(catalogue::VariantId, String)>,
    may_call: bool,
    days: pricing::DeliveryDays,
    changes: Vec<orders::OrderChange>,
    cards: Vec<payments::GiftCard>,
}

async fn read(app: &App, token: &str) -> Result<Found, Trouble> {
    let token = token.to_owned();
    let found = app.db.read(move |tx| {
        let Some(order) = orders::order_by_token(tx, &token)? else { return Ok(None) };
        let returns = orders::returns_of(tx, order.id)?;
        let mut places = Vec::new();
        for part in &order.fulfilments {
            places.extend(inventory::location(tx, part.location)?);
        }
        let ids: Vec<_> = order.lines.iter().map(|line| line.variant).collect();
        let cards = catalogue::variants(tx, &ids)?;
        let pictures = cards.into_iter().map(|card| (card.id, card.picture.map_or_else(String::new, |picture| picture.source))).collect();
        let (may_call, days) = (flows::phone_account(tx)?.is_some(), pricing::delivery_days(tx)?);
        let changes = orders::changes_of(tx, order.id)?;
        let cards = payments::gift_cards_for(tx, &format!("order:{}", order.id))?;
        Ok::<_, Fault>(Some(Found { order, returns, places, pictures, may_call, days, changes, cards }))
    });
    found.await?.ok_or_else(Trouble::not_found)
}

pub(super) async fn show_order(State(app): State<App>, visitor: Visitor, Path(token): Path<String>) -> Answer {
    let found = read(&app, &token).await?;
    let Visitor { page, aisles, .. } = visitor;
    let order = OrderView::new(&app, &page, &found);
    show(&OrderPage { page, aisles, order })
}

pub(super) async fn live(State(app): State<App>, visitor: Visitor, Path(token): Path<String>) -> Result<Response, Trouble> {
    let found = read(&app, &token).await?;
    let parts = found.order.fulfilments.iter().map(|part| format!("subject:{}", part.id));
    // A return is a thing of its own; it is heard of on the buyer's thread.
    let buyer = found.order.profile.map(|profile| format!("profile:{profile}"));
    let topics: Vec<_> = parts.chain([format!("subject:{}", found.order.id)]).chain(buyer).collect();
    let subscription = app.hub.subscribe(topics);
    let render = move |_| {
        let (app, mut page, token) = (app.clone(), visitor.page.clone(), token.clone());
        page.now = app.db.clock().now();
        async move {
            let found = read(&app, &token).await.ok()?;
            let order = OrderView::new(&app, &page, &found);
            let shown = OrderPage { page, aisles: Vec::new(), order };
            Some(part("order", &shown.body().render().ok()?))
        }
    };
    Ok(stream(subscription, render))
}

/// Whoever holds the link acts as the one who bought.
fn buyer(order: &Order) -> Actor {
    order.profile.map_or_else(Actor::guest, Actor::customer)
}

/// Pay what is due, on the gateway's page.
pub(super) async fn pay(State(app): State<App>, page: Page, Path(token): Path<String>, form: Form) -> Answer {
    let found = read(&app, &token).await?;
    let (actor, order) = (buyer(&found.order), found.order.id);
    let key: String = form.value("key").chars().filter(char::is_ascii_alphanumeric).take(40).collect();
    let by = match form.value("gift_card") {
        "" => PayBy::Online,
        code => PayBy::GiftCard { code: code.chars().take(60).collect(), rest: Box::new(PayBy::Online) },
    };
    let ask = PayOrder { key: format!("order-page/{order}/{key}"), order, by, channel: Channel::Web };
    let step = match app.db.write("flows.pay_order", move |tx| flows::pay_order(tx, &actor, &ask)).await {
        Err(PayOrderError::Payment(PaymentError::UnknownGiftCard)) => {
            return page.go_saying(&format!("/orders/{token}"), &Flash::bad("gift-card-unknown"));
        }
        Err(PayOrderError::Payment(PaymentError::EmptyGiftCard)) => {
            return page.go_saying(&format!("/orders/{token}"), &Flash::bad("gift-card-empty"));
        }
        step => step?,
    };
    match step.page {
        Some(hosted) => page.go(&format!("/pay/{hosted}")),
        None => page.go(&format!("/orders/{token}")),
    }
}
