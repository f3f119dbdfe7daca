//! What can be promised of bundles: they have no stock of their own, so whole ones are counted out of their parts, place by place.

use crate::{LocationId, availability};
use catalogue::{BundlePart, VariantId};
use kernel::{Fault, Quantity, ReadTx};
use std::collections::BTreeMap;

/// Units by variant and place.
type Stock = BTreeMap<VariantId, BTreeMap<LocationId, Quantity>>;

/// Available to promise as [`availability`] says it, of bundles by what they are made of; the parts come with them. Nothing of a bundle
/// one of whose parts is not for sale. Nothing more is read where there are no bundles, else one statement for every 24 parts.
pub fn availability_with(tx: &ReadTx<'_>, variants: &[VariantId], bundles: &BTreeMap<VariantId, Vec<BundlePart>>) -> Result<Stock, Fault> {
    if bundles.is_empty() {
        return availability(tx, variants);
    }
    let things = variants.iter().filter(|variant| !bundles.contains_key(variant));
    let mut things: Vec<_> = things.copied().chain(bundles.values().flatten().map(|part| part.variant)).collect();
    things.sort_unstable();
    things.dedup();
    let mut found = availability(tx, &things)?;
    let off_sale = catalogue::parts_off_sale(tx, bundles)?;
    for (bundle, parts) in bundles {
        let is_sold = parts.iter().all(|part| !off_sale.contains(&part.variant));
        let there = if is_sold { whole_ones(&found, parts) } else { BTreeMap::new() };
        found.insert(*bundle, there);
    }
    Ok(found)
}

/// How many whole bundles the stock of each place makes up.
pub fn whole_ones(stock: &Stock, parts: &[BundlePart]) -> BTreeMap<LocationId, Quantity> {
    let has = |part: &BundlePart, place| stock.get(&part.variant).and_then(|at| at.get(place)).map_or(0, |left| left.0.max(0));
    let Some(places) = parts.first().and_then(|first| stock.get(&first.variant)) else { return BTreeMap::new() };
    let whole = |place| parts.iter().map(|part| has(part, place) / part.quantity.max(1)).min().unwrap_or(0);
    places.keys().map(|place| (*place, Quantity(whole(place)))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_scarcest_part_of_each_place_says_how_many() {
        let (one, two, place) = (VariantId::from_parts(0, 1), VariantId::from_parts(0, 2), |n| LocationId::from_parts(0, n));
        let at = |levels: &[(u128, i64)]| levels.iter().map(|(n, left)| (place(*n), Quantity(*left))).collect::<BTreeMap<_, _>>();
        let stock = Stock::from([(one, at(&[(1, 7), (2, 9), (3, 1)])), (two, at(&[(1, 5), (3, 5), (4, 5)]))]);
        let part = |variant, quantity| BundlePart { variant, quantity };
        assert_eq!(whole_ones(&stock, &[part(one, 3), part(two, 1)]), at(&[(1, 2), (2, 0), (3, 0)]));
        assert_eq!(whole_ones(&stock, &[part(one, 1), part(two, 2)]), at(&[(1, 2), (2, 0), (3, 1)]));
        assert_eq!(whole_ones(&stock, &[]), BTreeMap::new());
    }
}
