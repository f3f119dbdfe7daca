//! Looking at carts.

use super::model::Cart;
use super::store;
use crate::code::tidy_code;
use crate::ids::CartId;
use crate::page::ReadError;
use kernel::{Actor, Fault, Permission, ProfileId, ReadTx};

/// A cart by its unguessable id: who holds the id may look.
pub fn cart(tx: &ReadTx<'_>, id: CartId) -> Result<Option<Cart>, Fault> {
    store::load(tx, id)
}

/// The open cart that the customer shared; for staff at a till.
pub fn cart_by_code(tx: &ReadTx<'_>, actor: &Actor, code: &str) -> Result<Option<Cart>, ReadError> {
    actor.require(Permission::Sell)?;
    match store::id_by_code(tx, &tidy_code(code))? {
        Some(id) => Ok(store::load(tx, id)?),
        None => Ok(None),
    }
}

/// The open cart of a person, most recently changed first if their profiles have several.
pub fn open_cart_of(tx: &ReadTx<'_>, profiles: &[ProfileId]) -> Result<Option<Cart>, Fault> {
    let mut found: Vec<Cart> = Vec::new();
    for profile in profiles {
        if let Some(id) = store::open_id_of_profile(tx, *profile)? {
            found.extend(store::load(tx, id)?);
        }
    }
    Ok(found.into_iter().max_by_key(|cart| (cart.updated_at, cart.id)))
}

/// The open cart of a visitor's token.
pub fn open_cart_of_guest(tx: &ReadTx<'_>, token: &str) -> Result<Option<Cart>, Fault> {
    store::open_id_of_guest(tx, token)?.map_or(Ok(None), |id| store::load(tx, id))
}
