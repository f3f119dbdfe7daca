//! What is said of a stage, in the language of the order.

use jiff::civil::Date;
use kernel::{Locale, Money};
use orders::{ChangeNote, Fulfilment, Order, OrderFacts};

/// What there is to say.
pub(super) enum Stage<'a> {
    Paid,
    Changed(OrderFacts),
    Cancelled,
    Ready(&'a Fulfilment),
    Packed,
    Shipped(&'a Fulfilment),
    Delivered,
    Delayed(&'a Fulfilment),
    Refunded(Money),
}

/// Subject and text.
pub(super) fn told(order: &Order, stage: &Stage<'_>, site: &str) -> (String, String) {
    let (locale, number) = (order.locale, order.number);
    let es = locale == Locale::Es;
    let money = |amount: &Money| amount.format(locale);
    let (head, more) = match stage {
        Stage::Paid if es => {
            (format!("Tu pedido {number} está confirmado"), format!("{}. Total: {}.", summary(order), money(&order.total)))
        }
        Stage::Paid => (format!("Your order {number} is confirmed"), format!("{}. Total: {}.", summary(order), money(&order.total))),
        Stage::Changed(facts) if es => {
            (format!("Tu pedido {number} ha cambiado"), format!("{}. Ahora: {}.", changes(facts, locale), money(&order.total)))
        }
        Stage::Changed(facts) => {
            (format!("Your order {number} has changed"), format!("{}. Now: {}.", changes(facts, locale), money(&order.total)))
        }
        Stage::Cancelled => {
            let back = match (order.paid.is_zero(), es) {
                (true, _) => String::new(),
                (false, true) => "Lo que pagaste vuelve por donde lo pagaste.".to_owned(),
                (false, false) => "What you paid goes back the way you paid it.".to_owned(),
            };
            (locale.pick("Tu pedido {} está cancelado", "Your order {} is cancelled").replace("{}", &number.to_string()), back)
        }
        Stage::Ready(part) => {
            let code = part.code.as_deref().unwrap_or_default();
            let head = locale.pick("Tu pedido {} te espera en", "Your order {} waits for you at").replace("{}", &number.to_string());
            (
                format!("{head} {}", part.place),
                format!("{} {code}", locale.pick("Enseña este código al recogerlo:", "Show this code to collect it:")),
            )
        }
        Stage::Packed => (
            locale.pick("Tu pedido {} está preparado", "Your order {} is packed").replace("{}", &number.to_string()),
            locale.pick("Sale con el próximo transporte.", "It leaves with the next carrier.").to_owned(),
        ),
        Stage::Shipped(part) => {
            let by = part.tracking.as_ref().map_or_else(String::new, |way| format!("{} {}. ", way.carrier, way.reference));
            let head = locale.pick("Tu pedido {} va en camino", "Your order {} is on its way").replace("{}", &number.to_string());
            (head, format!("{by}{}", arrives(part, locale)).trim_end().to_owned())
        }
        Stage::Delivered => (
            locale.pick("Tu pedido {} está entregado", "Your order {} was delivered").replace("{}", &number.to_string()),
            locale.pick("Si algo no está bien, dínoslo aquí mismo.", "If anything is wrong, tell us right here.").to_owned(),
        ),
        Stage::Delayed(part) => (
            locale.pick("Tu pedido {} llega otro día", "Your order {} comes another day").replace("{}", &number.to_string()),
            arrives(part, locale),
        ),
        Stage::Refunded(amount) if es => (format!("Te hemos devuelto {} del pedido {number}", money(amount)), String::new()),
        Stage::Refunded(amount) => (format!("We gave {} of order {number} back to you", money(amount)), String::new()),
    };
    let text = [format!("{head}."), more, follow(order, site)].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ");
    (head, text)
}

/// The question what they think of it.
pub(super) fn review(order: &Order, site: &str) -> (String, String) {
    let ask = match order.locale {
        Locale::Es => format!("¿Qué te ha parecido {}? Tu opinión ayuda a quien lo esté pensando.", summary(order)),
        Locale::En => format!("What do you think of {}? It helps those who are making up their minds.", summary(order)),
    };
    let link = if site.is_empty() { String::new() } else { format!(" {site}/orders/{}/review", order.token()) };
    (order.locale.pick("¿Qué te ha parecido?", "What do you think of it?").to_owned(), format!("{ask}{link}"))
}

fn follow(order: &Order, site: &str) -> String {
    match site {
        "" => String::new(),
        site => format!("{} {site}/orders/{}", order.locale.pick("Síguelo aquí:", "Follow it here:"), order.token()),
    }
}

fn summary(order: &Order) -> String {
    match (order.lines.len(), order.locale) {
        (0 | 1, _) => order.summary.clone(),
        (lines, Locale::Es) => format!("{} y {} más", order.summary, lines - 1),
        (lines, Locale::En) => format!("{} and {} more", order.summary, lines - 1),
    }
}

fn arrives(part: &Fulfilment, locale: Locale) -> String {
    let Some(promised) = &part.promised else { return String::new() };
    let (from, to) = (promised.arrival.from, promised.arrival.to);
    let said = |day: Date| format!("{}/{}", day.day(), day.month());
    match (from == to, locale) {
        (true, Locale::Es) => format!("Llega el {}.", said(to)),
        (false, Locale::Es) => format!("Llega entre el {} y el {}.", said(from), said(to)),
        (true, Locale::En) => format!("It arrives on {}.", said(to)),
        (false, Locale::En) => format!("It arrives between {} and {}.", said(from), said(to)),
    }
}

fn changes(facts: &OrderFacts, locale: Locale) -> String {
    let es = locale == Locale::Es;
    let word = |note: &ChangeNote| match note {
        ChangeNote::Delivered { to } if es => format!("se envía a {to}"),
        ChangeNote::Delivered { to } => format!("it goes to {to}"),
        ChangeNote::Collected { at } if es => format!("se recoge en {at}"),
        ChangeNote::Collected { at } => format!("it is collected at {at}"),
        ChangeNote::Swapped { quantity, from, to } => format!("{} × {from} → {to}", quantity.0),
        ChangeNote::Removed { quantity, title } => format!("{} {} × {title}", locale.pick("sin", "without"), quantity.0),
        ChangeNote::Added { quantity, title } => format!("{} {} × {title}", locale.pick("con", "with"), quantity.0),
        ChangeNote::Returned { quantity, title } if es => format!("vuelve {} × {title}", quantity.0),
        ChangeNote::Returned { quantity, title } => format!("{} × {title} comes back", quantity.0),
    };
    facts.changes.iter().map(word).collect::<Vec<_>>().join(", ")
}
