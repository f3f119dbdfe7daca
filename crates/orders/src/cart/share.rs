//! Give a cart a code that a till can type; give a cart up.

use super::change::{CartError, changeable};
use super::model::{Cart, CartState};
use super::store;
use crate::code::short_code;
use crate::events;
use crate::ids::CartId;
use kernel::{Actor, Channel, Fault, Tx};

/// Give the cart a short code, by which staff open it at any till ([`super::cart_by_code`]); the same code when asked again.
/// It is good until the cart closes. Announces `cart.changed` the first time.
pub fn share_cart(tx: &mut Tx<'_>, actor: &Actor, id: CartId, channel: Channel) -> Result<String, CartError> {
    let cart = changeable(tx, actor, id)?;
    if let Some(code) = cart.code {
        return Ok(code);
    }
    let code = free_code(tx)?;
    store::set_code(tx, &cart, &code)?;
    let cart = Cart { version: cart.version + 1, code: Some(code.clone()), ..cart };
    tx.announce(events::cart_changed(actor, channel, &cart, "shared", None))?;
    Ok(code)
}

fn free_code(tx: &mut Tx<'_>) -> Result<String, Fault> {
    for _ in 0..8 {
        let code = short_code(tx);
        if store::id_by_code(tx, &code)?.is_none() {
            return Ok(code);
        }
    }
    Err(Fault::data("eight cart codes in a row were taken"))
}

/// Input of [`abandon_cart`].
#[derive(Debug, Clone)]
pub struct AbandonCart {
    /// Which cart.
    pub cart: CartId,
    /// Where.
    pub channel: Channel,
}

/// Give a cart up; the next [`super::open_cart`] makes a new one. Announces `cart.changed`.
pub fn abandon_cart(tx: &mut Tx<'_>, actor: &Actor, cmd: &AbandonCart) -> Result<(), CartError> {
    let cart = changeable(tx, actor, cmd.cart)?;
    store::close(tx, cart.id, CartState::Abandoned)?;
    tx.announce(events::cart_changed(actor, cmd.channel, &cart, "abandoned", None))?;
    Ok(())
}
