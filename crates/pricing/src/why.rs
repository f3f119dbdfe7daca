//! Why something costs what it costs, in a sentence.

use crate::{Offer, TaxRegion};
use catalogue::Localised;
use kernel::{Locale, Money};
use serde::Serialize;

/// One reason behind a line of a quote.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "reason", rename_all = "snake_case")]
pub enum Why {
    /// The price stands on this list.
    List {
        /// Its code.
        list: String,
    },
    /// A promotion takes something off.
    Promotion {
        /// Its code.
        code: String,
        /// Its name for customers.
        name: Localised,
        /// What it gives.
        offer: Offer,
    },
    /// A shop let it go for what it costs on our own web.
    Matched {
        /// What the shop's list says.
        from: Money,
        /// What is paid for one instead.
        to: Money,
    },
    /// The tax in the line.
    Tax {
        /// Where the goods go.
        region: TaxRegion,
        /// 2100 for 21 %.
        basis_points: i64,
        /// True when the price already holds it.
        is_included: bool,
    },
}

impl Why {
    /// For people.
    pub fn sentence(&self, locale: Locale) -> String {
        match (self, locale) {
            (Why::List { list }, Locale::Es) => format!("Precio de la tarifa «{list}»."),
            (Why::List { list }, Locale::En) => format!("Price from the list “{list}”."),
            (Why::Matched { from, to }, Locale::Es) => {
                format!("Precio igualado al de nuestra web: {} en lugar de {}.", to.format(locale), from.format(locale))
            }
            (Why::Matched { from, to }, Locale::En) => {
                format!("Matched to the price on our web: {} instead of {}.", to.format(locale), from.format(locale))
            }
            (Why::Promotion { name, offer, .. }, _) => format!("{} ({}).", name.get(locale), offer.words(locale)),
            (Why::Tax { region, basis_points, is_included }, Locale::Es) => {
                let (tax, how) = (tax(*region), if *is_included { "incluido" } else { "añadido" });
                format!("{tax} del {} {how}.", percent(*basis_points, locale))
            }
            (Why::Tax { region, basis_points, is_included }, Locale::En) => {
                let (tax, how) = (tax(*region), if *is_included { "included" } else { "added" });
                format!("{} {tax} {how}.", percent(*basis_points, locale))
            }
        }
    }
}

impl Offer {
    /// What it gives, in a few words: `15 % de descuento`.
    pub fn words(&self, locale: Locale) -> String {
        match (self, locale) {
            (Offer::Percentage { basis_points }, Locale::Es) => format!("{} de descuento", percent(*basis_points, locale)),
            (Offer::Percentage { basis_points }, Locale::En) => format!("{} off", percent(*basis_points, locale)),
            (Offer::Amount { off }, Locale::Es) => format!("{} de descuento", off.format(locale)),
            (Offer::Amount { off }, Locale::En) => format!("{} off", off.format(locale)),
            (Offer::NForM { take, pay }, Locale::Es) => format!("llevas {take} y pagas {pay}"),
            (Offer::NForM { take, pay }, Locale::En) => format!("{take} for the price of {pay}"),
            (Offer::Gift { .. }, Locale::Es) => "de regalo".to_owned(),
            (Offer::Gift { .. }, Locale::En) => "a gift".to_owned(),
        }
    }
}

fn tax(region: TaxRegion) -> &'static str {
    match region {
        TaxRegion::Spain => "IVA",
        TaxRegion::Canaries => "IGIC",
    }
}

/// `21 %`, `5,2 %`; in English `21%`, `5.2%`.
fn percent(basis_points: i64, locale: Locale) -> String {
    let (whole, rest) = (basis_points / 100, format!("{:02}", basis_points % 100));
    let (point, unit) = match locale {
        Locale::Es => (',', "\u{a0}%"),
        Locale::En => ('.', "%"),
    };
    match rest.trim_end_matches('0') {
        "" => format!("{whole}{unit}"),
        digits => format!("{whole}{point}{digits}{unit}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reasons_are_sentences_in_both_languages() {
        let tax = Why::Tax { region: TaxRegion::Spain, basis_points: 2100, is_included: true };
        assert_eq!(
            (tax.sentence(Locale::Es).as_str(), tax.sentence(Locale::En).as_str()),
            ("IVA del 21\u{a0}% incluido.", "21% IVA included.")
        );
        let name = Localised::new("Rebajas", "Sales");
        let because = |offer| Why::Promotion { code: "R".into(), name: name.clone(), offer };
        let sale = because(Offer::Percentage { basis_points: 520 });
        assert_eq!(sale.sentence(Locale::Es), "Rebajas (5,2\u{a0}% de descuento).");
        assert_eq!(sale.sentence(Locale::En), "Sales (5.2% off).");
        let three = because(Offer::NForM { take: 3, pay: 2 });
        assert_eq!(
            (three.sentence(Locale::Es).as_str(), three.sentence(Locale::En).as_str()),
            ("Rebajas (llevas 3 y pagas 2).", "Sales (3 for the price of 2).")
        );
    }
}
