//! What the till says: refusals in plain words, names of ways and states.

use crate::ui::{Badge, Tone};
use crate::{App, Page, Trouble, Value, format};
use catalogue::VariantCard;
use inventory::{Location, LocationId};
use kernel::{Kind, Problem, Timestamp};
use orders::{FulfilmentState, FulfilmentWay, OrderState, Way};
use pricing::MatchRefusal;

/// A refusal as a sentence. What the reader cannot mend at the counter stays trouble.
pub(super) fn refused<E: Problem>(page: &Page, error: E) -> Result<String, Trouble> {
    match error.kind() {
        Kind::Fault | Kind::Forbidden | Kind::Unauthorised | Kind::Unavailable => Err(error.into()),
        _ => Ok(says(page, error)),
    }
}

/// The text `till-problem-{code}` with the error's own fields, else the general one.
pub(super) fn says<E: Problem>(page: &Page, error: E) -> String {
    let key = format!("till-problem-{}", error.code().replace(['.', '_'], "-"));
    let values: Vec<_> = error.fields().into_iter().map(|(name, value)| (name, field(page, name, &value))).collect();
    let says = page.tw(&key, &values);
    // A key without a text shows itself.
    if says == key { Trouble::from(error).says(page) } else { says }
}

fn field(page: &Page, name: &str, value: &serde_json::Value) -> Value<'static> {
    match (name, value) {
        (_, serde_json::Value::Number(number)) => number.as_i64().unwrap_or_default().into(),
        ("state", serde_json::Value::String(state)) => page.t(&format!("till-state-{}", state.replace('_', "-"))).to_lowercase().into(),
        ("why", serde_json::Value::String(why)) => page.t(&format!("till-refused-{}", why.replace('_', "-"))).into(),
        (_, serde_json::Value::String(text)) => match Timestamp::from_rfc3339(text) {
            Ok(moment) => format::when(moment, page.now, page.locale).into(),
            Err(_) => text.clone().into(),
        },
        (_, other) => other.to_string().into(),
    }
}

/// `Azul marino · M` in the reader's language.
pub(super) fn label(app: &App, page: &Page, card: &VariantCard) -> String {
    card.options.iter().map(|(_, value)| value_word(app, page, value)).collect::<Vec<_>>().join(" · ")
}

/// One option's value in the reader's language, with a capital letter.
pub(super) fn value_word(app: &App, page: &Page, value: &str) -> String {
    crate::storefront::words::word(app, page.locale, value)
}

/// How a line reaches the customer.
pub(super) fn way(page: &Page, way: &Way, here: LocationId, place: impl Fn(LocationId) -> String) -> String {
    match way {
        Way::TakeNow { location } if *location == here => page.t("till-way-take-now"),
        Way::TakeNow { location } => page.tv("till-way-take-at", place(*location)),
        Way::Collect { location } if *location == here => page.t("till-way-collect-here"),
        Way::Collect { location } => page.tv("till-way-collect-at", place(*location)),
        Way::Deliver { address: None } => page.t("till-way-deliver"),
        Way::Deliver { address: Some(address) } => page.tv("till-way-deliver-to", &address.city),
    }
}

/// The way a form names: `take_now`, `deliver`, `collect:ID`.
pub(super) fn parse_way(text: &str, here: &Location) -> Option<Way> {
    match text.split_once(':') {
        None if text == "take_now" => Some(Way::TakeNow { location: here.id }),
        None if text == "deliver" => Some(Way::Deliver { address: None }),
        Some(("collect", id)) => id.parse().ok().map(|location| Way::Collect { location }),
        _ => None,
    }
}

/// The same the other way round.
pub(super) fn way_value(way: &Way) -> String {
    match way {
        Way::TakeNow { .. } => "take_now".to_owned(),
        Way::Deliver { .. } => "deliver".to_owned(),
        Way::Collect { location } => format!("collect:{location}"),
    }
}

/// How far a part is, as a badge.
pub(super) fn part_state(page: &Page, state: FulfilmentState) -> Badge {
    use FulfilmentState::*;
    let tone = match state {
        Waiting | Awaiting => Tone::Warn,
        Pending | Picking | Packed | Shipped => Tone::Live,
        Ready | Collected | Delivered => Tone::Ok,
        Cancelled => Tone::Bad,
    };
    Badge::state(tone, page.t(&format!("till-state-{}", state.as_str())))
}

/// Where an order stands, as a badge.
pub(super) fn order_state(page: &Page, state: OrderState) -> Badge {
    let tone = match state {
        OrderState::Placed => Tone::Warn,
        OrderState::Paid | OrderState::Fulfilling => Tone::Live,
        OrderState::Completed => Tone::Ok,
        OrderState::PartlyReturned | OrderState::Returned => Tone::Plain,
        OrderState::Cancelled => Tone::Bad,
    };
    Badge::state(tone, page.t(&format!("till-order-{}", state.as_str().replace('_', "-"))))
}

/// How a part goes to the customer.
pub(super) fn part_way(page: &Page, way: FulfilmentWay, place: &str) -> String {
    match way {
        FulfilmentWay::CarryOut => page.tv("till-part-carry-out", place),
        FulfilmentWay::Collect => page.tv("till-part-collect", place),
        FulfilmentWay::Deliver => page.tv("till-part-deliver", place),
    }
}

/// `650 m`, `3,2 km`, `480 km`.
pub(super) fn distance(page: &Page, metres: f64) -> String {
    let text = match metres {
        m if m < 950.0 => return format!("{} m", (m / 50.0).round() * 50.0),
        m if m < 9_950.0 => format!("{:.1} km", m / 1000.0),
        m => return format!("{} km", format::number((m / 1000.0).round() as i64, page.locale)),
    };
    if page.locale == kernel::Locale::Es { text.replace('.', ",") } else { text }
}

/// Why a price is not matched.
pub(super) fn match_refused(page: &Page, refusal: MatchRefusal) -> String {
    let money = |amount: kernel::Money| amount.format(page.locale);
    match refusal {
        MatchRefusal::Off => page.t("till-match-off"),
        MatchRefusal::Role => page.t("till-match-role"),
        MatchRefusal::NotLower => page.t("till-match-not-lower"),
        MatchRefusal::TooMuch { most } => page.tv("till-match-too-much", money(most)),
        MatchRefusal::NeedsReason { over } => page.tv("till-match-needs-reason", money(over)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::Locale;

    #[test]
    fn distances_are_short() {
        let page = Page::sample(Locale::Es);
        assert_eq!([620.0, 3_240.0, 479_600.0, 17_390_000.0].map(|m| distance(&page, m)), ["600 m", "3,2 km", "480 km", "17.390 km"]);
    }

    #[test]
    fn a_way_survives_a_form() {
        let text = "collect:01ARZ3NDEKTSV4RRFFQ69G5FAV";
        let id = LocationId::nil();
        assert_eq!(way_value(&Way::Collect { location: "01ARZ3NDEKTSV4RRFFQ69G5FAV".parse().expect("an id") }), text);
        assert_eq!(way_value(&Way::TakeNow { location: id }), "take_now");
    }
}
