//! From an event that is no message to its one line.

use super::facts::Facts;
use super::{Names, Reader};
use crate::ui::{Icon, Link, What, icon};
use crate::{Page, format, has_text};
use kernel::{Logged, Timestamp};

/// Kinds that a customer reads on their own thread; everything else is the brand's own business.
const FOR_CUSTOMERS: [&str; 9] = ["order", "payment", "pay_link", "fulfilment", "return", "consent", "message", "room", "self_service"];

/// Kinds whose own text says the name.
const NAMED_ALREADY: [&str; 3] = ["call.transferred", "matter.tagged", "matter.untagged"];

/// One line; `None` when it is not for this reader.
pub(super) fn happened(page: &Page, reader: Reader, entry: &Logged, names: &Names) -> Option<What> {
    let room = entry.kind.split('.').next().unwrap_or_default();
    if !reader.is_staff() && !FOR_CUSTOMERS.contains(&room) {
        return None;
    }
    let facts = Facts::of(entry);
    let text = text(page, entry, &facts, names);
    let detail = detail(page, reader, entry, &facts, names);
    Some(What::Happened { icon: knot(&entry.kind), text, link: link(page, reader, &facts), detail })
}

/// The text `event-{kind}`; a kind without one shows itself.
fn text(page: &Page, entry: &Logged, facts: &Facts, names: &Names) -> String {
    let key = format!("event-{}", entry.kind.replace(['.', '_'], "-"));
    if !has_text(&key) {
        return page.tv("event-other", &entry.kind);
    }
    match entry.kind.as_str() {
        "matter.assigned" => match facts.text("owner").parse() {
            Ok(owner) => page.tv("event-matter-assigned", names.of(owner)),
            Err(_) => page.t("event-matter-released"),
        },
        "matter.snoozed" => {
            let until = Timestamp::from_rfc3339(&facts.text("until")).unwrap_or(entry.at);
            page.tv("event-matter-snoozed", format::when(until, page.now, page.locale))
        }
        "cart.changed" => page.tn("event-cart-changed", facts.number("units")),
        "consent.changed" => {
            let what = page.t(&format!("purpose-{}", facts.text("purpose")));
            let channel = page.t(&format!("channel-{}", facts.text("channel")));
            page.tv(&format!("event-consent-{}", facts.text("state")), format!("{what}, {channel}"))
        }
        "call.transferred" | "matter.tagged" | "matter.untagged" => page.tv(&key, facts.text("name")),
        kind if kind.starts_with("promise.") => page.tv(&key, facts.text("text")),
        "survey.scored" => page.tv(&key, facts.number("score")),
        "message.reacted" => page.tv(&key, facts.text("emoji")),
        "message.moved" => page.tv(&key, page.t(&format!("channel-{}", facts.text("channel")))),
        "identifier.added" | "identifier.verified" | "identifier.moved" => page.tv(&key, facts.text("display")),
        _ => page.t(&key),
    }
}

fn detail(page: &Page, reader: Reader, entry: &Logged, facts: &Facts, names: &Names) -> String {
    let mut parts = Vec::new();
    let units = facts.number("units");
    match entry.kind.as_str() {
        kind if kind.starts_with("order.") => {
            let summary = facts.text("summary");
            parts.push(if units > 1 {
                page.tw("event-order-units", &[("value", summary.into()), ("n", (units - 1).into())])
            } else {
                summary
            });
            let coupon = facts.text("coupon");
            if !coupon.is_empty() {
                parts.push(page.tv("event-order-coupon", coupon));
            }
        }
        "call.transferred" => {}
        kind if kind.starts_with("call.") => {
            parts.push(facts.text("about"));
            let (seconds, reason) = (facts.number("seconds"), facts.text("reason"));
            if seconds > 0 {
                parts.push(page.tv("call-lasted", format::span_text(u64::try_from(seconds).unwrap_or_default())));
            }
            if !reason.is_empty() {
                parts.push(page.t(&format!("call-missed-{}", reason.replace('_', "-"))));
            }
        }
        "room.ended" => {
            let seconds = u64::try_from(facts.number("seconds")).unwrap_or_default();
            parts.push(page.tv("call-lasted", format::span_text(seconds)));
        }
        "promise.made" => {
            let until = Timestamp::from_rfc3339(&facts.text("until")).unwrap_or(entry.at);
            parts.push(page.tv("event-promise-until", format::when(until, page.now, page.locale)));
        }
        "survey.scored" if !facts.text("comment").is_empty() => parts.push(format!("«{}»", facts.text("comment"))),
        "promise.kept" if facts.is("late") => parts.push(page.t("event-promise-was-late")),
        "matter.handed_over" => parts.push(facts.text("about")),
        "self_service.answered" => parts.push(format!("«{}» → {}", facts.text("heard"), facts.text("text"))),
        kind if kind.starts_with("return.") => parts.push(page.tn("units", units)),
        _ => {}
    }
    parts.extend(facts.money(&["amount", "refund", "total"]).map(|amount| page.money(&amount)));
    let method = facts.text("method");
    if !method.is_empty() {
        parts.push(page.t(&format!("method-{}", method.replace('_', "-"))));
    }
    let told = ["place", "tracking", "name", "evidence"]
        .into_iter()
        .filter(|name| *name != "name" || !NAMED_ALREADY.contains(&entry.kind.as_str()));
    parts.extend(told.map(|name| facts.text(name)));
    // What the engine saw is told, in the reader's words, beside the claim.
    let by_engine = entry.kind.starts_with("customer.") && entry.actor.as_deref() == Some("system");
    if (entry.kind.starts_with("customer.") && !by_engine)
        || entry.kind == "order.cancelled"
        || ["payment.", "transfer."].iter().any(|room| entry.kind.starts_with(room))
    {
        parts.push(facts.text("reason"));
    }
    if reader.is_staff()
        && let Some(name) = entry.actor.as_deref().and_then(|actor| names.of_actor(actor))
    {
        parts.push(page.tv("event-by", name));
    }
    parts.retain(|part| !part.is_empty());
    parts.join(" · ")
}

fn link(page: &Page, reader: Reader, facts: &Facts) -> Option<Link> {
    let (order, number) = (facts.text("order"), facts.text("number"));
    if let Some(id) = facts.text("subject").strip_prefix("order:") {
        return Some(Link { href: reader.order(id), text: page.t("timeline-order") });
    }
    (!order.is_empty() && !number.is_empty()).then(|| Link { href: reader.order(&order), text: number })
}

fn knot(kind: &str) -> Icon {
    match kind {
        "fulfilment.collected" | "fulfilment.delivered" | "fulfilment.ready" => icon("package-check"),
        "fulfilment.shipped" => icon("truck"),
        "matter.resolved" => icon("check"),
        "matter.tagged" | "matter.untagged" => icon("tag"),
        "matter.snoozed" => icon("alarm-clock"),
        "matter.assigned" | "transfer.accepted" => icon("user-round-plus"),
        "matter.taken_back" | "matter.overflowed" | "transfer.expired" | "transfer.withdrawn" => icon("undo-2"),
        "customer.joined" => icon("merge"),
        "customer.separated" => icon("split"),
        "customer.claim_undone" => icon("undo-2"),
        "message.reacted" => icon("heart"),
        "order.cancelled" => icon("circle-x"),
        _ => match kind.split('.').next().unwrap_or_default() {
            "order" => icon("shopping-bag"),
            "cart" => icon("shopping-basket"),
            "transfer" => icon("users"),
            "promise" => icon("handshake"),
            "survey" => icon("star"),
            "payment" | "pay_link" => icon("credit-card"),
            "return" => icon("undo-2"),
            "fulfilment" => icon("package"),
            "matter" => icon("folder-open"),
            "identifier" => icon("at-sign"),
            "consent" | "contact" => icon("shield-check"),
            "customer" => icon("user-round"),
            "message" | "self_service" => icon("message-circle"),
            "call" => icon("phone"),
            "room" => icon("video"),
            _ => icon("circle-dot"),
        },
    }
}
