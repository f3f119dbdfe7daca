//! What happened to people, in the few columns that conditions ask for.

use super::store;
use kernel::{Fault, Logged, Money, Tx};
use serde_json::Value;

kernel::db_enum! {
    /// What conditions can ask about; the text is the kind of event on the log.
    pub enum FactKind {
        /// An order.
        OrderPlaced = "order.placed",
        /// An order that was paid.
        OrderPaid = "order.paid",
        /// An order that was called off.
        OrderCancelled = "order.cancelled",
        /// An order that became dearer or cheaper.
        OrderChanged = "order.changed",
        /// Goods fetched in a shop.
        Collected = "fulfilment.collected",
        /// Goods that arrived.
        Delivered = "fulfilment.delivered",
        /// Goods that came back.
        ReturnReceived = "return.received",
        /// Money given back for a return.
        ReturnRefunded = "return.refunded",
        /// A message they sent.
        MessageReceived = "message.received",
        /// A concern they raised.
        MatterOpened = "matter.opened",
        /// A cart that changed.
        CartChanged = "cart.changed",
        /// A visit to the site.
        VisitBegan = "visit.began",
        /// A sign-in by code.
        SignedIn = "customer.signed_in",
        /// A rating of a product.
        ProductRated = "product.rated",
        /// A comment in public.
        CommentNoted = "comment.noted",
    }
}

impl FactKind {
    /// What adds to, or takes from, the sum of orders.
    pub(super) const OF_MONEY: &[FactKind] =
        &[FactKind::OrderPlaced, FactKind::OrderChanged, FactKind::OrderCancelled, FactKind::ReturnRefunded];
}

/// Keep an event as a fact. Doing it again changes nothing.
pub(super) fn keep(tx: &mut Tx<'_>, kind: FactKind, event: &Logged) -> Result<(), Fault> {
    let Some(profile) = event.profile else { return Ok(()) };
    let body: Value = event.read()?;
    let (amount, currency) = money(kind, &body);
    let place = ["location", "sold_at"].iter().find_map(|name| body[*name].as_str()).unwrap_or_default();
    let channel = event.channel.map_or("", kernel::Channel::as_str);
    store::insert_fact(tx, profile, kind, (event.at, event.key.seq), (channel, place), (amount, currency))
}

/// What the event adds to the sum of orders: minor units and currency.
fn money(kind: FactKind, body: &Value) -> (i64, &'static str) {
    let (field, sign) = match kind {
        FactKind::OrderPlaced => ("total", 1),
        FactKind::OrderChanged => ("difference", 1),
        FactKind::OrderCancelled => ("total", -1),
        FactKind::ReturnRefunded => ("refund", -1),
        _ => return (0, ""),
    };
    match serde_json::from_value::<Money>(body[field].clone()) {
        Ok(money) => (sign * money.minor, money.currency.code()),
        // An event from before the field was there.
        Err(_) => (0, ""),
    }
}
