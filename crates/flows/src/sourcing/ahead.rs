//! What is sold before it is there: a line takes what lies somewhere first, and the rest of it comes later.

use super::{NoSource, Stock, has};
use catalogue::{BundlePart, VariantId};
use inventory::{Incoming, Location};
use jiff::civil::Date;
use kernel::{Quantity, ReadTx};
use std::collections::BTreeMap;

/// A line, or what stock lacks of it, that a place sends when it is there.
pub(super) struct Later<'a> {
    pub(super) line: (usize, Quantity),
    pub(super) place: &'a Location,
    pub(super) expected: Date,
}

/// What the stock of all senders lacks for these lines and is on its way to one of them; the lines keep what the stock has. A bundle is
/// never sold ahead. Nothing is read where nothing lacks.
pub(super) fn later<'a>(
    tx: &ReadTx<'_>,
    lines: &mut Vec<(usize, VariantId, Quantity)>,
    (stock, bundles): (&Stock, &BTreeMap<VariantId, Vec<BundlePart>>),
    senders: &'a [Location],
) -> Result<Vec<Later<'a>>, NoSource> {
    let mut left: BTreeMap<VariantId, i64> = BTreeMap::new();
    let mut lacking = Vec::new();
    for (at, (_, variant, quantity)) in lines.iter().enumerate() {
        let there = left.entry(*variant).or_insert_with(|| senders.iter().map(|place| has(stock, *variant, place.id)).sum());
        let lacks = quantity.0 - (*there).min(quantity.0);
        *there -= quantity.0 - lacks;
        if lacks > 0 && !bundles.contains_key(variant) {
            lacking.push((at, *variant, Quantity(lacks)));
        }
    }
    if lacking.is_empty() {
        return Ok(Vec::new());
    }
    let variants: Vec<_> = lacking.iter().map(|(_, variant, _)| *variant).collect();
    let mut coming = inventory::incoming(tx, &variants)?;
    let mut found = Vec::new();
    for (at, variant, lacks) in lacking {
        let soonest = |options: &[Incoming]| {
            let fits = |(at, option): (usize, &Incoming)| {
                let place = senders.iter().find(|place| place.id == option.location)?;
                Some((option.by(lacks)?, at, place))
            };
            options.iter().enumerate().filter_map(fits).min_by_key(|(day, at, _)| (*day, *at))
        };
        let Some(options) = coming.get_mut(&variant) else { continue };
        let Some((expected, option, place)) = soonest(options) else { continue };
        options[option].take(lacks);
        found.push(Later { line: (lines[at].0, lacks), place, expected });
        lines[at].2.0 -= lacks.0;
    }
    lines.retain(|(.., quantity)| quantity.is_positive());
    Ok(found)
}
