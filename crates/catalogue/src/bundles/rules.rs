//! What holds for every bundle, whoever saves its product or that of a part.

use super::{BundlePart, MAX_OF_ONE_PART, MAX_PARTS, PartsError, store};
use crate::{EditError, Product, Variant, VariantId, store as cards};
use kernel::{Fault, ReadTx};
use std::collections::{HashMap, HashSet};

/// What is named newly may be a part, and what is a part elsewhere stays a thing.
pub(crate) fn check(tx: &ReadTx<'_>, before: Option<&Product>, after: &Product) -> Result<(), EditError> {
    let was = |variant: &Variant| before.and_then(|before| before.variant(variant.id)).map_or(&[][..], |known| &known.parts);
    let changed: Vec<_> = after.variants.iter().filter(|variant| !variant.parts.is_empty() && was(variant) != variant.parts).collect();
    for variant in &changed {
        shape(variant)?;
    }
    let becomes_service = after.is_service && before.is_none_or(|before| !before.is_service);
    if let Some(bundle) = after.variants.iter().find(|v| after.is_service && !v.parts.is_empty() && (becomes_service || was(v) != v.parts))
    {
        return Err(PartsError::IsService { sku: bundle.sku.clone() }.into());
    }
    named(tx, after, &changed)?;
    // A variant that was not there before is part of nothing yet.
    let Some(before) = before else { return Ok(()) };
    let stays = after.variants.iter().filter(|v| becomes_service || (changed.iter().any(|c| c.id == v.id) && was(v).is_empty()));
    for variant in stays.filter(|variant| before.variant(variant.id).is_some()) {
        if !store::bundles_with(tx, &[variant.id])?.is_empty() {
            return Err(PartsError::IsPart { sku: variant.sku.clone() }.into());
        }
    }
    Ok(())
}

/// The list by itself.
fn shape(variant: &Variant) -> Result<(), PartsError> {
    if variant.parts.len() > MAX_PARTS {
        return Err(PartsError::TooMany);
    }
    let mut seen = HashSet::new();
    for BundlePart { variant: part, quantity } in &variant.parts {
        if *part == variant.id {
            return Err(PartsError::Itself);
        }
        if !seen.insert(*part) {
            return Err(PartsError::Twice { variant: *part });
        }
        if !(1..=MAX_OF_ONE_PART).contains(quantity) {
            return Err(PartsError::Quantity { variant: *part });
        }
    }
    Ok(())
}

/// Every part is there, and is neither a bundle nor a service; the product's own variants are as they are about to be.
fn named(tx: &ReadTx<'_>, after: &Product, changed: &[&Variant]) -> Result<(), EditError> {
    let parts = || changed.iter().flat_map(|variant| &variant.parts).map(|part| part.variant);
    let strangers: Vec<VariantId> = parts().filter(|part| after.variant(*part).is_none()).collect();
    let known: HashMap<_, _> = read(tx, &strangers)?;
    for part in parts() {
        let (sku, is_service, is_bundle) = match after.variant(part) {
            Some(own) => (&own.sku, after.is_service, !own.parts.is_empty()),
            None => {
                let (sku, is_service, is_bundle) = known.get(&part).ok_or(PartsError::Unknown { variant: part })?;
                (sku, *is_service, *is_bundle)
            }
        };
        if is_service {
            return Err(PartsError::IsService { sku: sku.clone() }.into());
        }
        if is_bundle {
            return Err(PartsError::IsBundle { sku: sku.clone() }.into());
        }
    }
    Ok(())
}

fn read(tx: &ReadTx<'_>, ids: &[VariantId]) -> Result<HashMap<VariantId, (String, bool, bool)>, Fault> {
    let facts = |card: crate::VariantCard| (card.id, (card.sku, card.is_service, !card.parts.is_empty()));
    Ok(cards::variant_cards(tx, ids)?.into_iter().map(facts).collect())
}
