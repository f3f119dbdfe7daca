//! When something can be in the customer's hands, in words: the rules are those that the shopkeeper wrote, equal on every page.

use super::super::shops::weekday;
use crate::{Page, format};
use flows::DeliveryOption;
use inventory::StockPolicy;
use jiff::civil::Date;
use kernel::Money;
use pricing::Arrival;

/// Days from which on the month is said as well.
const FAR: i32 = 21;

/// `martes 4`; `martes 4 ene` where that could be another month.
fn day_words(page: &Page, day: Date) -> String {
    let today = page.now.to_jiff().to_zoned(jiff::tz::TimeZone::UTC).date();
    let is_far = today.until(day).is_ok_and(|span| span.get_days() > FAR);
    let date = if is_far { format::civil(day, page.now, page.locale) } else { day.day().to_string() };
    format!("{} {date}", weekday(day.weekday(), page.locale))
}

/// `Sale cuando llegue, hacia el 12 dic`: what is said of something that is bought before it is there.
pub(crate) fn ahead_words(page: &Page, ahead: &flows::Ahead) -> String {
    let key = if ahead.policy == StockPolicy::Preorder { "preorder-sent" } else { "backorder-sent" };
    page.tv(key, format::civil(ahead.expected, page.now, page.locale))
}

/// `el martes 4`, `entre el martes 4 y el jueves 6`.
pub(crate) fn arrival_words(page: &Page, arrival: Arrival) -> String {
    if arrival.from == arrival.to {
        return page.tv("arrives-on", day_words(page, arrival.from));
    }
    page.tw("arrives-between", &[("from", day_words(page, arrival.from).into()), ("to", day_words(page, arrival.to).into())])
}

/// `En casa el martes 4`: what every page says of something that is sent; without the days where nobody can say them.
pub(crate) fn delivery_words(page: &Page, option: Option<&DeliveryOption>) -> String {
    option.map_or_else(|| page.t("line-deliver"), |option| page.tv("way-deliver", arrival_words(page, option.arrival)))
}

/// `Envío 3,95 €`, `Envío gratis`.
pub(crate) fn fee_words(page: &Page, fee: Money) -> String {
    if fee.is_zero() { page.t("way-deliver-free") } else { page.tv("way-deliver-cost", fee.format(page.locale)) }
}

/// One way of delivery to choose.
pub(crate) struct DeliveryChoice {
    pub(crate) code: String,
    /// `Exprés · Correos`.
    pub(crate) name: String,
    /// `el martes 4`.
    pub(crate) arrives: String,
    pub(crate) fee: String,
    pub(crate) is_chosen: bool,
}

impl DeliveryChoice {
    /// All that reach the address.
    pub(crate) fn all(page: &Page, options: &[DeliveryOption]) -> Vec<Self> {
        let choice = |option: &DeliveryOption| DeliveryChoice {
            code: option.code.clone(),
            name: [option.name.get(page.locale), &option.carrier]
                .iter()
                .filter(|word| !word.is_empty())
                .copied()
                .collect::<Vec<_>>()
                .join(" · "),
            arrives: arrival_words(page, option.arrival),
            fee: if option.fee.is_zero() { page.t("free") } else { option.fee.format(page.locale) },
            is_chosen: option.is_chosen,
        };
        options.iter().map(choice).collect()
    }

    /// All in one line, for a list to choose from.
    pub(crate) fn words(&self) -> String {
        format!("{} · {} · {}", self.name, self.arrives, self.fee)
    }
}
