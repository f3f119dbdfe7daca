//! The whole offer: what goes with a product and can be had now.

use crate::available::available;
use catalogue::{Product, ProductCard, VariantCard, VariantId};
use kernel::{Fault, Money, ReadTx};
use pricing::PriceContext;
use std::collections::HashMap;

/// One that is offered with a product.
#[derive(Debug, Clone, PartialEq)]
pub struct Offered {
    /// The service or thing.
    pub card: ProductCard,
    /// What its cheapest variant costs.
    pub from: Money,
    /// True when variants differ in price: show "from".
    pub is_range: bool,
    /// The variants that can be had somewhere, with the price of each, in their order.
    pub variants: Vec<(VariantCard, Money)>,
}

/// What goes with a product, in its order; what is not on sale, sold out or without a price is left out.
pub fn goes_with(tx: &ReadTx<'_>, product: &Product, context: &PriceContext) -> Result<Vec<Offered>, Fault> {
    if product.goes_with.is_empty() {
        return Ok(Vec::new());
    }
    let mut cards = catalogue::cards(tx, &product.goes_with)?;
    cards.retain(|card| card.status == catalogue::Status::Active);
    let ids: Vec<_> = cards.iter().map(|card| card.id).collect();
    let mut variants: Vec<VariantId> = catalogue::variants_of(tx, &ids)?.into_iter().map(|(_, variant)| variant).collect();
    let stock = available(tx, &variants)?;
    let prices = pricing::variant_prices(tx, context, &variants)?;
    let is_there = |variant: &VariantId| stock.get(variant).is_some_and(|places| places.values().any(|units| units.is_positive()));
    variants.retain(|variant| prices.contains_key(variant) && is_there(variant));
    let mut by_product: HashMap<_, Vec<_>> = HashMap::new();
    for variant in catalogue::variants(tx, &variants)? {
        let price = prices[&variant.id].price;
        by_product.entry(variant.product).or_default().push((variant, price));
    }
    let offered = cards.into_iter().filter_map(|card| {
        let variants = by_product.remove(&card.id)?;
        let minor = || variants.iter().map(|(_, price)| price.minor);
        let (from, to) = (minor().min()?, minor().max()?);
        let from = Money::new(from, variants[0].1.currency);
        Some(Offered { card, from, is_range: from.minor != to, variants })
    });
    Ok(offered.collect())
}
