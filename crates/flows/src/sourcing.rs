//! Which place supplies what: the customer's choice where they made one, else as few parcels as possible.

use crate::basket::BasketLine;
use catalogue::VariantId;
use inventory::{Location, LocationDetails, LocationId, LocationKind};
use kernel::{Fault, Quantity, ReadTx};
use orders::{Address, FulfilmentWay, Way};
use std::collections::BTreeMap;

/// More places than any brand sends parcels from.
const MOST_PLACES: i64 = 500;

/// What one place shall supply in one way: `lines` are places in the list of what was wanted, each with a quantity.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Source {
    pub(crate) way: FulfilmentWay,
    pub(crate) location: LocationId,
    pub(crate) place: String,
    pub(crate) address: Option<Address>,
    pub(crate) lines: Vec<(usize, Quantity)>,
}

/// Why nobody can supply it.
#[derive(Debug)]
pub(crate) enum NoSource {
    /// Not a place, or not one for this way.
    Place(LocationId),
    /// All places together have too few.
    TooFew { variant: VariantId, available: Quantity },
    /// Not our caller's doing.
    Fault(Fault),
}

impl From<Fault> for NoSource {
    fn from(fault: Fault) -> Self {
        NoSource::Fault(fault)
    }
}

/// Find a place for each wanted line. Whether a chosen shop really has it is found out when it is reserved.
pub(crate) fn source(tx: &ReadTx<'_>, wanted: &[BasketLine]) -> Result<Vec<Source>, NoSource> {
    let mut sources: Vec<Source> = Vec::new();
    let mut parcels = Vec::new();
    for (index, line) in wanted.iter().enumerate() {
        match &line.way {
            Way::TakeNow { location } => {
                let name = || place_name(tx, *location, |_| true);
                put(&mut sources, FulfilmentWay::CarryOut, *location, None, (index, line.quantity), name)?;
            }
            Way::Collect { location } => {
                let name = || place_name(tx, *location, |place| place.collects);
                put(&mut sources, FulfilmentWay::Collect, *location, None, (index, line.quantity), name)?;
            }
            Way::Deliver { .. } => parcels.push((index, line.variant, line.quantity)),
        }
    }
    if parcels.is_empty() {
        return Ok(sources);
    }
    let variants: Vec<_> = parcels.iter().map(|(_, variant, _)| *variant).collect();
    let mut stock = inventory::availability(tx, &variants)?;
    for source in &sources {
        for (index, quantity) in &source.lines {
            if let Some(left) = stock.get_mut(&wanted[*index].variant).and_then(|at| at.get_mut(&source.location)) {
                left.0 -= quantity.0;
            }
        }
    }
    let senders = senders(tx)?;
    let ids: Vec<_> = senders.iter().map(|place| place.id).collect();
    for (index, location, quantity) in choose(&parcels, stock, &ids)? {
        let Way::Deliver { address } = &wanted[index].way else { continue };
        let name = senders.iter().find(|place| place.id == location).map(|place| place.details.name.clone());
        put(&mut sources, FulfilmentWay::Deliver, location, address.clone(), (index, quantity), || name.ok_or(NoSource::Place(location)))?;
    }
    Ok(sources)
}

/// Places that parcels leave from: warehouses first, then by code.
fn senders(tx: &ReadTx<'_>) -> Result<Vec<Location>, Fault> {
    let mut places: Vec<_> = inventory::locations(tx, false, None, MOST_PLACES)?.into_iter().filter(|p| p.details.ships).collect();
    places.sort_by_key(|place| place.details.kind != LocationKind::Warehouse);
    Ok(places)
}

/// The name of an open place that is fit for it.
fn place_name(tx: &ReadTx<'_>, id: LocationId, is_fit: fn(&LocationDetails) -> bool) -> Result<String, NoSource> {
    let place = inventory::location(tx, id)?.filter(|place| place.details.is_active && is_fit(&place.details));
    Ok(place.ok_or(NoSource::Place(id))?.details.name)
}

/// Into the part that goes the same way from the same place, or a new one.
fn put(
    sources: &mut Vec<Source>,
    way: FulfilmentWay,
    location: LocationId,
    address: Option<Address>,
    line: (usize, Quantity),
    name: impl FnOnce() -> Result<String, NoSource>,
) -> Result<(), NoSource> {
    if let Some(source) = sources.iter_mut().find(|s| s.way == way && s.location == location && s.address == address) {
        source.lines.push(line);
        return Ok(());
    }
    sources.push(Source { way, location, place: name()?, address, lines: vec![line] });
    Ok(())
}

type Stock = BTreeMap<VariantId, BTreeMap<LocationId, Quantity>>;

/// The first place that has everything; else line by line the first that has all of it; else from several.
fn choose(
    lines: &[(usize, VariantId, Quantity)],
    mut stock: Stock,
    places: &[LocationId],
) -> Result<Vec<(usize, LocationId, Quantity)>, NoSource> {
    let mut needed: BTreeMap<VariantId, i64> = BTreeMap::new();
    for (_, variant, quantity) in lines {
        *needed.entry(*variant).or_default() += quantity.0;
    }
    let has =
        |stock: &Stock, variant: &VariantId, place: &LocationId| stock.get(variant).and_then(|at| at.get(place)).map_or(0, |q| q.0.max(0));
    if let Some(place) = places.iter().find(|place| needed.iter().all(|(variant, count)| has(&stock, variant, place) >= *count)) {
        return Ok(lines.iter().map(|(index, _, quantity)| (*index, *place, *quantity)).collect());
    }
    let mut chosen = Vec::new();
    for (index, variant, quantity) in lines {
        let mut left = quantity.0;
        let whole = places.iter().find(|place| has(&stock, variant, place) >= left);
        for place in whole.into_iter().chain(places) {
            let count = has(&stock, variant, place).min(left);
            if count > 0 {
                chosen.push((*index, *place, Quantity(count)));
                left -= count;
                if let Some(at) = stock.get_mut(variant).and_then(|at| at.get_mut(place)) {
                    at.0 -= count;
                }
            }
        }
        if left > 0 {
            return Err(NoSource::TooFew { variant: *variant, available: Quantity(quantity.0 - left) });
        }
    }
    Ok(chosen)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn variant(n: u128) -> VariantId {
        VariantId::from_parts(0, n)
    }
    fn place(n: u128) -> LocationId {
        LocationId::from_parts(0, n)
    }
    fn chosen(lines: &[(u128, i64)], stock: &[(u128, u128, i64)]) -> Result<Vec<(usize, u128, i64)>, i64> {
        let mut levels = Stock::new();
        for (v, p, n) in stock {
            levels.entry(variant(*v)).or_default().insert(place(*p), Quantity(*n));
        }
        let places = [place(1), place(2), place(3)];
        let lines: Vec<_> = lines.iter().enumerate().map(|(index, (v, n))| (index, variant(*v), Quantity(*n))).collect();
        let name = |id: LocationId| (1..=3).find(|n| place(*n) == id).unwrap_or_default();
        match choose(&lines, levels, &places) {
            Ok(found) => Ok(found.into_iter().map(|(index, at, count)| (index, name(at), count.0)).collect()),
            Err(NoSource::TooFew { available, .. }) => Err(available.0),
            Err(_) => Err(-1),
        }
    }

    #[test]
    fn one_parcel_when_one_place_has_everything() {
        assert_eq!(chosen(&[(1, 2), (2, 1)], &[(1, 1, 5), (1, 2, 2), (2, 2, 1)]), Ok(vec![(0, 2, 2), (1, 2, 1)]));
    }

    #[test]
    fn else_whole_lines_else_shares() {
        assert_eq!(chosen(&[(1, 2), (2, 3)], &[(1, 1, 2), (2, 2, 1), (2, 3, 3)]), Ok(vec![(0, 1, 2), (1, 3, 3)]));
        assert_eq!(chosen(&[(1, 5)], &[(1, 1, 2), (1, 2, 2), (1, 3, 9)]), Ok(vec![(0, 3, 5)]));
        assert_eq!(chosen(&[(1, 5)], &[(1, 1, 2), (1, 2, 2), (1, 3, 1)]), Ok(vec![(0, 1, 2), (0, 2, 2), (0, 3, 1)]));
        assert_eq!(chosen(&[(1, 6)], &[(1, 1, 2), (1, 2, 2), (1, 3, 1)]), Err(5));
        assert_eq!(chosen(&[(1, 2), (1, 2)], &[(1, 1, 2), (1, 2, 1)]), Err(1));
    }
}
