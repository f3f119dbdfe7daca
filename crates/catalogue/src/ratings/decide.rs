//! Show a rating, or not.

use super::{Rating, RatingError, RatingId, RatingState, store};
use kernel::{Actor, Event, Permission, Tx};

/// Publish or reject a rating; either can be changed later. Announces `rating.published` or `rating.rejected`.
pub fn decide(tx: &mut Tx<'_>, actor: &Actor, id: RatingId, publish: bool) -> Result<Rating, RatingError> {
    actor.require(Permission::EditCatalogue)?;
    let mut rating = store::by_id(tx, id)?.ok_or(RatingError::Unknown)?;
    let state = if publish { RatingState::Published } else { RatingState::Rejected };
    if rating.state == state {
        return Ok(rating);
    }
    match (rating.state, state) {
        (_, RatingState::Published) => store::add_to_total(tx, rating.product, 1, rating.stars)?,
        (RatingState::Published, _) => store::add_to_total(tx, rating.product, -1, -rating.stars)?,
        _ => {}
    }
    store::decide(tx, id, state, tx.now(), &actor.to_string())?;
    let kind = if publish { "rating.published" } else { "rating.rejected" };
    tx.announce(Event::new(kind, id).profile(rating.profile).by(actor).hidden())?;
    rating.state = state;
    Ok(rating)
}
