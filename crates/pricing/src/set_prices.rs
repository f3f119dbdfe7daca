//! Setting prices on a list.

use crate::events::{PRICE_CHANGED, PriceChanged};
use crate::{PriceError, PriceList, PriceListId, ranges, store};
use catalogue::{ProductId, VariantId};
use kernel::{Actor, Event, Money, Permission, Tx};
use std::collections::{BTreeSet, HashMap};

/// What a variant costs on a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PriceEntry {
    /// Which variant.
    pub variant: VariantId,
    /// Never negative.
    pub price: Money,
    /// What it cost before; more than the price.
    pub compare_at: Option<Money>,
}

/// Set one price. See [`set_prices`].
pub fn set_price(tx: &mut Tx<'_>, actor: &Actor, list: PriceListId, entry: PriceEntry) -> Result<bool, PriceError> {
    Ok(set_prices(tx, actor, list, &[entry])? > 0)
}

/// Set prices on a list, all or none; answers how many differ from before. Setting the same again changes nothing.
/// Announces `price.changed` for each that differs.
pub fn set_prices(tx: &mut Tx<'_>, actor: &Actor, list: PriceListId, entries: &[PriceEntry]) -> Result<usize, PriceError> {
    actor.require(Permission::EditPrices)?;
    let list = store::list(tx, list)?.ok_or(PriceError::UnknownList)?;
    for entry in entries {
        check(&list, entry)?;
    }
    let ids: Vec<_> = entries.iter().map(|entry| entry.variant).collect();
    let products: HashMap<VariantId, ProductId> = catalogue::variants(tx, &ids)?.into_iter().map(|card| (card.id, card.product)).collect();
    let known = store::prices_on(tx, list.id, &ids)?;
    let (mut changed, mut touched) = (0, BTreeSet::new());
    for entry in entries {
        let product = *products.get(&entry.variant).ok_or(PriceError::UnknownVariant(entry.variant))?;
        let (amount, compare_at) = (entry.price.minor, entry.compare_at.map(|was| was.minor));
        if known.get(&entry.variant) == Some(&(amount, compare_at)) {
            continue;
        }
        store::put_price(tx, (list.id, entry.variant, product), (amount, compare_at))?;
        let body = PriceChanged { variant: entry.variant, product, list: list.id, price: Some(entry.price), compare_at: entry.compare_at };
        tx.announce(Event::new(PRICE_CHANGED, entry.variant).by(actor).body(&body))?;
        touched.insert(product);
        changed += 1;
    }
    for product in touched {
        ranges::make(tx, product)?;
    }
    Ok(changed)
}

/// Take a variant off a list; answers whether it was on it. Announces `price.changed`.
pub fn remove_price(tx: &mut Tx<'_>, actor: &Actor, list: PriceListId, variant: VariantId) -> Result<bool, PriceError> {
    actor.require(Permission::EditPrices)?;
    let Some(product) = store::delete_price(tx, list, variant)? else { return Ok(false) };
    let body = PriceChanged { variant, product, list, price: None, compare_at: None };
    tx.announce(Event::new(PRICE_CHANGED, variant).by(actor).body(&body))?;
    ranges::make(tx, product)?;
    Ok(true)
}

fn check(list: &PriceList, entry: &PriceEntry) -> Result<(), PriceError> {
    let amounts = [Some(entry.price), entry.compare_at];
    if amounts.into_iter().flatten().any(|amount| amount.currency != list.currency) {
        return Err(PriceError::WrongCurrency(list.currency));
    }
    if entry.price.minor < 0 || entry.price.minor > MAX_MINOR {
        return Err(PriceError::invalid("price", "a price is not negative, and below a trillion"));
    }
    if entry.compare_at.is_some_and(|was| was.minor <= entry.price.minor || was.minor > MAX_MINOR) {
        return Err(PriceError::invalid("compare_at", "the price it is compared with is higher"));
    }
    Ok(())
}

/// Far above any price, and far enough below 64 bits that a cart's sum fits.
const MAX_MINOR: i64 = 100_000_000_000_000;
