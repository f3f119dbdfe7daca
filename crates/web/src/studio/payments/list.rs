//! The gateways with their state, and what is left for a person to do.

use crate::studio::{Entered, Me};
use crate::ui::{Badge, Moment, Tone};
use crate::{Answer, App, Flash, Page, Trouble, show};
use askama::Template;
use axum::Router;
use axum::extract::{Path, State};
use axum::routing::{get, post};
use kernel::{Fault, Permission};
use orders::OrderId;
use payments::{GatewayCall, GatewayCallId, Payment, Provider};

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/studio/payments", get(list))
        .route("/studio/payments/calls/{call}/again", post(again))
        .route("/studio/payments/calls/{call}/settled", post(settled))
}

struct Row {
    href: String,
    name: String,
    provider: String,
    state: Badge,
}

struct Offer {
    href: String,
    name: String,
    says: String,
}

/// What a gateway would not do.
struct Left {
    id: GatewayCallId,
    what: String,
    order: Option<(String, String)>,
    why: String,
    since: Moment,
}

#[derive(Template)]
#[template(path = "studio/payments/list.html")]
struct List {
    page: Page,
    me: Me,
    rows: Vec<Row>,
    left: Vec<Left>,
    offers: Vec<Offer>,
    is_simulated: bool,
}

async fn list(State(app): State<App>, Entered { page, me }: Entered) -> Answer {
    me.actor.require(Permission::ManageChannels)?;
    let read = app.db.read(|tx| {
        let mut left = Vec::new();
        for call in payments::failed_calls(tx)? {
            let payment = payments::payment(tx, call.payment)?.ok_or_else(|| Fault::data("a payment vanished"))?;
            let order = match payment.subject.strip_prefix("order:").and_then(|id| id.parse::<OrderId>().ok()) {
                Some(id) => orders::order(tx, id)?.map(|order| (order.id, order.number.to_string())),
                None => None,
            };
            left.push((call, payment, order));
        }
        Ok::<_, Fault>((payments::gateways(tx)?, left))
    });
    let (gateways, left) = read.await?;
    let row = |gateway: &payments::Gateway| Row {
        href: format!("/studio/payments/{}", gateway.id),
        name: gateway.name.clone(),
        provider: page.t(&format!("gateway-{}", gateway.provider)),
        state: state(&page, gateway.is_active),
    };
    let offers = Provider::ALL.iter().map(|provider| Offer {
        href: format!("/studio/payments/new/{provider}"),
        name: page.t(&format!("gateway-{provider}")),
        says: page.t(&format!("gateway-{provider}-says")),
    });
    let is_simulated = !gateways.iter().any(|gateway| gateway.is_active);
    let (rows, offers) = (gateways.iter().map(row).collect(), offers.collect());
    let left = left.into_iter().map(|(call, payment, order)| of(&page, call, &payment, order)).collect();
    show(&List { rows, left, offers, is_simulated, page, me })
}

pub(super) fn state(page: &Page, is_active: bool) -> Badge {
    let (tone, key) = if is_active { (Tone::Ok, "gateway-active") } else { (Tone::Plain, "studio-switched-off") };
    Badge::state(tone, page.t(key))
}

fn of(page: &Page, call: GatewayCall, payment: &Payment, order: Option<(OrderId, String)>) -> Left {
    let money = [("amount", call.amount.format(page.locale).into()), ("name", payment.reference.clone().into())];
    Left {
        id: call.id,
        what: page.tw(&format!("gateway-left-{}", call.verb), &money),
        order: order.map(|(id, number)| (format!("/desk/orders/{id}"), number)),
        why: call.detail,
        since: Moment::ago(call.created_at, page.now, page.locale),
    }
}

fn call(text: &str) -> Result<GatewayCallId, Trouble> {
    text.parse().map_err(|_| Trouble::not_found())
}

async fn again(State(app): State<App>, Entered { page, me }: Entered, Path(text): Path<String>) -> Answer {
    let (id, actor) = (call(&text)?, me.actor.clone());
    app.db.write("payments.repeat_call", move |tx| payments::repeat_call(tx, &actor, id)).await?;
    page.go_saying("/studio/payments", &Flash::ok("gateway-left-again-said"))
}

async fn settled(State(app): State<App>, Entered { page, me }: Entered, Path(text): Path<String>) -> Answer {
    let (id, actor) = (call(&text)?, me.actor.clone());
    app.db.write("payments.settle_call", move |tx| payments::settle_call(tx, &actor, id)).await?;
    page.go_saying("/studio/payments", &Flash::ok("gateway-left-settled-said"))
}
