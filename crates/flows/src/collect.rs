//! Part of an order moves on, in a shop or a warehouse; when it leaves, its stock leaves with it.

use crate::delegate::problem;
use crate::stock;
use inventory::ReservationError;
use kernel::{Actor, Fault, Tx};
use orders::{AdvanceError, AdvanceFulfilment, FulfilmentState, HandOver, HandOverError, Moved};

/// Why a part did not move. Nothing is written.
#[derive(Debug, thiserror::Error)]
pub enum MoveError {
    /// The part cannot take this step.
    #[error(transparent)]
    Advance(#[from] AdvanceError),
    /// The goods are not handed over.
    #[error(transparent)]
    HandOver(#[from] HandOverError),
    /// Their stock is no longer set aside.
    #[error(transparent)]
    Stock(#[from] ReservationError),
    /// Not our caller's doing.
    #[error(transparent)]
    Fault(#[from] Fault),
}

problem!(MoveError { Advance, HandOver, Stock, Fault });

/// Move a part on: picking, ready, packed, shipped, delivered, or collected by somebody the staff know. When the goods leave
/// (collected, shipped), the stock set aside for them becomes a sale.
pub fn advance(tx: &mut Tx<'_>, actor: &Actor, cmd: &AdvanceFulfilment) -> Result<Moved, MoveError> {
    let moved = orders::advance_fulfilment(tx, actor, cmd)?;
    if matches!(cmd.to, FulfilmentState::Collected | FulfilmentState::Shipped) {
        goods_left(tx, actor, &moved)?;
    }
    Ok(moved)
}

/// Hand the goods of a collect code over, once, in the shop where they lie; their stock becomes a sale.
pub fn hand_over(tx: &mut Tx<'_>, actor: &Actor, cmd: &HandOver) -> Result<Moved, MoveError> {
    let moved = orders::hand_over(tx, actor, cmd)?;
    goods_left(tx, actor, &moved)?;
    Ok(moved)
}

fn goods_left(tx: &mut Tx<'_>, actor: &Actor, moved: &Moved) -> Result<(), MoveError> {
    let order = orders::order(tx, moved.order.id)?.ok_or_else(|| Fault::data("an order vanished"))?;
    Ok(stock::commit(tx, actor, order.lines_of(moved.fulfilment.id))?)
}
