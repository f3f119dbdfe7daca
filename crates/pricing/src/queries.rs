//! Price lists and the prices on them, for staff and for imports.

use crate::{PriceEntry, PriceList, PriceListId, Promotion, PromotionId, PromotionState, store};
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

/// A promotion with how often it was used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UsedPromotion {
    /// It.
    pub promotion: Promotion,
    /// Purchases from which it took something off.
    pub uses: i64,
    /// So much in all.
    pub off: Money,
}

impl UsedPromotion {
    fn of((promotion, (uses, off)): (Promotion, store::Sums)) -> Self {
        UsedPromotion { uses, off: Money::new(off, promotion.threshold.currency), promotion }
    }
}

/// A promotion by its id.
pub fn promotion(tx: &ReadTx<'_>, id: PromotionId) -> Result<Option<UsedPromotion>, Fault> {
    let Some(found) = store::promotion(tx, id)? else { return Ok(None) };
    let sums = store::sums(tx, &found.code)?;
    Ok(Some(UsedPromotion::of((found, sums))))
}

/// Promotions, newest first, made before `before`, in this state now or in any; at most `limit`, and never over 500.
pub fn promotions(
    tx: &ReadTx<'_>,
    state: Option<PromotionState>,
    before: Option<PromotionId>,
    limit: usize,
) -> Result<Vec<UsedPromotion>, Fault> {
    let state = state.map_or("", PromotionState::as_str);
    let found = store::promotions(tx, (state, tx.now()), before, limit.clamp(1, 500) as i64)?;
    Ok(found.into_iter().map(UsedPromotion::of).collect())
}
