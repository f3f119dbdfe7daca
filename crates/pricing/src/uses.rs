//! How often promotions were used, and what they took off in all: written with each purchase, added up as the log tells.

use crate::events::{DISCOUNT_GIVEN, DISCOUNT_TAKEN_BACK};
use crate::{QuoteLine, store};
use kernel::{Event, Fault, Logged, Tx};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

#[derive(Serialize, Deserialize)]
struct Given {
    /// Minor units by promotion.
    promotions: Vec<(String, i64)>,
}

/// Note what promotions took off what is bought, in the transaction that accepts it; a repeat changes nothing, and where nothing was taken
/// off nothing is written. Announces `discount.given`.
pub fn record_discounts(tx: &mut Tx<'_>, subject: &str, lines: &[QuoteLine]) -> Result<(), Fault> {
    let mut taken: BTreeMap<&str, i64> = BTreeMap::new();
    for discount in lines.iter().flat_map(|line| &line.discounts) {
        *taken.entry(&discount.code).or_default() += discount.amount.minor;
    }
    let mut promotions = Vec::with_capacity(taken.len());
    for (code, amount) in taken {
        if store::insert_promotion_use(tx, subject, code, amount)? {
            promotions.push((code.to_owned(), amount));
        }
    }
    tell(tx, DISCOUNT_GIVEN, subject, promotions)
}

/// What was bought is not bought after all. Announces `discount.taken_back`.
pub fn take_discounts_back(tx: &mut Tx<'_>, subject: &str) -> Result<(), Fault> {
    let promotions = store::delete_promotion_uses(tx, subject)?;
    tell(tx, DISCOUNT_TAKEN_BACK, subject, promotions)
}

fn tell(tx: &mut Tx<'_>, kind: &'static str, subject: &str, promotions: Vec<(String, i64)>) -> Result<(), Fault> {
    if promotions.is_empty() {
        return Ok(());
    }
    tx.announce(Event::new(kind, subject).hidden().body(&Given { promotions }))
}

/// Add what was given, and take away what was taken back.
pub(crate) fn add_up(tx: &mut Tx<'_>, event: &Logged) -> Result<(), Fault> {
    let sign = if event.kind == DISCOUNT_GIVEN { 1 } else { -1 };
    for (code, amount) in event.read::<Given>()?.promotions {
        store::add_to_sums(tx, &code, (sign, sign * amount))?;
    }
    Ok(())
}
