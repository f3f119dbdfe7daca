//! Parts of an order are written anew.

use super::model::ChangeNote;
use super::store;
use crate::events;
use crate::fulfilment::{Fulfilment, FulfilmentState, insert_awaited, insert_fulfilment};
use crate::ids::{FulfilmentId, OrderId};
use crate::order::{NewPart, Order, OrderLine, OrderState, PlaceError, check_parts, compose_parts, refresh, store as orders};
use kernel::{Actor, Channel, Denied, Fault, Kind, Money, Permission, Problem, Tx};

/// Input of [`rewrite_order`].
#[derive(Debug, Clone)]
pub struct RewriteOrder {
    /// Which order.
    pub order: OrderId,
    /// The parts that go, with their lines.
    pub withdrawn: Vec<FulfilmentId>,
    /// The parts that come.
    pub parts: Vec<NewPart>,
    /// Of the whole order afterwards, tax included, minor units.
    pub delivery_fee: i64,
    /// Tax within the fee, minor units.
    pub delivery_tax: i64,
    /// In plain words.
    pub notes: Vec<ChangeNote>,
    /// Where.
    pub channel: Channel,
}

/// Why an order cannot be changed. Nothing is written.
#[derive(Debug, thiserror::Error)]
pub enum ChangeError {
    /// No such order, or part of it, for this actor.
    #[error("there is no such order, or no such part of it")]
    NotFound,
    /// The order is called off.
    #[error("the order is {state} and cannot be changed")]
    Over {
        /// Where it stands.
        state: OrderState,
    },
    /// Somebody has begun to pick it, or it has left.
    #[error("this part is {state} and can no longer be changed")]
    TooLate {
        /// How far the part is.
        state: FulfilmentState,
    },
    /// Nothing would be left; such an order is called off.
    #[error("nothing would be left of the order: call it off instead")]
    NothingLeft,
    /// What shall stand there instead is wrong.
    #[error(transparent)]
    Place(#[from] PlaceError),
    /// The actor may not.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// Not our caller's doing.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl Problem for ChangeError {
    fn kind(&self) -> Kind {
        match self {
            ChangeError::NotFound => Kind::NotFound,
            ChangeError::Over { .. } | ChangeError::TooLate { .. } | ChangeError::NothingLeft => Kind::Conflict,
            ChangeError::Place(error) => error.kind(),
            ChangeError::Denied(denied) => denied.kind(),
            ChangeError::Fault(fault) => fault.kind(),
        }
    }
    fn code(&self) -> &'static str {
        match self {
            ChangeError::NotFound => "orders.not_found",
            ChangeError::Over { .. } => "orders.over",
            ChangeError::TooLate { .. } => "orders.too_late_to_change",
            ChangeError::NothingLeft => "orders.nothing_left",
            ChangeError::Place(error) => error.code(),
            ChangeError::Denied(denied) => denied.code(),
            ChangeError::Fault(fault) => fault.code(),
        }
    }
    fn fields(&self) -> Vec<(&'static str, serde_json::Value)> {
        match self {
            ChangeError::Over { state } => vec![("state", state.as_str().into())],
            ChangeError::TooLate { state } => vec![("state", state.as_str().into())],
            _ => vec![],
        }
    }
}

/// Whether this actor may have these parts of an order written anew: customers of their own until somebody began to pick, staff until a
/// part has left. To add something staff need the permission to sell, for all else that to edit orders.
pub fn may_change(actor: &Actor, order: &Order, parts: &[FulfilmentId]) -> Result<(), ChangeError> {
    let own = actor.profile();
    if own.is_none() {
        actor.require(if parts.is_empty() { Permission::Sell } else { Permission::EditOrders })?;
    } else if order.profile != own {
        return Err(ChangeError::NotFound);
    }
    if order.state == OrderState::Cancelled {
        return Err(ChangeError::Over { state: order.state });
    }
    for id in parts {
        let part = order.fulfilments.iter().find(|part| part.id == *id).ok_or(ChangeError::NotFound)?;
        let is_untouched = matches!(part.state, FulfilmentState::Waiting | FulfilmentState::Awaiting | FulfilmentState::Pending);
        let is_here = matches!(part.state, FulfilmentState::Picking | FulfilmentState::Ready | FulfilmentState::Packed);
        if !is_untouched && (own.is_some() || !is_here) {
            return Err(ChangeError::TooLate { state: part.state });
        }
    }
    Ok(())
}

/// Put other parts in the place of some: their lines, the fee and the totals follow. The stock of what goes is the caller's to release,
/// that of what comes to set aside; so are the account and the money. Announces `order.changed`.
pub fn rewrite_order(tx: &mut Tx<'_>, actor: &Actor, cmd: &RewriteOrder) -> Result<Order, ChangeError> {
    let before = orders::load(tx, cmd.order)?.ok_or(ChangeError::NotFound)?;
    may_change(actor, &before, &cmd.withdrawn)?;
    check_parts(&cmd.parts)?;
    for part in &before.fulfilments {
        if cmd.withdrawn.contains(&part.id) && !store::delete_part(tx, part.id)? {
            return Err(ChangeError::TooLate { state: part.state });
        }
    }
    let (mut parts, lines) = compose_parts(tx, (before.id, before.currency), &cmd.parts);
    for part in &mut parts {
        start(part, before.state, tx.now());
        insert_fulfilment(tx, part)?;
    }
    let from = store::last_position(tx, before.id)? + 1;
    orders::insert_lines(tx, before.id, from, &lines)?;
    for (part, day) in parts.iter().filter_map(|part| Some((part, part.expected?))) {
        for reservation in lines.iter().filter(|line| line.fulfilment == part.id).flat_map(OrderLine::reservations) {
            insert_awaited(tx, part, day, reservation)?;
        }
    }
    let after = orders::load(tx, before.id)?.ok_or(ChangeError::NotFound)?;
    if after.lines.is_empty() {
        return Err(ChangeError::NothingLeft);
    }
    total_again(tx, &after, cmd)?;
    refresh(tx, after.id)?;
    let after = orders::load(tx, before.id)?.ok_or(ChangeError::NotFound)?;
    tx.announce(events::of_change(actor, cmd.channel, &after.head, &before.head, &cmd.notes))?;
    Ok(after)
}

/// A part of an order that is paid goes on at once; else it waits with the others.
fn start(part: &mut Fulfilment, order: OrderState, now: kernel::Timestamp) {
    if order != OrderState::Placed {
        part.state = if part.expected.is_some() { FulfilmentState::Awaiting } else { FulfilmentState::Pending };
        part.stages.reach(part.state, now);
    }
}

fn total_again(tx: &mut Tx<'_>, order: &Order, cmd: &RewriteOrder) -> Result<(), ChangeError> {
    let sum = |of: fn(&OrderLine) -> i64, from: i64| order.lines.iter().try_fold(from, |sum, line| sum.checked_add(of(line)));
    let too_much = || PlaceError::BadAmounts { sku: order.lines[0].sku.clone() };
    let total = sum(|line| line.total.minor, cmd.delivery_fee).ok_or_else(too_much)?;
    let tax = sum(|line| line.tax.minor, cmd.delivery_tax).ok_or_else(too_much)?;
    let fee = Money::new(cmd.delivery_fee, order.currency);
    Ok(orders::set_totals(tx, order, fee, Money::new(tax, order.currency), Money::new(total, order.currency))?)
}
