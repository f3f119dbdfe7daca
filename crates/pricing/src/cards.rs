//! Prices beside products: what lists and product pages show.

use crate::store;
use catalogue::{ProductId, VariantId};
use kernel::{Currency, Fault, Money, ReadTx, Timestamp};
use serde::Serialize;
use std::collections::HashMap;

/// For whom and when prices are wanted. Not where: a price is the same in every channel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PriceContext {
    /// In which currency.
    pub currency: Currency,
    /// At which moment.
    pub at: Timestamp,
    /// Whose prices besides everybody's.
    pub audience: Option<String>,
}

impl PriceContext {
    /// Everybody's prices.
    pub fn at(currency: Currency, at: Timestamp) -> Self {
        PriceContext { currency, at, audience: None }
    }
}

/// What a variant costs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct VariantPrice {
    /// One unit.
    pub price: Money,
    /// What it cost before.
    pub compare_at: Option<Money>,
    /// True when tax is in the price.
    pub is_tax_included: bool,
    /// The list that won.
    pub list: String,
}

/// What a product costs at least and at most, over its variants on sale.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct PriceCard {
    /// The cheapest variant.
    pub from: Money,
    /// The dearest variant.
    pub to: Money,
    /// What the cheapest cost before.
    pub compare_at: Option<Money>,
    /// True when tax is in the price.
    pub is_tax_included: bool,
}

impl PriceCard {
    /// True when variants differ in price: show "from".
    pub fn is_range(&self) -> bool {
        self.from.minor != self.to.minor
    }
}

/// Prices of variants; those without one are left out. One statement for every 24.
pub fn variant_prices(tx: &ReadTx<'_>, context: &PriceContext, ids: &[VariantId]) -> Result<HashMap<VariantId, VariantPrice>, Fault> {
    let mut best: HashMap<VariantId, store::Offer> = HashMap::with_capacity(ids.len());
    for offer in store::offers(tx, context, ids)? {
        match best.get(&offer.variant) {
            Some(known) if known.rank() >= offer.rank() => {}
            _ => {
                best.insert(offer.variant, offer);
            }
        }
    }
    let money = |minor| Money::new(minor, context.currency);
    let price = |offer: store::Offer| VariantPrice {
        price: money(offer.amount),
        compare_at: offer.compare_at.map(money),
        is_tax_included: offer.is_tax_included,
        list: offer.list,
    };
    Ok(best.into_iter().map(|(variant, offer)| (variant, price(offer))).collect())
}

/// Prices of products for a list; those without one are left out. One statement for every 24, and one for the variants of
/// each product that is on a special list with some of its variants only.
pub fn price_cards(tx: &ReadTx<'_>, context: &PriceContext, ids: &[ProductId]) -> Result<HashMap<ProductId, PriceCard>, Fault> {
    let mut by_product: HashMap<ProductId, Vec<store::RangeRow>> = HashMap::with_capacity(ids.len());
    for row in store::range_rows(tx, context, ids)? {
        by_product.entry(row.product).or_default().push(row);
    }
    let money = |minor| Money::new(minor, context.currency);
    let mut cards = HashMap::with_capacity(by_product.len());
    for (product, rows) in by_product {
        let Some(best) = rows.iter().max_by(|a, b| a.rank().cmp(&b.rank())) else { continue };
        let card = if rows.iter().all(|row| row.range.variants <= best.range.variants) {
            Some(PriceCard {
                from: money(best.range.lowest),
                to: money(best.range.highest),
                compare_at: best.range.compare_at.map(money),
                is_tax_included: best.is_tax_included,
            })
        } else {
            by_variant(tx, context, product)?
        };
        cards.extend(card.map(|card| (product, card)));
    }
    Ok(cards)
}

/// The careful way: each variant's own winning list.
fn by_variant(tx: &ReadTx<'_>, context: &PriceContext, product: ProductId) -> Result<Option<PriceCard>, Fault> {
    let Some(known) = catalogue::product(tx, product)? else { return Ok(None) };
    let ids: Vec<_> = known.variants.iter().filter(|variant| variant.is_active).map(|variant| variant.id).collect();
    let mut prices: Vec<_> = variant_prices(tx, context, &ids)?.into_values().collect();
    prices.sort_by_key(|price| (price.price.minor, price.compare_at.map(|was| was.minor)));
    let (Some(from), Some(to)) = (prices.first(), prices.last()) else { return Ok(None) };
    Ok(Some(PriceCard { from: from.price, to: to.price, compare_at: from.compare_at, is_tax_included: from.is_tax_included }))
}
