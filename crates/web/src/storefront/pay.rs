//! Paying: the simulated gateway's hosted page, and links that lead to it. A real gateway's page would lie on its own site;
//! this one says what it is, and tells us of the outcome as a real one does: by a signed webhook.

use super::visitor::Aisle;
use crate::{Answer, App, Flash, Form, Page, Trouble, show};
use askama::Template;
use axum::extract::{Path, State};
use kernel::Fault;
use orders::{Order, OrderId};
use payments::simulator::{IntentState, Outcome, SimulatorError, hosted_page, pay};
use payments::{PayLinkError, PayLinkState};

#[derive(Template)]
#[template(path = "storefront/pay.html")]
struct PayPage {
    page: Page,
    token: String,
    amount: String,
    number: String,
    back: String,
    is_open: bool,
    declined: bool,
}

/// A link that has ended.
#[derive(Template)]
#[template(path = "storefront/pay_ended.html")]
struct Ended {
    page: Page,
    aisles: Vec<Aisle>,
    says: String,
    back: String,
}

fn order_id(subject: &str) -> Option<OrderId> {
    subject.strip_prefix("order:")?.parse().ok()
}

pub(super) async fn order_of(app: &App, subject: String) -> Result<Option<Order>, Trouble> {
    let Some(id) = order_id(&subject) else { return Ok(None) };
    Ok(app.db.read(move |tx| orders::order(tx, id)).await?)
}

/// The page to pay on; a pay link leads to its page first.
pub(super) async fn show_page(State(app): State<App>, page: Page, Path(token): Path<String>) -> Answer {
    let asked = token.clone();
    let found = app
        .db
        .read(move |tx| {
            let Some(hosted) = hosted_page(tx, &asked)? else { return Ok(None) };
            Ok::<_, Fault>(payments::payment(tx, hosted.payment)?.map(|payment| (hosted, payment)))
        })
        .await?;
    let Some((hosted, payment)) = found else {
        let asked = token.clone();
        return match app.db.read(move |tx| payments::session_by_token(tx, &asked)).await? {
            Some(session) => super::pay_gateway::show_gateway(&app, page, session).await,
            None => follow_link(&app, page, token).await,
        };
    };
    let order = order_of(&app, payment.subject).await?;
    let back = order.as_ref().map_or_else(|| "/".to_owned(), |order| format!("/orders/{}", order.token()));
    if hosted.state == IntentState::Captured {
        return page.go(&back);
    }
    show(&PayPage {
        amount: hosted.amount.format(page.locale),
        number: order.map_or_else(String::new, |order| order.number.to_string()),
        is_open: hosted.state == IntentState::Open,
        declined: page.query == "declined",
        token,
        back,
        page,
    })
}

async fn follow_link(app: &App, page: Page, token: String) -> Answer {
    let asked = token.clone();
    match app.db.write("payments.open_pay_link", move |tx| payments::open_pay_link(tx, &asked)).await {
        Ok(opened) => page.go(&format!("/pay/{}", opened.page)),
        Err(PayLinkError::UnknownLink) => Err(Trouble::not_found()),
        Err(PayLinkError::Ended { state }) => {
            let link = app.db.read(move |tx| payments::pay_link_by_token(tx, &token)).await?;
            let order = match link {
                Some(link) => order_of(app, link.subject).await?,
                None => None,
            };
            let back = order.map_or_else(|| "/".to_owned(), |order| format!("/orders/{}", order.token()));
            let says = page.t(match state {
                PayLinkState::Paid => "pay-link-paid",
                PayLinkState::Expired => "pay-link-expired",
                _ => "pay-link-cancelled",
            });
            show(&Ended { page, aisles: Vec::new(), says, back })
        }
        Err(other) => Err(other.into()),
    }
}

/// A button of the hosted page: the gateway decides, and its webhook comes to us over the same door as any.
pub(super) async fn press(State(app): State<App>, page: Page, Path(token): Path<String>, form: Form) -> Answer {
    let outcome = if form.value("do") == "decline" { Outcome::Decline } else { Outcome::Approve };
    let asked = token.clone();
    let event = match app.db.write("payments.simulator.pay", move |tx| pay(tx, &asked, outcome)).await {
        Ok(event) => event,
        // Pressed twice: the page knows where to go on.
        Err(SimulatorError::Closed { .. }) => return page.go(&format!("/pay/{token}")),
        Err(other) => return Err(other.into()),
    };
    app.db
        .write("flows.receive_payment_webhook", move |tx| flows::receive_payment_webhook(tx, event.body.as_bytes(), &event.signature))
        .await?;
    if outcome == Outcome::Decline {
        return page.go(&format!("/pay/{token}?declined"));
    }
    let asked = token.clone();
    let paid = app.db.read(move |tx| hosted_page(tx, &asked)?.map_or(Ok(None), |hosted| payments::payment(tx, hosted.payment))).await?;
    let order = match paid {
        Some(payment) => order_of(&app, payment.subject).await?,
        None => None,
    };
    match order {
        Some(order) => page.go_saying(&format!("/orders/{}", order.token()), &Flash::ok("my-order-paid")),
        None => page.go("/"),
    }
}
