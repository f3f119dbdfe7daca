//! A change is written down, and settled once.

use super::model::{ChangeState, OrderChange, Proposal};
use super::store;
use crate::ids::{ChangeId, OrderId};
use kernel::{Actor, Channel, Fault, Money, ReadTx, Tx};

/// Input of [`ask_change`].
#[derive(Debug, Clone)]
pub struct AskChange {
    /// The caller's name for this intent.
    pub key: String,
    /// Of which order.
    pub order: OrderId,
    /// What shall be different.
    pub proposal: Proposal,
    /// What the customer pays besides; below zero what they get back.
    pub difference: Money,
    /// Where.
    pub channel: Channel,
}

/// Write a change down; it waits. The caller has asked [`super::may_change`].
pub fn ask_change(tx: &mut Tx<'_>, actor: &Actor, cmd: AskChange) -> Result<OrderChange, Fault> {
    let change = OrderChange {
        id: tx.new_id(),
        order: cmd.order,
        state: ChangeState::Waiting,
        asked_by: actor.to_string(),
        channel: cmd.channel,
        proposal: cmd.proposal,
        difference: cmd.difference,
        created_at: tx.now(),
        settled_at: None,
    };
    store::insert(tx, &change, &cmd.key)?;
    Ok(change)
}

/// The change was made, or will not be; false when that was said before.
pub fn settle_change(tx: &mut Tx<'_>, id: ChangeId, to: ChangeState) -> Result<bool, Fault> {
    store::settle(tx, id, to)
}

/// The change of an order that was asked for with this key.
pub fn change_by_key(tx: &ReadTx<'_>, order: OrderId, key: &str) -> Result<Option<OrderChange>, Fault> {
    store::by_key(tx, order, key)
}

/// The change that waits to be paid; the newest, where somebody asked again.
pub fn waiting_change(tx: &ReadTx<'_>, order: OrderId) -> Result<Option<OrderChange>, Fault> {
    Ok(store::of_order(tx, order)?.into_iter().find(|change| change.state == ChangeState::Waiting))
}

/// The newest changes of an order, at most 50, newest first.
pub fn changes_of(tx: &ReadTx<'_>, order: OrderId) -> Result<Vec<OrderChange>, Fault> {
    store::of_order(tx, order)
}
