//! Who bought a product may rate it.

use catalogue::ProductId;
use catalogue::ratings::{Rate, Rating, RatingError, rate};
use kernel::{Actor, Fault, ProfileId, ReadTx, Tx};

/// Orders that are looked through, the newest.
const LOOKED_AT: usize = 50;

/// Rate a product, if the person bought it.
pub fn rate_product(tx: &mut Tx<'_>, actor: &Actor, cmd: Rate) -> Result<Rating, RatingError> {
    if !has_bought(tx, cmd.profile, cmd.product)? {
        return Err(RatingError::NotBought);
    }
    rate(tx, actor, cmd)
}

/// Whether the person of this profile bought the product: among their last fifty orders that were paid and not called off.
pub fn has_bought(tx: &ReadTx<'_>, profile: ProfileId, product: ProductId) -> Result<bool, Fault> {
    let Some(person) = customers::person_of(tx, profile)? else { return Ok(false) };
    let Some(product) = catalogue::product(tx, product)? else { return Ok(false) };
    let profiles = customers::profiles_of(tx, person)?;
    for head in orders::orders_of(tx, &profiles, None, LOOKED_AT)?.items {
        if head.paid.is_zero() || head.state == orders::OrderState::Cancelled {
            continue;
        }
        let order = orders::order(tx, head.id)?;
        let lines = order.map_or_else(Vec::new, |order| order.lines);
        if lines.iter().any(|line| product.variants.iter().any(|variant| variant.id == line.variant)) {
            return Ok(true);
        }
    }
    Ok(false)
}
