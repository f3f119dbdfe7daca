//! A field of a product: read, computed, written.

use super::{BulkChange, BulkRow, MOST_PRICES, PriceOf};
use catalogue::bulk::BulkError;
use catalogue::{EditError, Plan, Product, ProductChange, ProductId, Status};
use kernel::{Actor, Fault, Money, ReadTx, Timestamp, Tx};
use pricing::{PriceEntry, PriceError, PriceList};
use serde::{Deserialize, Serialize};

/// What a product has in the field that is changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FieldValue {
    /// A category or maker.
    Text(String),
    /// All tags.
    Tags(Vec<String>),
    /// Whether customers see it.
    Status(Status),
    /// When it goes on sale and off it.
    Publication {
        /// When it goes on sale.
        on_sale: Option<Timestamp>,
        /// When it goes off it.
        off_sale: Option<Timestamp>,
    },
    /// What each variant costs.
    Prices(Vec<PriceOf>),
}

/// Every product with what it has and what it would have.
pub(super) fn rows(tx: &ReadTx<'_>, products: &[ProductId], change: &BulkChange) -> Result<Vec<BulkRow>, BulkError> {
    let (list, mut prices) = (list(tx, change)?, 0);
    let mut rows = Vec::with_capacity(products.len());
    for &id in products {
        let Some(product) = catalogue::product(tx, id)? else {
            let nothing = FieldValue::Text(String::new());
            rows.push(BulkRow { product: id, before: nothing.clone(), after: nothing, stays: Some("gone".to_owned()) });
            continue;
        };
        prices += product.variants.len();
        if list.is_some() && prices > MOST_PRICES {
            return Err(BulkError::TooManyPrices { most: MOST_PRICES });
        }
        let before = read(tx, &product, change, list.as_ref())?;
        let (after, stays) = match wanted(&product, &before, change, list.as_ref()) {
            Ok(after) if after == before => (before.clone(), Some("same".to_owned())),
            Ok(after) => (after, None),
            Err(stays) => (before.clone(), Some(stays)),
        };
        rows.push(BulkRow { product: id, before, after, stays });
    }
    Ok(rows)
}

/// The list of a change of prices.
pub(super) fn list(tx: &ReadTx<'_>, change: &BulkChange) -> Result<Option<PriceList>, BulkError> {
    let BulkChange::Price { list, .. } = change else { return Ok(None) };
    let unknown = || BulkError::Invalid { field: "list", why: PriceError::UnknownList.to_string() };
    pricing::price_list_by_code(tx, list)?.ok_or_else(unknown).map(Some)
}

/// What a product has now.
pub(super) fn read(tx: &ReadTx<'_>, product: &Product, change: &BulkChange, list: Option<&PriceList>) -> Result<FieldValue, Fault> {
    Ok(match change {
        BulkChange::Category { .. } => FieldValue::Text(product.category.clone()),
        BulkChange::Vendor { .. } => FieldValue::Text(product.vendor.clone()),
        BulkChange::AddTags { .. } | BulkChange::RemoveTags { .. } => FieldValue::Tags(product.tags.clone()),
        BulkChange::Status { .. } => FieldValue::Status(product.status),
        BulkChange::Publication { .. } => {
            let planned = catalogue::publication(tx, product.id)?;
            let at = |status| planned.iter().find(|step| step.status == status).map(|step| step.at);
            FieldValue::Publication { on_sale: at(Status::Active), off_sale: at(Status::Draft) }
        }
        BulkChange::Price { .. } => {
            let ids: Vec<_> = product.variants.iter().map(|variant| variant.id).collect();
            let known = list.map(|list| pricing::prices_on_list(tx, list, &ids)).transpose()?.unwrap_or_default();
            let of = |variant| {
                let entry = known.get(&variant);
                PriceOf {
                    variant,
                    price: entry.map(|entry| entry.price.minor),
                    compare_at: entry.and_then(|entry| entry.compare_at).map(|was| was.minor),
                }
            };
            FieldValue::Prices(ids.into_iter().map(of).collect())
        }
    })
}

/// What it would have; `Err` says why it stays.
fn wanted(product: &Product, before: &FieldValue, change: &BulkChange, list: Option<&PriceList>) -> Result<FieldValue, String> {
    if let (BulkChange::Price { how, rounding, .. }, FieldValue::Prices(prices)) = (change, before) {
        let decimals = list.map_or(2, |list| list.currency.decimals());
        let mut after = Vec::with_capacity(prices.len());
        for known in prices {
            let price = how.of(known.price, *rounding, decimals)?;
            // A price that is no longer the lower of the two is compared with nothing.
            let compare_at = known.compare_at.filter(|was| price.is_some_and(|price| price < *was));
            after.push(PriceOf { price, compare_at, ..*known });
        }
        return if after.iter().all(|price| price.price.is_none()) { Err("no_price".to_owned()) } else { Ok(FieldValue::Prices(after)) };
    }
    if let BulkChange::Publication { on_sale, off_sale } = change {
        return Ok(FieldValue::Publication { on_sale: *on_sale, off_sale: *off_sale });
    }
    let wanted = match change {
        BulkChange::Category { to } => ProductChange { category: Some(to.clone()), ..ProductChange::default() },
        BulkChange::Vendor { to } => ProductChange { vendor: Some(to.clone()), ..ProductChange::default() },
        BulkChange::Status { to } => ProductChange { status: Some(*to), ..ProductChange::default() },
        BulkChange::AddTags { tags } => {
            let has = |tag: &str| product.tags.iter().any(|known| catalogue::fold(known) == catalogue::fold(tag.trim()));
            let new = tags.iter().filter(|tag| !has(tag)).cloned();
            ProductChange { tags: Some(product.tags.iter().cloned().chain(new).collect()), ..ProductChange::default() }
        }
        BulkChange::RemoveTags { tags } => {
            let goes = |known: &str| tags.iter().any(|tag| catalogue::fold(known) == catalogue::fold(tag.trim()));
            let left = product.tags.iter().filter(|tag| !goes(tag)).cloned().collect();
            ProductChange { tags: Some(left), ..ProductChange::default() }
        }
        BulkChange::Publication { .. } | BulkChange::Price { .. } => return Ok(before.clone()),
    };
    let after = catalogue::changed(product, wanted).map_err(|refused| refused.to_string())?;
    Ok(match before {
        FieldValue::Tags(_) => FieldValue::Tags(after.tags),
        FieldValue::Status(_) => FieldValue::Status(after.status),
        _ if matches!(change, BulkChange::Vendor { .. }) => FieldValue::Text(after.vendor),
        _ => FieldValue::Text(after.category),
    })
}

/// Why a value was not written: the sentence of a refusal, or the database.
pub(super) enum Unwritten {
    Refused(String),
    Fault(Fault),
}

impl From<EditError> for Unwritten {
    fn from(error: EditError) -> Self {
        match error {
            EditError::Fault(fault) => Unwritten::Fault(fault),
            refused => Unwritten::Refused(refused.to_string()),
        }
    }
}
impl From<PriceError> for Unwritten {
    fn from(error: PriceError) -> Self {
        match error {
            PriceError::Fault(fault) => Unwritten::Fault(fault),
            refused => Unwritten::Refused(refused.to_string()),
        }
    }
}

/// Give a product a value, by the same commands as its own page.
pub(super) fn write(
    tx: &mut Tx<'_>,
    actor: &Actor,
    (product, list): (ProductId, Option<&PriceList>),
    change: &BulkChange,
    value: &FieldValue,
) -> Result<(), Unwritten> {
    let mut wanted = ProductChange::default();
    match value {
        FieldValue::Text(text) if matches!(change, BulkChange::Vendor { .. }) => wanted.vendor = Some(text.clone()),
        FieldValue::Text(text) => wanted.category = Some(text.clone()),
        FieldValue::Tags(tags) => wanted.tags = Some(tags.clone()),
        FieldValue::Status(status) => wanted.status = Some(*status),
        FieldValue::Publication { on_sale, off_sale } => {
            return Ok(catalogue::plan_publication(tx, actor, product, Plan { on_sale: *on_sale, off_sale: *off_sale })?);
        }
        FieldValue::Prices(prices) => {
            let Some(list) = list else { return Err(PriceError::UnknownList.into()) };
            return Ok(set(tx, actor, list, prices)?);
        }
    }
    catalogue::update_product(tx, actor, product, wanted)?;
    Ok(())
}

fn set(tx: &mut Tx<'_>, actor: &Actor, list: &PriceList, prices: &[PriceOf]) -> Result<(), PriceError> {
    let money = |minor| Money::new(minor, list.currency);
    let entry = |of: &PriceOf| Some(PriceEntry { variant: of.variant, price: money(of.price?), compare_at: of.compare_at.map(money) });
    pricing::set_prices(tx, actor, list.id, &prices.iter().filter_map(entry).collect::<Vec<_>>())?;
    for none in prices.iter().filter(|of| of.price.is_none()) {
        pricing::remove_price(tx, actor, list.id, none.variant)?;
    }
    Ok(())
}
