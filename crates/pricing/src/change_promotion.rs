//! Changing a promotion, and stopping and starting it.

use crate::events::{PROMOTION_CHANGED, PROMOTION_STARTED, PROMOTION_STOPPED};
use crate::{PriceError, Promotion, PromotionId, store};
use kernel::{Actor, Event, Permission, Tx};

/// What is wrong with a promotion, if anything: the same rules as when it is made, without the database.
pub fn check_promotion(promotion: &Promotion) -> Result<(), PriceError> {
    promotion.fault().map_or(Ok(()), |(field, why)| Err(PriceError::invalid(field, why)))
}

/// Put another content in place of what a promotion has. Its code and currency stay, and so does whether it is stopped; one that has
/// coupons keeps being asked for with them. Saving the same again changes nothing. Announces `promotion.changed`.
pub fn update_promotion(tx: &mut Tx<'_>, actor: &Actor, changed: Promotion) -> Result<Promotion, PriceError> {
    actor.require(Permission::EditPrices)?;
    let known = store::promotion(tx, changed.id)?.ok_or(PriceError::UnknownPromotion)?;
    let changed = Promotion { code: known.code.clone(), is_stopped: known.is_stopped, ..changed };
    check_promotion(&changed)?;
    if changed.threshold.currency != known.threshold.currency {
        return Err(PriceError::WrongCurrency(known.threshold.currency));
    }
    if known.needs_coupon && !changed.needs_coupon && !store::coupons(tx, known.id, "", 1)?.is_empty() {
        return Err(PriceError::invalid("needs_coupon", "it has coupons: stop it and make another for everybody"));
    }
    if changed != known {
        store::update_promotion(tx, &changed)?;
        tx.announce(Event::new(PROMOTION_CHANGED, changed.id).by(actor).body(&changed))?;
    }
    Ok(changed)
}

/// Keep a promotion from taking anything off, its coupons too, until it is started again. Announces `promotion.stopped`.
pub fn stop_promotion(tx: &mut Tx<'_>, actor: &Actor, id: PromotionId) -> Result<Promotion, PriceError> {
    set_stopped(tx, actor, id, true)
}

/// Let a promotion run: now, or when its time comes. Announces `promotion.started`.
pub fn start_promotion(tx: &mut Tx<'_>, actor: &Actor, id: PromotionId) -> Result<Promotion, PriceError> {
    set_stopped(tx, actor, id, false)
}

fn set_stopped(tx: &mut Tx<'_>, actor: &Actor, id: PromotionId, is_stopped: bool) -> Result<Promotion, PriceError> {
    actor.require(Permission::EditPrices)?;
    let known = store::promotion(tx, id)?.ok_or(PriceError::UnknownPromotion)?;
    if known.is_stopped == is_stopped {
        return Ok(known);
    }
    let changed = Promotion { is_stopped, ..known };
    store::update_promotion(tx, &changed)?;
    let kind = if is_stopped { PROMOTION_STOPPED } else { PROMOTION_STARTED };
    tx.announce(Event::new(kind, id).by(actor).body(&serde_json::json!({ "code": changed.code })))?;
    Ok(changed)
}
