//! What every door should show of a product, read from the rooms themselves.

use catalogue::{ProductId, VariantId};
use kernel::{Currency, Fault, Locale, Money, ReadTx};
use pricing::PriceContext;
use web::parity::{Aspect, Difference};

/// A product in one moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Truth {
    pub(super) product: ProductId,
    pub(super) handle: String,
    pub(super) name: String,
    /// Whether customers may see it.
    pub(super) is_visible: bool,
    /// Whether an advert may show it: it has a picture.
    pub(super) has_picture: bool,
    /// Sold without stock, so that there is nothing to count.
    pub(super) is_service: bool,
    /// Those that are sold and have a price.
    pub(super) variants: Vec<VariantTruth>,
}

/// A variant in one moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct VariantTruth {
    pub(super) id: VariantId,
    pub(super) sku: String,
    pub(super) price: Money,
    pub(super) is_tax_included: bool,
    /// Available to promise, in all places.
    pub(super) available: i64,
    /// How it is sold before it is there, if it is and nothing lies anywhere.
    pub(super) ahead: Option<inventory::StockPolicy>,
}

pub(super) fn read(tx: &ReadTx<'_>, id: ProductId, currency: Currency) -> Result<Option<Truth>, Fault> {
    let Some(product) = catalogue::product(tx, id)? else { return Ok(None) };
    let active: Vec<_> = product.variants.iter().filter(|variant| variant.is_active).collect();
    let ids: Vec<_> = active.iter().map(|variant| variant.id).collect();
    let prices = pricing::variant_prices(tx, &PriceContext::at(currency, tx.now()), &ids)?;
    let stock = flows::available(tx, &ids)?;
    let left = |variant| stock.get(&variant).map_or(0, |places| places.values().map(|quantity| quantity.0).sum::<i64>());
    let ahead = flows::ahead(tx, &ids.iter().filter(|variant| left(**variant) <= 0).copied().collect::<Vec<_>>())?;
    let variant = |variant: &catalogue::Variant| {
        let price = prices.get(&variant.id)?;
        Some(VariantTruth {
            id: variant.id,
            sku: variant.sku.clone(),
            price: price.price,
            is_tax_included: price.is_tax_included,
            available: left(variant.id),
            ahead: ahead.get(&variant.id).map(|ahead| ahead.policy),
        })
    };
    let variants = active.into_iter().filter_map(variant).collect();
    let (is_visible, has_picture) = (product.is_visible(), product.picture(None).is_some());
    let name = product.title.get(Locale::Es).to_owned();
    let is_service = product.is_service;
    Ok(Some(Truth { product: id, handle: product.handle, name, is_visible, has_picture, is_service, variants }))
}

impl Truth {
    /// The lowest price, where a door shows only one.
    pub(super) fn from(&self) -> Option<Money> {
        self.variants.iter().map(|variant| variant.price).min_by_key(|price| price.minor)
    }

    /// Whether what a door shows is what was right here.
    pub(super) fn says(&self, difference: &Difference) -> bool {
        let variant = self.variants.iter().find(|variant| variant.sku == difference.sku);
        match difference.aspect {
            Aspect::Presence => false,
            Aspect::Name => difference.shown == self.name,
            Aspect::Price => {
                variant.map_or_else(|| self.from(), |variant| Some(variant.price)).is_some_and(|price| difference.shown == amount(price))
            }
            Aspect::Stock => {
                variant.is_some_and(|variant| difference.shown == variant.available.to_string() || difference.shown == there(variant))
            }
        }
    }
}

/// A price as differences say it.
pub(super) fn amount(price: Money) -> String {
    price.format(Locale::Es)
}

/// Whether a variant can be had, as differences say it.
pub(super) fn there(variant: &VariantTruth) -> String {
    let known = match variant.ahead {
        _ if variant.available > 0 => "in_stock",
        Some(policy) => policy.as_str(),
        None => "out_of_stock",
    };
    known.to_owned()
}
