//! What to order from suppliers, by what was sold.

use crate::accounts::{incoming_parent, parse_incoming, world};
use crate::{LocationId, StockError, StockLevel, low_stock};
use catalogue::VariantId;
use kernel::{Actor, Fault, Quantity, ReadTx};
use ledger::Balance;
use std::collections::BTreeMap;
use std::time::Duration;

/// Sales are those of so many days.
pub const SOLD_DAYS: i64 = 28;
/// Most days that an order can be meant to last.
pub const MOST_COVER_DAYS: i64 = 365;
/// Levels that are looked at, lowest first.
const LOOKED_AT: i64 = 1_000;
const DAY: Duration = Duration::from_secs(86_400);

/// What would be ordered of a variant for one place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Proposal {
    /// What is there.
    pub level: StockLevel,
    /// Sold in the last [`SOLD_DAYS`] days, less what came back.
    pub sold: Quantity,
    /// On its way and promised to nobody; below zero where more is promised than still comes.
    pub coming: Quantity,
    /// How many to order; at least 1.
    pub propose: Quantity,
}

impl Proposal {
    /// For how many days what is there and comes lasts, as it was sold lately.
    pub fn lasts_days(&self) -> i64 {
        (self.level.available().0 + self.coming.0).max(0) * SOLD_DAYS / self.sold.0.max(1)
    }
}

/// How many to order, so that what is there, what comes and the order last for so many days.
fn propose(sold: i64, there: i64, cover_days: i64) -> i64 {
    (sold * cover_days + SOLD_DAYS - 1) / SOLD_DAYS - there
}

/// What to order so that it lasts for `cover_days` (1 to [`MOST_COVER_DAYS`]) at the pace of late, in one place or everywhere; what lasts
/// shortest first, at most `limit`. Of the thousand lowest levels; five statements.
pub fn proposals(
    tx: &ReadTx<'_>,
    actor: &Actor,
    location: Option<LocationId>,
    cover_days: i64,
    limit: usize,
) -> Result<Vec<Proposal>, StockError> {
    let levels = low_stock(tx, actor, location, Quantity(i64::MAX), LOOKED_AT)?;
    let names: Vec<_> = levels.iter().map(|level| world("sold", level.variant, level.location)).collect();
    let since = tx.now().minus(DAY * SOLD_DAYS.unsigned_abs() as u32);
    let sold: BTreeMap<_, _> = ledger::moved_since(tx, &names, since)?.into_iter().collect();
    let mut variants: Vec<_> = levels.iter().map(|level| level.variant).collect();
    variants.dedup();
    let coming = coming(tx, &variants)?;
    let cover = cover_days.clamp(1, MOST_COVER_DAYS);
    let proposal = |(level, name): (&StockLevel, &ledger::AccountName)| {
        let sold = sold.get(name).copied().unwrap_or_default();
        let coming = Quantity(coming.get(&(level.variant, level.location)).copied().unwrap_or_default().available());
        let wanted = propose(sold.max(0), level.available().0 + coming.0, cover);
        (wanted > 0).then_some(Proposal { level: *level, sold: Quantity(sold.max(0)), coming, propose: Quantity(wanted) })
    };
    let mut found: Vec<_> = levels.iter().zip(&names).filter_map(proposal).collect();
    found.sort_by_key(|found| (found.lasts_days(), -found.sold.0, found.level.variant, found.level.location));
    found.truncate(limit);
    Ok(found)
}

/// What is on its way of these variants (posted) and how many of it are promised (held), by variant and place, whether they are sold ahead
/// or not.
pub fn coming(tx: &ReadTx<'_>, variants: &[VariantId]) -> Result<BTreeMap<(VariantId, LocationId), Balance>, Fault> {
    let parents: Vec<_> = variants.iter().map(|variant| incoming_parent(*variant)).collect();
    let accounts = ledger::balances_under(tx, &parents)?;
    Ok(accounts.iter().filter_map(|account| Some((parse_incoming(&account.name)?, account.balance))).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_order_lasts_as_long_as_it_was_meant_to() {
        // Seven in four weeks are one in four days.
        assert_eq!([propose(7, 0, 28), propose(7, 5, 28), propose(7, 7, 28), propose(7, 0, 5), propose(0, 0, 28)], [7, 2, 0, 2, 0]);
    }
}
