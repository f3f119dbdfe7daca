//! What the telephone says, in both languages. Short: it is heard once.

use conversations::{CallWait, CallWay};
use jiff::{Zoned, tz::TimeZone};
use kernel::{Locale, Timestamp};

/// What a matter is called that a call opens.
pub(super) fn subject(locale: Locale, way: CallWay) -> &'static str {
    match (locale, way) {
        (Locale::Es, CallWay::In) => "Llamada",
        (Locale::Es, CallWay::Back) => "Quiere que le llamemos",
        (Locale::Es, CallWay::Out) => "Llamada nuestra",
        (Locale::En, CallWay::In) => "Call",
        (Locale::En, CallWay::Back) => "Wants to be called",
        (Locale::En, CallWay::Out) => "Our call",
    }
}

pub(super) fn hello(locale: Locale, name: &str) -> String {
    match (locale, name.is_empty()) {
        (Locale::Es, true) => "Hola.".into(),
        (Locale::Es, false) => format!("Hola, {name}."),
        (Locale::En, true) => "Hello.".into(),
        (Locale::En, false) => format!("Hello, {name}."),
    }
}

fn minutes(locale: Locale, wait: CallWait) -> String {
    match (locale, wait.minutes) {
        (Locale::Es, 1) => "en un minuto más o menos".into(),
        (Locale::Es, n) => format!("en unos {n} minutos"),
        (Locale::En, 1) => "in about one minute".into(),
        (Locale::En, n) => format!("in about {n} minutes"),
    }
}

/// How long it takes, and what can be done instead of waiting.
pub(super) fn waiting(locale: Locale, wait: CallWait) -> String {
    let minutes = minutes(locale, wait);
    match locale {
        Locale::Es => format!("Te atiende una persona {minutes}. Si prefieres que te llamemos, pulsa 1. Para dejar un mensaje, pulsa 2."),
        Locale::En => {
            format!("Somebody will talk with you {minutes}. If you would rather be called, press 1. To leave a message, press 2.")
        }
    }
}

pub(super) fn will_call(locale: Locale, wait: CallWait) -> String {
    let minutes = minutes(locale, wait);
    match locale {
        Locale::Es => format!("De acuerdo: te llamamos {minutes}, sin perder tu turno. Hasta ahora."),
        Locale::En => format!("All right: we will call you {minutes}, and you keep your place. Goodbye for now."),
    }
}

/// Nobody is there.
pub(super) fn closed(locale: Locale, opens: Option<Timestamp>, zone: &str) -> String {
    let zone = TimeZone::get(zone).unwrap_or(TimeZone::UTC);
    let at = opens.map(|at| at.to_jiff().to_zoned(zone));
    match (locale, at) {
        (Locale::Es, None) => "Ahora no hay nadie.".into(),
        (Locale::En, None) => "Nobody is here now.".into(),
        (Locale::Es, Some(at)) => format!("Ahora no hay nadie. Abrimos el {} a las {}.", WEEKDAYS_ES[weekday(&at)], at.strftime("%-H:%M")),
        (Locale::En, Some(at)) => format!("Nobody is here now. We open on {}.", at.strftime("%A at %-H:%M")),
    }
}

/// `el martes 24/11 a las 12:00`, `on Tuesday 24 November at 12:00`.
pub(crate) fn on_day(locale: Locale, at: &Zoned) -> String {
    match locale {
        Locale::Es => format!("el {} {}", WEEKDAYS_ES[weekday(at)], at.strftime("%-d/%-m a las %-H:%M")),
        Locale::En => at.strftime("on %A %-d %B at %-H:%M").to_string(),
    }
}

const WEEKDAYS_ES: [&str; 7] = ["lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo"];

fn weekday(at: &Zoned) -> usize {
    usize::try_from(at.weekday().to_monday_zero_offset()).unwrap_or_default()
}

/// They were stuck elsewhere: we go on there.
pub(super) fn carry_on(locale: Locale) -> String {
    locale
        .pick(
            "Quien te atienda ve dónde te has quedado: no hace falta que lo repitas.",
            "Whoever talks with you sees where you stopped: there is no need to say it again.",
        )
        .to_owned()
}

/// After the greeting: how to speak the other language.
pub(super) fn other_language(locale: Locale) -> &'static str {
    match locale {
        Locale::Es => "For English, press 9.",
        Locale::En => "Para español, pulsa 9.",
    }
}

/// After an answer.
pub(super) fn anything_else(locale: Locale) -> String {
    locale
        .pick(
            "Si necesitas algo más, dímelo. Para hablar con una persona, pulsa 0. Si no, puedes colgar.",
            "If you need anything else, tell me. To talk with a person, press 0. If not, you can hang up.",
        )
        .to_owned()
}

pub(super) fn leave_message(locale: Locale) -> String {
    locale
        .pick(
            "Deja tu mensaje después de la señal y cuelga al terminar.",
            "Leave your message after the tone and hang up when you are done.",
        )
        .to_owned()
}

pub(super) fn message_kept(locale: Locale) -> String {
    locale.pick("Gracias, lo hemos recibido. Te contestamos.", "Thank you, we have it. We will answer you.").to_owned()
}

pub(super) fn putting_through(locale: Locale, agent: &str) -> String {
    match (locale, agent.is_empty()) {
        (Locale::Es, true) => "Te pongo con una persona.".into(),
        (Locale::Es, false) => format!("Te pongo con {agent}."),
        (Locale::En, true) => "I am putting you through.".into(),
        (Locale::En, false) => format!("I am putting you through to {agent}."),
    }
}

pub(super) fn calling_back(locale: Locale, name: &str, brand: &str, agent: &str) -> String {
    let (hello, through) = (hello(locale, name), putting_through(locale, agent));
    match locale {
        Locale::Es => format!("{hello} Te llamamos de {brand}. {through}"),
        Locale::En => format!("{hello} This is {brand} calling. {through}"),
    }
}

pub(super) fn one_moment(locale: Locale) -> String {
    locale.pick("Un momento, seguimos contigo enseguida.", "One moment, we will be back with you shortly.").to_owned()
}

pub(super) fn agent_away(locale: Locale) -> String {
    locale.pick("No he podido ponerte con esa persona.", "I could not reach that person.").to_owned()
}
