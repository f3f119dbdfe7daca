//! What this room announces. The structs are the bodies: ids, and the facts that a row of the timeline shows.

use crate::cart::Cart;
use crate::change::ChangeNote;
use crate::fulfilment::{Fulfilment, FulfilmentWay};
use crate::ids::{CartId, FulfilmentId, OrderId, ReturnId};
use crate::order::OrderHead;
use crate::returns::Return;
use catalogue::VariantId;
use inventory::LocationId;
use kernel::{Actor, Channel, Event, Money};
use serde::{Deserialize, Serialize};

/// Body of `cart.changed`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CartFacts {
    /// Which cart.
    pub cart: CartId,
    /// Its version after the change.
    pub version: i64,
    /// `added`, `changed`, `removed`, `way`, `merged`, `shared`, `abandoned`.
    pub change: String,
    /// The variant concerned, if it was one.
    pub variant: Option<VariantId>,
    /// Its quantity after the change.
    pub quantity: i64,
    /// Units in the whole cart.
    pub units: i64,
}

/// Body of `order.placed`, `order.paid`, `order.changed`, `order.cancelled`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct OrderFacts {
    /// Which order.
    pub order: OrderId,
    /// As people say it: `H-000123`.
    pub number: String,
    /// What it costs.
    pub total: Money,
    /// How many things.
    pub units: i64,
    /// Title of the first line.
    pub summary: String,
    /// Why it was cancelled; empty otherwise.
    #[serde(default)]
    pub reason: String,
    /// The shop that sold it, if one did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sold_at: Option<LocationId>,
    /// The coupon that took something off; empty for none.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub coupon: String,
    /// What is different now; empty but for `order.changed`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub changes: Vec<ChangeNote>,
    /// What it costs more, below zero less; nothing but for `order.changed`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub difference: Option<Money>,
}

/// Body of `fulfilment.ready`, `.collected`, `.shipped`, `.delivered`, `.delayed`, and (hidden) `.picking`, `.packed`, `.pending`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FulfilmentFacts {
    /// Which part.
    pub fulfilment: FulfilmentId,
    /// Of which order.
    pub order: OrderId,
    /// As people say it.
    pub number: String,
    /// How it reaches the customer.
    pub way: FulfilmentWay,
    /// Who supplies it.
    pub location: LocationId,
    /// Name of that place when the order was placed.
    pub place: String,
    /// Carrier's reference, once shipped.
    pub tracking: Option<String>,
}

/// Body of `return.requested`, `return.received`, `return.refunded`, `return.rejected`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ReturnFacts {
    /// Which return.
    pub goods_return: ReturnId,
    /// Of which order.
    pub order: OrderId,
    /// As people say it.
    pub number: String,
    /// What is given back.
    pub refund: Money,
    /// How many things came back.
    pub units: i64,
    /// Where they came in; empty before.
    pub place: String,
}

pub(crate) fn cart_changed(actor: &Actor, channel: Channel, cart: &Cart, change: &str, variant: Option<VariantId>) -> Event {
    let of_variant = cart.lines.iter().filter(|line| Some(line.variant) == variant).map(|line| line.quantity.0).sum();
    let body =
        CartFacts { cart: cart.id, version: cart.version, change: change.into(), variant, quantity: of_variant, units: cart.units() };
    Event::new("cart.changed", cart.id).profile(cart.profile).channel(channel).by(actor).body(&body)
}

pub(crate) fn of_order(kind: &'static str, actor: &Actor, channel: Channel, order: &OrderHead, reason: &str) -> Event {
    Event::new(kind, order.id).profile(order.profile).channel(channel).by(actor).body(&facts(order, reason))
}

pub(crate) fn of_change(actor: &Actor, channel: Channel, now: &OrderHead, before: &OrderHead, notes: &[ChangeNote]) -> Event {
    let difference = Some(Money::new(now.total.minor - before.total.minor, now.currency));
    let body = OrderFacts { changes: notes.to_vec(), difference, ..facts(now, "") };
    Event::new("order.changed", now.id).profile(now.profile).channel(channel).by(actor).body(&body)
}

fn facts(order: &OrderHead, reason: &str) -> OrderFacts {
    OrderFacts {
        order: order.id,
        number: order.number.to_string(),
        total: order.total,
        units: order.units,
        summary: order.summary.clone(),
        reason: reason.into(),
        sold_at: order.sold_at,
        coupon: order.coupon.clone(),
        changes: Vec::new(),
        difference: None,
    }
}

pub(crate) fn of_fulfilment(kind: &'static str, actor: &Actor, channel: Channel, order: &OrderHead, part: &Fulfilment) -> Event {
    let body = FulfilmentFacts {
        fulfilment: part.id,
        order: order.id,
        number: order.number.to_string(),
        way: part.way,
        location: part.location,
        place: part.place.clone(),
        tracking: part.tracking.as_ref().map(|t| t.reference.clone()),
    };
    Event::new(kind, part.id).profile(order.profile).channel(channel).by(actor).body(&body)
}

pub(crate) fn of_return(kind: &'static str, actor: &Actor, channel: Channel, goods: &Return) -> Event {
    let body = ReturnFacts {
        goods_return: goods.id,
        order: goods.order,
        number: goods.number.to_string(),
        refund: goods.refund,
        units: goods.lines.iter().map(|line| line.quantity.0).sum(),
        place: goods.place.clone(),
    };
    Event::new(kind, goods.id).profile(goods.profile).channel(channel).by(actor).body(&body)
}
