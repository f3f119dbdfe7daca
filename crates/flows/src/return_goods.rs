//! Goods come back, in any shop: what can be sold again is stock of this shop, and the money goes back the ways it came.

use crate::delegate::problem;
use crate::settle::{SettleError, give_back, subject};
use inventory::{LocationId, StockError, TakeBack};
use kernel::{Actor, Channel, Fault, Money, Tx};
use orders::{
    Condition, NewReturnLine, OrderId, ReceiveReturn, RequestReturn, RequestReturnError, Return, ReturnId, ReturnLine, ReturnState,
    ReturnStepError, SettleReturn,
};
use payments::{Bill, PaymentError, RefundSubject};

/// Input of [`return_goods`].
#[derive(Debug, Clone)]
pub struct ReturnGoods {
    /// The caller's name for this intent: the same key gives the same return.
    pub key: String,
    /// Of which order.
    pub order: OrderId,
    /// What lies on the counter.
    pub lines: Vec<NewReturnLine>,
    /// In the customer's words.
    pub reason: String,
    /// Where the goods are now; any place, whoever sold them.
    pub location: LocationId,
    /// Where.
    pub channel: Channel,
    /// Onto a gift card instead of the ways it was paid; the customer chooses.
    pub onto_card: bool,
}

/// Input of [`receive_goods`].
#[derive(Debug, Clone)]
pub struct ReceiveGoods {
    /// The return that was asked for before.
    pub goods_return: ReturnId,
    /// Where the goods are now; any place.
    pub location: LocationId,
    /// What staff see where it differs from what was said.
    pub conditions: Vec<(orders::OrderLineId, Condition)>,
    /// Where.
    pub channel: Channel,
}

/// Why goods were not taken back. Nothing is written.
#[derive(Debug, thiserror::Error)]
pub enum ReturnGoodsError {
    /// They may not come back.
    #[error(transparent)]
    Request(#[from] RequestReturnError),
    /// The return is over, or not one.
    #[error(transparent)]
    Step(#[from] ReturnStepError),
    /// They do not become stock here.
    #[error(transparent)]
    Stock(#[from] StockError),
    /// The account stays as it is.
    #[error(transparent)]
    Payment(#[from] PaymentError),
    /// The money does not go back.
    #[error(transparent)]
    Money(#[from] SettleError),
    /// Not our caller's doing.
    #[error(transparent)]
    Fault(#[from] Fault),
}

problem!(ReturnGoodsError { Request, Step, Stock, Payment, Money, Fault });

/// Take goods of any order back at the counter, in one go: permitted, received, restocked, refunded.
///
/// Needs the permissions to accept returns and to refund. Repeating the `key` answers the first return as it is now.
pub fn return_goods(tx: &mut Tx<'_>, actor: &Actor, cmd: &ReturnGoods) -> Result<Return, ReturnGoodsError> {
    let ReturnGoods { key, order, lines, reason, location, channel, onto_card } = cmd.clone();
    let asked = orders::request_return(tx, actor, &RequestReturn { key, order, lines, reason, channel, onto_card })?;
    if asked.state != ReturnState::Requested {
        return Ok(asked);
    }
    receive_goods(tx, actor, &ReceiveGoods { goods_return: asked.id, location, conditions: Vec::new(), channel })
}

/// Take in the goods of a return that was asked for before, by post or at a counter: restock what can be sold again, and refund.
pub fn receive_goods(tx: &mut Tx<'_>, actor: &Actor, cmd: &ReceiveGoods) -> Result<Return, ReturnGoodsError> {
    let location = inventory::location(tx, cmd.location)?.ok_or(StockError::UnknownLocation)?;
    let receive = ReceiveReturn {
        goods_return: cmd.goods_return,
        location: location.id,
        place: location.details.name,
        conditions: cmd.conditions.clone(),
        channel: cmd.channel,
    };
    let goods = orders::receive_return(tx, actor, &receive)?;
    let services = catalogue::kinds_among(tx, &goods.lines.iter().map(|line| line.variant).collect::<Vec<_>>())?.services;
    for line in goods.lines.iter().filter(|line| line.condition == Condition::Resale && !services.contains(&line.variant)) {
        let key = format!("return/{}/{}", goods.id, line.line);
        restock(tx, actor, cmd.location, key, line)?;
    }
    // What paid for something else in exchange is written already.
    let refund = Money::new(goods.refund.minor - goods.credited.minor, goods.refund.currency);
    if refund.is_positive() {
        let key = format!("return/{}", goods.id);
        payments::bill(tx, Bill { key: key.clone(), subject: subject(goods.order), amount: refund.negated() })?;
        let subject = subject(goods.order);
        let back = RefundSubject { key, subject, amount: refund, reason: goods.reason.clone(), onto_card: goods.onto_card };
        give_back(tx, actor, goods.order, back)?;
    }
    Ok(orders::mark_return_refunded(tx, actor, &SettleReturn { goods_return: goods.id, channel: cmd.channel })?)
}

/// Refuse a return: the goods are still the customer's, and what they should have paid for in exchange is owed again. Needs the permission
/// to accept returns.
pub fn reject_goods(tx: &mut Tx<'_>, actor: &Actor, cmd: &SettleReturn) -> Result<Return, ReturnGoodsError> {
    let goods = orders::reject_return(tx, actor, cmd)?;
    if goods.credited.is_positive() {
        let bill = Bill { key: format!("return/{}/rejected", goods.id), subject: subject(goods.order), amount: goods.credited };
        payments::bill(tx, bill)?;
    }
    Ok(goods)
}

/// A thing becomes stock again; of a bundle everything that was in it.
fn restock(tx: &mut Tx<'_>, actor: &Actor, location: LocationId, key: String, line: &ReturnLine) -> Result<(), StockError> {
    let back = |key, variant, quantity| TakeBack { key, variant, location, quantity };
    if line.parts.is_empty() {
        return inventory::take_back(tx, actor, back(key, line.variant, line.quantity)).map(drop);
    }
    for (at, part) in line.parts.iter().enumerate() {
        inventory::take_back(tx, actor, back(format!("{key}/{at}"), part.variant, part.of(line.quantity)))?;
    }
    Ok(())
}
