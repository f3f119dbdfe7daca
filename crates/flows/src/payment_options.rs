//! Which ways of paying a cart has.

use crate::{BasketError, quote_cart};
use kernel::{Channel, Currency, ReadTx};
use orders::{Cart, Way};
use payments::{Paying, PaymentOption};

/// Every way of paying for a cart at this door, with the rule for those that are not offered. No way without a price.
pub fn payment_options(tx: &ReadTx<'_>, cart: &Cart, currency: Currency, channel: Channel) -> Result<[PaymentOption; 4], BasketError> {
    let is_handed_over = !cart.lines.iter().any(|line| matches!(line.way, Way::Deliver { .. }));
    let amount = quote_cart(tx, cart, currency, None)?.total;
    Ok(payments::payment_options(Paying { amount, is_handed_over, channel }))
}
