//! What may come back, what it gives back, and by which ways.

use super::counter::Counter;
use crate::ui::{Badge, Tone};
use crate::{Form, Page, format};
use kernel::{Money, Quantity};
use orders::{Condition, NewReturnLine, Order, OrderLine, Return, ReturnPolicy, ReturnState, return_policy, share_of_line};
use payments::{GiftCard, Method, Payment, RefundRecord};

/// One line of the order with what the policy says.
pub(super) struct Choice {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) sku: String,
    pub(super) bought: i64,
    pub(super) each: String,
    /// How many may come back; none when refused.
    pub(super) most: i64,
    pub(super) chosen: i64,
    pub(super) is_damaged: bool,
    pub(super) policy: String,
    pub(super) is_refused: bool,
}

fn policy(order: &Order, line: &OrderLine, page: &Page) -> (i64, String) {
    let Some(part) = order.fulfilment_of(line) else { return (0, String::new()) };
    match return_policy(line, part, page.now) {
        ReturnPolicy::Allowed { until, quantity } => (quantity.0, page.tv("till-return-until", format::date(until, page.now, page.locale))),
        ReturnPolicy::Refused { why } => (0, page.t(&format!("till-refused-{}", why.name().replace('_', "-")))),
    }
}

/// The lines, with what was chosen in a form.
pub(super) fn choices(page: &Page, order: &Order, form: &Form) -> Vec<Choice> {
    let choice = |line: &OrderLine| {
        let (most, policy) = policy(order, line, page);
        Choice {
            id: line.id.to_string(),
            title: line.title.clone(),
            sku: line.sku.clone(),
            bought: line.quantity.0,
            each: Money::new(line.total.minor / line.quantity.0.max(1), line.total.currency).format(page.locale),
            most,
            chosen: form.value(&format!("quantity-{}", line.id)).parse().unwrap_or(0).clamp(0, most),
            is_damaged: form.value(&format!("condition-{}", line.id)) == Condition::Damaged.as_str(),
            policy,
            is_refused: most == 0,
        }
    };
    order.lines.iter().map(choice).collect()
}

/// The lines that a form chooses, as asked: the command checks them.
pub(super) fn read_lines(order: &Order, form: &Form) -> Vec<NewReturnLine> {
    let line = |line: &OrderLine| {
        let quantity: i64 = form.value(&format!("quantity-{}", line.id)).parse().ok()?;
        let condition = form.value(&format!("condition-{}", line.id)).parse().unwrap_or(Condition::Resale);
        (quantity > 0).then_some(NewReturnLine { line: line.id, quantity: Quantity(quantity), condition })
    };
    order.lines.iter().filter_map(line).collect()
}

/// What goes back, before anything is done.
pub(super) struct Preview {
    pub(super) total: String,
    pub(super) ways: Vec<(String, String)>,
    pub(super) restocked: i64,
    pub(super) place: String,
}

impl Preview {
    pub(super) fn of(counter: &Counter, order: &Order, payments: &[Payment], wanted: &[NewReturnLine]) -> Self {
        let page = &counter.page;
        let share = |wanted: &NewReturnLine| {
            let line = order.lines.iter().find(|line| line.id == wanted.line)?;
            let left = Quantity(line.quantity.0 - line.returned.0);
            Some(share_of_line(line.total.minor - line.refunded.minor, left, wanted.quantity))
        };
        let total = Money::new(wanted.iter().filter_map(share).sum(), order.currency);
        let ways = payments::split_refund(total, payments).unwrap_or_default();
        Preview {
            total: total.format(page.locale),
            ways: ways
                .into_iter()
                .map(|(payment, amount)| (way(page, payment.method, &payment.reference), amount.format(page.locale)))
                .collect(),
            restocked: wanted.iter().filter(|line| line.condition == Condition::Resale).map(|line| line.quantity.0).sum(),
            place: counter.shop.details.city.clone(),
        }
    }
}

fn way(page: &Page, method: Method, reference: &str) -> String {
    let name = page.t(&format!("till-method-{}", method.as_str().replace('_', "-")));
    if reference.is_empty() { name } else { format!("{name} · {reference}") }
}

/// A return that is over.
pub(super) struct ReturnedView {
    pub(super) order: String,
    pub(super) number: String,
    pub(super) state: Badge,
    pub(super) total: String,
    pub(super) place: String,
    pub(super) lines: Vec<(i64, String, String, bool)>,
    pub(super) ways: Vec<(String, String)>,
    pub(super) cash: String,
    /// The card that was made: code, what is on it.
    pub(super) card: Option<(String, String)>,
}

impl ReturnedView {
    pub(super) fn of(page: &Page, goods: &Return, refunds: &[RefundRecord], cards: &[GiftCard]) -> Self {
        // One transaction, one moment: the refunds of this return are those of its own time.
        let mine: Vec<&RefundRecord> = refunds.iter().filter(|refund| Some(refund.at) == goods.refunded_at).collect();
        let cash: i64 = mine.iter().filter(|refund| refund.method == Method::Cash).map(|refund| refund.amount.minor).sum();
        let card = mine.iter().find_map(|refund| cards.iter().find(|card| Some(card.id) == refund.card));
        let tone = if goods.state == ReturnState::Refunded { Tone::Ok } else { Tone::Warn };
        ReturnedView {
            order: format!("/till/orders/{}", goods.order),
            number: goods.number.to_string(),
            state: Badge::state(tone, page.t(&format!("till-return-{}", goods.state.as_str()))),
            total: goods.refund.format(page.locale),
            place: goods.place.clone(),
            lines: goods
                .lines
                .iter()
                .map(|line| (line.quantity.0, line.title.clone(), line.refund.format(page.locale), line.condition == Condition::Damaged))
                .collect(),
            ways: mine.iter().map(|refund| (way(page, refund.method, ""), refund.amount.format(page.locale))).collect(),
            card: card.map(|card| (card.spelled(), card.balance.format(page.locale))),
            cash: if cash > 0 { Money::new(cash, goods.refund.currency).format(page.locale) } else { String::new() },
        }
    }
}
