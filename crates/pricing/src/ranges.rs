//! The lowest and highest price of a product on each list, kept ready for lists of products.

use crate::events::{DISCOUNT_GIVEN, DISCOUNT_TAKEN_BACK};
use crate::{store, uses};
use catalogue::{PRODUCT_CHANGED, ProductId, VariantId};
use kernel::{Fault, Logged, Reaction, Tx};
use std::collections::{BTreeMap, HashSet};

/// What this room does when others state facts.
pub const REACTIONS: &[Reaction] = &[
    Reaction { name: "pricing.ranges", kinds: &[PRODUCT_CHANGED], folds: false, react: follow },
    Reaction { name: "pricing.uses", kinds: &[DISCOUNT_GIVEN, DISCOUNT_TAKEN_BACK], folds: false, react: uses::add_up },
];

/// A variant that was switched on or off changes what the product costs at least.
fn follow(tx: &mut Tx<'_>, event: &Logged) -> Result<(), Fault> {
    match event.subject.parse::<ProductId>() {
        Ok(product) => make(tx, product),
        Err(_) => Ok(()),
    }
}

/// One list's prices of a product.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Range {
    pub(crate) lowest: i64,
    pub(crate) highest: i64,
    /// What the cheapest cost before; the least of several.
    pub(crate) compare_at: Option<i64>,
    /// Variants on sale that have a price on the list.
    pub(crate) variants: i64,
}

/// Make the ranges of a product anew from the prices of its variants on sale.
pub(crate) fn make(tx: &mut Tx<'_>, product: ProductId) -> Result<(), Fault> {
    let prices = store::prices_of_product(tx, product)?;
    if prices.is_empty() {
        return store::put_ranges(tx, product, &BTreeMap::new());
    }
    let known = catalogue::product(tx, product)?;
    let on_sale: HashSet<VariantId> = known.iter().flat_map(|known| &known.variants).filter(|v| v.is_active).map(|v| v.id).collect();
    let mut ranges = BTreeMap::new();
    for (list, variant, amount, compare_at) in prices {
        if !on_sale.contains(&variant) {
            continue;
        }
        let range = ranges.entry(list).or_insert(Range { lowest: amount, highest: amount, compare_at, variants: 0 });
        // `None` comes first: what it cost before is shown only if that holds for every cheapest variant.
        if (amount, compare_at) < (range.lowest, range.compare_at) {
            (range.lowest, range.compare_at) = (amount, compare_at);
        }
        range.highest = range.highest.max(amount);
        range.variants += 1;
    }
    store::put_ranges(tx, product, &ranges)
}
