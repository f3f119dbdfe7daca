//! When something can be in the customer's hands, in words: the rules are those that the shopkeeper wrote, equal on every page.

use super::super::shops::weekday;
use crate::Page;
use flows::DeliveryOption;
use jiff::civil::Date;
use kernel::Money;
use pricing::Arrival;

/// `martes 4`.
fn day_words(page: &Page, day: Date) -> String {
    format!("{} {}", weekday(day.weekday(), page.locale), day.day())
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
