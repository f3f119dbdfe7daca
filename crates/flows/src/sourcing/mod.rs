//! Which place supplies what: the customer's choice where they made one, else what costs least by the written [`SourcingWeights`].

mod ahead;
mod bundles;
mod solve;
mod trial;
mod why;

pub use solve::{Candidate, NODES, Solution, solve};
pub use trial::{Trial, TrialError, trial};

use crate::available::{Available as Stock, available_with};
use crate::basket::BasketLine;
use catalogue::{Kinds, VariantId};
use inventory::{Location, LocationDetails, LocationId, LocationKind, Point};
use jiff::civil::Date;
use kernel::{Fault, Quantity, ReadTx, Timestamp};
use orders::{Address, FulfilmentWay, Sourced, Way};
use pricing::SourcingWeights;
use std::collections::BTreeMap;
use why::{Case, why};

/// More places than any brand sends parcels from.
const MOST_PLACES: i64 = 500;
const DAY_MILLIS: u64 = 24 * 3_600_000;

/// What one place shall supply in one way: `lines` are places in the list of what was wanted, each with a quantity.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Source {
    pub(crate) way: FulfilmentWay,
    pub(crate) location: LocationId,
    pub(crate) place: String,
    /// That place, where a parcel leaves from it.
    pub(crate) sender: Option<Location>,
    pub(crate) address: Option<Address>,
    pub(crate) lines: Vec<(usize, Quantity)>,
    /// Why this place sends it, where that was asked.
    pub(crate) sourced: Option<Sourced>,
    /// The day on which it is there to be sent, where it is not yet.
    pub(crate) expected: Option<Date>,
}

/// Of which line, from which sender, how many.
type Taken = (usize, usize, Quantity);

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

/// Find a place for each wanted line; services can be had everywhere, and a bundle comes whole from one place. Whether a chosen shop really
/// has it is found out when it is reserved.
pub(crate) fn source(tx: &ReadTx<'_>, wanted: &[BasketLine], kinds: &Kinds) -> Result<Vec<Source>, NoSource> {
    sources(tx, wanted, kinds, &pricing::sourcing_weights(tx)?, false)
}

/// The same, with the reasons of each choice.
pub(crate) fn source_with_reasons(tx: &ReadTx<'_>, wanted: &[BasketLine], kinds: &Kinds) -> Result<Vec<Source>, NoSource> {
    sources(tx, wanted, kinds, &pricing::sourcing_weights(tx)?, true)
}

fn sources(
    tx: &ReadTx<'_>,
    wanted: &[BasketLine],
    kinds: &Kinds,
    objective: &SourcingWeights,
    has_reasons: bool,
) -> Result<Vec<Source>, NoSource> {
    let mut sources: Vec<Source> = Vec::new();
    let mut parcels = Vec::new();
    for (index, line) in wanted.iter().enumerate() {
        match &line.way {
            Way::TakeNow { location } => {
                let name = || Ok((place_name(tx, *location, |_| true)?, None));
                put(&mut sources, (FulfilmentWay::CarryOut, *location, None, None), (index, line.quantity), name)?;
            }
            Way::Collect { location } => {
                let name = || Ok((place_name(tx, *location, |place| place.collects)?, None));
                put(&mut sources, (FulfilmentWay::Collect, *location, None, None), (index, line.quantity), name)?;
            }
            Way::Deliver { .. } => parcels.push((index, line.variant, line.quantity)),
        }
    }
    if parcels.is_empty() {
        return Ok(sources);
    }
    let variants: Vec<_> = parcels.iter().map(|(_, variant, _)| *variant).collect();
    let mut stock = available_with(tx, &variants, kinds)?;
    for source in &sources {
        for (index, quantity) in &source.lines {
            let variant = wanted[*index].variant;
            take(&mut stock, variant, source.location, quantity.0);
            bundles::taken(&mut stock, &kinds.bundles, (variant, source.location, quantity.0));
        }
    }
    let senders = senders(tx)?;
    for later in ahead::later(tx, &mut parcels, (&stock, &kinds.bundles), &senders)? {
        let Way::Deliver { address } = &wanted[later.line.0].way else { continue };
        let name = || Ok((later.place.details.name.clone(), Some(later.place.clone())));
        put(&mut sources, (FulfilmentWay::Deliver, later.place.id, address.clone(), Some(later.expected)), later.line, name)?;
    }
    let mut addresses: Vec<&Option<Address>> = Vec::new();
    for line in wanted {
        if let Way::Deliver { address } = &line.way
            && !addresses.contains(&address)
        {
            addresses.push(address);
        }
    }
    for address in addresses {
        let lines: Vec<_> = parcels
            .iter()
            .filter(|(index, ..)| matches!(&wanted[*index].way, Way::Deliver { address: to } if to == address))
            .copied()
            .collect();
        let to = address.as_ref().and_then(destination);
        let places: Vec<_> = senders.iter().map(|place| Sender::new(place, to, tx.now())).collect();
        for group in bundles::apart(&kinds.bundles, &lines) {
            let (chosen, case) = choose(&group, &mut stock, &places, objective)?;
            let reasons = has_reasons.then(|| why(&case, objective, |at| senders[at].details.name.clone()));
            for (index, at, quantity) in chosen {
                let place = &senders[at];
                let name = || Ok((place.details.name.clone(), Some(place.clone())));
                let source = put(&mut sources, (FulfilmentWay::Deliver, place.id, address.clone(), None), (index, quantity), name)?;
                if source.sourced.is_none() {
                    source.sourced = reasons.clone();
                }
                bundles::taken(&mut stock, &kinds.bundles, (wanted[index].variant, place.id, quantity.0));
            }
        }
    }
    Ok(sources)
}

/// Places that parcels leave from: warehouses first, then by code.
fn senders(tx: &ReadTx<'_>) -> Result<Vec<Location>, Fault> {
    let mut places: Vec<_> = inventory::locations(tx, false, None, MOST_PLACES)?.into_iter().filter(|p| p.details.ships).collect();
    places.sort_by_key(|place| place.details.kind != LocationKind::Warehouse);
    Ok(places)
}

/// Roughly where a parcel goes, where its postcode tells.
fn destination(address: &Address) -> Option<Point> {
    (address.country == "ES").then(|| inventory::centre_of_postcode(&address.postcode)).flatten()
}

/// The name of an open place that is fit for it.
fn place_name(tx: &ReadTx<'_>, id: LocationId, is_fit: fn(&LocationDetails) -> bool) -> Result<String, NoSource> {
    let place = inventory::location(tx, id)?.filter(|place| place.details.is_active && is_fit(&place.details));
    Ok(place.ok_or(NoSource::Place(id))?.details.name)
}

/// Into the part that goes the same way from the same place on the same day, or a new one.
fn put(
    sources: &mut Vec<Source>,
    (way, location, address, expected): (FulfilmentWay, LocationId, Option<Address>, Option<Date>),
    line: (usize, Quantity),
    place: impl FnOnce() -> Result<(String, Option<Location>), NoSource>,
) -> Result<&mut Source, NoSource> {
    let known = sources.iter().position(|s| s.way == way && s.location == location && s.address == address && s.expected == expected);
    if known.is_none() {
        let (place, sender) = place()?;
        sources.push(Source { way, location, place, sender, address, lines: Vec::new(), sourced: None, expected });
    }
    let at = known.unwrap_or(sources.len() - 1);
    sources[at].lines.push(line);
    Ok(&mut sources[at])
}

fn has(stock: &Stock, variant: VariantId, place: LocationId) -> i64 {
    stock.get(&variant).and_then(|at| at.get(&place)).map_or(0, |quantity| quantity.0.max(0))
}

fn take(stock: &mut Stock, variant: VariantId, place: LocationId, pieces: i64) {
    if let Some(left) = stock.get_mut(&variant).and_then(|at| at.get_mut(&place)) {
        left.0 -= pieces;
    }
}

/// A place that parcels leave from, as the choice sees it.
struct Sender {
    id: LocationId,
    is_shop: bool,
    metres: i64,
    late_days: i64,
}

impl Sender {
    fn new(place: &Location, to: Option<Point>, now: Timestamp) -> Self {
        let metres = to.map_or(0, |to| to.metres_to(place.details.point) as i64);
        // A place that names no hours always sends.
        let opens = if place.is_open(now) { None } else { place.next_opening(now) };
        let late_days = opens.map_or(0, |at| (at.as_millis() - now.as_millis()).div_ceil(DAY_MILLIS) as i64);
        Sender { id: place.id, is_shop: place.details.kind == LocationKind::Shop, metres, late_days }
    }
}

/// Line, place and pieces of what is sent to one address: by the [`SourcingWeights`], and out of the chosen places what the next customers will miss least.
fn choose(
    lines: &[(usize, VariantId, Quantity)],
    stock: &mut Stock,
    places: &[Sender],
    objective: &SourcingWeights,
) -> Result<(Vec<Taken>, Case), NoSource> {
    let mut needed: Vec<(VariantId, i64)> = Vec::new();
    for (_, variant, quantity) in lines {
        match needed.iter_mut().find(|(known, _)| known == variant) {
            Some((_, count)) => *count += quantity.0,
            None => needed.push((*variant, quantity.0)),
        }
    }
    let wanted: Vec<i64> = needed.iter().map(|(_, count)| *count).collect();
    let candidate = |place: &Sender| Candidate {
        metres: place.metres,
        late_days: place.late_days,
        is_shop: place.is_shop,
        stock: needed.iter().map(|(variant, _)| has(stock, *variant, place.id)).collect(),
    };
    let candidates: Vec<_> = places.iter().map(candidate).collect();
    let Some(solution) = solve(&wanted, &candidates, objective) else { return Err(too_few(lines, stock, places)) };
    let mut chosen = Vec::new();
    for (index, variant, quantity) in lines {
        let mut left = quantity.0;
        for kind in 0..3 {
            let pieces = |stock: &Stock, at: usize| {
                let count = has(stock, *variant, places[at].id);
                match (places[at].is_shop, kind) {
                    (false, 0) => count,
                    (true, 1) => (count - objective.kept).max(0),
                    (true, 2) => count,
                    _ => 0,
                }
            };
            let whole = solution.places.iter().find(|at| left > 0 && pieces(stock, **at) >= left);
            for at in whole.into_iter().chain(&solution.places) {
                let count = pieces(stock, *at).min(left);
                if count > 0 {
                    chosen.push((*index, *at, Quantity(count)));
                    left -= count;
                    take(stock, *variant, places[*at].id, count);
                }
            }
        }
    }
    Ok((joined(chosen), Case { wanted, candidates, solution }))
}

/// A line that takes spare and last pieces of one shop takes them once.
fn joined(chosen: Vec<Taken>) -> Vec<Taken> {
    let mut joined: Vec<Taken> = Vec::with_capacity(chosen.len());
    for (index, at, quantity) in chosen {
        match joined.iter_mut().find(|(known, place, _)| (*known, *place) == (index, at)) {
            Some((.., sum)) => sum.0 += quantity.0,
            None => joined.push((index, at, quantity)),
        }
    }
    joined
}

/// The first line of which all places together have too few, and how many are left for it.
fn too_few(lines: &[(usize, VariantId, Quantity)], stock: &Stock, places: &[Sender]) -> NoSource {
    let mut left: BTreeMap<VariantId, i64> = BTreeMap::new();
    for (_, variant, quantity) in lines {
        let there = left.entry(*variant).or_insert_with(|| places.iter().map(|place| has(stock, *variant, place.id)).sum());
        if *there < quantity.0 {
            return NoSource::TooFew { variant: *variant, available: Quantity(*there) };
        }
        *there -= quantity.0;
    }
    NoSource::Fault(Fault::data("stock that is enough for each line alone and not for all of them"))
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
        let shop = |n: u128| Sender { id: place(n), is_shop: n > 9, metres: 0, late_days: 0 };
        let places: Vec<_> = [1, 2, 3, 10, 11].into_iter().map(shop).collect();
        let lines: Vec<_> = lines.iter().enumerate().map(|(index, (v, n))| (index, variant(*v), Quantity(*n))).collect();
        let name = |at: usize| [1, 2, 3, 10, 11][at];
        match choose(&lines, &mut levels, &places, &SourcingWeights::default()) {
            Ok((found, _)) => Ok(found.into_iter().map(|(index, at, count)| (index, name(at), count.0)).collect()),
            Err(NoSource::TooFew { available, .. }) => Err(available.0),
            Err(_) => Err(-1),
        }
    }

    #[test]
    fn one_parcel_when_one_place_has_everything() {
        assert_eq!(chosen(&[(1, 2), (2, 1)], &[(1, 1, 5), (1, 2, 2), (2, 2, 1)]), Ok(vec![(0, 2, 2), (1, 2, 1)]));
    }

    #[test]
    fn else_as_few_parcels_as_can_be_and_whole_lines() {
        assert_eq!(chosen(&[(1, 2), (2, 3)], &[(1, 1, 2), (2, 2, 1), (2, 3, 3)]), Ok(vec![(0, 1, 2), (1, 3, 3)]));
        assert_eq!(chosen(&[(1, 5)], &[(1, 1, 2), (1, 2, 2), (1, 3, 9)]), Ok(vec![(0, 3, 5)]));
        assert_eq!(chosen(&[(1, 5)], &[(1, 1, 2), (1, 2, 2), (1, 3, 1)]), Ok(vec![(0, 1, 2), (0, 2, 2), (0, 3, 1)]));
        assert_eq!(chosen(&[(1, 2), (2, 2)], &[(1, 1, 2), (2, 1, 1), (1, 2, 9), (2, 2, 1)]), Ok(vec![(0, 1, 2), (1, 1, 1), (1, 2, 1)]));
    }

    #[test]
    fn what_is_missing_is_said_of_the_line_that_misses_it() {
        assert_eq!(chosen(&[(1, 6)], &[(1, 1, 2), (1, 2, 2), (1, 3, 1)]), Err(5));
        assert_eq!(chosen(&[(1, 2), (1, 2)], &[(1, 1, 2), (1, 2, 1)]), Err(1));
    }

    #[test]
    fn shops_keep_what_their_customers_come_for() {
        // The warehouse sends, though a shop has it too; a shop sends what the warehouse lacks, and the one that can spare it.
        assert_eq!(chosen(&[(1, 1)], &[(1, 10, 9), (1, 3, 1)]), Ok(vec![(0, 3, 1)]));
        assert_eq!(chosen(&[(1, 1)], &[(1, 10, 1), (1, 11, 5)]), Ok(vec![(0, 11, 1)]));
        // One parcel out of a shop is better than two.
        assert_eq!(chosen(&[(1, 1), (2, 1)], &[(1, 1, 5), (1, 10, 5), (2, 10, 5)]), Ok(vec![(0, 10, 1), (1, 10, 1)]));
        // Spare and last pieces of one shop are one line.
        assert_eq!(chosen(&[(1, 4)], &[(1, 10, 4)]), Ok(vec![(0, 10, 4)]));
    }
}
