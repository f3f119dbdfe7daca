//! Coupons: codes that a promotion is asked for with, used so often and no oftener.

use crate::events::COUPONS_ADDED;
use crate::{PriceError, Promotion, PromotionId, PromotionState, store};
use catalogue::Localised;
use kernel::{Actor, Currency, Event, Fault, Kind, Permission, Problem, ProfileId, ReadTx, Timestamp, Tx};
use serde::Serialize;

/// Codes that one call of [`add_coupons`] makes.
pub const MOST_COUPONS: usize = 1_000;
/// Letters of a code.
const LONGEST: usize = 40;

/// A code as it is compared: in capital letters, without spaces. `None` for what no coupon is called.
pub fn coupon_code(typed: &str) -> Option<String> {
    let code: String = typed.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_uppercase).collect();
    let is_code = !code.is_empty() && code.chars().count() <= LONGEST && code.chars().all(|c| c.is_alphanumeric() || c == '-');
    is_code.then_some(code)
}

/// A code of a promotion with its uses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Coupon {
    /// In capital letters.
    pub code: String,
    /// So often it may be used.
    pub uses: i64,
    /// So often it was.
    pub used: i64,
}

/// A promotion's coupons in the order of their codes, after this one (begin with nothing): at most `limit`, and never over 1000.
pub fn coupons(tx: &ReadTx<'_>, promotion: PromotionId, after: &str, limit: usize) -> Result<Vec<Coupon>, Fault> {
    store::coupons(tx, promotion, after, limit.clamp(1, MOST_COUPONS) as i64)
}

/// A code that was entered, and the profiles of whoever entered it; none while they are unknown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EnteredCoupon {
    /// As typed.
    pub code: String,
    /// Of the whole person: limits per customer count them all.
    pub profiles: Vec<ProfileId>,
}

/// What became of an entered code in a quote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CouponAnswer {
    /// As it is compared, or as it was typed if it is none.
    pub code: String,
    /// The promotion's name; empty when it is refused.
    pub name: Localised,
    /// What came of it.
    pub outcome: CouponOutcome,
}

/// See [`CouponAnswer`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CouponOutcome {
    /// It takes something off.
    Applied,
    /// It may be used, but takes nothing off this cart as it is.
    Idle,
    /// It may not be used.
    Refused(CouponRefusal),
}

/// Why a code may not be used. Nothing was changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum CouponRefusal {
    /// No such code, here and in this currency.
    #[error("there is no such coupon; check the code")]
    Unknown,
    /// Its promotion has not begun.
    #[error("this coupon is not valid yet")]
    NotYet,
    /// Its promotion has ended.
    #[error("this coupon is no longer valid")]
    Over,
    /// Its promotion was stopped, or has not been started.
    #[error("this coupon is not valid at the moment")]
    Stopped,
    /// Others were faster.
    #[error("this coupon has been used up")]
    UsedUp,
    /// This person has used it as often as one may.
    #[error("this customer has used this coupon as often as one may")]
    UsedByCustomer,
    /// It is counted by customer, and nobody knows who buys.
    #[error("this coupon needs a known customer; say who buys")]
    NeedsCustomer,
}

impl Problem for CouponRefusal {
    fn kind(&self) -> Kind {
        match self {
            CouponRefusal::Unknown => Kind::NotFound,
            _ => Kind::Conflict,
        }
    }
    fn code(&self) -> &'static str {
        match self {
            CouponRefusal::Unknown => "pricing.coupon_unknown",
            CouponRefusal::NotYet => "pricing.coupon_not_yet",
            CouponRefusal::Over => "pricing.coupon_over",
            CouponRefusal::Stopped => "pricing.coupon_stopped",
            CouponRefusal::UsedUp => "pricing.coupon_used_up",
            CouponRefusal::UsedByCustomer => "pricing.coupon_used_by_customer",
            CouponRefusal::NeedsCustomer => "pricing.coupon_needs_customer",
        }
    }
    fn fields(&self) -> Vec<(&'static str, serde_json::Value)> {
        vec![("field", "coupon".into())]
    }
}

/// Why a coupon was not redeemed.
#[derive(Debug, thiserror::Error)]
pub enum RedeemError {
    /// It may not be used.
    #[error(transparent)]
    Refused(#[from] CouponRefusal),
    /// The database.
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// Give a promotion codes, each for so many uses. Repeating it changes nothing; a code of another promotion, or with other uses, is
/// refused, and then none is made. Announces `promotion.coupons_added`.
pub fn add_coupons(tx: &mut Tx<'_>, actor: &Actor, promotion: &str, codes: &[String], uses: i64) -> Result<Vec<String>, PriceError> {
    actor.require(Permission::EditPrices)?;
    let promotion = store::promotion_by_code(tx, promotion)?.ok_or(PriceError::UnknownPromotion)?;
    if !promotion.needs_coupon {
        return Err(PriceError::invalid("promotion", "this promotion is for everybody, without a coupon"));
    }
    if !(1..=1_000_000_000).contains(&uses) || !(1..=MOST_COUPONS).contains(&codes.len()) {
        return Err(PriceError::invalid("uses", "1 to 1000 codes are made at once, each for at least one use"));
    }
    let codes = codes.iter().map(|typed| coupon_code(typed)).collect::<Option<Vec<_>>>();
    let codes = codes.ok_or_else(|| PriceError::invalid("code", "a coupon's code has 1 to 40 letters, digits and hyphens"))?;
    for code in &codes {
        if !store::insert_coupon(tx, code, promotion.id, uses)? {
            let same = store::coupon(tx, code)?.is_some_and(|known| known.promotion.id == promotion.id && known.uses == uses);
            if !same {
                return Err(PriceError::CodeTaken(code.clone()));
            }
        }
    }
    let body = serde_json::json!({ "promotion": promotion.code, "codes": codes.len(), "uses": uses });
    tx.announce(Event::new(COUPONS_ADDED, promotion.id).by(actor).body(&body))?;
    Ok(codes)
}

/// The promotion that a code asks for, if it may be used now. One statement, and one more where customers are counted.
pub fn check_coupon(
    tx: &ReadTx<'_>,
    entered: &EnteredCoupon,
    currency: Currency,
    at: Timestamp,
) -> Result<Result<Promotion, CouponRefusal>, Fault> {
    let Some(code) = coupon_code(&entered.code) else { return Ok(Err(CouponRefusal::Unknown)) };
    let Some(known) = store::coupon(tx, &code)? else { return Ok(Err(CouponRefusal::Unknown)) };
    let promotion = known.promotion;
    if promotion.threshold.currency != currency {
        return Ok(Err(CouponRefusal::Unknown));
    }
    match promotion.state(at) {
        PromotionState::Running => {}
        PromotionState::Planned => return Ok(Err(CouponRefusal::NotYet)),
        PromotionState::Ended => return Ok(Err(CouponRefusal::Over)),
        PromotionState::Stopped => return Ok(Err(CouponRefusal::Stopped)),
    }
    if known.used >= known.uses {
        return Ok(Err(CouponRefusal::UsedUp));
    }
    match promotion.per_customer {
        Some(most) if !entered.profiles.is_empty() && store::coupon_uses(tx, &promotion, &entered.profiles)? >= most => {
            Ok(Err(CouponRefusal::UsedByCustomer))
        }
        _ => Ok(Ok(promotion)),
    }
}

/// Use a coupon for what is bought, in the transaction that accepts it; `subject` names the purchase, and a repeat changes nothing.
/// Of two that want the last use one gets it. `buyer` is one of the entered profiles.
pub fn redeem_coupon(
    tx: &mut Tx<'_>,
    entered: &EnteredCoupon,
    currency: Currency,
    (subject, buyer): (&str, Option<ProfileId>),
) -> Result<(), RedeemError> {
    if store::is_coupon_used_for(tx, subject)? {
        return Ok(());
    }
    let promotion = check_coupon(tx, entered, currency, tx.now())??;
    if promotion.per_customer.is_some() && entered.profiles.is_empty() {
        return Err(CouponRefusal::NeedsCustomer.into());
    }
    let code = coupon_code(&entered.code).ok_or(CouponRefusal::Unknown)?;
    if !store::use_coupon(tx, &code)? {
        return Err(CouponRefusal::UsedUp.into());
    }
    Ok(store::insert_coupon_use(tx, (subject, buyer), &code, &promotion)?)
}

/// What was bought with a coupon is not bought after all: it may be used again. Without a coupon, nothing; answers its code.
pub fn give_coupon_back(tx: &mut Tx<'_>, subject: &str) -> Result<Option<String>, Fault> {
    let Some(code) = store::delete_coupon_use(tx, subject)? else { return Ok(None) };
    store::unuse_coupon(tx, &code)?;
    Ok(Some(code))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_compared_as_people_type() {
        assert_eq!(coupon_code("  hola 10 "), Some("HOLA10".into()));
        assert_eq!(coupon_code("añil-Ñ"), Some("AÑIL-Ñ".into()));
        assert_eq!((coupon_code(" "), coupon_code("a;b"), coupon_code(&"x".repeat(41))), (None, None, None));
    }
}
