//! What cards say, in the customer's language.

use kernel::Locale;
use orders::OrderState;

fn both(locale: Locale, es: &str, en: &str) -> String {
    match locale {
        Locale::Es => es.to_owned(),
        Locale::En => en.to_owned(),
    }
}

pub(super) fn see(locale: Locale) -> String {
    both(locale, "Ver el producto", "See the product")
}

pub(super) fn see_cart(locale: Locale) -> String {
    both(locale, "Ver la cesta", "See the cart")
}

pub(super) fn see_order(locale: Locale) -> String {
    both(locale, "Ver el pedido", "See the order")
}

pub(super) fn from(locale: Locale, price: &str) -> String {
    both(locale, &format!("desde {price}"), &format!("from {price}"))
}

pub(super) fn payment(locale: Locale, number: &str) -> String {
    both(locale, &format!("Pago del pedido {number}"), &format!("Payment of order {number}"))
}

pub(super) fn pay(locale: Locale, amount: &str) -> String {
    both(locale, &format!("Pagar {amount}"), &format!("Pay {amount}"))
}

pub(super) fn collection(locale: Locale, number: &str) -> String {
    both(locale, &format!("Código para recoger el pedido {number}"), &format!("Code to collect order {number}"))
}

pub(super) fn order(locale: Locale, number: &str) -> String {
    both(locale, &format!("Pedido {number}"), &format!("Order {number}"))
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
    both(locale, es, en)
}
