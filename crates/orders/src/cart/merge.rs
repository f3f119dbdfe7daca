//! Bring a visitor's cart home on sign-in.

use super::change::{CartError, changeable};
use super::edits::Hand;
use super::model::{Cart, CartLine, CartState, MAX_QUANTITY};
use super::open::{OpenCart, Owner, open_cart};
use super::store;
use crate::events;
use crate::ids::CartId;
use kernel::{Actor, Channel, Permission, ProfileId, Quantity, Tx};

/// Input of [`merge_cart`].
#[derive(Debug, Clone)]
pub struct MergeCart {
    /// The visitor's cart (or one of another profile of the same person, when Hilo itself or staff asks).
    pub from: CartId,
    /// Whose cart it becomes.
    pub into: ProfileId,
    /// Where they signed in.
    pub channel: Channel,
}

/// Put the lines of one cart into the open cart of a profile; a profile without one simply takes it over.
///
/// Alike lines add up, cut at [`MAX_QUANTITY`]; lines beyond [`super::MAX_LINES`] stay behind in the merged cart.
/// Announces `cart.changed`.
pub fn merge_cart(tx: &mut Tx<'_>, actor: &Actor, cmd: &MergeCart) -> Result<Cart, CartError> {
    if actor.profile() != Some(cmd.into) {
        actor.require(Permission::Sell)?;
    }
    let from = changeable(tx, actor, cmd.from)?;
    if from.profile == Some(cmd.into) {
        return Ok(from);
    }
    let cart = match store::open_id_of_profile(tx, cmd.into)? {
        None => {
            store::give_to(tx, &from, cmd.into)?;
            store::load(tx, from.id)?.ok_or(CartError::NotFound)?
        }
        Some(_) => {
            let home = open_cart(tx, actor, &OpenCart { owner: Owner::Profile(cmd.into) })?;
            pour(tx, &from, home)?
        }
    };
    tx.announce(events::cart_changed(actor, cmd.channel, &cart, "merged", None))?;
    Ok(cart)
}

fn pour(tx: &mut Tx<'_>, from: &Cart, mut home: Cart) -> Result<Cart, CartError> {
    store::close(tx, from.id, CartState::Merged)?;
    for line in &from.lines {
        let like = home.lines.iter().find(|l| l.variant == line.variant && l.way == line.way).map_or(0, |l| l.quantity.0);
        let room = Quantity(line.quantity.0.min(MAX_QUANTITY - like));
        // The line stays its author's and keeps its dates; only its id is new.
        let hand = Hand { actor: line.changed_by.clone(), now: line.updated_at, new_line: tx.new_id() };
        let edit = match home.add(line.variant, room, &line.way, &hand) {
            Ok(edit) => edit,
            Err(CartError::TooManyLines | CartError::BadQuantity) => continue,
            Err(other) => return Err(other),
        };
        for put in edit.put {
            let added_by = if put.id == hand.new_line { line.added_by.clone() } else { put.added_by };
            let put = CartLine { added_by, matched: put.matched.or_else(|| line.matched.clone()), ..put };
            store::put_line(tx, home.id, &put)?;
            home.lines.retain(|l| l.id != put.id);
            home.lines.push(put);
        }
    }
    home.coupon = home.coupon.or_else(|| from.coupon.clone());
    home.delivery = home.delivery.or_else(|| from.delivery.clone());
    store::touch(tx, &home)?;
    store::load(tx, home.id)?.ok_or(CartError::NotFound)
}
