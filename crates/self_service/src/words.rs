//! The same words everywhere: answers as they are read and as they are heard, in both languages.

use crate::{Answer, Session, Shop, Step, Whereabouts, Wish};
use kernel::Locale;
use orders::OrderNumber;

/// Keys and words of the menu, in order. Where a channel has no buttons the order makes the numbers, so the person is 5 as well as 0.
pub fn menu(locale: Locale) -> [(&'static str, &'static str); 5] {
    match locale {
        Locale::Es => {
            [("1", "Dónde está mi pedido"), ("2", "Devolver algo"), ("3", "Horarios"), ("4", "Si queda un producto"), ("0", "Una persona")]
        }
        Locale::En => {
            [("1", "Where my order is"), ("2", "Return something"), ("3", "Opening hours"), ("4", "If it is in stock"), ("0", "A person")]
        }
    }
}

/// The language of some words, when they give it away.
pub fn language_of(heard: &str) -> Option<Locale> {
    const ES: &[&str] =
        &["el", "la", "mi", "mis", "donde", "esta", "quiero", "pedido", "hola", "que", "una", "un", "cuando", "tienda", "gracias"];
    const EN: &[&str] =
        &["the", "my", "where", "is", "want", "order", "hello", "hi", "what", "when", "shop", "store", "thanks", "please", "you"];
    let folded = catalogue::fold(heard);
    let count = |list: &[&str]| folded.split(|c: char| !c.is_alphanumeric()).filter(|word| list.contains(word)).count();
    match count(ES).cmp(&count(EN)) {
        std::cmp::Ordering::Greater => Some(Locale::Es),
        std::cmp::Ordering::Less => Some(Locale::En),
        std::cmp::Ordering::Equal => None,
    }
}

impl Answer {
    /// The words as they are read. What can be chosen stands beside them ([`Answer::choices`]).
    pub fn text(&self, locale: Locale) -> String {
        self.say(locale, &|number| number.to_string())
    }

    /// The words as they are heard: the same, with what can be chosen, and numbers as people say them.
    pub fn speech(&self, locale: Locale) -> String {
        let text = self.say(locale, &|number| format!("H {}", number.to_string().trim_start_matches(['H', '-', '0'])));
        let choices = self.choices(locale);
        if choices.is_empty() {
            return text;
        }
        let lines: Vec<String> = choices.iter().map(|(key, words)| format!("{words}, {key}.")).collect();
        format!("{text} {}", lines.join(" "))
    }

    fn say(&self, locale: Locale, name: &dyn Fn(&OrderNumber) -> String) -> String {
        let both = |es: &str, en: &str| locale.pick(es, en).to_owned();
        match self {
            Answer::Hello { name } if name.is_empty() => both("Hola. ¿En qué te ayudo?", "Hello. What can I help you with?"),
            Answer::Hello { name } => match locale {
                Locale::Es => format!("Hola, {name}. ¿En qué te ayudo?"),
                Locale::En => format!("Hello, {name}. What can I help you with?"),
            },
            Answer::AskOrder => both("¿Qué número tiene tu pedido? Empieza por H.", "What is the number of your order? It begins with H."),
            Answer::AskProof => both(
                "Para no contárselo a otra persona: ¿con qué correo o código postal lo hiciste?",
                "So that nobody else hears of it: with which e-mail or postcode did you place it?",
            ),
            Answer::AskProduct => both("¿Qué producto buscas?", "Which product are you looking for?"),
            Answer::Order { number, state, place, has_others } => {
                let told = format!("{} {} {}", locale.pick("Tu pedido", "Your order"), name(number), whereabouts(*state, place, locale));
                let other = locale.pick("Si preguntas por otro, dime su número.", "If you mean another one, tell me its number.");
                if *has_others { format!("{told} {other}") } else { told }
            }
            Answer::Return { number, until: None } => match locale {
                Locale::Es => format!("Del pedido {} no se puede devolver nada ahora.", name(number)),
                Locale::En => format!("Nothing of order {} can be returned now.", name(number)),
            },
            Answer::Return { number, until: Some(until) } => {
                let (number, day) = (name(number), day(until, locale));
                match locale {
                    Locale::Es => {
                        format!("Puedes devolver el pedido {number} hasta el {day}, en cualquier tienda o desde la página del pedido.")
                    }
                    Locale::En => format!("You can return order {number} until {day}, in any shop or on the page of the order."),
                }
            }
            Answer::Hours { shops } => hours(shops, locale),
            Answer::Stock { title, asked, places } => stock(title, asked, places, locale),
            Answer::NotFound => both(
                "No encuentro ningún pedido con esos datos. ¿Me dices otra vez su número? Empieza por H.",
                "I find no order with those details. What is its number again? It begins with H.",
            ),
            Answer::NotUnderstood { step } => {
                let sorry = locale.pick("No te he entendido.", "I did not understand.");
                let again = match step {
                    Step::AskOrder => Answer::AskOrder.say(locale, name),
                    Step::AskProof => Answer::AskProof.say(locale, name),
                    Step::AskProduct => Answer::AskProduct.say(locale, name),
                    Step::Begin | Step::Menu | Step::Handed => both("¿En qué te ayudo?", "What can I help you with?"),
                };
                format!("{sorry} {again}")
            }
            Answer::Welcome => both("De nada. Aquí seguimos.", "You are welcome. We are here."),
            Answer::HandOver => both(
                "Te paso con una persona. Ya tiene lo que me has contado: no hace falta que lo repitas.",
                "A person goes on. They have what you told me: there is no need to say it again.",
            ),
        }
    }
}

impl Session {
    /// Where it stands, in one line for whoever goes on with it.
    pub fn where_it_stands(&self, locale: Locale) -> String {
        let about = match (self.wish, self.number) {
            (None, _) => String::new(),
            (Some(Wish::State), None) => locale.pick("dónde está su pedido", "where their order is").to_owned(),
            (Some(Wish::State), Some(number)) => format!("{} {number}", locale.pick("dónde está su pedido", "where their order is:")),
            (Some(Wish::Return), None) => locale.pick("devolver un pedido", "to return an order").to_owned(),
            (Some(Wish::Return), Some(number)) => format!("{} {number}", locale.pick("devolver el pedido", "to return order")),
            (Some(Wish::Product), _) => locale.pick("si queda un producto", "whether a product is left").to_owned(),
        };
        let step = match self.stuck_at() {
            Step::AskOrder => locale.pick("se le pedía el número de pedido", "was asked for the number of the order"),
            Step::AskProof => locale.pick("se le pedía el correo o el código postal", "was asked for the e-mail or postcode"),
            Step::AskProduct => locale.pick("se le pedía el producto", "was asked for the product"),
            Step::Begin | Step::Menu | Step::Handed => locale.pick("pidió una persona", "asked for a person"),
        };
        if about.is_empty() { step.to_owned() } else { format!("{about} · {step}") }
    }
}

fn whereabouts(state: Whereabouts, place: &str, locale: Locale) -> String {
    let at = |es: &str, en: &str| if place.is_empty() { String::new() } else { format!(" {} {place}", locale.pick(es, en)) };
    match state {
        Whereabouts::Unpaid => locale.pick("está pendiente de pago.", "waits for payment.").into(),
        Whereabouts::Awaited => match locale {
            Locale::Es => format!("espera a que nos lleguen sus artículos, hacia el {}. En cuanto lleguen, sale.", day(place, locale)),
            Locale::En => format!("waits for its items to reach us, about {}. It leaves as soon as they do.", day(place, locale)),
        },
        Whereabouts::Preparing => locale.pick("se está preparando.", "is being prepared.").into(),
        Whereabouts::Ready => format!("{}{}.", locale.pick("está listo para recoger", "is ready to collect"), at("en", "in")),
        Whereabouts::OnTheWay => format!("{}{}.", locale.pick("va de camino", "is on its way"), at("con", "with")),
        Whereabouts::Arrived => locale.pick("ya está entregado.", "has arrived.").into(),
        Whereabouts::Returned => locale.pick("está devuelto.", "has been returned.").into(),
        Whereabouts::Cancelled => locale.pick("está cancelado.", "is cancelled.").into(),
    }
}

fn hours(shops: &[Shop], locale: Locale) -> String {
    let line = |shop: &Shop| {
        let closed = locale.pick("cerrado", "closed");
        format!("{}: {}", shop.name, if shop.hours.is_empty() { closed } else { &shop.hours })
    };
    if shops.is_empty() {
        return locale.pick("No tenemos tiendas abiertas.", "We have no shops open.").to_owned();
    }
    let lines: Vec<String> = shops.iter().map(line).collect();
    format!("{} {}.", locale.pick("Hoy.", "Today."), lines.join("; "))
}

fn stock(title: &str, asked: &str, places: &[String], locale: Locale) -> String {
    let shops = places.join(", ");
    let has_it = places.iter().any(|place| place == asked);
    match (locale, places.is_empty()) {
        (Locale::Es, true) => format!("{title}: ahora no queda en ninguna tienda."),
        (Locale::En, true) => format!("{title}: no shop has it at the moment."),
        (Locale::Es, false) if has_it => format!("{title}: sí queda en {asked}."),
        (Locale::En, false) if has_it => format!("{title}: {asked} has it."),
        (Locale::Es, false) if asked.is_empty() => format!("{title}: queda en {shops}."),
        (Locale::En, false) if asked.is_empty() => format!("{title}: left in {shops}."),
        (Locale::Es, false) => format!("{title}: no queda en {asked}, pero sí en {shops}."),
        (Locale::En, false) => format!("{title}: not left in {asked}, but in {shops}."),
    }
}

/// `2026-12-06` as people say it.
fn day(date: &str, locale: Locale) -> String {
    const ES: [&str; 12] =
        ["enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre"];
    let Ok(date) = date.parse::<jiff::civil::Date>() else { return date.to_owned() };
    match locale {
        Locale::Es => format!("{} de {}", date.day(), ES[date.month() as usize - 1]),
        Locale::En => date.strftime("%-d %B").to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(text: &str) -> OrderNumber {
        text.parse().expect("a number")
    }

    #[test]
    fn read_and_heard_say_the_same() {
        let answer =
            Answer::Order { number: number("H-000123"), state: Whereabouts::Ready, place: "Sevilla Sierpes".into(), has_others: false };
        assert_eq!(answer.text(Locale::Es), "Tu pedido H-000123 está listo para recoger en Sevilla Sierpes.");
        assert_eq!(answer.speech(Locale::Es), "Tu pedido H 123 está listo para recoger en Sevilla Sierpes.");
        assert_eq!(answer.text(Locale::En), "Your order H-000123 is ready to collect in Sevilla Sierpes.");
        let hello = Answer::Hello { name: "Ana".into() };
        assert_eq!(hello.text(Locale::Es), "Hola, Ana. ¿En qué te ayudo?");
        assert_eq!(
            hello.speech(Locale::Es),
            "Hola, Ana. ¿En qué te ayudo? Dónde está mi pedido, 1. Devolver algo, 2. Horarios, 3. Si queda un producto, 4. Una persona, 0."
        );
    }

    #[test]
    fn a_last_day_is_said_as_people_say_it() {
        let answer = Answer::Return { number: number("7"), until: Some("2026-12-06".into()) };
        assert!(answer.text(Locale::Es).contains("H-000007 hasta el 6 de diciembre,"), "{}", answer.text(Locale::Es));
        assert!(answer.text(Locale::En).contains("until 6 December,"), "{}", answer.text(Locale::En));
    }

    #[test]
    fn whatever_can_be_chosen_fits_under_a_message_of_every_network() {
        for locale in [Locale::Es, Locale::En] {
            for (_, words) in menu(locale) {
                assert!(words.chars().count() <= 24, "{words} (rows of a list at WhatsApp)");
            }
        }
    }

    #[test]
    fn words_give_their_language_away_or_they_do_not() {
        assert_eq!(language_of("Where is my order?"), Some(Locale::En));
        assert_eq!(language_of("¿Dónde está mi pedido?"), Some(Locale::Es));
        assert_eq!(language_of("H-000123"), None);
    }
}
