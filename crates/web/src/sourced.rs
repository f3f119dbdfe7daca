//! Why a place sends a parcel, in words: on the order, and where the weights are tried.

use crate::Page;
use kernel::{Currency, Money};
use orders::{Sourced, SourcedTerms};

/// `Sale de Almacén: más cerca, sin partir el pedido`.
pub(crate) fn sourced_words(page: &Page, place: &str, sourced: &Sourced) -> String {
    let why: Vec<String> = sourced.reasons().into_iter().map(|reason| page.t(&format!("sourced-{}", reason.as_str()))).collect();
    page.tw("desk-sourced", &[("place", place.to_owned().into()), ("value", why.join(", ").into())])
}

/// The figures of what was chosen and of what would have been.
pub(crate) fn sourced_terms(page: &Page, currency: Currency, sourced: &Sourced) -> String {
    let cost = |terms: &SourcedTerms| Money::new(terms.cost(), currency).format(page.locale);
    let chosen = &sourced.chosen;
    let mut values = vec![("cost", cost(chosen).into()), ("km", (chosen.metres / 1_000).into()), ("days", chosen.late_days.into())];
    let Some(next) = &sourced.next else { return page.tw("sourced-alone", &values) };
    values.push(("next", next.places.join(" + ").into()));
    values.push(("other", cost(next).into()));
    page.tw("sourced-terms", &values)
}
