//! Looking at ratings.

use super::{Average, Rating, RatingError, RatingId, RatingState, store};
use crate::ProductId;
use kernel::{Actor, Fault, Permission, ProfileId, ReadTx, Timestamp};

const MOST: usize = 100;

/// What all shown ratings of a product add up to; `None` without any.
pub fn average(tx: &ReadTx<'_>, product: ProductId) -> Result<Option<Average>, Fault> {
    let total = store::total(tx, product)?.filter(|(ratings, _)| *ratings > 0);
    Ok(total.map(|(ratings, stars)| Average { ratings, tenths: (stars * 10 + ratings / 2) / ratings }))
}

/// The shown ratings of a product, newest first, older than a place in that order, at most `limit` (100).
pub fn ratings_of(tx: &ReadTx<'_>, product: ProductId, before: Option<(Timestamp, RatingId)>, limit: usize) -> Result<Vec<Rating>, Fault> {
    store::list(tx, product, RatingState::Published, before, limit.min(MOST) as i64)
}

/// What these profiles said of a product.
pub fn rating_of(tx: &ReadTx<'_>, product: ProductId, profiles: &[ProfileId]) -> Result<Option<Rating>, Fault> {
    for profile in profiles {
        if let Some(rating) = store::of_profile(tx, product, *profile)? {
            return Ok(Some(rating));
        }
    }
    Ok(None)
}

/// Ratings that nobody has read yet, oldest first, at most `limit` (100).
pub fn waiting(tx: &ReadTx<'_>, actor: &Actor, limit: usize) -> Result<Vec<Rating>, RatingError> {
    actor.require(Permission::EditCatalogue)?;
    Ok(store::in_state(tx, RatingState::Waiting, limit.min(MOST) as i64)?)
}
