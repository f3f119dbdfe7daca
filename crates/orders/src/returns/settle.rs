//! The goods are here; the money went back; or neither.

use super::model::{Condition, Return, ReturnState};
use super::store;
use crate::events;
use crate::ids::{OrderLineId, ReturnId};
use crate::order::{refresh, store as orders};
use inventory::LocationId;
use kernel::{Actor, Channel, Denied, Fault, Kind, Money, Permission, Problem, Tx};

/// Input of [`receive_return`].
#[derive(Debug, Clone)]
pub struct ReceiveReturn {
    /// Which return.
    pub goods_return: ReturnId,
    /// Where the goods are now: any place.
    pub location: LocationId,
    /// Its name, as the timeline shows it.
    pub place: String,
    /// What staff see where it differs from what was said; lines not named stay as they are.
    pub conditions: Vec<(OrderLineId, Condition)>,
    /// Where.
    pub channel: Channel,
}

/// Input of [`mark_return_refunded`] and [`reject_return`].
#[derive(Debug, Clone)]
pub struct SettleReturn {
    /// Which return.
    pub goods_return: ReturnId,
    /// Where.
    pub channel: Channel,
}

/// Why a return cannot take a step.
#[derive(Debug, thiserror::Error)]
pub enum ReturnStepError {
    /// No such return.
    #[error("there is no such return")]
    NotFound,
    /// Not from where it is.
    #[error("the return is {from} and cannot become {to}")]
    NotPossible {
        /// Where it is.
        from: ReturnState,
        /// Where it should go.
        to: ReturnState,
    },
    /// The actor may not.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// Not our caller's doing.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl Problem for ReturnStepError {
    fn kind(&self) -> Kind {
        match self {
            ReturnStepError::NotFound => Kind::NotFound,
            ReturnStepError::NotPossible { .. } => Kind::Conflict,
            ReturnStepError::Denied(denied) => denied.kind(),
            ReturnStepError::Fault(fault) => fault.kind(),
        }
    }
    fn code(&self) -> &'static str {
        match self {
            ReturnStepError::NotFound => "orders.return_not_found",
            ReturnStepError::NotPossible { .. } => "orders.return_state",
            ReturnStepError::Denied(denied) => denied.code(),
            ReturnStepError::Fault(fault) => fault.code(),
        }
    }
    fn fields(&self) -> Vec<(&'static str, serde_json::Value)> {
        match self {
            ReturnStepError::NotPossible { from, to } => vec![("from", from.as_str().into()), ("to", to.as_str().into())],
            _ => vec![],
        }
    }
}

/// Note that the goods are here, at this place, whatever place sold them. Announces `return.received`.
pub fn receive_return(tx: &mut Tx<'_>, actor: &Actor, cmd: &ReceiveReturn) -> Result<Return, ReturnStepError> {
    actor.require(Permission::AcceptReturns)?;
    let goods = step(tx, cmd.goods_return, ReturnState::Received)?;
    for (line, condition) in &cmd.conditions {
        store::set_condition(tx, goods.id, *line, *condition)?;
    }
    store::set_place(tx, goods.id, cmd.location, &cmd.place)?;
    refresh(tx, goods.order)?;
    finish(tx, actor, cmd.channel, goods.id, "return.received")
}

/// Note that the money of a received return went back. Announces `return.refunded`.
pub fn mark_return_refunded(tx: &mut Tx<'_>, actor: &Actor, cmd: &SettleReturn) -> Result<Return, ReturnStepError> {
    actor.require(Permission::Refund)?;
    let goods = step(tx, cmd.goods_return, ReturnState::Refunded)?;
    finish(tx, actor, cmd.channel, goods.id, "return.refunded")
}

/// What comes back pays for what is sent in exchange: so much of what it gives back is no longer owed as money. Once for a return; the
/// caller writes the account.
pub fn credit_return(tx: &mut Tx<'_>, id: ReturnId, amount: Money) -> Result<Return, ReturnStepError> {
    let goods = store::load(tx, id)?.ok_or(ReturnStepError::NotFound)?;
    if goods.state != ReturnState::Requested || !goods.credited.is_zero() || amount.minor > goods.refund.minor {
        return Err(Fault::data("a return pays for more than it gives back").into());
    }
    store::set_credited(tx, id, amount)?;
    orders::credit(tx, goods.order, amount.minor)?;
    Ok(Return { credited: amount, ..goods })
}

/// Refuse a return: its units count as not returned again, and what it should have paid for is owed. Announces `return.rejected`.
pub fn reject_return(tx: &mut Tx<'_>, actor: &Actor, cmd: &SettleReturn) -> Result<Return, ReturnStepError> {
    actor.require(Permission::AcceptReturns)?;
    let goods = step(tx, cmd.goods_return, ReturnState::Rejected)?;
    for line in &goods.lines {
        store::give_again(tx, line)?;
    }
    orders::credit(tx, goods.order, -goods.credited.minor)?;
    refresh(tx, goods.order)?;
    finish(tx, actor, cmd.channel, goods.id, "return.rejected")
}

/// One step of the state table; answers the return as it was.
fn step(tx: &mut Tx<'_>, id: ReturnId, to: ReturnState) -> Result<Return, ReturnStepError> {
    let goods = store::load(tx, id)?.ok_or(ReturnStepError::NotFound)?;
    if !goods.state.can_become(to) || !store::change_state(tx, id, goods.state, to)? {
        return Err(ReturnStepError::NotPossible { from: goods.state, to });
    }
    Ok(goods)
}

fn finish(tx: &mut Tx<'_>, actor: &Actor, channel: Channel, id: ReturnId, kind: &'static str) -> Result<Return, ReturnStepError> {
    let goods = store::load(tx, id)?.ok_or(ReturnStepError::NotFound)?;
    tx.announce(events::of_return(kind, actor, channel, &goods))?;
    Ok(goods)
}
