//! What is read of a product in one transaction.

use super::super::visitor::is_shop;
use super::Choice;
use catalogue::{ListFilter, Product, ProductOption, Sort, Variant, VariantId, slug};
use flows::BasketLine;
use inventory::{Location, LocationId, Nearby, Point, Purpose};
use kernel::{Actor, Fault, Quantity, ReadTx};
use orders::Way;
use pricing::{PriceCard, PriceContext, VariantPrice};
use std::collections::{BTreeMap, HashMap};

/// Similar products shown below.
const MORE: usize = 4;

/// A product, what was chosen of it, its prices and its stock.
pub(super) struct Data {
    pub(super) product: Product,
    pub(super) colour: Option<String>,
    pub(super) size: Option<String>,
    pub(super) prices: HashMap<VariantId, VariantPrice>,
    pub(super) stock: BTreeMap<VariantId, BTreeMap<LocationId, Quantity>>,
    /// What can be bought before it is there, of what cannot be sent now.
    pub(super) ahead: BTreeMap<VariantId, flows::Ahead>,
    pub(super) places: Vec<(Location, Option<f64>)>,
    /// Shops that have the chosen variant, nearest first, once it is known from where.
    pub(super) near: Vec<Nearby>,
    /// What sending one of the chosen variant costs and when it arrives, as the cart would say.
    pub(super) delivery: Option<flows::DeliveryOption>,
    /// How long picking takes.
    pub(super) days: pricing::DeliveryDays,
    /// What its ratings add up to.
    pub(super) average: Option<catalogue::ratings::Average>,
    /// What goes with it.
    pub(super) with: Vec<flows::Offered>,
    /// What is in one of the chosen variant, with how many.
    pub(super) inside: Vec<(i64, catalogue::VariantCard)>,
    pub(super) more: Vec<(catalogue::ProductCard, Option<PriceCard>)>,
}

impl Data {
    pub(super) fn colour_option(&self) -> Option<&ProductOption> {
        self.product.options.iter().find(|option| option.is_colour())
    }
    /// The option besides colour: size, or whatever it is called.
    pub(super) fn size_option(&self) -> Option<&ProductOption> {
        self.product.options.iter().find(|option| !option.is_colour())
    }
    /// Variants on sale of the chosen colour.
    pub(super) fn of_colour(&self) -> impl Iterator<Item = &Variant> {
        self.product.variants.iter().filter(|variant| variant.is_active && self.fits(variant, self.colour_option(), self.colour.as_deref()))
    }
    /// The variant that was chosen, once colour and size are.
    pub(super) fn chosen(&self) -> Option<&Variant> {
        if self.size_option().is_some() && self.size.is_none() {
            return None;
        }
        self.of_colour().find(|variant| self.fits(variant, self.size_option(), self.size.as_deref()))
    }
    fn fits(&self, variant: &Variant, option: Option<&ProductOption>, value: Option<&str>) -> bool {
        let (Some(option), Some(value)) = (option, value) else { return true };
        self.product.value_of(variant, option) == Some(value)
    }
    /// How much of a variant can be promised anywhere.
    pub(super) fn anywhere(&self, variant: VariantId) -> i64 {
        self.stock.get(&variant).map_or(0, |places| places.values().map(|quantity| quantity.0).sum())
    }
    /// It lies somewhere, or can be bought before it does.
    pub(super) fn can_be_had(&self, variant: VariantId) -> bool {
        self.anywhere(variant) > 0 || self.ahead.contains_key(&variant)
    }
    /// How much of a variant can be promised in one place.
    pub(super) fn at(&self, variant: VariantId, place: LocationId) -> i64 {
        self.stock.get(&variant).and_then(|places| places.get(&place)).map_or(0, |quantity| quantity.0)
    }
    /// How much of a variant can be sent.
    pub(super) fn to_send(&self, variant: VariantId) -> i64 {
        self.places.iter().filter(|(place, _)| place.details.ships).map(|(place, _)| self.at(variant, place.id)).sum()
    }
    /// Something nobody carries home.
    pub(super) fn is_service(&self) -> bool {
        self.product.is_service || self.is_by_visit()
    }
    /// It weighs nothing and never lay anywhere, and nobody said that it is sold as a service: only the shops can help.
    pub(super) fn is_by_visit(&self) -> bool {
        let product = &self.product;
        !product.is_service
            && !product.has_bundles()
            && product.variants.iter().all(|variant| variant.weight_grams == 0)
            && self.stock.values().all(BTreeMap::is_empty)
    }
}

pub(super) fn load(
    tx: &ReadTx<'_>,
    context: &PriceContext,
    handle: &str,
    choice: &Choice,
    (from, most): (Option<Point>, usize),
) -> Result<Option<Data>, Fault> {
    let Some(product) = catalogue::product_by_handle(tx, &Actor::guest(), handle)? else { return Ok(None) };
    let ids: Vec<_> = product.variants.iter().map(|variant| variant.id).collect();
    let mut places: Vec<_> = inventory::locations(tx, false, None, 200)?
        .into_iter()
        .map(|place| {
            let metres = from.map(|from| from.metres_to(place.details.point));
            (place, metres)
        })
        .collect();
    places.sort_by(|(a, near), (b, far)| {
        let by_distance = near.unwrap_or_default().total_cmp(&far.unwrap_or_default());
        by_distance.then_with(|| is_shop(b).cmp(&is_shop(a))).then_with(|| a.details.name.cmp(&b.details.name))
    });
    let mut data = Data {
        colour: None,
        size: None,
        prices: pricing::variant_prices(tx, context, &ids)?,
        stock: flows::available(tx, &ids)?,
        ahead: BTreeMap::new(),
        places,
        near: Vec::new(),
        delivery: None,
        days: pricing::delivery_days(tx)?,
        average: catalogue::ratings::average(tx, product.id)?,
        with: flows::goes_with(tx, &product, context)?,
        inside: Vec::new(),
        more: more(tx, context, &product)?,
        product,
    };
    let gone: Vec<_> = ids.iter().filter(|variant| data.to_send(**variant) <= 0).copied().collect();
    if !gone.is_empty() && !data.is_service() {
        data.ahead = flows::ahead(tx, &gone)?;
    }
    choose(&mut data, choice);
    data.inside = crate::inside::parts_of(tx, data.chosen())?;
    if let Some(variant) = data.chosen().map(|variant| variant.id) {
        if let Some(from) = from {
            data.near = flows::nearest_with_stock(tx, (variant, Quantity(1)), from, Purpose::Collect, most + 1)?;
        }
        let line = BasketLine { variant, quantity: Quantity(1), way: Way::Deliver { address: None } };
        let sent = flows::delivery_options(tx, &[line], context.currency, context.audience.clone(), None)?;
        data.delivery = sent.chosen().cloned();
    }
    Ok(Some(data))
}

/// Settle colour and size: as asked where that exists; else the first colour that is in stock, and the only size.
fn choose(data: &mut Data, choice: &Choice) {
    let by_sku = data.product.variants.iter().find(|variant| !choice.sku.is_empty() && variant.sku == choice.sku).cloned();
    let value = |option: Option<&ProductOption>, asked: &str| {
        let option = option?;
        if let Some(variant) = &by_sku {
            return data.product.value_of(variant, option).map(str::to_owned);
        }
        let fits = |value: &&String| !asked.is_empty() && (value.as_str() == asked || slug(value) == slug(asked));
        option.values.iter().find(fits).cloned()
    };
    let (colour, size) = (value(data.colour_option(), &choice.colour), value(data.size_option(), &choice.size));
    let first = data.colour_option().and_then(|option| {
        let has_stock = |colour: &&String| {
            let mut variants = data.product.variants.iter().filter(|variant| data.product.value_of(variant, option) == Some(colour));
            variants.any(|variant| variant.is_active && data.can_be_had(variant.id))
        };
        option.values.iter().find(has_stock).or_else(|| option.values.first()).cloned()
    });
    data.colour = colour.or(first);
    let only = data.size_option().filter(|option| option.values.len() == 1).and_then(|option| option.values.first().cloned());
    data.size = size.or(only);
}

fn more(tx: &ReadTx<'_>, context: &PriceContext, product: &Product) -> Result<Vec<(catalogue::ProductCard, Option<PriceCard>)>, Fault> {
    let filter = ListFilter { category: Some(product.category_key()), ..ListFilter::default() };
    let found = match catalogue::list(tx, &filter, Sort::Newest, None, MORE + 1) {
        Ok(found) => found.items,
        Err(catalogue::ListError::Fault(fault)) => return Err(fault),
        Err(_) => Vec::new(),
    };
    let others = found.into_iter().filter(|card| card.id != product.id).take(MORE).collect();
    super::super::cards::with_prices(tx, context, others)
}
