//! Find or open the cart of a customer or a visitor.

use super::change::CartError;
use super::model::{Cart, CartState};
use super::store;
use kernel::{Actor, Permission, ProfileId, Tx};

/// Whose cart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Owner {
    /// A known customer: the same cart on every device and at every door.
    Profile(ProfileId),
    /// A visitor's secret token, or the name of a till that serves somebody unknown.
    Guest(String),
}

/// Input of [`open_cart`].
#[derive(Debug, Clone)]
pub struct OpenCart {
    /// Whose.
    pub owner: Owner,
}

/// The open cart of the owner; a new, empty one if there is none. An empty cart is no event.
pub fn open_cart(tx: &mut Tx<'_>, actor: &Actor, cmd: &OpenCart) -> Result<Cart, CartError> {
    let own = matches!((actor, &cmd.owner), (Actor::Customer(actor), Owner::Profile(owner)) if actor == owner);
    let visiting = matches!(actor, Actor::Guest | Actor::Customer(_)) && matches!(cmd.owner, Owner::Guest(_));
    if !own && !visiting {
        actor.require(Permission::Sell)?;
    }
    let found = match &cmd.owner {
        Owner::Profile(profile) => store::open_id_of_profile(tx, *profile)?,
        Owner::Guest(token) => store::open_id_of_guest(tx, token)?,
    };
    if let Some(id) = found {
        return store::load(tx, id)?.ok_or(CartError::NotFound);
    }
    let (profile, guest) = match &cmd.owner {
        Owner::Profile(profile) => (Some(*profile), None),
        Owner::Guest(token) => (None, Some(token.clone())),
    };
    let now = tx.now();
    let id = tx.new_id();
    let cart = Cart {
        id,
        profile,
        guest,
        code: None,
        coupon: None,
        delivery: None,
        state: CartState::Open,
        version: 1,
        created_at: now,
        updated_at: now,
        lines: vec![],
    };
    store::insert(tx, &cart)?;
    Ok(cart)
}
