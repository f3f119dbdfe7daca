//! Give collected goods to whoever shows the code. Once.

use super::advance::{Moved, move_to};
use super::model::{Fulfilment, FulfilmentState};
use super::store;
use crate::code::tidy_code;
use inventory::LocationId;
use kernel::{Actor, Channel, Denied, Fault, Kind, Permission, Problem, Timestamp, Tx};

/// Input of [`hand_over`].
#[derive(Debug, Clone)]
pub struct HandOver {
    /// The shop where the customer stands.
    pub location: LocationId,
    /// As they show or say it.
    pub code: String,
    /// Where.
    pub channel: Channel,
}

/// Why goods are not handed over.
#[derive(Debug, thiserror::Error)]
pub enum HandOverError {
    /// Nobody has that code.
    #[error("no order has this code")]
    UnknownCode,
    /// The goods lie in another shop.
    #[error("the goods lie in {place}")]
    Elsewhere {
        /// Its name.
        place: String,
    },
    /// Not ready yet, or called off.
    #[error("it is {state}, not ready")]
    NotReady {
        /// Where it is.
        state: FulfilmentState,
    },
    /// Somebody has them.
    #[error("it was collected on {at}")]
    AlreadyCollected {
        /// When.
        at: Timestamp,
    },
    /// Two customers of this shop have this code at the same time; hand over by the order's number.
    #[error("two orders have this code: use the order number")]
    Ambiguous,
    /// The actor may not.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// Not our caller's doing.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl Problem for HandOverError {
    fn kind(&self) -> Kind {
        match self {
            HandOverError::UnknownCode => Kind::NotFound,
            HandOverError::Denied(denied) => denied.kind(),
            HandOverError::Fault(fault) => fault.kind(),
            _ => Kind::Conflict,
        }
    }
    fn code(&self) -> &'static str {
        match self {
            HandOverError::UnknownCode => "orders.unknown_code",
            HandOverError::Elsewhere { .. } => "orders.collect_elsewhere",
            HandOverError::NotReady { .. } => "orders.not_ready",
            HandOverError::AlreadyCollected { .. } => "orders.already_collected",
            HandOverError::Ambiguous => "orders.ambiguous_code",
            HandOverError::Denied(denied) => denied.code(),
            HandOverError::Fault(fault) => fault.code(),
        }
    }
    fn fields(&self) -> Vec<(&'static str, serde_json::Value)> {
        match self {
            HandOverError::Elsewhere { place } => vec![("place", place.as_str().into())],
            HandOverError::NotReady { state } => vec![("state", state.as_str().into())],
            HandOverError::AlreadyCollected { at } => vec![("collected_at", at.to_rfc3339().into())],
            _ => vec![],
        }
    }
}

/// Hand over the goods of a collect code in this shop. However many try at once, one succeeds; the others hear that it was collected.
/// Announces `fulfilment.collected`.
pub fn hand_over(tx: &mut Tx<'_>, actor: &Actor, cmd: &HandOver) -> Result<Moved, HandOverError> {
    actor.require(Permission::Fulfil)?;
    let part = meant(store::with_code(tx, &tidy_code(&cmd.code))?, cmd.location)?;
    match part.state {
        FulfilmentState::Ready => {}
        FulfilmentState::Collected => return Err(collected(&part, tx.now())),
        state => return Err(HandOverError::NotReady { state }),
    }
    let already = collected(&part, tx.now());
    move_to(tx, actor, part, FulfilmentState::Collected, None, cmd.channel)?.ok_or(already)
}

fn collected(part: &Fulfilment, now: Timestamp) -> HandOverError {
    HandOverError::AlreadyCollected { at: part.stages.collected.unwrap_or(now) }
}

/// Among parts with one code: the one that lies ready here, else the newest here, else the one elsewhere.
fn meant(found: Vec<Fulfilment>, here: LocationId) -> Result<Fulfilment, HandOverError> {
    let (mut local, remote): (Vec<_>, Vec<_>) = found.into_iter().partition(|part| part.location == here);
    let ready = |part: &Fulfilment| part.state == FulfilmentState::Ready;
    if local.iter().filter(|part| ready(part)).count() > 1 {
        return Err(HandOverError::Ambiguous);
    }
    if let Some(at) = local.iter().position(ready) {
        return Ok(local.swap_remove(at));
    }
    if let Some(newest) = local.into_iter().max_by_key(|part| part.id) {
        return Ok(newest);
    }
    let elsewhere = remote.into_iter().max_by_key(|part| part.id).ok_or(HandOverError::UnknownCode)?;
    Err(HandOverError::Elsewhere { place: elsewhere.place })
}
