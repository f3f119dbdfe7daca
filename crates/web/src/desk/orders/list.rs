//! The newest orders, or those that fit what was typed.

use crate::desk::place::Place;
use crate::desk::words::{order_state, payment_state};
use crate::ui::{Badge, Moment, channel_icon};
use crate::{Page, Trouble};
use askama::{Template, filters::HtmlSafe};
use kernel::{Actor, ReadTx, Timestamp};
use orders::OrderHead;

/// Orders of one page.
const ORDERS: usize = 50;

/// A list of orders; its element is `#orders`.
#[derive(Template, Debug, Clone)]
#[template(path = "desk/_orders.html")]
pub(super) struct OrdersView {
    page: Page,
    typed: String,
    rows: Vec<Row>,
    next: String,
}
impl HtmlSafe for OrdersView {}

#[derive(Debug, Clone)]
struct Row {
    href: String,
    number: String,
    customer: String,
    summary: String,
    total: String,
    channel: Badge,
    state: Badge,
    money: Badge,
    placed: Moment,
}

pub(super) fn read(tx: &ReadTx<'_>, page: &Page, actor: &Actor, place: &Place) -> Result<OrdersView, Trouble> {
    let typed = place.q.trim();
    let (found, next) = if typed.is_empty() {
        let span = (Timestamp::from_micros(0), Timestamp::from_micros(i64::MAX));
        let listed = orders::sold_between(tx, actor, None, span, place.before.parse().ok(), ORDERS)?;
        (listed.items, listed.next.map_or_else(String::new, |next| format!("/desk/orders?before={next}")))
    } else {
        (orders::search_orders(tx, actor, typed, ORDERS)?, String::new())
    };
    Ok(OrdersView { rows: found.iter().map(|order| row(page, order)).collect(), typed: typed.to_owned(), next, page: page.clone() })
}

fn row(page: &Page, order: &OrderHead) -> Row {
    Row {
        href: format!("/desk/orders/{}", order.id),
        number: order.number.to_string(),
        customer: if order.contact.name.is_empty() { page.t("desk-stranger") } else { order.contact.name.clone() },
        summary: order.summary.clone(),
        total: page.money(&order.total),
        channel: Badge::channel(page, order.channel).with_icon(channel_icon(order.channel)),
        state: order_state(page, order.state),
        money: payment_state(page, order.payment_state()),
        placed: Moment::when(order.placed_at, page.now, page.locale),
    }
}
