//! Change what is wished for.

use super::edits::Hand;
use super::model::{Cart, CartState, MAX_LINES, MAX_QUANTITY, Matched};
use super::store;
use crate::events;
use crate::ids::{CartId, CartLineId};
use crate::way::Way;
use catalogue::VariantId;
use kernel::{Actor, Channel, Denied, Fault, Kind, Permission, Problem, Quantity, Tx};

/// One change of a cart.
#[derive(Debug, Clone, PartialEq)]
pub enum CartChange {
    /// Put in; the same variant in the same way adds up.
    Add {
        /// What.
        variant: VariantId,
        /// How many more.
        quantity: Quantity,
        /// How it shall reach the customer.
        way: Way,
    },
    /// So many of a line; 0 takes it out.
    SetQuantity {
        /// Which line.
        line: CartLineId,
        /// How many from now on.
        quantity: Quantity,
    },
    /// Take out.
    Remove {
        /// Which line.
        line: CartLineId,
    },
    /// One line in another way.
    SetWay {
        /// Which line.
        line: CartLineId,
        /// How it shall reach the customer.
        way: Way,
    },
    /// All lines in one way.
    SetEveryWay {
        /// How they shall reach the customer.
        way: Way,
    },
    /// Keep a coupon's code that was checked, instead of any other; `None` takes it out.
    SetCoupon {
        /// As it is compared.
        code: Option<String>,
    },
    /// Let a line go for the price that was matched, or for the shop's again. The rule was asked before; see `flows::match_price`.
    SetMatch {
        /// Which line.
        line: CartLineId,
        /// What was matched.
        matched: Option<Matched>,
    },
    /// Choose the way of delivery for all that is sent; `None` leaves it to the first that is offered.
    SetDelivery {
        /// Its code.
        method: Option<String>,
    },
    /// Take out everything.
    Clear,
}

/// Input of [`change_cart`].
#[derive(Debug, Clone)]
pub struct ChangeCart {
    /// Which cart.
    pub cart: CartId,
    /// The version the actor saw; `None` changes whatever is there.
    pub version: Option<i64>,
    /// Where.
    pub channel: Channel,
    /// What.
    pub change: CartChange,
}

/// Why a cart cannot be changed.
#[derive(Debug, thiserror::Error)]
pub enum CartError {
    /// No such cart for this actor.
    #[error("there is no such cart")]
    NotFound,
    /// It became an order, was merged or given up.
    #[error("the cart is closed")]
    Closed {
        /// What became of it.
        state: CartState,
    },
    /// Somebody changed it meanwhile; look again.
    #[error("somebody else has changed the cart meanwhile")]
    Changed {
        /// Its version now.
        version: i64,
    },
    /// No such line; somebody may have taken it out.
    #[error("the cart has no such line")]
    UnknownLine,
    /// Beyond [`MAX_LINES`].
    #[error("a cart has at most {MAX_LINES} lines")]
    TooManyLines,
    /// Not between 1 and [`MAX_QUANTITY`].
    #[error("a line has 1 to {MAX_QUANTITY} units")]
    BadQuantity,
    /// The actor may not.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// Not our caller's doing.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl Problem for CartError {
    fn kind(&self) -> Kind {
        match self {
            CartError::NotFound | CartError::UnknownLine => Kind::NotFound,
            CartError::Closed { .. } | CartError::Changed { .. } => Kind::Conflict,
            CartError::TooManyLines | CartError::BadQuantity => Kind::Invalid,
            CartError::Denied(denied) => denied.kind(),
            CartError::Fault(fault) => fault.kind(),
        }
    }
    fn code(&self) -> &'static str {
        match self {
            CartError::NotFound => "orders.cart_not_found",
            CartError::Closed { .. } => "orders.cart_closed",
            CartError::Changed { .. } => "orders.cart_changed",
            CartError::UnknownLine => "orders.cart_line_not_found",
            CartError::TooManyLines => "orders.cart_full",
            CartError::BadQuantity => "orders.bad_quantity",
            CartError::Denied(denied) => denied.code(),
            CartError::Fault(fault) => fault.code(),
        }
    }
    fn fields(&self) -> Vec<(&'static str, serde_json::Value)> {
        match self {
            CartError::Closed { state } => vec![("state", state.as_str().into())],
            CartError::Changed { version } => vec![("version", (*version).into())],
            CartError::Denied(denied) => denied.fields(),
            _ => vec![],
        }
    }
}

/// Change a cart; answers the whole cart as it is now.
///
/// Nothing is written when the cart is closed, changed meanwhile (if `version` was given) or out of bounds. Announces `cart.changed`.
pub fn change_cart(tx: &mut Tx<'_>, actor: &Actor, cmd: ChangeCart) -> Result<Cart, CartError> {
    let mut cart = changeable(tx, actor, cmd.cart)?;
    if cmd.version.is_some_and(|seen| seen != cart.version) {
        return Err(CartError::Changed { version: cart.version });
    }
    if matches!(cmd.change, CartChange::SetMatch { .. }) {
        actor.require(Permission::Sell)?;
    }
    let hand = Hand { actor: actor.to_string(), now: tx.now(), new_line: tx.new_id() };
    let edit = cart.edit(&cmd.change, &hand)?;
    store::delete_lines(tx, &edit.drop)?;
    for line in &edit.put {
        store::put_line(tx, cart.id, line)?;
    }
    match cmd.change {
        CartChange::SetCoupon { code } => cart.coupon = code,
        CartChange::SetDelivery { method } => cart.delivery = method,
        _ => {}
    }
    store::touch(tx, &cart)?;
    let mut lines: Vec<_> = cart.lines.into_iter().filter(|line| !edit.drop.contains(&line.id)).collect();
    for put in edit.put {
        match lines.iter_mut().find(|line| line.id == put.id) {
            Some(line) => *line = put,
            None => lines.push(put),
        }
    }
    let cart = Cart { version: cart.version + 1, updated_at: tx.now(), lines, ..cart };
    tx.announce(events::cart_changed(actor, cmd.channel, &cart, edit.name, edit.variant))?;
    Ok(cart)
}

/// The open cart, if this actor may change it. Unseen is not found; staff without the right to sell are told so.
pub(super) fn changeable(tx: &Tx<'_>, actor: &Actor, id: CartId) -> Result<Cart, CartError> {
    if matches!(actor, Actor::Staff { .. } | Actor::ApiKey { .. }) {
        actor.require(Permission::Sell)?;
    }
    let cart = store::load(tx, id)?.filter(|cart| cart.may_be_changed_by(actor)).ok_or(CartError::NotFound)?;
    if cart.state != CartState::Open {
        return Err(CartError::Closed { state: cart.state });
    }
    Ok(cart)
}
