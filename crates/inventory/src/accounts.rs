//! What stock is called in the ledger. The variant comes first, so that its stock everywhere is found by one parent.

use crate::{LocationId, StockTransferId};
use catalogue::VariantId;
use kernel::LockKey;
use ledger::AccountName;

pub(crate) const UNIT: &str = "each";
const STOCK: &str = "stock";
const INCOMING: &str = "incoming";

/// The account of a variant's stock in one place.
pub fn stock_account(variant: VariantId, location: LocationId) -> AccountName {
    AccountName::new(format!("{STOCK}/{variant}/{location}"))
}

/// The lock of a variant's stock in one place, for `Db::write_locking` where many buyers meet.
pub fn lock(variant: VariantId, location: LocationId) -> LockKey {
    stock_account(variant, location).lock()
}

/// The same of what is on its way to the place.
pub fn lock_incoming(variant: VariantId, location: LocationId) -> LockKey {
    incoming_account(variant, location).lock()
}

/// Parent of a variant's accounts everywhere.
pub(crate) fn parent(variant: VariantId) -> String {
    format!("{STOCK}/{variant}")
}

/// The variant and place of a stock account; `None` for any other account.
pub(crate) fn parse(account: &AccountName) -> Option<(VariantId, LocationId)> {
    let (variant, location) = account.as_str().strip_prefix(STOCK)?.strip_prefix('/')?.split_once('/')?;
    Some((variant.parse().ok()?, location.parse().ok()?))
}

/// The account of what is on its way to a place and can be promised before it is there.
pub(crate) fn incoming_account(variant: VariantId, location: LocationId) -> AccountName {
    AccountName::new(format!("{INCOMING}/{variant}/{location}"))
}

/// Parent of what is on its way of a variant, to everywhere.
pub(crate) fn incoming_parent(variant: VariantId) -> String {
    format!("{INCOMING}/{variant}")
}

/// The variant and place of an account of what is on its way; `None` for any other account.
pub(crate) fn parse_incoming(account: &AccountName) -> Option<(VariantId, LocationId)> {
    let (variant, location) = account.as_str().strip_prefix(INCOMING)?.strip_prefix('/')?.split_once('/')?;
    Some((variant.parse().ok()?, location.parse().ok()?))
}

/// The other side of what enters or leaves: `world/{what}/{variant}/{location}`, as fine as the stock it faces, so that no
/// row is hotter than the stock itself.
pub(crate) fn world(what: &str, variant: VariantId, location: LocationId) -> AccountName {
    AccountName::new(format!("world/{what}/{variant}/{location}"))
}

/// Stock on its way.
pub(crate) fn transit(variant: VariantId, transfer: StockTransferId) -> AccountName {
    AccountName::new(format!("transit/{variant}/{transfer}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stock_account_names_its_variant_and_place() {
        let (variant, location) = (VariantId::from_parts(1, 2), LocationId::from_parts(3, 4));
        assert_eq!(parse(&stock_account(variant, location)), Some((variant, location)));
        assert_eq!(stock_account(variant, location).parent(), parent(variant));
        assert_eq!(parse(&world("sold", variant, location)), None);
        assert_eq!(parse(&AccountName::new("stock/x/y")), None);
    }
}
