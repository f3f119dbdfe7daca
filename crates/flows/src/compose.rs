//! The lines of an order from a priced basket, split over the places that supply them; no cent is made, none is lost.

use crate::basket::{BasketLine, BasketQuote};
use crate::bundles::{Parts, Piece};
use crate::sourcing::Source;
use catalogue::{VariantCard, VariantId};
use inventory::ReservationId;
use kernel::{Locale, Quantity};
use orders::{Matched, NewLine, NewPart, Promised, split_amount};
use std::collections::HashMap;

/// A basket, priced and set aside.
pub(crate) struct Sold<'a> {
    pub(crate) lines: &'a [BasketLine],
    /// The price that was matched for each line; empty when none was.
    pub(crate) matched: &'a [Option<Matched>],
    pub(crate) quote: &'a BasketQuote,
    pub(crate) cards: &'a HashMap<VariantId, VariantCard>,
    pub(crate) locale: Locale,
    /// What bundles are made of.
    pub(crate) bundles: &'a Parts,
    pub(crate) reservations: &'a HashMap<Piece, ReservationId>,
}

/// The parts of the order, one for each source with what is promised of it.
pub(crate) fn parts(sold: &Sold<'_>, sources: Vec<Source>, promised: Vec<Option<Promised>>) -> Vec<NewPart> {
    let mut shares = Shares::of(sold, &sources);
    let part = |((at, source), promised): ((usize, Source), Option<Promised>)| NewPart {
        way: source.way,
        location: source.location,
        place: source.place,
        address: source.address,
        promised,
        sourced: source.sourced,
        expected: source.expected,
        lines: source.lines.iter().map(|(index, quantity)| shares.line(sold, at, *index, *quantity)).collect(),
    };
    sources.into_iter().enumerate().zip(promised).map(part).collect()
}

/// Discounts and taxes of each basket line, divided over its sources in their order; each is taken once, from the end.
struct Shares(Vec<Vec<(i64, i64)>>);

impl Shares {
    fn of(sold: &Sold<'_>, sources: &[Source]) -> Self {
        let of_line = |index: usize| {
            let mine = |source: &Source| source.lines.iter().find(|(at, _)| *at == index).map(|(_, quantity)| *quantity);
            let quantities: Vec<Quantity> = sources.iter().filter_map(mine).collect();
            let quoted = &sold.quote.lines[index];
            let discount = quoted.discounts.iter().map(|discount| discount.amount.minor).sum();
            let mut shares: Vec<_> =
                split_amount(discount, &quantities).into_iter().zip(split_amount(quoted.tax.minor, &quantities)).collect();
            shares.reverse();
            shares
        };
        Shares((0..sold.lines.len()).map(of_line).collect())
    }

    fn line(&mut self, sold: &Sold<'_>, part: usize, index: usize, quantity: Quantity) -> NewLine {
        let (discount, tax) = self.0[index].pop().unwrap_or_default();
        let quoted = &sold.quote.lines[index];
        let card = &sold.cards[&quoted.variant];
        let reserved = |piece| sold.reservations.get(&(part, index, piece)).copied();
        let parts = sold.bundles.kept(quoted.variant, sold.locale, reserved);
        let upon = if quoted.is_tax_included { 0 } else { tax };
        NewLine {
            variant: quoted.variant,
            sku: card.sku.clone(),
            title: title(card, sold.locale),
            quantity,
            unit_price: quoted.unit_price.minor,
            discount,
            is_tax_included: quoted.is_tax_included,
            tax_basis_points: quoted.tax_basis_points,
            tax,
            total: quoted.unit_price.minor * quantity.0 - discount + upon,
            reservation: if parts.is_empty() { reserved(0) } else { None },
            matched: sold.matched.get(index).cloned().flatten(),
            parts,
        }
    }
}

/// `Camisa de lino · Azul / M`.
pub(crate) fn title(card: &VariantCard, locale: Locale) -> String {
    let label = card.label();
    let title = card.title.get(locale);
    if label.is_empty() { title.to_owned() } else { format!("{title} · {label}") }
}
