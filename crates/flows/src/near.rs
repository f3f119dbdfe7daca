//! Where a variant can be had: things by their stock, bundles by that of their parts.

use crate::available::available_with;
use catalogue::{Kinds, VariantId};
use inventory::{Location, LocationId, Nearby, PlaceStock, Point, Purpose, StockLevel};
use kernel::{Fault, Quantity, ReadTx};
use std::collections::BTreeMap;

/// Places whose stock of a bundle is looked at; few brands have so many.
const MOST_LOOKED: i64 = 500;

/// Available to promise of a variant in one place.
pub fn available_at(tx: &ReadTx<'_>, variant: VariantId, place: LocationId) -> Result<Quantity, Fault> {
    match bundle(tx, variant)? {
        Some(stock) => Ok(stock.get(&place).copied().unwrap_or_default()),
        None => inventory::available(tx, variant, place),
    }
}

/// The places nearest to `from` where so many of a variant can be promised, as [`inventory::nearest_with_stock`] says it. One statement more.
pub fn nearest_with_stock(
    tx: &ReadTx<'_>,
    (variant, quantity): (VariantId, Quantity),
    from: Point,
    purpose: Purpose,
    limit: usize,
) -> Result<Vec<Nearby>, Fault> {
    let Some(stock) = bundle(tx, variant)? else {
        return inventory::nearest_with_stock(tx, variant, quantity, from, purpose, limit);
    };
    let is_fit = |place: &Location| match purpose {
        Purpose::Any => true,
        Purpose::Collect => place.details.collects,
        Purpose::Ship => place.details.ships,
    };
    let places = inventory::locations(tx, false, None, MOST_LOOKED)?.into_iter().filter(is_fit);
    let with_enough = places.filter_map(|location| {
        let available = stock.get(&location.id).copied().filter(|left| *left >= quantity)?;
        Some(Nearby { metres: from.metres_to(location.details.point), location, available: Some(available) })
    });
    let mut near: Vec<_> = with_enough.collect();
    near.sort_by(|a, b| a.metres.total_cmp(&b.metres).then(a.location.id.cmp(&b.location.id)));
    near.truncate(limit);
    Ok(near)
}

/// Stock of a variant in every active place, as [`inventory::stock_by_place`] says it; of a bundle what its parts make up there, as if that lay there.
pub fn stock_by_place(tx: &ReadTx<'_>, variant: VariantId, limit: i64) -> Result<Vec<PlaceStock>, Fault> {
    let mut places = inventory::stock_by_place(tx, variant, limit)?;
    if let Some(stock) = bundle(tx, variant)? {
        for PlaceStock { level, .. } in &mut places {
            let on_hand = stock.get(&level.location).copied().unwrap_or_default();
            *level = StockLevel { on_hand, reserved: Quantity::ZERO, safety: Quantity::ZERO, ..*level };
        }
    }
    Ok(places)
}

/// By place, when the variant is a bundle.
fn bundle(tx: &ReadTx<'_>, variant: VariantId) -> Result<Option<BTreeMap<LocationId, Quantity>>, Fault> {
    let kinds: Kinds = catalogue::kinds_among(tx, &[variant])?;
    if !kinds.bundles.contains_key(&variant) {
        return Ok(None);
    }
    Ok(Some(available_with(tx, &[variant], &kinds)?.remove(&variant).unwrap_or_default()))
}
