//! One order at the till: the end of a sale, with its change; and any order that somebody asks about.

use super::counter::Counter;
use super::order_view::{Data, OrderView, read};
use super::pay::Tenders;
use super::tender;
use super::words::refused;
use crate::ui::Qr;
use crate::{Answer, App, Form, Page, Trouble, part, show, show_refused, stream};
use askama::Template;
use axum::Router;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use axum::routing::{get, post};
use flows::PayOrder;
use kernel::{Channel, Money, Permission};
use orders::OrderId;
use serde::Deserialize;

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/till/orders/{id}", get(show_order))
        .route("/till/orders/{id}/live", get(live))
        .route("/till/orders/{id}/payments", post(pay_rest))
}

#[derive(Debug, Clone, Copy, Default, Deserialize)]
pub(super) struct After {
    /// Cash that was put on the counter, in minor units.
    pub(super) given: Option<i64>,
}

impl After {
    /// Given, and to give back: what was put down less what cash paid.
    pub(super) fn change(self, data: &Data) -> Option<(Money, Money)> {
        let given = self.given.filter(|given| (1..=100_000_000).contains(given))?;
        let last = data.payments.iter().rev().find(|payment| payment.method == payments::Method::Cash)?;
        let change = given - last.captured.minor;
        (change >= 0).then(|| (Money::new(given, last.captured.currency), Money::new(change, last.captured.currency)))
    }
}

#[derive(Template)]
#[template(path = "till/order.html")]
struct OrderPage {
    page: Page,
    order: OrderView,
    given: String,
    change: String,
    receipt: String,
    money: MoneyPart,
    refused: String,
}

/// What is due and how to pay it; pushed live, because a link is paid elsewhere.
#[derive(Template)]
#[template(path = "till/_due.html")]
struct MoneyPart {
    page: Page,
    money: Vec<super::order_view::MoneyView>,
    tenders: Option<Tenders>,
    link: Option<(String, Qr, String)>,
    is_paid: bool,
}
impl askama::filters::HtmlSafe for MoneyPart {}

async fn show_order(State(app): State<App>, counter: Counter, Path(id): Path<OrderId>, Query(after): Query<After>) -> Answer {
    let data = load(&app, &counter, id).await?;
    page_of(&app, counter, &data, after, Form::new(), String::new())
}

async fn load(app: &App, counter: &Counter, id: OrderId) -> Result<Data, Trouble> {
    counter.actor.require(Permission::ViewOrders)?;
    app.db.read(move |tx| read(tx, id)).await?.ok_or_else(Trouble::not_found)
}

fn page_of(app: &App, counter: Counter, data: &Data, after: After, form: Form, says: String) -> Answer {
    let page = counter.page;
    let order = OrderView::of(&page, data, counter.shop.id);
    let change = after.change(data);
    let receipt =
        format!("/till/orders/{}/receipt{}", data.order.id, after.given.map_or_else(String::new, |given| format!("?given={given}")));
    let is_refused = !says.is_empty() || !form.is_fine();
    let shown = OrderPage {
        given: change.map_or_else(String::new, |(given, _)| given.format(page.locale)),
        change: change.map_or_else(String::new, |(_, change)| change.format(page.locale)),
        receipt,
        money: money_part(app, &page, data, &order, form),
        refused: says,
        order,
        page,
    };
    if is_refused { show_refused(&shown) } else { show(&shown) }
}

fn money_part(app: &App, page: &Page, data: &Data, order: &OrderView, form: Form) -> MoneyPart {
    let link = data.link.as_ref().map(|link| {
        let address = format!("{}/pay/{}", app.brand.public_url, link.token);
        let qr = Qr::of(&address, page.t("till-qr-pay"));
        (address, qr, link.amount.format(page.locale))
    });
    let seal = data.order.paid.minor.to_string();
    let action = format!("/till/orders/{}/payments", data.order.id);
    let can_link = data.order.profile.is_some() && link.is_none();
    MoneyPart {
        money: super::order_view::moneys(page, data),
        tenders: order.due.map(|due| Tenders::of(page, action, seal, due, can_link, form)),
        is_paid: order.due.is_none() && data.order.paid.minor >= data.order.total.minor,
        link,
        page: page.clone(),
    }
}

/// The money again whenever the order or a payment of it changes.
async fn live(State(app): State<App>, counter: Counter, Path(id): Path<OrderId>) -> Result<Response, Trouble> {
    counter.actor.require(Permission::ViewOrders)?;
    let subscription = app.hub.subscribe([format!("subject:{id}")]);
    Ok(stream(subscription, move |_| {
        let (app, counter) = (app.clone(), counter.clone());
        async move {
            let data = load(&app, &counter, id).await.ok()?;
            let order = OrderView::of(&counter.page, &data, counter.shop.id);
            let money = money_part(&app, &counter.page, &data, &order, Form::new()).render().ok()?;
            Some(part("due", &money))
        }
    }))
}

/// Take what is still due, all of it or a part; or open a link for it.
async fn pay_rest(State(app): State<App>, counter: Counter, Path(id): Path<OrderId>, mut form: Form) -> Answer {
    let data = load(&app, &counter, id).await?;
    let there = format!("/till/orders/{id}");
    let seal = form.value("seal").to_owned();
    // A second press: that payment is on the order already.
    let Some(due) = OrderView::of(&counter.page, &data, counter.shop.id).due.filter(|_| seal == data.order.paid.minor.to_string()) else {
        return counter.page.go(&there);
    };
    let Some(asked) = tender::read(&counter.page, &mut form, due) else {
        return page_of(&app, counter, &data, After::default(), form, String::new());
    };
    let cmd = PayOrder { key: format!("till/{id}/{seal}"), order: id, by: asked.by, channel: Channel::Till };
    let actor = counter.actor.clone();
    match app.db.write("till.pay_rest", move |tx| flows::pay_order(tx, &actor, &cmd)).await {
        Ok(_) => counter.page.go(&asked.given.map_or(there.clone(), |given| format!("{there}?given={}", given.minor))),
        Err(error) => {
            let says = refused(&counter.page, error)?;
            page_of(&app, counter, &data, After::default(), form, says)
        }
    }
}
