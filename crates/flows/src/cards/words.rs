//! What cards say, in the customer's language.

use kernel::{Locale, Money};
use orders::OrderState;

pub(super) fn see(locale: Locale) -> String {
    locale.pick("Ver el producto", "See the product").to_owned()
}

pub(super) fn see_cart(locale: Locale) -> String {
    locale.pick("Ver la cesta", "See the cart").to_owned()
}

pub(super) fn see_order(locale: Locale) -> String {
    locale.pick("Ver el pedido", "See the order").to_owned()
}

pub(super) fn price(locale: Locale, from: Money, is_range: bool) -> String {
    let from = from.format(locale);
    if is_range { locale.pick(&format!("desde {from}"), &format!("from {from}")).to_owned() } else { from }
}

pub(super) fn with_it(locale: Locale) -> String {
    locale.pick("Con este producto", "With this product").to_owned()
}

pub(super) fn payment(locale: Locale, number: &str) -> String {
    locale.pick(&format!("Pago del pedido {number}"), &format!("Payment of order {number}")).to_owned()
}

pub(super) fn pay(locale: Locale, amount: &str) -> String {
    locale.pick(&format!("Pagar {amount}"), &format!("Pay {amount}")).to_owned()
}

pub(super) fn collection(locale: Locale, number: &str) -> String {
    locale.pick(&format!("Código para recoger el pedido {number}"), &format!("Code to collect order {number}")).to_owned()
}

pub(super) fn order(locale: Locale, number: &str) -> String {
    locale.pick(&format!("Pedido {number}"), &format!("Order {number}")).to_owned()
}

pub(super) fn cart(locale: Locale, units: i64) -> String {
    match (locale, units) {
        (Locale::Es, 1) => "Tu cesta: un artículo".into(),
        (Locale::Es, n) => format!("Tu cesta: {n} artículos"),
        (Locale::En, 1) => "Your cart: one item".into(),
        (Locale::En, n) => format!("Your cart: {n} items"),
    }
}

pub(super) fn state(locale: Locale, state: OrderState) -> String {
    let (es, en) = match state {
        OrderState::Placed => ("pendiente de pago", "to be paid"),
        OrderState::Paid => ("pagado", "paid"),
        OrderState::Fulfilling => ("en preparación", "being prepared"),
        OrderState::Completed => ("entregado", "completed"),
        OrderState::PartlyReturned => ("devuelto en parte", "partly returned"),
        OrderState::Returned => ("devuelto", "returned"),
        OrderState::Cancelled => ("cancelado", "cancelled"),
    };
    locale.pick(es, en).to_owned()
}
