//! The stock of what is bought is set aside, or it is said what is missing.

use crate::basket::{BasketError, BasketLine};
use crate::bundles::{Parts, Piece};
use crate::checkout::CheckoutError;
use crate::sourcing::{NoSource, Source};
use catalogue::{VariantCard, VariantId};
use inventory::{ReservationId, Reserve, ReserveError};
use kernel::{Actor, Quantity, Timestamp, Tx};
use orders::PlaceError;
use pricing::QuoteError;
use std::collections::HashMap;

/// Set the stock aside under names that begin with the key, until then if it shall end by itself; always in the same order, so that two checkouts do not wait for each other crosswise.
pub(crate) fn reserve(
    tx: &mut Tx<'_>,
    actor: &Actor,
    (key, until): (&str, Option<Timestamp>),
    lines: &[BasketLine],
    (sources, bundles): (&[Source], &Parts),
    cards: &HashMap<VariantId, VariantCard>,
) -> Result<HashMap<Piece, ReservationId>, CheckoutError> {
    let mut wanted: Vec<_> = bundles
        .wanted(sources, |index| lines[index].variant)
        // There is no stock of a service.
        .filter(|(variant, ..)| cards.get(variant).is_none_or(|card| !card.is_service))
        .collect();
    wanted.sort_unstable_by_key(|(variant, location, at, _)| (*variant, *location, *at));
    let mut reservations = HashMap::new();
    for (variant, location, at, quantity) in wanted {
        let key = bundles.key(key, lines[at.1].variant, at);
        let wish = Reserve { key, variant, location, quantity, expires_at: until };
        let reservation = match sources[at.0].expected {
            None => inventory::reserve(tx, actor, wish),
            Some(_) => inventory::reserve_incoming(tx, actor, wish),
        };
        let reservation = reservation.map_err(|error| match error {
            ReserveError::OutOfStock { available } => {
                let bought = lines[at.1].variant;
                out_of_stock(bought, bundles.left(bought, (variant, available)), cards)
            }
            ReserveError::UnknownLocation => CheckoutError::WrongLocation(location),
            ReserveError::InvalidQuantity => BasketError::from(QuoteError::BadQuantity { variant, quantity }).into(),
            ReserveError::Fault(fault) => CheckoutError::Fault(fault),
        })?;
        if reservation.is_repeat {
            // The key set this stock aside for an order that is not this one.
            return Err(PlaceError::KeyTaken.into());
        }
        reservations.insert(at, reservation.id);
    }
    Ok(reservations)
}

pub(crate) fn no_source(why: NoSource, cards: &HashMap<VariantId, VariantCard>) -> CheckoutError {
    match why {
        NoSource::Place(location) => CheckoutError::WrongLocation(location),
        NoSource::TooFew { variant, available } => out_of_stock(variant, available, cards),
        NoSource::Fault(fault) => CheckoutError::Fault(fault),
    }
}

fn out_of_stock(variant: VariantId, available: Quantity, cards: &HashMap<VariantId, VariantCard>) -> CheckoutError {
    let sku = cards.get(&variant).map_or_else(|| variant.to_string(), |card| card.sku.clone());
    CheckoutError::OutOfStock { variant, sku, available }
}

pub(crate) fn not_for_sale(variant: VariantId, cards: &HashMap<VariantId, VariantCard>) -> CheckoutError {
    let sku = cards.get(&variant).map_or_else(|| variant.to_string(), |card| card.sku.clone());
    CheckoutError::NotForSale { variant, sku }
}
