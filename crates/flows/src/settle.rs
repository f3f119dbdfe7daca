//! Money came in for an order: everything that follows, in the same transaction.

use crate::change_order::take_up;
use crate::delegate::problem;
use crate::delivery::promise_again;
use crate::expire_order::EXPIRE_ORDER;
use crate::stock;
use inventory::ReservationError;
use kernel::{Actor, Channel, Fault, Money, Tx};
use orders::{OrderHead, OrderId, OrderState, PaymentRecorded, RecordPayment, RecordPaymentError, RecordRefundError};
use payments::{PayLinkError, PayLinkId, PayLinkState, PaymentError, PaymentId, PaymentState, RefundSubject};

/// Why money that came in could not be taken up. Nothing is written.
#[derive(Debug, thiserror::Error)]
pub enum SettleError {
    /// The order does not take it.
    #[error(transparent)]
    Record(#[from] RecordPaymentError),
    /// What was too much does not go back.
    #[error(transparent)]
    Refund(#[from] RecordRefundError),
    /// A payment stays as it is.
    #[error(transparent)]
    Payment(#[from] PaymentError),
    /// A link stays as it is.
    #[error(transparent)]
    Link(#[from] PayLinkError),
    /// The stock of what is carried out is no longer set aside.
    #[error(transparent)]
    Stock(#[from] ReservationError),
    /// Not our caller's doing.
    #[error(transparent)]
    Fault(#[from] Fault),
}

problem!(SettleError { Record, Refund, Payment, Link, Stock, Fault });

/// What payments are made for: `order:ID`.
pub(crate) fn subject(order: OrderId) -> String {
    format!("order:{order}")
}

/// The order a payment was made for, if it was one.
pub(crate) fn order_of_subject(subject: &str) -> Option<OrderId> {
    subject.strip_prefix("order:")?.parse().ok()
}

/// Note a capture, once. The one that covers the order ends its waiting, sells what is carried out, and closes every other way to
/// pay; what is too much (paid twice, or after the order was called off) goes back at once.
pub(crate) fn settle(
    tx: &mut Tx<'_>,
    actor: &Actor,
    order: OrderId,
    amount: Money,
    channel: Channel,
) -> Result<PaymentRecorded, SettleError> {
    let mut recorded = orders::record_payment(tx, actor, &RecordPayment { order, amount, channel })?;
    if recorded.became_paid {
        tx.cancel_timer(EXPIRE_ORDER, &order.to_string())?;
        close_payments(tx, order, None, None)?;
        promise_again(tx, &recorded.lapsed)?;
        if !recorded.carried_out.is_empty() {
            let whole = orders::order(tx, order)?.ok_or_else(|| Fault::data("an order vanished"))?;
            let carried = whole.lines.iter().filter(|line| recorded.carried_out.contains(&line.fulfilment));
            stock::commit(tx, actor, carried)?;
        }
    }
    let is_cancelled = recorded.order.state == OrderState::Cancelled;
    let beyond = |head: &OrderHead| Money::new(head.paid.minor - head.total.minor, head.currency);
    if is_cancelled {
        let key = format!("excess/{order}/{:x}", tx.random_u64());
        recorded.order = give_back(tx, &Actor::system(), order, back(order, amount, key, "paid after the order was cancelled"))?;
    } else if beyond(&recorded.order).is_positive() {
        let keeps = take_up(tx, order, beyond(&recorded.order))?;
        recorded.order = orders::order(tx, order)?.ok_or_else(|| Fault::data("an order vanished"))?.head;
        let excess = beyond(&recorded.order);
        if !keeps && excess.is_positive() {
            let key = format!("excess/{order}/{:x}", tx.random_u64());
            recorded.order = give_back_overpaid(tx, order, excess, &key, "paid more than was due")?;
        }
    }
    Ok(recorded)
}

/// Money of an order that goes back the ways it came.
pub(crate) fn back(order: OrderId, amount: Money, key: String, reason: &str) -> RefundSubject {
    RefundSubject { key, subject: subject(order), amount, reason: reason.to_owned(), onto_card: false }
}

/// Give money of an order back, and note it on the order.
pub(crate) fn give_back(tx: &mut Tx<'_>, actor: &Actor, order: OrderId, back: RefundSubject) -> Result<OrderHead, SettleError> {
    let amount = back.amount;
    payments::refund_subject(tx, actor, back)?;
    Ok(orders::record_refund(tx, actor, order, amount)?)
}

/// Give money of an order back that was paid and is not, or no longer, owed: the order is paid by so much less.
pub(crate) fn give_back_overpaid(
    tx: &mut Tx<'_>,
    order: OrderId,
    amount: Money,
    key: &str,
    reason: &str,
) -> Result<OrderHead, SettleError> {
    payments::refund_subject(tx, &Actor::system(), back(order, amount, key.to_owned(), reason))?;
    Ok(orders::record_overpaid(tx, &Actor::system(), order, amount)?)
}

/// Close the ways to pay that are open, but for those to keep: hosted pages close, links end.
pub(crate) fn close_payments(tx: &mut Tx<'_>, order: OrderId, page: Option<PaymentId>, link: Option<PayLinkId>) -> Result<(), SettleError> {
    let subject = subject(order);
    for open in payments::pay_links_of(tx, &subject)?.into_iter().filter(|open| open.state == PayLinkState::Open && Some(open.id) != link) {
        payments::cancel_pay_link(tx, &Actor::system(), open.id)?;
    }
    for open in payments::payments_of(tx, &subject)? {
        let is_open = matches!(open.state, PaymentState::Pending | PaymentState::Failed | PaymentState::Authorised);
        if is_open && Some(open.id) != page && (link.is_none() || open.link != link) {
            payments::void(tx, &Actor::system(), open.id)?;
        }
    }
    Ok(())
}
