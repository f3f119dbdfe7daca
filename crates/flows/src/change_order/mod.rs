//! An order is changed after it was placed, or what the customer has is exchanged: other goods, another way, another address. What it costs
//! more is paid first, what it costs less goes back; until then the order is as it was.

mod apply;
mod propose;

pub(crate) use apply::{LAPSE_CHANGE, lapse, take_up};

use crate::basket::BasketError;
use crate::checkout::CheckoutError;
use crate::delegate::problem;
use crate::pay_order::{PayBy, PayOrder, PayOrderError, ask, start};
use crate::return_goods::ReturnGoodsError;
use crate::settle::{SettleError, close_payments};
use catalogue::VariantId;
use inventory::{LocationId, ReservationError};
use kernel::{Actor, Channel, Fault, Money, Quantity, ReadTx, Tx};
use orders::{
    AskChange, ChangeError, ChangeState, FulfilmentId, NewReturnLine, Order, OrderChange, OrderId, OrderLineId, OrderState, Proposal,
    RequestReturnError, ReturnStepError, Way,
};
use payments::{PayLink, PaymentError};

/// One thing that shall be different.
#[derive(Debug, Clone, PartialEq)]
pub enum Change {
    /// A part goes another way: to another address, into a shop, out of it.
    Move {
        /// Which part.
        part: FulfilmentId,
        /// Not into the customer's hand.
        to: Way,
    },
    /// Something else, on the same way, at today's price.
    Swap {
        /// In the place of this line.
        line: OrderLineId,
        /// So many of it; the rest stays.
        quantity: Quantity,
        /// What.
        to: VariantId,
    },
    /// Less.
    Remove {
        /// Of which line.
        line: OrderLineId,
        /// So many.
        quantity: Quantity,
    },
    /// More, or what is sent in exchange, at today's price.
    Add {
        /// What.
        variant: VariantId,
        /// So many.
        quantity: Quantity,
        /// How it reaches the customer.
        way: Way,
    },
}

/// Input of [`change_order`].
#[derive(Debug, Clone)]
pub struct ChangeOrder {
    /// The caller's name for this intent: the same key gives the same change.
    pub key: String,
    /// Which order.
    pub order: OrderId,
    /// What shall be different, together.
    pub changes: Vec<Change>,
    /// What the customer gives back in exchange; what it gives back pays for what is added.
    pub back: Vec<NewReturnLine>,
    /// Where those goods lie on the counter; else they are expected, and what they give back beyond the price goes back when they come.
    pub back_at: Option<LocationId>,
    /// In the customer's words.
    pub reason: String,
    /// Code of the way of delivery, where another is wished.
    pub delivery: Option<String>,
    /// Whose prices besides everybody's, for what is new.
    pub audience: Option<String>,
    /// How the difference is paid, if there is one; not [`PayBy::Later`].
    pub payment: PayBy,
    /// Where.
    pub channel: Channel,
}

/// What [`change_order`] answers.
#[derive(Debug, Clone, PartialEq)]
pub struct ChangedOrder {
    /// The order as it is now.
    pub order: Order,
    /// The change; it waits while its difference is to be paid.
    pub change: OrderChange,
    /// Token of the hosted page where the customer pays the difference.
    pub page: Option<String>,
    /// The link to send.
    pub link: Option<PayLink>,
}

/// Why an order was not changed. Nothing is written.
#[derive(Debug, thiserror::Error)]
pub enum ChangeOrderError {
    /// Neither a change nor something to exchange was named, or it is as it was.
    #[error("nothing would be different")]
    Nothing,
    /// There is no such line, or not so many of it.
    #[error("the order does not have {quantity} of line {line}")]
    NotThatMany {
        /// Which line.
        line: OrderLineId,
        /// So many were meant.
        quantity: Quantity,
    },
    /// Goods cannot be carried out of a shop by changing an order.
    #[error("a change cannot hand goods over at once; sell them at the till")]
    TakeNow,
    /// It costs more, and nobody said how that is paid.
    #[error("{} more is to be paid: say how", .difference.decimal())]
    PaymentNeeded {
        /// How much.
        difference: Money,
    },
    /// The order does not allow it.
    #[error(transparent)]
    Change(#[from] ChangeError),
    /// What is wished cannot be had.
    #[error(transparent)]
    Checkout(#[from] CheckoutError),
    /// What shall come back may not.
    #[error(transparent)]
    Return(#[from] RequestReturnError),
    /// It is not taken in.
    #[error(transparent)]
    Goods(#[from] ReturnGoodsError),
    /// A return does not take the step.
    #[error(transparent)]
    Step(#[from] ReturnStepError),
    /// The stock of what goes stays set aside.
    #[error(transparent)]
    Stock(#[from] ReservationError),
    /// The money does not move.
    #[error(transparent)]
    Money(#[from] SettleError),
    /// The account stays as it is.
    #[error(transparent)]
    Payment(#[from] PaymentError),
    /// The difference is not asked for or taken.
    #[error(transparent)]
    Pay(#[from] PayOrderError),
    /// Not our caller's doing.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl From<BasketError> for ChangeOrderError {
    fn from(error: BasketError) -> Self {
        ChangeOrderError::Checkout(error.into())
    }
}

problem!(ChangeOrderError { Change, Checkout, Return, Goods, Step, Stock, Money, Payment, Pay, Fault } {
    ChangeOrderError::Nothing => Invalid, "flows.nothing_to_change", vec![];
    ChangeOrderError::NotThatMany { line, .. } => Invalid, "flows.not_that_many", vec![("line", line.to_string().into())];
    ChangeOrderError::TakeNow => Invalid, "flows.change_takes_now", vec![("field", "way".into())];
    ChangeOrderError::PaymentNeeded { difference } =>
        Conflict, "flows.payment_needed", vec![("field", "payment".into()), ("difference_minor", difference.minor.into())];
});

/// What a change would make of an order: what it costs more, below zero less; asks and refuses what [`change_order`] would.
pub fn preview_change(tx: &ReadTx<'_>, actor: &Actor, cmd: &ChangeOrder) -> Result<(Proposal, Money), ChangeOrderError> {
    let order = orders::order(tx, cmd.order)?.ok_or(ChangeError::NotFound)?;
    propose::propose(tx, actor, cmd, &order)
}

/// Change an order as [`preview_change`] says. What is cheaper or costs the same is so at once, and the money goes back the ways it came;
/// what is dearer is so once it is paid, and its stock is kept back meanwhile. Of an order that waits for its payment everything is so at
/// once. Customers may until somebody began to pick, staff until a part has left; goods are exchanged as they are returned.
///
/// Repeating the `key` answers the first change, and asks for the same money again. Announces `order.changed`.
pub fn change_order(tx: &mut Tx<'_>, actor: &Actor, cmd: &ChangeOrder) -> Result<ChangedOrder, ChangeOrderError> {
    let order = orders::order(tx, cmd.order)?.ok_or(ChangeError::NotFound)?;
    if let Some(change) = orders::change_by_key(tx, cmd.order, &cmd.key)? {
        return repeat(tx, actor, cmd, order, change);
    }
    let (mut proposal, difference) = propose::propose(tx, actor, cmd, &order)?;
    let is_paid = order.state != OrderState::Placed;
    let waits = is_paid && difference.is_positive();
    if waits {
        if cmd.payment == PayBy::Later {
            return Err(ChangeOrderError::PaymentNeeded { difference });
        }
        proposal.holds = apply::keep_back(tx, actor, (&cmd.key, cmd), &proposal)?;
    }
    let asked = AskChange { key: cmd.key.clone(), order: order.id, proposal, difference, channel: cmd.channel };
    let change = orders::ask_change(tx, actor, asked)?;
    if waits {
        return pay(tx, actor, cmd, order, change);
    }
    apply::apply(tx, actor, &change)?;
    let order = again(tx, order.id)?;
    let asks = !is_paid && order.due().is_positive();
    let step = if asks { Some(start(tx, actor, &pay_order(cmd), order.head.clone(), false)?) } else { None };
    if !is_paid && !asks {
        close_payments(tx, order.id, None, None)?;
        crate::settle::settle(tx, &Actor::system(), order.id, Money::zero(order.currency), cmd.channel)?;
    }
    let (page, link) = step.map_or((None, None), |step| (step.page, step.link));
    answer(tx, cmd, page, link)
}

fn pay_order(cmd: &ChangeOrder) -> PayOrder {
    PayOrder { key: cmd.key.clone(), order: cmd.order, by: cmd.payment.clone(), channel: cmd.channel }
}

/// Ask for the difference, or take it over the counter; then the change is made by the payment itself.
fn pay(tx: &mut Tx<'_>, actor: &Actor, cmd: &ChangeOrder, order: Order, change: OrderChange) -> Result<ChangedOrder, ChangeOrderError> {
    apply::wait(tx, &change, &cmd.payment)?;
    let step = ask(tx, actor, &pay_order(cmd), order.head, (change.difference, false))?;
    let answered = answer(tx, cmd, step.page, step.link)?;
    if matches!(cmd.payment, PayBy::Counter(_)) && answered.change.state != ChangeState::Applied {
        return Err(ChangeOrderError::PaymentNeeded { difference: change.difference });
    }
    Ok(answered)
}

fn repeat(tx: &mut Tx<'_>, actor: &Actor, cmd: &ChangeOrder, order: Order, change: OrderChange) -> Result<ChangedOrder, ChangeOrderError> {
    orders::may_change(actor, &order, &[])?;
    match change.state {
        ChangeState::Waiting => pay(tx, actor, cmd, order, change),
        ChangeState::Applied | ChangeState::Lapsed => Ok(ChangedOrder { order, change, page: None, link: None }),
    }
}

fn again(tx: &Tx<'_>, order: OrderId) -> Result<Order, Fault> {
    orders::order(tx, order)?.ok_or_else(|| Fault::data("an order vanished"))
}

fn answer(tx: &Tx<'_>, cmd: &ChangeOrder, page: Option<String>, link: Option<PayLink>) -> Result<ChangedOrder, ChangeOrderError> {
    let change = orders::change_by_key(tx, cmd.order, &cmd.key)?.ok_or_else(|| Fault::data("a change vanished"))?;
    Ok(ChangedOrder { order: again(tx, cmd.order)?, change, page, link })
}
