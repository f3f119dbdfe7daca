//! Each stage of an order is told once, by the way the customer prefers and the policy allows; some days after the last, one question what
//! they think of it.

mod words;

use crate::calls::person_with;
use crate::contact::{Notice, send};
use customers::Purpose;
use customers::policy::Urgency;
use kernel::{Fault, Logged, Reaction, ReadTx, Timer, Tx};
use orders::{Fulfilment, FulfilmentFacts, FulfilmentId, FulfilmentWay, Order, OrderFacts, OrderId, OrderState, ReturnFacts};
use serde::Deserialize;
use std::time::Duration;
use words::Stage;

/// Tells the stages.
pub(crate) const REACTION: Reaction = Reaction {
    name: "flows.order_notices",
    kinds: &[
        "order.paid",
        "order.changed",
        "order.cancelled",
        "fulfilment.ready",
        "fulfilment.packed",
        "fulfilment.shipped",
        "fulfilment.delivered",
        "fulfilment.collected",
        "fulfilment.delayed",
        "return.refunded",
    ],
    folds: false,
    react: tell,
};

/// The timer that asks for a review.
pub(crate) const REVIEW: &str = "flows.review";

/// What is older than this is no news any more: nobody is written to about a stage that was reached while nothing ran.
const NEWS: Duration = Duration::from_secs(24 * 3600);
/// So long after the customer has everything they are asked.
const AFTER: Duration = Duration::from_secs(3 * 24 * 3600);

/// The order of any of the bodies.
#[derive(Deserialize)]
struct OfOrder {
    order: OrderId,
}

fn tell(tx: &mut Tx<'_>, event: &Logged) -> Result<(), Fault> {
    if event.at.plus(NEWS) < tx.now() {
        return Ok(());
    }
    let Some(order) = orders::order(tx, event.read::<OfOrder>()?.order)? else { return Ok(()) };
    if matches!(event.kind.as_str(), "fulfilment.delivered" | "fulfilment.collected") {
        ask_later(tx, &order)?;
    }
    let Some(stage) = stage(event, &order)? else { return Ok(()) };
    // What changes again is told again; all else is reached once.
    let key = match &stage {
        Stage::Changed(_) | Stage::Delayed(_) => format!("order-notice/{}/{}/{}", event.kind, event.subject, event.key.seq),
        _ => format!("order-notice/{}/{}", event.kind, event.subject),
    };
    let site = conversations::site(tx)?;
    let (subject, text) = words::told(&order, &stage, &site);
    notify(tx, &order, Purpose::Service, (subject, text), key)
}

/// What there is to say of an event; nothing of what the customer carried out of a shop, or did at its counter.
fn stage<'a>(event: &Logged, order: &'a Order) -> Result<Option<Stage<'a>>, Fault> {
    let carried = |part: &Fulfilment| part.way == FulfilmentWay::CarryOut;
    let part = |id: FulfilmentId| order.fulfilments.iter().find(|part| part.id == id);
    Ok(match event.kind.as_str() {
        "order.paid" if order.fulfilments.iter().all(carried) => None,
        "order.paid" => Some(Stage::Paid),
        "order.changed" => Some(Stage::Changed(event.read::<OrderFacts>()?)),
        "order.cancelled" => Some(Stage::Cancelled),
        "return.refunded" => Some(Stage::Refunded(event.read::<ReturnFacts>()?.refund)),
        _ => part(event.read::<FulfilmentFacts>()?.fulfilment).and_then(|part| match event.kind.as_str() {
            "fulfilment.ready" => Some(Stage::Ready(part)),
            "fulfilment.packed" => Some(Stage::Packed),
            "fulfilment.shipped" => Some(Stage::Shipped(part)),
            "fulfilment.delivered" => Some(Stage::Delivered),
            "fulfilment.delayed" => Some(Stage::Delayed(part)),
            _ => None,
        }),
    })
}

fn notify(tx: &mut Tx<'_>, order: &Order, purpose: Purpose, (subject, text): (String, String), key: String) -> Result<(), Fault> {
    let Some(profile) = order.profile else { return Ok(()) };
    let Some(person) = person_with(tx, profile)? else { return Ok(()) };
    let site = conversations::site(tx)?;
    let unasked = purpose != Purpose::Service && !site.is_empty();
    let preferences = if unasked { format!("{site}/preferences/") } else { String::new() };
    let notice = Notice { person: person.id, purpose, urgency: Urgency::Normal, subject, text, template: None, preferences, key };
    send(tx, &notice).map(drop)
}

/// The customer has another part of it: they are asked some days after the last.
fn ask_later(tx: &mut Tx<'_>, order: &Order) -> Result<(), Fault> {
    let is_sent = order.fulfilments.iter().any(|part| part.way != FulfilmentWay::CarryOut);
    if !is_sent || order.state != OrderState::Completed || order.profile.is_none() {
        return Ok(());
    }
    let due = tx.now().plus(AFTER);
    tx.at(due, REVIEW, &order.id.to_string(), &())
}

/// Its time has come: nobody is asked who sent it back, still waits for a part, complains, or has rated all of it.
pub(crate) fn ask(tx: &mut Tx<'_>, timer: &Timer) -> Result<(), Fault> {
    let Ok(id) = timer.key.parse::<OrderId>() else { return Ok(()) };
    let Some(order) = orders::order(tx, id)?.filter(|order| order.state == OrderState::Completed) else { return Ok(()) };
    if !orders::returns_of(tx, id)?.is_empty() || has_rated(tx, &order)? {
        return Ok(());
    }
    let site = conversations::site(tx)?;
    notify(tx, &order, Purpose::Reviews, words::review(&order, &site), format!("review/{id}"))
}

fn has_rated(tx: &ReadTx<'_>, order: &Order) -> Result<bool, Fault> {
    let Some(profile) = order.profile else { return Ok(true) };
    let Some(person) = customers::person_of(tx, profile)? else { return Ok(true) };
    let profiles = customers::profiles_of(tx, person)?;
    let bought: Vec<_> = order.lines.iter().map(|line| line.variant).collect();
    for card in catalogue::variants(tx, &bought)? {
        if catalogue::ratings::rating_of(tx, card.product, &profiles)?.is_none() {
            return Ok(false);
        }
    }
    Ok(true)
}
