//! An order is called off: its stock is free again, its money goes back.

use crate::delegate::problem;
use crate::expire_order::EXPIRE_ORDER;
use crate::settle::{SettleError, back, close_payments, give_back, subject};
use crate::stock;
use inventory::ReservationError;
use kernel::{Actor, Fault, Money, Permission, Tx};
use orders::{CancelError, CancelOrder, Order};
use payments::{Bill, PaymentError};

/// Why an order was not called off. Nothing is written.
#[derive(Debug, thiserror::Error)]
pub enum CancelFlowError {
    /// The order does not allow it.
    #[error(transparent)]
    Cancel(#[from] CancelError),
    /// Its stock stays set aside.
    #[error(transparent)]
    Stock(#[from] ReservationError),
    /// Its money does not go back.
    #[error(transparent)]
    Money(#[from] SettleError),
    /// Its account stays as it is.
    #[error(transparent)]
    Payment(#[from] PaymentError),
    /// Not our caller's doing.
    #[error(transparent)]
    Fault(#[from] Fault),
}

problem!(CancelFlowError { Cancel, Stock, Money, Payment, Fault });

/// Call a whole order off before any of it has left; answers it as it is now. The coupon of one that nobody paid may be used again. Staff
/// need the permission to edit orders, and to refund when money came in; a customer may for their own until somebody began to pick.
pub fn cancel(tx: &mut Tx<'_>, actor: &Actor, cmd: &CancelOrder) -> Result<Order, CancelFlowError> {
    let before = orders::cancel_order(tx, actor, cmd)?;
    stock::release(tx, actor, &before.lines)?;
    tx.cancel_timer(EXPIRE_ORDER, &before.id.to_string())?;
    close_payments(tx, before.id, None, None)?;
    let credit = Bill { key: format!("cancel/{}", before.id), subject: subject(before.id), amount: before.total.negated() };
    payments::bill(tx, credit)?;
    if before.paid.is_zero() {
        // Nobody has had anything for it.
        pricing::give_coupon_back(tx, &subject(before.id))?;
        pricing::take_discounts_back(tx, &subject(before.id))?;
    }
    let left = before.paid.minor - before.refunded.minor;
    if left > 0 {
        // The customer's own cancelling is what permits the refund.
        let clerk = if actor.profile().is_some() { Actor::system() } else { actor.clone() };
        clerk.require(Permission::Refund).map_err(PaymentError::from)?;
        let key = format!("cancel/{}", before.id);
        give_back(tx, &clerk, before.id, back(before.id, Money::new(left, before.currency), key, &cmd.reason))?;
    }
    Ok(orders::order(tx, before.id)?.ok_or_else(|| Fault::data("an order vanished"))?)
}
