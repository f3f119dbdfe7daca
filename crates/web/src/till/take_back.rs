//! Take goods back, at this shop, whoever sold them: choose, see what goes back and how, confirm; once.

use super::counter::Counter;
use super::fresh_key;
use super::take_back_view::{Choice, Preview, ReturnedView, choices, read_lines};
use super::words::refused;
use crate::{Answer, App, Form, Page, Trouble, show, show_as};
use askama::Template;
use axum::Router;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::routing::get;
use flows::ReturnGoods;
use kernel::{Channel, Fault, Permission};
use orders::{Order, OrderId, ReturnId};
use payments::Payment;

pub(super) fn routes() -> Router<App> {
    Router::new().route("/till/orders/{id}/return", get(choose).post(chosen)).route("/till/returned/{id}", get(returned))
}

#[derive(Template)]
#[template(path = "till/take_back.html")]
struct TakeBackPage {
    page: Page,
    id: OrderId,
    number: String,
    bought: String,
    choices: Vec<Choice>,
    reason: String,
    preview: Option<Preview>,
    key: String,
    refused: String,
}

async fn choose(State(app): State<App>, counter: Counter, Path(id): Path<OrderId>) -> Answer {
    let (order, _) = load(&app, &counter, id).await?;
    page_of(counter.page, &order, &Form::new(), None, String::new())
}

async fn load(app: &App, counter: &Counter, id: OrderId) -> Result<(Order, Vec<Payment>), Trouble> {
    counter.actor.require(Permission::ViewOrders)?;
    let read = app.db.read(move |tx| {
        let Some(order) = orders::order(tx, id)? else { return Ok(None) };
        Ok::<_, Fault>(Some((order, payments::payments_of(tx, &format!("order:{id}"))?)))
    });
    read.await?.ok_or_else(Trouble::not_found)
}

fn page_of(page: Page, order: &Order, form: &Form, preview: Option<Preview>, says: String) -> Answer {
    let status = if says.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let key = Some(form.value("key")).filter(|key| !key.is_empty()).map_or_else(fresh_key, str::to_owned);
    let when = crate::format::when(order.placed_at, page.now, page.locale);
    show_as(
        status,
        &TakeBackPage {
            id: order.id,
            number: order.number.to_string(),
            bought: format!("{when} · {}", page.t(&format!("channel-{}", order.channel.as_str()))),
            choices: choices(&page, order, form),
            reason: form.value("reason").to_owned(),
            preview,
            key,
            refused: says,
            page,
        },
    )
}

async fn chosen(State(app): State<App>, counter: Counter, Path(id): Path<OrderId>, form: Form) -> Answer {
    let (order, payments) = load(&app, &counter, id).await?;
    let lines = read_lines(&order, &form);
    if form.value("step") == "change" {
        return page_of(counter.page, &order, &form, None, String::new());
    }
    if lines.is_empty() {
        let says = counter.page.t("till-problem-orders-empty-return");
        return page_of(counter.page, &order, &form, None, says);
    }
    if form.value("step") != "confirm" {
        let preview = Preview::of(&counter, &order, &payments, &lines);
        return page_of(counter.page, &order, &form, Some(preview), String::new());
    }
    let cmd = ReturnGoods {
        key: format!("till/{}", form.value("key").chars().take(40).collect::<String>()),
        order: id,
        lines,
        reason: form.value("reason").chars().take(500).collect(),
        location: counter.shop.id,
        channel: Channel::Till,
        onto_card: form.is("onto", "card"),
    };
    let actor = counter.actor.clone();
    match app.db.write("till.return", move |tx| flows::return_goods(tx, &actor, &cmd)).await {
        Ok(goods) => counter.page.go(&format!("/till/returned/{}", goods.id)),
        Err(error) => {
            let says = refused(&counter.page, error)?;
            let (order, _) = load(&app, &counter, id).await?;
            page_of(counter.page, &order, &Form::new(), None, says)
        }
    }
}

#[derive(Template)]
#[template(path = "till/returned.html")]
struct ReturnedPage {
    page: Page,
    goods: ReturnedView,
}

/// A return as it ended: what came in, what went back and how.
async fn returned(State(app): State<App>, counter: Counter, Path(id): Path<ReturnId>) -> Answer {
    counter.actor.require(Permission::ViewOrders)?;
    let read = app.db.read(move |tx| {
        let Some(goods) = orders::return_by_id(tx, id)? else { return Ok(None) };
        let subject = format!("order:{}", goods.order);
        let (refunds, cards) = (payments::refunds_of(tx, &subject)?, payments::gift_cards_for(tx, &subject)?);
        Ok::<_, Fault>(Some((goods, refunds, cards)))
    });
    let (goods, refunds, cards) = read.await?.ok_or_else(Trouble::not_found)?;
    show(&ReturnedPage { goods: ReturnedView::of(&counter.page, &goods, &refunds, &cards), page: counter.page })
}
