//! Where goods can be had, for the search of the catalogue.

use crate::events::{Cause, LOCATION_CHANGED, STOCK_CHANGED, StockChanged};
use crate::update_location::LocationChanged;
use crate::{availability_with, store};
use catalogue::VariantId;
use catalogue::search::{DELIVERY, Shelves, Touched};
use kernel::log::Logged;
use kernel::{Fault, ReadTx};
use std::collections::{BTreeMap, BTreeSet};

/// Tells the search where goods can be had by the stock of each place. Services lie nowhere.
#[derive(Debug, Clone, Copy)]
pub struct StockShelves;

impl Shelves for StockShelves {
    fn places(&self, tx: &ReadTx<'_>, variants: &[VariantId]) -> Result<BTreeMap<VariantId, Vec<String>>, Fault> {
        let kinds = catalogue::kinds_among(tx, variants)?;
        let senders = store::senders(tx)?;
        let mut found = BTreeMap::new();
        let mut stock = availability_with(tx, variants, &kinds.bundles)?;
        for variant in variants {
            let Some(levels) = stock.remove(variant).filter(|_| !kinds.services.contains(variant)) else { continue };
            let there: Vec<_> = levels.into_iter().filter(|(_, units)| units.is_positive()).map(|(place, _)| place).collect();
            let is_sent = there.iter().any(|place| senders.contains(place));
            let keys: Vec<_> = there.iter().map(ToString::to_string).chain(is_sent.then(|| DELIVERY.to_owned())).collect();
            if !keys.is_empty() {
                found.insert(*variant, keys);
            }
        }
        Ok(found)
    }

    fn touched(&self, tx: &ReadTx<'_>, events: &[Logged]) -> Result<Touched, Fault> {
        let (mut own, mut as_part) = (BTreeSet::new(), BTreeSet::new());
        for event in events {
            match event.kind.as_str() {
                STOCK_CHANGED => {
                    let change: StockChanged = event.read()?;
                    // The fewer of before and after, or less: where that is plenty, nothing came and nothing went.
                    let least = change.available.0 - change.quantity.0.abs();
                    if change.cause != Cause::Incoming && least < catalogue::MAX_OF_ONE_PART {
                        as_part.insert(change.variant);
                        own.extend((least <= 0).then_some(change.variant));
                    }
                }
                LOCATION_CHANGED => {
                    let change: LocationChanged = event.read()?;
                    if change.is_stock_affected {
                        return Ok(Touched::Everything);
                    }
                    as_part.extend(change.variant);
                    own.extend(change.variant);
                }
                _ => {}
            }
        }
        own.extend(catalogue::bundles_with(tx, &Vec::from_iter(as_part))?);
        Ok(Touched::Variants(own.into_iter().collect()))
    }
}
