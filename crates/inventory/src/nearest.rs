//! Which places are near.

use crate::queries::levels;
use crate::{Location, LocationId, Point, store};
use catalogue::VariantId;
use kernel::{Fault, Quantity, ReadTx};
use std::collections::HashMap;

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

/// The active places nearest to `from`, nearest first; at most 100.
pub fn nearest(tx: &ReadTx<'_>, from: Point, purpose: Purpose, limit: usize) -> Result<Vec<Nearby>, Fault> {
    let found = search(tx, from, purpose, limit, |_| true)?;
    describe(tx, found, |_| None)
}

/// The active places nearest to `from` where `quantity` of a variant can be promised, nearest first; at most 100.
pub fn nearest_with_stock(
    tx: &ReadTx<'_>,
    variant: VariantId,
    quantity: Quantity,
    from: Point,
    purpose: Purpose,
    limit: usize,
) -> Result<Vec<Nearby>, Fault> {
    let levels = levels(tx, &[variant])?;
    let enough: HashMap<_, _> = levels.iter().map(|l| (l.location, l.available())).filter(|(_, a)| *a >= quantity).collect();
    if enough.is_empty() {
        return Ok(Vec::new());
    }
    let found = search(tx, from, purpose, limit, |id| enough.contains_key(&id))?;
    describe(tx, found, |id| enough.get(&id).copied())
}

/// Look into ever larger boxes until enough places lie within the circle that the box surely holds.
fn search(
    tx: &ReadTx<'_>,
    from: Point,
    purpose: Purpose,
    limit: usize,
    wanted: impl Fn(LocationId) -> bool,
) -> Result<Vec<(f64, LocationId)>, Fault> {
    let limit = limit.min(MOST_NEAR);
    for reach in REACH.into_iter().chain([f64::INFINITY]) {
        let bounds = if reach.is_finite() { from.around(reach) } else { from.around(50_000_000.0) };
        let places = store::points_within(tx, bounds, purpose)?.into_iter().filter(|(id, _)| wanted(*id));
        let mut near: Vec<_> = places.map(|(id, point)| (from.metres_to(point), id)).filter(|(metres, _)| *metres <= reach).collect();
        if near.len() >= limit || reach.is_infinite() {
            near.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
            near.truncate(limit);
            return Ok(near);
        }
    }
    Ok(Vec::new())
}

fn describe(
    tx: &ReadTx<'_>,
    found: Vec<(f64, LocationId)>,
    available: impl Fn(LocationId) -> Option<Quantity>,
) -> Result<Vec<Nearby>, Fault> {
    let mut near = Vec::with_capacity(found.len());
    for (metres, id) in found {
        let location = store::location(tx, id)?.ok_or_else(|| Fault::data(format!("location {id} has vanished")))?;
        near.push(Nearby { location, metres, available: available(id) });
    }
    Ok(near)
}
