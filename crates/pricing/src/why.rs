//! Why something costs what it costs, in a sentence.

use crate::TaxRegion;
use catalogue::Localised;
use kernel::Locale;
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
        /// 1500 for 15 %.
        basis_points: i64,
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
            (Why::Promotion { name, basis_points, .. }, Locale::Es) => {
                format!("{} ({} de descuento).", name.get(locale), percent(*basis_points, locale))
            }
            (Why::Promotion { name, basis_points, .. }, Locale::En) => {
                format!("{} ({} off).", name.get(locale), percent(*basis_points, locale))
            }
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
        let sale = Why::Promotion { code: "R".into(), name, basis_points: 520 };
        assert_eq!(sale.sentence(Locale::Es), "Rebajas (5,2\u{a0}% de descuento).");
        assert_eq!(sale.sentence(Locale::En), "Sales (5.2% off).");
    }
}
