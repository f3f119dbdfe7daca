//! What can be promised of a variant, and by which way: things by their stock, services wherever the brand is.

use catalogue::{Kinds, VariantId};
use inventory::{Incoming, Location, LocationId, StockPolicy};
use jiff::civil::Date;
use kernel::{Fault, Quantity, ReadTx};
use orders::Way;
use std::collections::{BTreeMap, HashSet};

/// Units by variant and place.
pub type Available = BTreeMap<VariantId, BTreeMap<LocationId, Quantity>>;

/// Of a service there is always enough, in every open place.
const PLENTY: Quantity = Quantity(1_000_000);
const MOST_PLACES: i64 = 500;

/// Available to promise of many variants, as [`inventory::availability`] says it; services are to be had in every open place, and of bundles
/// there are as many as their parts make up, none while a part is not for sale.
/// One statement more for every 24 variants, and one if there are services among them, and one for every 24 parts of bundles.
pub fn available(tx: &ReadTx<'_>, variants: &[VariantId]) -> Result<Available, Fault> {
    let kinds = catalogue::kinds_among(tx, variants)?;
    let mut found = available_with(tx, variants, &kinds)?;
    if !kinds.bundles.is_empty() {
        let asked: HashSet<_> = variants.iter().collect();
        found.retain(|variant, _| asked.contains(variant));
    }
    Ok(found)
}

/// The same where it is known which of them are services and bundles; the parts of these come with them.
pub(crate) fn available_with(tx: &ReadTx<'_>, variants: &[VariantId], kinds: &Kinds) -> Result<Available, Fault> {
    let services = &kinds.services;
    let mut found = inventory::availability_with(tx, variants, &kinds.bundles)?;
    if !variants.iter().any(|variant| services.contains(variant)) {
        return Ok(found);
    }
    let everywhere: BTreeMap<_, _> =
        inventory::locations(tx, false, None, MOST_PLACES)?.into_iter().map(|place| (place.id, PLENTY)).collect();
    for variant in variants.iter().filter(|variant| services.contains(variant)) {
        found.insert(*variant, everywhere.clone());
    }
    Ok(found)
}

/// A variant that can be bought before it is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ahead {
    /// How it is sold.
    pub policy: StockPolicy,
    /// When the next of it is there to be sent.
    pub expected: Date,
    /// How many can be promised.
    pub free: Quantity,
}

/// Those of these variants that can be bought before they are there, to be sent. Ask only for what is not to be had now. One statement
/// where there is none.
pub fn ahead(tx: &ReadTx<'_>, variants: &[VariantId]) -> Result<BTreeMap<VariantId, Ahead>, Fault> {
    let incoming = inventory::incoming(tx, variants)?;
    if incoming.is_empty() {
        return Ok(BTreeMap::new());
    }
    let senders = inventory::locations(tx, false, None, MOST_PLACES)?.into_iter().filter(|place| place.details.ships);
    let senders: HashSet<_> = senders.map(|place| place.id).collect();
    let soonest = |(variant, options): (VariantId, Vec<Incoming>)| {
        let sent = options.iter().filter(|option| senders.contains(&option.location));
        let (expected, policy) = sent.clone().filter_map(|option| Some((option.by(Quantity(1))?, option.policy))).min()?;
        Some((variant, Ahead { policy, expected, free: Quantity(sent.map(|option| option.free().0).sum()) }))
    };
    Ok(incoming.into_iter().filter_map(soonest).collect())
}

/// Whether one more of a variant can go this way.
fn can_go(stock: &Available, places: &[Location], variant: VariantId, way: &Way) -> bool {
    let has = |place: LocationId| stock.get(&variant).and_then(|at| at.get(&place)).is_some_and(|units| units.is_positive());
    match way {
        Way::TakeNow { location } => has(*location),
        Way::Collect { location } => places.iter().any(|place| place.id == *location && place.details.collects) && has(*location),
        Way::Deliver { .. } => places.iter().any(|place| place.details.ships && has(place.id)),
    }
}

/// The way that one more of a variant goes when nobody chose: the first of the wishes by which it can; else it is sent, else collected
/// in the first shop that has it. Nothing when it cannot be had.
pub fn way_to_have(tx: &ReadTx<'_>, variant: VariantId, wishes: &[Way]) -> Result<Option<Way>, Fault> {
    let stock = available(tx, &[variant])?;
    let places = inventory::locations(tx, false, None, MOST_PLACES)?;
    let shops = places.iter().map(|place| Way::Collect { location: place.id });
    let mut ways = wishes.iter().cloned().chain([Way::Deliver { address: None }]).chain(shops);
    match ways.find(|way| can_go(&stock, &places, variant, way)) {
        Some(way) => Ok(Some(way)),
        None => Ok(ahead(tx, &[variant])?.contains_key(&variant).then_some(Way::Deliver { address: None })),
    }
}
