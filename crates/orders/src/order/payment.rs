//! Money that came in or went back, as `flows` reports it.

use super::model::OrderHead;
use super::states::{OrderState, refresh};
use super::store;
use crate::events;
use crate::fulfilment::{Released, of_order, release_waiting};
use crate::ids::{FulfilmentId, OrderId};
use kernel::{Actor, Channel, Denied, Fault, Kind, Money, MoneyError, Permission, Problem, Tx};

/// Input of [`record_payment`].
#[derive(Debug, Clone)]
pub struct RecordPayment {
    /// Of which order.
    pub order: OrderId,
    /// What came in; zero confirms an order that costs nothing.
    pub amount: Money,
    /// Where.
    pub channel: Channel,
}

/// What a payment changed.
#[derive(Debug, Clone, PartialEq)]
pub struct PaymentRecorded {
    /// The order as it is now.
    pub order: OrderHead,
    /// True for the payment that made it fully paid: its parts may now be prepared.
    pub became_paid: bool,
    /// Parts that the customer carries out of the shop, handed over by this very payment.
    pub carried_out: Vec<FulfilmentId>,
    /// Parts to be sent that were paid too late for what was promised of them.
    pub lapsed: Vec<FulfilmentId>,
}

/// Why a payment cannot be noted.
#[derive(Debug, thiserror::Error)]
pub enum RecordPaymentError {
    /// No such order.
    #[error("there is no such order")]
    NotFound,
    /// Another currency, or not positive.
    #[error("the amount does not fit the order")]
    BadAmount(#[source] Option<MoneyError>),
    /// The actor may not.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// Not our caller's doing.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl Problem for RecordPaymentError {
    fn kind(&self) -> Kind {
        match self {
            RecordPaymentError::NotFound => Kind::NotFound,
            RecordPaymentError::BadAmount(_) => Kind::Invalid,
            RecordPaymentError::Denied(denied) => denied.kind(),
            RecordPaymentError::Fault(fault) => fault.kind(),
        }
    }
    fn code(&self) -> &'static str {
        match self {
            RecordPaymentError::NotFound => "orders.not_found",
            RecordPaymentError::BadAmount(_) => "orders.bad_payment",
            RecordPaymentError::Denied(denied) => denied.code(),
            RecordPaymentError::Fault(fault) => fault.code(),
        }
    }
}

/// Note a captured payment. The one that makes the order fully paid starts its parts (what is carried out counts as handed over)
/// and announces `order.paid`. A payment on a cancelled order is noted too; the caller gives it back.
///
/// The caller makes sure that each payment is noted once.
pub fn record_payment(tx: &mut Tx<'_>, actor: &Actor, cmd: &RecordPayment) -> Result<PaymentRecorded, RecordPaymentError> {
    actor.require(Permission::TakePayment)?;
    if cmd.amount.minor < 0 {
        return Err(RecordPaymentError::BadAmount(None));
    }
    let Some(mut order) = store::add_paid(tx, cmd.order, cmd.amount)? else {
        let known = store::head(tx, cmd.order)?.ok_or(RecordPaymentError::NotFound)?;
        return Err(RecordPaymentError::BadAmount(known.paid.add(cmd.amount).err()));
    };
    let covers = order.state == OrderState::Placed && order.paid.minor >= order.total.minor;
    let became_paid = covers && store::change_state(tx, cmd.order, OrderState::Placed, OrderState::Paid)?;
    let mut released = Released::default();
    if became_paid {
        order.state = OrderState::Paid;
        released = release_waiting(tx, cmd.order)?;
        if !released.carried_out.is_empty() {
            order.state = refresh(tx, cmd.order)?;
        }
    }
    if became_paid {
        tx.announce(events::of_order("order.paid", actor, cmd.channel, &order, ""))?;
    }
    let Released { carried_out, lapsed } = released;
    if !carried_out.is_empty() {
        // Off the timeline: "bought in the shop" says it already.
        for part in of_order(tx, cmd.order)?.iter().filter(|part| carried_out.contains(&part.id)) {
            tx.announce(events::of_fulfilment("fulfilment.collected", actor, cmd.channel, &order, part).hidden())?;
        }
    }
    Ok(PaymentRecorded { order, became_paid, carried_out, lapsed })
}

/// Why a refund cannot be noted.
#[derive(Debug, thiserror::Error)]
pub enum RecordRefundError {
    /// No such order.
    #[error("there is no such order")]
    NotFound,
    /// More than came in and was not given back yet.
    #[error("only {available} can be given back")]
    TooMuch {
        /// Minor units of the order's currency.
        available: i64,
    },
    /// The actor may not.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// Not our caller's doing.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl Problem for RecordRefundError {
    fn kind(&self) -> Kind {
        match self {
            RecordRefundError::NotFound => Kind::NotFound,
            RecordRefundError::TooMuch { .. } => Kind::Conflict,
            RecordRefundError::Denied(denied) => denied.kind(),
            RecordRefundError::Fault(fault) => fault.kind(),
        }
    }
    fn code(&self) -> &'static str {
        match self {
            RecordRefundError::NotFound => "orders.not_found",
            RecordRefundError::TooMuch { .. } => "orders.refund_too_large",
            RecordRefundError::Denied(denied) => denied.code(),
            RecordRefundError::Fault(fault) => fault.code(),
        }
    }
    fn fields(&self) -> Vec<(&'static str, serde_json::Value)> {
        match self {
            RecordRefundError::TooMuch { available } => vec![("available_minor", (*available).into())],
            _ => vec![],
        }
    }
}

/// Note money that goes back. Never more than came in, whoever asks at the same time. System, or staff who may refund.
pub fn record_refund(tx: &mut Tx<'_>, actor: &Actor, order: OrderId, amount: Money) -> Result<OrderHead, RecordRefundError> {
    actor.require(Permission::Refund)?;
    let refunded = if amount.minor < 0 { None } else { store::add_refunded(tx, order, amount)? };
    match refunded {
        Some(head) => Ok(head),
        None => {
            let head = store::head(tx, order)?.ok_or(RecordRefundError::NotFound)?;
            Err(RecordRefundError::TooMuch { available: head.paid.minor - head.refunded.minor })
        }
    }
}

/// Note money that goes back because the order costs less now, or because more came in than it costs: what was paid for it is less.
/// System, or staff who may refund.
pub fn record_overpaid(tx: &mut Tx<'_>, actor: &Actor, order: OrderId, amount: Money) -> Result<OrderHead, RecordRefundError> {
    actor.require(Permission::Refund)?;
    let left = if amount.minor < 0 { None } else { store::take_from_paid(tx, order, amount)? };
    match left {
        Some(head) => Ok(head),
        None => {
            let head = store::head(tx, order)?.ok_or(RecordRefundError::NotFound)?;
            Err(RecordRefundError::TooMuch { available: head.paid.minor - head.refunded.minor })
        }
    }
}

/// An order may be cancelled before any of it has left.
pub(crate) fn is_cancellable(state: OrderState) -> bool {
    matches!(state, OrderState::Placed | OrderState::Paid)
}
