//! One order in the reader's words.

use crate::desk::fresh_key;
use crate::desk::words::{name_or_stranger, order_state, payment_state};
use crate::inside::{Inside, inside};
use crate::sourced::{sourced_terms, sourced_words};
use crate::storefront::product::promise::arrival_words;
use crate::ui::{Badge, Moment, Stage, StageBar, StageState, Tone};
use crate::{Page, Trouble};
use askama::{Template, filters::HtmlSafe};
use kernel::{Actor, Permission, ReadTx, Timestamp};
use orders::{Fulfilment, FulfilmentState, FulfilmentWay, Order, OrderId, OrderLine, OrderState, Return, ReturnPolicy, ReturnState};

/// An order; its element is `#order`.
#[derive(Template, Debug, Clone)]
#[template(path = "desk/_order.html")]
pub(super) struct OrderView {
    page: Page,
    number: String,
    state: Badge,
    money: Badge,
    channel: Badge,
    placed: Moment,
    customer: String,
    customer_href: String,
    contact: Vec<String>,
    parts: Vec<PartView>,
    totals: Vec<(String, String)>,
    total: String,
    returns: Vec<ReturnRow>,
    changes: Vec<(String, Moment)>,
    note: String,
    may_change: bool,
    may_cancel: bool,
    may_ask_money: bool,
    may_return: bool,
    /// Lines that may come back: id, title, how many.
    returnable: Vec<(String, String, i64)>,
    base: String,
    key: String,
    topics: Vec<String>,
}
impl HtmlSafe for OrderView {}

#[derive(Debug, Clone)]
struct PartView {
    way: String,
    place: String,
    address: String,
    code: String,
    /// The way of delivery and the days that were promised.
    promised: String,
    /// Why this place sends it, and the figures.
    sourced: String,
    sourced_terms: String,
    tracking: String,
    stages: StageBar,
    lines: Vec<LineRow>,
}

#[derive(Debug, Clone)]
struct LineRow {
    quantity: i64,
    title: String,
    sku: String,
    total: String,
    returned: i64,
    inside: Vec<Inside>,
}

#[derive(Debug, Clone)]
struct ReturnRow {
    state: Badge,
    what: String,
    refund: String,
    place: String,
    at: Moment,
    label: String,
}

impl OrderView {
    /// What changes it while it is looked at.
    pub(super) fn topics(&self) -> Vec<String> {
        self.topics.clone()
    }
    /// As people say it.
    pub(super) fn number(&self) -> &str {
        &self.number
    }
}

/// Read an order. Needs [`Permission::ViewOrders`].
pub(super) fn read(tx: &ReadTx<'_>, page: &Page, actor: &Actor, id: OrderId) -> Result<OrderView, Trouble> {
    actor.require(Permission::ViewOrders)?;
    let order = orders::order(tx, id)?.ok_or_else(Trouble::not_found)?;
    let person = match order.profile {
        Some(profile) if actor.may(Permission::ViewCustomers) => customers::cards_of_profiles(tx, &[profile])?.remove(&profile),
        _ => None,
    };
    let goods = orders::returns_of(tx, id)?;
    let contact = [&order.contact.email, &order.contact.phone].into_iter().filter(|text| !text.is_empty()).cloned().collect();
    let subjects = order.fulfilments.iter().map(|part| part.id.to_string()).chain(goods.iter().map(|goods| goods.id.to_string()));
    let topics = std::iter::once(id.to_string()).chain(subjects).map(|subject| format!("subject:{subject}"));
    Ok(OrderView {
        number: order.number.to_string(),
        state: order_state(page, order.state),
        money: payment_state(page, order.payment_state()),
        channel: Badge::channel(page, order.channel),
        placed: Moment::when(order.placed_at, page.now, page.locale),
        customer: name_or_stranger(page, person.as_ref().map_or(&order.contact.name, |card| &card.name.text)),
        customer_href: person.map_or_else(String::new, |card| format!("/desk/customers/{}", card.person)),
        contact,
        parts: order.fulfilments.iter().map(|part| part_view(page, &order, part)).collect(),
        totals: totals(page, &order),
        total: page.money(&order.total),
        returns: goods.iter().map(|goods| return_row(page, &order, goods)).collect(),
        changes: changes(tx, page, id)?,
        may_change: actor.may(Permission::Sell) && order.state != OrderState::Cancelled,
        note: order.note.clone(),
        may_cancel: actor.may(Permission::EditOrders)
            && order.state.can_become(OrderState::Cancelled)
            && !order.fulfilments.iter().any(|part| part.state.has_left()),
        may_ask_money: actor.may(Permission::TakePayment)
            && actor.may(Permission::Reply)
            && order.profile.is_some()
            && order.state != OrderState::Cancelled
            && order.due().is_positive(),
        may_return: actor.may(Permission::AcceptReturns),
        returnable: returnable(&order, tx.now()),
        base: format!("/desk/orders/{id}"),
        key: fresh_key(),
        topics: topics.chain(order.profile.map(|profile| format!("profile:{profile}"))).collect(),
        page: page.clone(),
    })
}

fn returnable(order: &Order, now: Timestamp) -> Vec<(String, String, i64)> {
    let allowed = |line: &OrderLine| match orders::return_policy(line, order.fulfilment_of(line)?, now) {
        ReturnPolicy::Allowed { quantity, .. } => Some((line.id.to_string(), line.title.clone(), quantity.0)),
        ReturnPolicy::Refused { .. } => None,
    };
    order.lines.iter().filter_map(allowed).collect()
}

fn totals(page: &Page, order: &Order) -> Vec<(String, String)> {
    let mut rows = vec![(page.t("order-delivery"), page.money(&order.delivery_fee)), (page.t("order-tax"), page.money(&order.tax))];
    if !order.coupon.is_empty() {
        rows.insert(0, (page.t("coupon-label"), order.coupon.clone()));
    }
    rows.push((page.t("order-paid"), page.money(&order.paid)));
    if order.refunded.minor > 0 {
        rows.push((page.t("order-refunded"), page.money(&order.refunded)));
    }
    if order.due().minor > 0 {
        rows.push((page.t("order-due"), page.money(&order.due())));
    }
    rows
}

fn part_view(page: &Page, order: &Order, part: &Fulfilment) -> PartView {
    let line = |line: &OrderLine| LineRow {
        quantity: line.quantity.0,
        title: line.title.clone(),
        sku: line.sku.clone(),
        total: page.money(&line.total),
        returned: line.returned.0,
        inside: inside(line),
    };
    let address = part.address.as_ref().map(|to| [to.name.as_str(), &to.street, &to.postcode, &to.city].join(", "));
    PartView {
        way: page.t(&format!("desk-way-{}", part.way.as_str().replace('_', "-"))),
        place: part.place.clone(),
        address: address.unwrap_or_default(),
        code: part.code.clone().unwrap_or_default(),
        promised: part.promised.as_ref().map_or_else(String::new, |promised| {
            let arrives = arrival_words(page, promised.arrival);
            page.tw("desk-promised", &[("name", promised.name.clone().into()), ("value", arrives.into())])
        }),
        sourced: part.sourced.as_ref().map_or_else(String::new, |sourced| sourced_words(page, &part.place, sourced)),
        sourced_terms: part.sourced.as_ref().map_or_else(String::new, |sourced| sourced_terms(page, order.currency, sourced)),
        tracking: part.tracking.as_ref().map_or_else(String::new, |tracking| format!("{} {}", tracking.carrier, tracking.reference)),
        stages: stages(page, order, part),
        lines: order.lines_of(part.id).map(line).collect(),
    }
}

/// The stages of the way the goods go, with the times of those that were reached.
fn stages(page: &Page, order: &Order, part: &Fulfilment) -> StageBar {
    use FulfilmentState::{Awaiting, Cancelled, Collected, Delivered, Packed, Pending, Ready, Shipped, Waiting};
    let at = &part.stages;
    let steps: Vec<(FulfilmentState, Option<Timestamp>)> = match part.way {
        FulfilmentWay::CarryOut => vec![(Waiting, Some(order.placed_at)), (Collected, at.collected)],
        FulfilmentWay::Collect => {
            vec![(Waiting, Some(order.placed_at)), (Pending, at.pending), (Ready, at.ready), (Collected, at.collected)]
        }
        FulfilmentWay::Deliver => {
            let awaiting = part.expected.is_some().then_some((Awaiting, (part.state == Awaiting).then_some(order.placed_at)));
            let mut steps = vec![(Waiting, Some(order.placed_at))];
            steps.extend(awaiting);
            steps.extend([(Pending, at.pending), (Packed, at.packed), (Shipped, at.shipped), (Delivered, at.delivered)]);
            steps
        }
    };
    let reached = steps.iter().rposition(|(_, time)| time.is_some()).unwrap_or_default();
    let last = steps.len() - 1;
    let stage = |(index, (state, time)): (usize, &(FulfilmentState, Option<Timestamp>))| Stage {
        name: page.t(&format!("desk-stage-{}", state.as_str())),
        state: match index {
            _ if index < reached || (index == reached && reached == last) => StageState::Done,
            _ if index == reached => StageState::Now,
            _ => StageState::Ahead,
        },
        time: time.map(|time| Moment::when(time, page.now, page.locale)),
    };
    let mut stages: Vec<Stage> = steps.iter().enumerate().map(stage).collect();
    if part.state == Cancelled {
        stages.truncate(reached + 1);
        let time = at.cancelled.map(|time| Moment::when(time, page.now, page.locale));
        stages.iter_mut().for_each(|stage| stage.state = StageState::Done);
        stages.push(Stage { name: page.t("desk-stage-cancelled"), state: StageState::Stopped, time });
    }
    StageBar { label: page.t("stages"), stages }
}

fn return_row(page: &Page, order: &Order, goods: &Return) -> ReturnRow {
    let tone = match goods.state {
        ReturnState::Requested => Tone::Warn,
        ReturnState::Received => Tone::Live,
        ReturnState::Refunded => Tone::Ok,
        ReturnState::Rejected => Tone::Bad,
    };
    let what = goods.lines.iter().map(|line| format!("{} × {}", line.quantity.0, line.title)).collect::<Vec<_>>().join(", ");
    let at = goods.refunded_at.or(goods.rejected_at).or(goods.received_at).unwrap_or(goods.requested_at);
    ReturnRow {
        state: Badge::state(tone, page.t(&format!("return-is-{}", goods.state.as_str()))),
        what,
        refund: page.money(&goods.refund),
        place: goods.place.clone(),
        at: Moment::when(at, page.now, page.locale),
        label: if goods.state == ReturnState::Requested { format!("/orders/{}/label", order.token()) } else { String::new() },
    }
}

/// The changes that were made, newest first.
fn changes(tx: &ReadTx<'_>, page: &Page, order: OrderId) -> Result<Vec<(String, Moment)>, kernel::Fault> {
    let made = orders::changes_of(tx, order)?.into_iter().filter(|change| change.state == orders::ChangeState::Applied);
    let row = |change: orders::OrderChange| {
        let words = crate::order_change::change_words(page, &change.proposal.notes).join(" · ");
        (words, Moment::when(change.settled_at.unwrap_or(change.created_at), page.now, page.locale))
    };
    Ok(made.map(row).collect())
}
