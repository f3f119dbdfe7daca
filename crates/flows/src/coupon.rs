//! A coupon is entered into a cart: by the customer, at the till, by a program.

use crate::basket::entered;
use crate::delegate::problem;
use kernel::{Actor, Channel, Currency, Fault, Tx};
use orders::{Cart, CartChange, CartError, CartId, ChangeCart};
use pricing::{CouponRefusal, check_coupon, coupon_code};

/// Input of [`enter_coupon`].
#[derive(Debug, Clone)]
pub struct EnterCoupon {
    /// Which cart.
    pub cart: CartId,
    /// As typed; an empty one takes the present one out.
    pub code: String,
    /// In which currency the cart is priced.
    pub currency: Currency,
    /// Where.
    pub channel: Channel,
}

/// Why a coupon was not entered. The cart is as it was.
#[derive(Debug, thiserror::Error)]
pub enum EnterCouponError {
    /// It may not be used.
    #[error(transparent)]
    Coupon(#[from] CouponRefusal),
    /// The cart may not be changed.
    #[error(transparent)]
    Cart(#[from] CartError),
    /// Not our caller's doing.
    #[error(transparent)]
    Fault(#[from] Fault),
}

problem!(EnterCouponError { Coupon, Cart, Fault });

/// Keep a coupon in a cart, in place of any other, or take it out. It is used up only when the cart becomes an order; one that takes
/// nothing off the cart as it is now is kept for what may be put in. Announces `cart.changed`.
pub fn enter_coupon(tx: &mut Tx<'_>, actor: &Actor, cmd: &EnterCoupon) -> Result<Cart, EnterCouponError> {
    let cart = orders::cart(tx, cmd.cart)?.filter(|cart| cart.may_be_changed_by(actor)).ok_or(CartError::NotFound)?;
    let code = match cmd.code.trim() {
        "" => None,
        typed => {
            check_coupon(tx, &entered(tx, typed, cart.profile)?, cmd.currency, tx.now())??;
            coupon_code(typed)
        }
    };
    if code == cart.coupon {
        return Ok(cart);
    }
    let change = CartChange::SetCoupon { code };
    Ok(orders::change_cart(tx, actor, ChangeCart { cart: cart.id, version: None, channel: cmd.channel, change })?)
}
