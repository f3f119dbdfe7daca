//! The receipt, as a strip of 80 mm paper: by itself on the screen, and from any printer.

use super::counter::Counter;
use super::order::After;
use super::order_view::{self, LineView, MoneyView, line_view, moneys};
use crate::ui::Qr;
use crate::{Answer, App, Page, Trouble, format, show};
use askama::Template;
use axum::Router;
use axum::extract::{Path, Query, State};
use axum::routing::get;
use kernel::{Money, Permission};
use orders::OrderId;
use std::collections::BTreeMap;

pub(super) fn routes() -> Router<App> {
    Router::new().route("/till/orders/{id}/receipt", get(receipt))
}

#[derive(Template)]
#[template(path = "till/receipt.html")]
struct ReceiptPage {
    page: Page,
    id: OrderId,
    number: String,
    shop: String,
    address: String,
    phone: String,
    at: String,
    served_by: String,
    lines: Vec<LineView>,
    delivery: String,
    /// Code of the coupon that took something off; empty for none.
    coupon: String,
    total: String,
    /// Rate and the tax within the total.
    taxes: Vec<(String, String)>,
    money: Vec<MoneyView>,
    given: String,
    change: String,
    qr: Qr,
}

async fn receipt(State(app): State<App>, counter: Counter, Path(id): Path<OrderId>, Query(after): Query<After>) -> Answer {
    counter.actor.require(Permission::ViewOrders)?;
    let own = counter.shop.id;
    let read = app.db.read(move |tx| {
        let Some(data) = order_view::read(tx, id)? else { return Ok(None) };
        let shop = inventory::location(tx, data.order.sold_at.unwrap_or(own))?;
        let staff = data.order.sold_by.strip_prefix("staff:").and_then(|id| id.parse().ok());
        let staff = staff.map_or(Ok(None), |id| access::staff_member(tx, id))?;
        Ok::<_, kernel::Fault>(Some((data, shop, staff)))
    });
    let (data, shop, staff) = read.await?.ok_or_else(Trouble::not_found)?;
    let (page, order) = (counter.page, &data.order);
    let shop = shop.unwrap_or(counter.shop).details;
    let money = |amount: Money| amount.format(page.locale);
    let change = after.change(&data);
    let link = format!("{}/orders/{}", app.brand.public_url, order.token());
    show(&ReceiptPage {
        id,
        number: order.number.to_string(),
        shop: shop.name,
        address: format!("{}, {} {}", shop.address, shop.postcode, shop.city),
        phone: shop.phone,
        at: format!(
            "{}, {}",
            format::date(order.placed_at, kernel::Timestamp::from_seconds(0), page.locale),
            format::time(order.placed_at)
        ),
        served_by: staff.map_or_else(String::new, |staff| staff.name),
        lines: order.lines.iter().map(|line| line_view(&page, line)).collect(),
        delivery: if order.delivery_fee.is_zero() { String::new() } else { money(order.delivery_fee) },
        coupon: order.coupon.clone(),
        total: money(order.total),
        taxes: taxes(order).into_iter().map(|(rate, tax)| (format!("{} %", rate / 100), money(tax))).collect(),
        money: moneys(&page, &data),
        given: change.map_or_else(String::new, |(given, _)| money(given)),
        change: change.map_or_else(String::new, |(_, change)| money(change)),
        qr: Qr::of(&link, page.t("till-qr-order")),
        page,
    })
}

/// Tax by rate; that of the delivery fee is what the lines do not explain.
fn taxes(order: &orders::Order) -> BTreeMap<i64, Money> {
    let mut taxes: BTreeMap<i64, Money> = BTreeMap::new();
    for line in &order.lines {
        let sum = taxes.entry(line.tax_basis_points).or_insert(Money::zero(order.currency));
        sum.minor += line.tax.minor;
    }
    let on_lines: i64 = taxes.values().map(|tax| tax.minor).sum();
    if let Some((_, highest)) = taxes.iter_mut().next_back() {
        highest.minor += order.tax.minor - on_lines;
    }
    taxes
}
