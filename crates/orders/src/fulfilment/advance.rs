//! Move one part of an order to its next stage.

use super::model::{Fulfilment, FulfilmentState, Tracking};
use super::store;
use crate::events;
use crate::ids::FulfilmentId;
use crate::order::{OrderHead, refresh, store as orders};
use kernel::{Actor, Channel, Denied, Event, Fault, Kind, Permission, Problem, Tx};

/// Input of [`advance_fulfilment`].
#[derive(Debug, Clone)]
pub struct AdvanceFulfilment {
    /// Which part.
    pub fulfilment: FulfilmentId,
    /// Its next stage; cancelling and paying have commands of their own.
    pub to: FulfilmentState,
    /// Kept when it ships.
    pub tracking: Option<Tracking>,
    /// Where.
    pub channel: Channel,
}

/// What a move answers.
#[derive(Debug, Clone, PartialEq)]
pub struct Moved {
    /// The part as it is now.
    pub fulfilment: Fulfilment,
    /// Its order as it is now.
    pub order: OrderHead,
}

/// Why a part cannot move.
#[derive(Debug, thiserror::Error)]
pub enum AdvanceError {
    /// No such part.
    #[error("there is no such fulfilment")]
    NotFound,
    /// Not from where it is, or not on its way.
    #[error("it is {from} and cannot become {to}")]
    NotPossible {
        /// Where it is.
        from: FulfilmentState,
        /// Where it should go.
        to: FulfilmentState,
    },
    /// The actor may not.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// Not our caller's doing.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl Problem for AdvanceError {
    fn kind(&self) -> Kind {
        match self {
            AdvanceError::NotFound => Kind::NotFound,
            AdvanceError::NotPossible { .. } => Kind::Conflict,
            AdvanceError::Denied(denied) => denied.kind(),
            AdvanceError::Fault(fault) => fault.kind(),
        }
    }
    fn code(&self) -> &'static str {
        match self {
            AdvanceError::NotFound => "orders.fulfilment_not_found",
            AdvanceError::NotPossible { .. } => "orders.fulfilment_state",
            AdvanceError::Denied(denied) => denied.code(),
            AdvanceError::Fault(fault) => fault.code(),
        }
    }
    fn fields(&self) -> Vec<(&'static str, serde_json::Value)> {
        match self {
            AdvanceError::NotPossible { from, to } => vec![("from", from.as_str().into()), ("to", to.as_str().into())],
            _ => vec![],
        }
    }
}

/// Move a paid part on: picking, ready, packed, shipped, delivered, or collected by somebody the staff know (else [`super::hand_over`]).
///
/// Announces `fulfilment.ready`, `.collected`, `.shipped`, `.delivered`; `.picking`, `.packed` and `.pending` off the timeline.
pub fn advance_fulfilment(tx: &mut Tx<'_>, actor: &Actor, cmd: &AdvanceFulfilment) -> Result<Moved, AdvanceError> {
    actor.require(Permission::Fulfil)?;
    let part = store::load(tx, cmd.fulfilment)?.ok_or(AdvanceError::NotFound)?;
    let refused = AdvanceError::NotPossible { from: part.state, to: cmd.to };
    let own_command =
        matches!(cmd.to, FulfilmentState::Cancelled) || matches!(part.state, FulfilmentState::Waiting | FulfilmentState::Awaiting);
    if own_command || !part.state.can_become(cmd.to, part.way) {
        return Err(refused);
    }
    move_to(tx, actor, part, cmd.to, cmd.tracking.clone(), cmd.channel)?.ok_or(refused)
}

/// Make a step that is allowed; nothing when somebody else made one first.
pub(super) fn move_to(
    tx: &mut Tx<'_>,
    actor: &Actor,
    mut part: Fulfilment,
    to: FulfilmentState,
    tracking: Option<Tracking>,
    channel: Channel,
) -> Result<Option<Moved>, Fault> {
    if !store::change_state(tx, &part, to, tracking.as_ref())? {
        return Ok(None);
    }
    part.state = to;
    part.stages.reach(to, tx.now());
    part.tracking = tracking.or(part.tracking);
    if to.has_left() {
        refresh(tx, part.order)?;
    }
    let order = orders::head(tx, part.order)?.ok_or_else(|| Fault::data("a fulfilment without its order"))?;
    let event = |kind| events::of_fulfilment(kind, actor, channel, &order, &part);
    let announced: Option<Event> = match to {
        FulfilmentState::Ready => Some(event("fulfilment.ready")),
        FulfilmentState::Collected => Some(event("fulfilment.collected")),
        FulfilmentState::Shipped => Some(event("fulfilment.shipped")),
        FulfilmentState::Delivered => Some(event("fulfilment.delivered")),
        FulfilmentState::Picking => Some(event("fulfilment.picking").hidden()),
        FulfilmentState::Packed => Some(event("fulfilment.packed").hidden()),
        FulfilmentState::Pending => Some(event("fulfilment.pending").hidden()),
        FulfilmentState::Waiting | FulfilmentState::Awaiting | FulfilmentState::Cancelled => None,
    };
    if let Some(event) = announced {
        tx.announce(event)?;
    }
    Ok(Some(Moved { fulfilment: part, order }))
}
