//! Ask for goods to come back.

use super::model::{Condition, Return, ReturnLine, ReturnState};
use super::policy::{Refused, ReturnPolicy, return_policy};
use super::split::share_of_line;
use super::store;
use crate::events;
use crate::ids::{OrderId, OrderLineId};
use crate::order::{Order, store as orders};
use kernel::{Actor, Channel, Denied, Fault, Kind, Money, Permission, Problem, Quantity, Tx};
use serde::{Deserialize, Serialize};

/// Input of [`request_return`].
#[derive(Debug, Clone)]
pub struct RequestReturn {
    /// The caller's name for this one intent: the same key gives the same return.
    pub key: String,
    /// Of which order.
    pub order: OrderId,
    /// What.
    pub lines: Vec<NewReturnLine>,
    /// In the customer's words.
    pub reason: String,
    /// Where.
    pub channel: Channel,
    /// Onto a gift card instead of the way it was paid; the customer chooses.
    pub onto_card: bool,
}

/// Units of one line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewReturnLine {
    /// Of which line.
    pub line: OrderLineId,
    /// How many, at least 1.
    pub quantity: Quantity,
    /// As the customer says or the associate sees.
    pub condition: Condition,
}

/// Why goods may not come back. Nothing is written.
#[derive(Debug, thiserror::Error)]
pub enum RequestReturnError {
    /// No such order for this actor.
    #[error("there is no such order")]
    NotFound,
    /// Nothing is asked for, or no or negative units.
    #[error("a return needs at least one unit of a line")]
    Empty,
    /// The order has no such line.
    #[error("the order has no such line")]
    UnknownLine {
        /// The one meant.
        line: OrderLineId,
    },
    /// The policy says no.
    #[error("`{title}` cannot be returned: {why}")]
    Refused {
        /// Of the line.
        title: String,
        /// Why.
        why: Refused,
    },
    /// More than were bought and have not come back.
    #[error("only {available} of `{title}` can come back")]
    TooMany {
        /// Of the line.
        title: String,
        /// So many can.
        available: Quantity,
    },
    /// The actor may not.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// Not our caller's doing.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl Problem for RequestReturnError {
    fn kind(&self) -> Kind {
        match self {
            RequestReturnError::NotFound | RequestReturnError::UnknownLine { .. } => Kind::NotFound,
            RequestReturnError::Empty => Kind::Invalid,
            RequestReturnError::Refused { .. } | RequestReturnError::TooMany { .. } => Kind::Conflict,
            RequestReturnError::Denied(denied) => denied.kind(),
            RequestReturnError::Fault(fault) => fault.kind(),
        }
    }
    fn code(&self) -> &'static str {
        match self {
            RequestReturnError::NotFound => "orders.not_found",
            RequestReturnError::Empty => "orders.empty_return",
            RequestReturnError::UnknownLine { .. } => "orders.line_not_found",
            RequestReturnError::Refused { .. } => "orders.return_refused",
            RequestReturnError::TooMany { .. } => "orders.return_too_many",
            RequestReturnError::Denied(denied) => denied.code(),
            RequestReturnError::Fault(fault) => fault.code(),
        }
    }
    fn fields(&self) -> Vec<(&'static str, serde_json::Value)> {
        match self {
            RequestReturnError::UnknownLine { line } => vec![("line", line.to_string().into())],
            RequestReturnError::Refused { why, .. } => vec![("why", why.name().into())],
            RequestReturnError::TooMany { available, .. } => vec![("available", available.0.into())],
            _ => vec![],
        }
    }
}

/// Permit goods to come back, and fix what they give back: a share of what the line cost, exact to the cent.
///
/// Customers for their own orders, staff for any. Under contention never more comes back than was bought. Repeating the call with the
/// same `key` returns the first return. Announces `return.requested`.
pub fn request_return(tx: &mut Tx<'_>, actor: &Actor, cmd: &RequestReturn) -> Result<Return, RequestReturnError> {
    let own = actor.profile();
    if own.is_none() {
        actor.require(Permission::AcceptReturns)?;
    }
    let order = orders::load(tx, cmd.order)?.filter(|order| own.is_none() || order.profile == own).ok_or(RequestReturnError::NotFound)?;
    if let Some(id) = store::id_by_key(tx, &cmd.key)? {
        return store::load(tx, id)?.filter(|first| first.order == cmd.order).ok_or(RequestReturnError::NotFound);
    }
    if cmd.lines.is_empty() || cmd.lines.iter().any(|line| !line.quantity.is_positive()) {
        return Err(RequestReturnError::Empty);
    }
    let goods = compose(tx, actor, cmd, order)?;
    for line in &goods.lines {
        if !store::take_back(tx, line)? {
            return Err(RequestReturnError::TooMany { title: line.title.clone(), available: Quantity::ZERO });
        }
    }
    store::insert(tx, &goods, &cmd.key)?;
    tx.announce(events::of_return("return.requested", actor, cmd.channel, &goods))?;
    Ok(goods)
}

/// The return as it will stand. Works on its own copy of the order, so that two entries of one line count together.
fn compose(tx: &mut Tx<'_>, actor: &Actor, cmd: &RequestReturn, mut order: Order) -> Result<Return, RequestReturnError> {
    let mut lines: Vec<ReturnLine> = Vec::new();
    for wanted in &cmd.lines {
        let line = take(&mut order, wanted, tx.now())?;
        match lines.iter_mut().find(|l| l.line == line.line && l.condition == line.condition) {
            Some(alike) => {
                alike.quantity.0 += line.quantity.0;
                alike.refund.minor += line.refund.minor;
            }
            None => lines.push(line),
        }
    }
    Ok(Return {
        id: tx.new_id(),
        order: order.id,
        number: order.number,
        profile: order.profile,
        channel: cmd.channel,
        requested_by: actor.to_string(),
        state: ReturnState::Requested,
        reason: cmd.reason.clone(),
        location: None,
        place: String::new(),
        refund: Money::new(lines.iter().map(|line| line.refund.minor).sum(), order.currency),
        credited: Money::zero(order.currency),
        onto_card: cmd.onto_card,
        requested_at: tx.now(),
        received_at: None,
        refunded_at: None,
        rejected_at: None,
        lines,
    })
}

fn take(order: &mut Order, wanted: &NewReturnLine, now: kernel::Timestamp) -> Result<ReturnLine, RequestReturnError> {
    let unknown = RequestReturnError::UnknownLine { line: wanted.line };
    let Order { lines, fulfilments, .. } = order;
    let Some(line) = lines.iter_mut().find(|line| line.id == wanted.line) else { return Err(unknown) };
    let Some(part) = fulfilments.iter().find(|part| part.id == line.fulfilment) else { return Err(unknown) };
    let available = match return_policy(line, part, now) {
        ReturnPolicy::Allowed { quantity, .. } => quantity,
        ReturnPolicy::Refused { why } => return Err(RequestReturnError::Refused { title: line.title.clone(), why }),
    };
    if wanted.quantity > available {
        return Err(RequestReturnError::TooMany { title: line.title.clone(), available });
    }
    let share = share_of_line(line.total.minor - line.refunded.minor, available, wanted.quantity);
    line.returned.0 += wanted.quantity.0;
    line.refunded.minor += share;
    Ok(ReturnLine {
        line: line.id,
        variant: line.variant,
        title: line.title.clone(),
        quantity: wanted.quantity,
        condition: wanted.condition,
        refund: Money::new(share, line.total.currency),
        parts: line.parts.clone(),
    })
}
