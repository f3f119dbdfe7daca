//! Rate a product.

use super::{Rating, RatingError, RatingState, store};
use crate::ProductId;
use kernel::{Actor, Channel, Event, Permission, ProfileId, Tx};
use serde::Serialize;

const TEXT_LENGTH: usize = 2000;
const NAME_LENGTH: usize = 60;

/// What a customer thinks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rate {
    /// Of which product.
    pub product: ProductId,
    /// Whose.
    pub profile: ProfileId,
    /// 1 to 5.
    pub stars: i64,
    /// In their words, or empty.
    pub text: String,
    /// The name that others see, or empty.
    pub name: String,
    /// Where it was said.
    pub channel: Channel,
}

/// Body of `product.rated`.
#[derive(Serialize)]
struct Rated<'a> {
    product: ProductId,
    name: &'a str,
    stars: i64,
}

/// Say what a customer thinks of a product; saying it again replaces it, and it waits to be read again. That they bought it is the
/// caller's business: see `flows::rate_product`. Announces `product.rated` on their thread.
pub fn rate(tx: &mut Tx<'_>, actor: &Actor, cmd: Rate) -> Result<Rating, RatingError> {
    if actor.profile() != Some(cmd.profile) {
        actor.require(Permission::EditCustomers)?;
    }
    if !(1..=5).contains(&cmd.stars) {
        return Err(RatingError::Stars);
    }
    if cmd.text.chars().count() > TEXT_LENGTH {
        return Err(RatingError::TooLong(TEXT_LENGTH));
    }
    let product = crate::product(tx, cmd.product)?.ok_or(RatingError::Unknown)?;
    let before = store::of_profile(tx, cmd.product, cmd.profile)?;
    if let Some(shown) = before.as_ref().filter(|rating| rating.state == RatingState::Published) {
        store::add_to_total(tx, shown.product, -1, -shown.stars)?;
    }
    let rating = Rating {
        id: before.map_or_else(|| tx.new_id(), |rating| rating.id),
        product: cmd.product,
        profile: cmd.profile,
        stars: cmd.stars,
        text: cmd.text.trim().to_owned(),
        name: cmd.name.trim().chars().take(NAME_LENGTH).collect(),
        state: RatingState::Waiting,
        rated_at: tx.now(),
    };
    store::save(tx, &rating)?;
    let body = Rated { product: rating.product, name: product.title.get(kernel::Locale::Es), stars: rating.stars };
    tx.announce(Event::new("product.rated", rating.id).profile(rating.profile).channel(cmd.channel).by(actor).body(&body))?;
    Ok(rating)
}
