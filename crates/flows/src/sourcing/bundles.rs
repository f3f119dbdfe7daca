//! Bundles where places are chosen: one is sent whole from one place, and takes its parts out of the stock that loose ones come from.

use super::{Stock, take};
use crate::bundles::pieces;
use catalogue::{BundlePart, VariantId};
use inventory::{LocationId, whole_ones};
use kernel::Quantity;
use std::collections::{BTreeMap, HashSet};

/// A wanted line: where it stands, what, how many.
type Line = (usize, VariantId, Quantity);

/// What is left when so many were taken in one place: of a bundle its parts go, and of every bundle there are then as many as its parts make up.
pub(super) fn taken(
    stock: &mut Stock,
    bundles: &BTreeMap<VariantId, Vec<BundlePart>>,
    (variant, place, count): (VariantId, LocationId, i64),
) {
    if bundles.is_empty() {
        return;
    }
    // What is no bundle was taken when it was chosen.
    for (part, Quantity(count)) in pieces(bundles, variant, Quantity(count)).filter(|(part, _)| *part != variant) {
        take(stock, part, place, count);
    }
    for (bundle, parts) in bundles {
        let whole = whole_ones(stock, parts).get(&place).map_or(0, |left| left.0);
        if let Some(left) = stock.get_mut(bundle).and_then(|at| at.get_mut(&place)) {
            left.0 = left.0.min(whole);
        }
    }
}

/// The lines in groups that do not take from each other's stock, so that each can be chosen at once: bundles that share a part with another
/// line by themselves and first, then the rest. One of a bundle takes the same wherever it comes from, so what is left for loose parts
/// is enough whenever it can be.
pub(super) fn apart(bundles: &BTreeMap<VariantId, Vec<BundlePart>>, lines: &[Line]) -> Vec<Vec<Line>> {
    let variants: HashSet<_> = lines.iter().map(|(_, variant, _)| *variant).collect();
    let things = |variant: VariantId| pieces(bundles, variant, Quantity(1)).map(|(thing, _)| thing);
    let shares = |bundle: VariantId| {
        let own: HashSet<_> = things(bundle).collect();
        variants.iter().any(|other| *other != bundle && things(*other).any(|thing| own.contains(&thing)))
    };
    let mut first: Vec<Vec<Line>> = Vec::new();
    let mut rest = Vec::new();
    for line in lines {
        if !bundles.contains_key(&line.1) || !shares(line.1) {
            rest.push(*line);
        } else if let Some(group) = first.iter_mut().find(|group| group[0].1 == line.1) {
            group.push(*line);
        } else {
            first.push(vec![*line]);
        }
    }
    first.extend((!rest.is_empty()).then_some(rest));
    first
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_bundles_that_share_a_part_are_chosen_by_themselves() {
        let v = |n| VariantId::from_parts(0, n);
        let part = |n| BundlePart { variant: v(n), quantity: 1 };
        let bundles = BTreeMap::from([(v(10), vec![part(1), part(2)]), (v(11), vec![part(3)])]);
        let groups = |wanted: &[u128]| -> Vec<Vec<usize>> {
            let lines: Vec<_> = wanted.iter().enumerate().map(|(at, n)| (at, v(*n), Quantity(1))).collect();
            apart(&bundles, &lines).into_iter().map(|group| group.into_iter().map(|line| line.0).collect()).collect()
        };
        assert_eq!(groups(&[4, 10, 11]), [vec![0, 1, 2]]);
        assert_eq!(groups(&[1, 10, 11, 10]), [vec![1, 3], vec![0, 2]]);
        assert_eq!(groups(&[5, 6]), [vec![0, 1]]);
    }

    #[test]
    fn what_a_bundle_takes_is_gone_for_loose_parts_and_the_other_way_round() {
        let (v, place) = (|n| VariantId::from_parts(0, n), LocationId::from_parts(0, 1));
        let bundles = BTreeMap::from([(v(10), vec![BundlePart { variant: v(1), quantity: 2 }])]);
        let at = |left| BTreeMap::from([(place, Quantity(left))]);
        let mut stock = Stock::from([(v(1), at(7)), (v(10), at(3))]);
        taken(&mut stock, &bundles, (v(10), place, 1));
        assert_eq!(stock, Stock::from([(v(1), at(5)), (v(10), at(2))]));
        take(&mut stock, v(1), place, 4);
        taken(&mut stock, &bundles, (v(1), place, 4));
        assert_eq!(stock, Stock::from([(v(1), at(1)), (v(10), at(0))]));
    }
}
