//! What an agent does with an order: call it off, ask for goods to come back, ask for the money in the conversation.

use crate::desk::words::channel_of_person;
use crate::{Answer, App, Flash, Form, Page, StaffMember, Trouble};
use axum::Router;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::routing::post;
use conversations::MatterId;
use flows::{PayBy, PayOrder};
use kernel::{Channel, Fault, Permission, ProfileId, Quantity};
use orders::{CancelOrder, Condition, NewReturnLine, Order, OrderId, RequestReturn};
use std::time::Duration;

/// How long a pay link is good.
const GOOD_FOR: Duration = Duration::from_secs(24 * 3600);
/// Letters kept of a reason.
const REASON: usize = 500;

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/desk/orders/{id}/cancellation", post(cancel))
        .route("/desk/orders/{id}/returns", post(ask_back))
        .route("/desk/orders/{id}/pay-link", post(ask_money))
}

fn reason(form: &Form) -> String {
    form.value("reason").chars().take(REASON).collect()
}

/// The whole order, before any of it has left: stock is free again and what was paid goes back.
async fn cancel(State(app): State<App>, page: Page, me: StaffMember, Path(id): Path<OrderId>, form: Form) -> Answer {
    let (actor, cmd) = (me.actor, CancelOrder { order: id, reason: reason(&form), channel: Channel::Desk });
    app.db.write("flows.cancel", move |tx| flows::cancel(tx, &actor, &cmd)).await?;
    page.go_saying(&format!("/desk/orders/{id}"), &Flash::ok("order-called-off"))
}

/// Goods may come back: the customer hands them in anywhere, and only then the money goes back.
async fn ask_back(State(app): State<App>, page: Page, me: StaffMember, Path(id): Path<OrderId>, form: Form) -> Answer {
    let wanted = form.values("line").zip(form.values("quantity"));
    let lines: Vec<NewReturnLine> = wanted
        .filter_map(|(line, quantity)| {
            let quantity = Quantity(quantity.parse().ok().filter(|units| *units > 0)?);
            Some(NewReturnLine { line: line.parse().ok()?, quantity, condition: Condition::Resale })
        })
        .collect();
    if lines.is_empty() {
        return page.go_saying(&format!("/desk/orders/{id}"), &Flash::bad("return-nothing"));
    }
    let (actor, key) = (me.actor, format!("desk:{id}:{}", form.value("key")));
    let cmd = RequestReturn { key, order: id, lines, reason: reason(&form), channel: Channel::Desk, onto_card: form.is("onto", "card") };
    app.db.write("orders.request_return", move |tx| orders::request_return(tx, &actor, &cmd)).await?;
    page.go_saying(&format!("/desk/orders/{id}"), &Flash::ok("return-asked-for"))
}

/// A link for what is due, put into the composer of the customer's matter: the agent reads it before it goes.
async fn ask_money(State(app): State<App>, page: Page, me: StaffMember, Path(id): Path<OrderId>, form: Form) -> Answer {
    let (actor, key) = (me.actor, format!("desk:{id}:{}", form.value("key")));
    let ask = move |tx: &mut kernel::Tx<'_>| -> Result<(MatterId, payments::PayLinkId), Trouble> {
        actor.require(Permission::Reply)?;
        let order = orders::order(tx, id)?.ok_or_else(Trouble::not_found)?;
        if order.profile.is_none() {
            return Err(Trouble::of(StatusCode::UNPROCESSABLE_ENTITY));
        }
        let (matter, channel) = matter_of_order(tx, &order)?.ok_or_else(Trouble::not_found)?;
        let by = PayBy::Link { matter: Some(matter.to_string()), good_for: GOOD_FOR };
        let step = flows::pay_order(tx, &actor, &PayOrder { key: key.clone(), order: id, by, channel })?;
        Ok((matter, step.link.ok_or_else(Trouble::not_found)?.id))
    };
    let (matter, link) = app.db.write("flows.pay_order", ask).await?;
    page.go_saying(&format!("/desk/matters/{matter}?pay={link}"), &Flash::ok("pay-link-ready"))
}

/// The matter in which the buyer of an order is written to, opened if there is none, and its channel; nothing for somebody unknown.
pub(super) fn matter_of_order(tx: &mut kernel::Tx<'_>, order: &Order) -> Result<Option<(MatterId, Channel)>, Fault> {
    let Some(profile) = order.profile else { return Ok(None) };
    let Some(person) = customers::person_of(tx, profile)? else { return Ok(None) };
    let person: Vec<ProfileId> = customers::profiles_of(tx, person)?;
    let channel = channel_of_person(tx, &person)?;
    Ok(Some((conversations::open_for(tx, &person, profile, channel, &order.number.to_string())?, channel)))
}
