//! Making a promotion.

use crate::events::PROMOTION_CREATED;
use crate::{PriceError, Promotion, store};
use kernel::{Actor, Event, Permission, Tx};

/// Make a promotion; `id` is given here. Repeating it with the same code and content returns the first.
/// Announces `promotion.created`.
pub fn create_promotion(tx: &mut Tx<'_>, actor: &Actor, mut new: Promotion) -> Result<Promotion, PriceError> {
    actor.require(Permission::EditPrices)?;
    if let Some((field, why)) = new.fault() {
        return Err(PriceError::invalid(field, why));
    }
    let known = store::promotion_by_code(tx, &new.code)?;
    new.id = known.as_ref().map_or_else(|| tx.new_id(), |known| known.id);
    match known {
        Some(known) if known == new => Ok(known),
        Some(_) => Err(PriceError::CodeTaken(new.code)),
        None => {
            store::insert_promotion(tx, &new)?;
            tx.announce(Event::new(PROMOTION_CREATED, new.id).by(actor).body(&new))?;
            Ok(new)
        }
    }
}
