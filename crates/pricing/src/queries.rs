//! Price lists and the prices on them, for staff and for imports.

use crate::{PriceEntry, PriceList, PriceListId, Promotion, store};
use catalogue::VariantId;
use kernel::{Currency, Fault, Money, ReadTx, Timestamp};
use std::collections::HashMap;

/// All price lists, the strongest first; at most 500.
pub fn price_lists(tx: &ReadTx<'_>) -> Result<Vec<PriceList>, Fault> {
    store::lists(tx)
}

/// The list with this code.
pub fn price_list_by_code(tx: &ReadTx<'_>, code: &str) -> Result<Option<PriceList>, Fault> {
    store::list_by_code(tx, code)
}

/// What variants cost on one list, whether it is open or not; those not on it are left out.
pub fn prices_on_list(tx: &ReadTx<'_>, list: &PriceList, ids: &[VariantId]) -> Result<HashMap<VariantId, PriceEntry>, Fault> {
    let money = |minor| Money::new(minor, list.currency);
    let entry = |variant, (amount, was): (i64, Option<i64>)| PriceEntry { variant, price: money(amount), compare_at: was.map(money) };
    let id: PriceListId = list.id;
    Ok(store::prices_on(tx, id, ids)?.into_iter().map(|(variant, found)| (variant, entry(variant, found))).collect())
}

/// Promotions that are open to everybody without a coupon, by rank; at most 500.
pub fn open_promotions(tx: &ReadTx<'_>, currency: Currency, at: Timestamp) -> Result<Vec<Promotion>, Fault> {
    store::open_promotions(tx, currency, at)
}
