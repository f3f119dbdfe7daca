//! A parcel leaves.

use crate::collect::{MoveError, advance};
use kernel::{Actor, Channel, Tx};
use orders::{AdvanceFulfilment, FulfilmentId, FulfilmentState, Moved, Tracking};

/// Input of [`ship`].
#[derive(Debug, Clone)]
pub struct Ship {
    /// Which part.
    pub fulfilment: FulfilmentId,
    /// The carrier's reference.
    pub tracking: Tracking,
    /// Where.
    pub channel: Channel,
}

/// Give a parcel to the carrier; one that nobody noted as packed is packed on the way. Its stock becomes a sale.
/// Announces `fulfilment.shipped`.
pub fn ship(tx: &mut Tx<'_>, actor: &Actor, cmd: &Ship) -> Result<Moved, MoveError> {
    let step = |to, tracking| AdvanceFulfilment { fulfilment: cmd.fulfilment, to, tracking, channel: cmd.channel };
    let part = orders::fulfilment(tx, cmd.fulfilment)?;
    if part.is_some_and(|part| matches!(part.state, FulfilmentState::Pending | FulfilmentState::Picking)) {
        advance(tx, actor, &step(FulfilmentState::Packed, None))?;
    }
    advance(tx, actor, &step(FulfilmentState::Shipped, Some(cmd.tracking.clone())))
}
