//! Call an order off.

use super::model::Order;
use super::payment::is_cancellable;
use super::states::OrderState;
use super::store;
use crate::events;
use crate::fulfilment::{FulfilmentState, cancel_parts};
use crate::ids::OrderId;
use kernel::{Actor, Channel, Denied, Fault, Kind, Permission, Problem, Tx};

/// Input of [`cancel_order`].
#[derive(Debug, Clone)]
pub struct CancelOrder {
    /// Which order.
    pub order: OrderId,
    /// In the words of whoever cancels.
    pub reason: String,
    /// Where.
    pub channel: Channel,
}

/// Why an order cannot be cancelled.
#[derive(Debug, thiserror::Error)]
pub enum CancelError {
    /// No such order for this actor.
    #[error("there is no such order")]
    NotFound,
    /// Some of it is on its way or with the customer; goods come back by a return.
    #[error("the order can no longer be cancelled")]
    TooLate {
        /// Where it stands.
        state: OrderState,
    },
    /// The actor may not.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// Not our caller's doing.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl Problem for CancelError {
    fn kind(&self) -> Kind {
        match self {
            CancelError::NotFound => Kind::NotFound,
            CancelError::TooLate { .. } => Kind::Conflict,
            CancelError::Denied(denied) => denied.kind(),
            CancelError::Fault(fault) => fault.kind(),
        }
    }
    fn code(&self) -> &'static str {
        match self {
            CancelError::NotFound => "orders.not_found",
            CancelError::TooLate { .. } => "orders.too_late_to_cancel",
            CancelError::Denied(denied) => denied.code(),
            CancelError::Fault(fault) => fault.code(),
        }
    }
    fn fields(&self) -> Vec<(&'static str, serde_json::Value)> {
        match self {
            CancelError::TooLate { state } => vec![("state", state.as_str().into())],
            _ => vec![],
        }
    }
}

/// Cancel a whole order of which nothing has left. Staff may until then; a customer until somebody began to pick.
/// Answers the order as it was before, so that the caller can release its stock and give its money back.
/// Announces `order.cancelled`.
pub fn cancel_order(tx: &mut Tx<'_>, actor: &Actor, cmd: &CancelOrder) -> Result<Order, CancelError> {
    let own = actor.profile();
    if own.is_none() {
        actor.require(Permission::EditOrders)?;
    }
    let order = store::load(tx, cmd.order)?.filter(|order| own.is_none() || order.profile == own).ok_or(CancelError::NotFound)?;
    let untouched = |state| {
        matches!(state, FulfilmentState::Waiting | FulfilmentState::Awaiting | FulfilmentState::Pending | FulfilmentState::Cancelled)
    };
    let begun = order.fulfilments.iter().any(|part| !untouched(part.state));
    if !is_cancellable(order.state) || (own.is_some() && begun) {
        return Err(CancelError::TooLate { state: order.state });
    }
    if !store::change_state(tx, order.id, order.state, OrderState::Cancelled)? {
        return Err(CancelError::TooLate { state: order.state });
    }
    cancel_parts(tx, order.id)?;
    tx.announce(events::of_order("order.cancelled", actor, cmd.channel, &order.head, &cmd.reason))?;
    Ok(order)
}
