//! An order as the till shows it: what, from where, how far, how paid, what came back.

use super::words;
use crate::inside::{Inside, inside};
use crate::ui::{Badge, Link, Moment};
use crate::{Page, format};
use inventory::LocationId;
use kernel::{Fault, Money, ReadTx};
use orders::{Fulfilment, FulfilmentState, FulfilmentWay, Order, OrderState, Return, ReturnPolicy};
use payments::{PayLink, PayLinkState, Payment, RefundRecord};

/// All that is shown of an order.
pub(super) struct Data {
    pub(super) order: Order,
    pub(super) payments: Vec<Payment>,
    pub(super) refunds: Vec<RefundRecord>,
    pub(super) returns: Vec<Return>,
    pub(super) link: Option<PayLink>,
    pub(super) person: Option<customers::PersonCard>,
}

/// Read it.
pub(super) fn read(tx: &ReadTx<'_>, id: orders::OrderId) -> Result<Option<Data>, Fault> {
    let Some(order) = orders::order(tx, id)? else { return Ok(None) };
    let subject = format!("order:{id}");
    let person = match order.profile {
        Some(profile) => customers::cards_of_profiles(tx, &[profile])?.remove(&profile),
        None => None,
    };
    Ok(Some(Data {
        payments: payments::payments_of(tx, &subject)?.into_iter().filter(|payment| payment.state.was_captured()).collect(),
        refunds: payments::refunds_of(tx, &subject)?,
        returns: orders::returns_of(tx, id)?,
        link: payments::pay_links_of(tx, &subject)?.into_iter().find(|link| link.state == PayLinkState::Open),
        person,
        order,
    }))
}

/// One part with its lines.
pub(super) struct PartView {
    pub(super) href: String,
    pub(super) way: String,
    pub(super) state: Badge,
    pub(super) since: Option<Moment>,
    pub(super) lines: Vec<LineView>,
}

/// One line.
pub(super) struct LineView {
    pub(super) title: String,
    pub(super) quantity: i64,
    pub(super) total: String,
    pub(super) returned: String,
    pub(super) inside: Vec<Inside>,
    /// That its price was matched, and from what; empty when it was not.
    pub(super) matched: String,
}

/// One amount that came in or went back.
pub(super) struct MoneyView {
    pub(super) what: String,
    pub(super) amount: String,
    pub(super) at: Moment,
}

/// The order.
pub(super) struct OrderView {
    pub(super) id: String,
    pub(super) number: String,
    pub(super) state: Badge,
    pub(super) placed: String,
    pub(super) customer: Option<Link>,
    pub(super) contact: String,
    pub(super) parts: Vec<PartView>,
    pub(super) delivery: String,
    pub(super) coupon: String,
    pub(super) tax: String,
    pub(super) total: String,
    pub(super) returns: Vec<Link>,
    /// What is still to be paid.
    pub(super) due: Option<Money>,
    pub(super) can_return: bool,
}

impl OrderView {
    pub(super) fn of(page: &Page, data: &Data, here: LocationId) -> Self {
        let order = &data.order;
        let money = |amount: Money| amount.format(page.locale);
        let channel = page.t(&format!("channel-{}", order.channel.as_str()));
        let customer = data.person.as_ref().map(|card| Link {
            href: format!("/till/customers/{}", card.person),
            text: if card.name.text.is_empty() { page.t("till-nameless") } else { card.name.text.clone() },
        });
        let allowed = |line: &orders::OrderLine| {
            order
                .fulfilment_of(line)
                .is_some_and(|part| matches!(orders::return_policy(line, part, page.now), ReturnPolicy::Allowed { .. }))
        };
        let shown = |amount: Money| if amount.is_zero() { String::new() } else { money(amount) };
        OrderView {
            id: order.id.to_string(),
            number: order.number.to_string(),
            state: words::order_state(page, order.state),
            placed: format!("{} · {channel}", format::when(order.placed_at, page.now, page.locale)),
            contact: [&order.contact.phone, &order.contact.email]
                .into_iter()
                .filter(|text| !text.is_empty())
                .cloned()
                .collect::<Vec<_>>()
                .join(" · "),
            customer,
            parts: order.fulfilments.iter().map(|part| part_view(page, order, part, here)).collect(),
            delivery: shown(order.delivery_fee),
            coupon: order.coupon.clone(),
            tax: shown(order.tax),
            total: money(order.total),
            returns: data
                .returns
                .iter()
                .map(|goods| Link {
                    href: format!("/till/returned/{}", goods.id),
                    text: format!("{} · {}", format::when(goods.requested_at, page.now, page.locale), money(goods.refund)),
                })
                .collect(),
            due: Some(order.due()).filter(|due| due.is_positive() && order.state == OrderState::Placed),
            can_return: order.lines.iter().any(allowed),
        }
    }
}

fn part_view(page: &Page, order: &Order, part: &Fulfilment, here: LocationId) -> PartView {
    let stages = &part.stages;
    let since = stages.handed_over().or(stages.packed).or(stages.ready).or(stages.picking).or(stages.pending);
    let is_work = part.location == here
        && part.way != FulfilmentWay::CarryOut
        && !matches!(part.state, FulfilmentState::Waiting | FulfilmentState::Awaiting)
        && !part.state.has_left();
    let place = part.address.as_ref().map_or(part.place.as_str(), |address| address.city.as_str());
    PartView {
        href: if is_work { format!("/till/pickups/{}", part.id) } else { String::new() },
        way: words::part_way(page, part.way, place),
        state: words::part_state(page, part.state),
        since: since.map(|at| Moment::when(at, page.now, page.locale)),
        lines: order.lines_of(part.id).map(|line| line_view(page, line)).collect(),
    }
}

pub(super) fn line_view(page: &Page, line: &orders::OrderLine) -> LineView {
    LineView {
        title: line.title.clone(),
        quantity: line.quantity.0,
        inside: inside(line),
        total: line.total.format(page.locale),
        matched: line.matched.as_ref().map_or_else(String::new, |matched| {
            let money = |amount: kernel::Money| amount.format(page.locale);
            page.tw("till-matched", &[("to", money(matched.to).into()), ("from", money(matched.from).into())])
        }),
        returned: if line.returned.0 > 0 { page.tn("till-returned-n", line.returned.0) } else { String::new() },
    }
}

/// What came in and what went back, oldest first.
pub(super) fn moneys(page: &Page, data: &Data) -> Vec<MoneyView> {
    let way = |method: payments::Method| page.t(&format!("till-method-{}", method.as_str().replace('_', "-")));
    let came = data.payments.iter().map(|payment| {
        let receipt = if payment.reference.is_empty() { String::new() } else { format!(" · {}", payment.reference) };
        (payment.created_at, format!("{}{receipt}", way(payment.method)), payment.captured)
    });
    let went = data.refunds.iter().map(|refund| (refund.at, page.tv("till-given-back", way(refund.method)), refund.amount.negated()));
    let mut all: Vec<_> = came.chain(went).collect();
    all.sort_by_key(|(at, _, _)| *at);
    all.into_iter()
        .map(|(at, what, amount)| MoneyView { what, amount: amount.format(page.locale), at: Moment::when(at, page.now, page.locale) })
        .collect()
}
