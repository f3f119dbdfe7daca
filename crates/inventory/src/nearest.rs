//! Which places are near.

use crate::accounts::{parent, parse, stock_account};
use crate::{Location, LocationId, Point, StockLevel, store};
use catalogue::VariantId;
use kernel::{Fault, Quantity, ReadTx};
use std::collections::{BTreeMap, HashMap};

/// What one wants of the place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// Any active place.
    Any,
    /// Customers may collect there.
    Collect,
    /// Parcels leave from there.
    Ship,
}

/// A place and how far it is.
#[derive(Debug, Clone, PartialEq)]
pub struct Nearby {
    /// The place.
    pub location: Location,
    /// Along the great circle.
    pub metres: f64,
    /// What can be promised there, when a variant was asked for.
    pub available: Option<Quantity>,
}

/// Boxes looked into, from small to large, in metres; after the last the whole globe.
const REACH: [f64; 4] = [20_000.0, 100_000.0, 500_000.0, 2_500_000.0];
/// More than anybody wants to see.
const MOST_NEAR: usize = 100;
/// Places whose stock of a variant is looked at; few brands have so many.
const MOST_LOOKED: usize = 500;

/// The active places nearest to `from`, nearest first; at most 100.
pub fn nearest(tx: &ReadTx<'_>, from: Point, purpose: Purpose, limit: usize) -> Result<Vec<Nearby>, Fault> {
    let found = search(tx, from, purpose, limit.min(MOST_NEAR))?;
    describe(tx, found.into_iter().map(|(metres, id)| (metres, id, None)).collect())
}

/// The active places nearest to `from` where `quantity` of a variant can be promised, nearest first; at most 100. Three statements, and
/// some more where over 500 places have it: then those nearest are looked at, and 500 of the others.
pub fn nearest_with_stock(
    tx: &ReadTx<'_>,
    variant: VariantId,
    quantity: Quantity,
    from: Point,
    purpose: Purpose,
    limit: usize,
) -> Result<Vec<Nearby>, Fault> {
    let mut accounts = ledger::free_under(tx, &parent(variant), quantity.0, MOST_LOOKED as i64 + 1)?;
    if accounts.len() > MOST_LOOKED {
        let nearest = search(tx, from, purpose, MOST_LOOKED)?;
        accounts.extend(ledger::accounts(tx, &nearest.iter().map(|(_, id)| stock_account(variant, *id)).collect::<Vec<_>>())?);
    }
    let stock: BTreeMap<_, _> = accounts.iter().filter_map(|a| Some((parse(&a.name)?.1, a.balance))).collect();
    let ids: Vec<_> = stock.keys().copied().collect();
    let places = store::points_of(tx, variant, &ids, purpose)?;
    let with_enough = places.into_iter().filter_map(|(id, point, safety)| {
        let available = StockLevel::new(variant, id, *stock.get(&id)?, safety).available();
        (available >= quantity).then_some((from.metres_to(point), id, Some(available)))
    });
    let mut found: Vec<_> = with_enough.collect();
    found.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    found.truncate(limit.min(MOST_NEAR));
    describe(tx, found)
}

/// Look into ever larger boxes until enough places lie within the circle that the box surely holds.
fn search(tx: &ReadTx<'_>, from: Point, purpose: Purpose, limit: usize) -> Result<Vec<(f64, LocationId)>, Fault> {
    for reach in REACH.into_iter().chain([f64::INFINITY]) {
        let bounds = if reach.is_finite() { from.around(reach) } else { from.around(50_000_000.0) };
        let places = store::points_within(tx, bounds, purpose)?.into_iter();
        let mut near: Vec<_> = places.map(|(id, point)| (from.metres_to(point), id)).filter(|(metres, _)| *metres <= reach).collect();
        if near.len() >= limit || reach.is_infinite() {
            near.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
            near.truncate(limit);
            return Ok(near);
        }
    }
    Ok(Vec::new())
}

/// All that is known of the places, in the order of `found`.
fn describe(tx: &ReadTx<'_>, found: Vec<(f64, LocationId, Option<Quantity>)>) -> Result<Vec<Nearby>, Fault> {
    let ids: Vec<_> = found.iter().map(|(_, id, _)| *id).collect();
    let mut known: HashMap<_, _> = store::locations_of(tx, &ids)?.into_iter().map(|place| (place.id, place)).collect();
    let near = found.into_iter().map(|(metres, id, available)| {
        let location = known.remove(&id).ok_or_else(|| Fault::data(format!("location {id} has vanished")))?;
        Ok(Nearby { location, metres, available })
    });
    near.collect()
}
