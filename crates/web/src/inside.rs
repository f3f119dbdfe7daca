//! What is in a bundle: on its page, and below its line on orders, receipts and pick lists.

use catalogue::{Product, Variant, VariantCard};
use kernel::{Fault, Locale, ReadTx};
use orders::OrderLine;

/// One thing in it.
#[derive(Debug, Clone)]
pub(crate) struct Inside {
    /// For all bundles of the line.
    pub(crate) quantity: i64,
    pub(crate) title: String,
    pub(crate) sku: String,
}

/// What was in a line when it was sold; empty for what is no bundle.
pub(crate) fn inside(line: &OrderLine) -> Vec<Inside> {
    let parts = line.parts.iter();
    parts.map(|part| Inside { quantity: part.of(line.quantity).0, title: part.title.clone(), sku: part.sku.clone() }).collect()
}

/// What is in one of a variant today, with how many. No statement for what is no bundle.
pub(crate) fn parts_of(tx: &ReadTx<'_>, variant: Option<&Variant>) -> Result<Vec<(i64, VariantCard)>, Fault> {
    let Some(variant) = variant.filter(|variant| !variant.parts.is_empty()) else { return Ok(Vec::new()) };
    let cards = catalogue::variants(tx, &variant.parts.iter().map(|part| part.variant).collect::<Vec<_>>())?;
    let card = |part: &catalogue::BundlePart| Some((part.quantity, cards.iter().find(|card| card.id == part.variant)?.clone()));
    Ok(variant.parts.iter().filter_map(card).collect())
}

/// The same in words.
pub(crate) fn words(parts: &[(i64, VariantCard)], locale: Locale) -> Vec<Inside> {
    let row = |(quantity, card): &(i64, VariantCard)| {
        let (title, label) = (card.title.get(locale), card.label());
        let title = if label.is_empty() { title.to_owned() } else { format!("{title} · {label}") };
        Inside { quantity: *quantity, title, sku: card.sku.clone() }
    };
    parts.iter().map(row).collect()
}

/// What is told when the stock or the price of one of the variants changes, or the stock of what it is made of.
pub(crate) fn topics(product: &Product) -> Vec<String> {
    let parts = product.variants.iter().flat_map(|variant| &variant.parts).map(|part| part.variant);
    let mut ids: Vec<_> = product.variants.iter().map(|variant| variant.id).chain(parts).collect();
    ids.sort_unstable();
    ids.dedup();
    ids.into_iter().map(|id| format!("subject:{id}")).collect()
}
