//! Ask for the money of an order, or take it over the counter.

use crate::delegate::problem;
use crate::expire_order::EXPIRE_ORDER;
use crate::settle::{SettleError, close_payments, settle, subject};
use kernel::{Actor, Channel, Fault, Money, Tx};
use orders::{OrderHead, OrderId, OrderState};
use payments::{Authorise, CreatePayLink, Method, PayLink, PayLinkError, PaymentError, SpendGiftCard, TakePayment};
use std::time::Duration;

/// How long an order waits for a customer on the hosted page, or at the counter.
const WAIT: Duration = Duration::from_secs(30 * 60);
/// A payment made in a link's last moment may still be under way.
const AFTER_LINK: Duration = Duration::from_secs(10 * 60);
/// How long an order waits that shall be paid later.
const WAIT_LATER: Duration = Duration::from_secs(24 * 3600);

/// One way of paying part of an order over the counter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tender {
    /// Cash, terminal or gift card.
    pub method: Method,
    /// How much; for cash without the change. A gift card that holds less pays what it holds.
    pub amount: Money,
    /// The terminal's receipt number, or the gift card's code; empty for cash.
    pub reference: String,
}

/// How an order shall be paid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PayBy {
    /// On the gateway's hosted page, now.
    Online,
    /// By a link sent to the customer.
    Link {
        /// The matter it is sent in.
        matter: Option<String>,
        /// How long it is good.
        good_for: Duration,
    },
    /// Over the counter, now: all of it or a part. The rest can be asked for by [`pay_order`].
    Counter(Vec<Tender>),
    /// With a gift card, as far as it goes.
    GiftCard {
        /// As it was typed.
        code: String,
        /// How what is left is paid.
        rest: Box<PayBy>,
    },
    /// Not decided yet; within a day.
    Later,
}

/// Input of [`pay_order`].
#[derive(Debug, Clone)]
pub struct PayOrder {
    /// The caller's name for this intent.
    pub key: String,
    /// Which order.
    pub order: OrderId,
    /// How.
    pub by: PayBy,
    /// Where.
    pub channel: Channel,
}

/// What is to happen next.
#[derive(Debug, Clone, PartialEq)]
pub struct PaymentStep {
    /// The order as it is now.
    pub order: OrderHead,
    /// Token of the hosted page where the customer pays.
    pub page: Option<String>,
    /// The link to send.
    pub link: Option<PayLink>,
}

/// Why no money is asked for or taken. Nothing is written.
#[derive(Debug, thiserror::Error)]
pub enum PayOrderError {
    /// No such order for this actor.
    #[error("there is no such order")]
    NotFound,
    /// It is paid or called off.
    #[error("the order is {state}: nothing is to be paid")]
    NothingDue {
        /// Where it stands.
        state: OrderState,
    },
    /// The tenders make more than what is due.
    #[error("only {} is due", .due.decimal())]
    TooMuch {
        /// What is.
        due: Money,
    },
    /// A link is sent to somebody, and nobody is known.
    #[error("the customer is not known: a link cannot be sent")]
    NobodyToAsk,
    /// The payment is refused.
    #[error(transparent)]
    Payment(#[from] PaymentError),
    /// The link is.
    #[error(transparent)]
    Link(#[from] PayLinkError),
    /// What was taken cannot be taken up.
    #[error(transparent)]
    Settle(#[from] SettleError),
    /// Not our caller's doing.
    #[error(transparent)]
    Fault(#[from] Fault),
}

problem!(PayOrderError { Payment, Link, Settle, Fault } {
    PayOrderError::NotFound => NotFound, "orders.not_found", vec![];
    PayOrderError::NothingDue { state } => Conflict, "flows.nothing_due", vec![("state", state.as_str().into())];
    PayOrderError::TooMuch { due } => Invalid, "flows.tenders_exceed", vec![("due_minor", due.minor.into())];
    PayOrderError::NobodyToAsk => Invalid, "flows.nobody_to_ask", vec![];
});

/// Open the hosted page, make a link, or take money over the counter, for what is due of an order that waits for its payment.
/// A new way closes the ones opened before. Repeating the `key` answers the same page or link, and takes no money twice.
///
/// A customer pays their own orders, a visitor one that they hold the id of; counter and links need the permission to take payment. A gift card is
/// spent by whoever has its code.
pub fn pay_order(tx: &mut Tx<'_>, actor: &Actor, cmd: &PayOrder) -> Result<PaymentStep, PayOrderError> {
    let order = orders::order(tx, cmd.order)?.ok_or(PayOrderError::NotFound)?.head;
    if actor.profile().is_some_and(|profile| order.profile != Some(profile)) {
        return Err(PayOrderError::NotFound);
    }
    start(tx, actor, cmd, order, false)
}

/// As [`pay_order`], for an order at hand; nothing was ever asked for one that is `fresh`.
pub(crate) fn start(tx: &mut Tx<'_>, actor: &Actor, cmd: &PayOrder, order: OrderHead, fresh: bool) -> Result<PaymentStep, PayOrderError> {
    if cmd.by == PayBy::Later {
        wait(tx, &order, WAIT_LATER)?;
        return Ok(PaymentStep { order, page: None, link: None });
    }
    // A repeated payment over the counter finds nothing due, and takes nothing.
    let amount = if matches!(cmd.by, PayBy::Counter(_)) { order.due() } else { due(&order)? };
    let step = ask(tx, actor, cmd, order, (amount, fresh))?;
    match &step.link {
        Some(link) => tx.at(link.expires_at.plus(AFTER_LINK), EXPIRE_ORDER, &step.order.id.to_string(), &())?,
        None if step.order.state == OrderState::Placed => wait(tx, &step.order, if is_later(&cmd.by) { WAIT_LATER } else { WAIT })?,
        None => {}
    }
    Ok(step)
}

/// Whether what is left waits for another decision.
fn is_later(by: &PayBy) -> bool {
    match by {
        PayBy::Later => true,
        PayBy::GiftCard { rest, .. } => is_later(rest),
        _ => false,
    }
}

/// Ask for this amount, or take it over the counter; a new way closes the ones opened before, unless nothing was ever asked for it.
pub(crate) fn ask(
    tx: &mut Tx<'_>,
    actor: &Actor,
    cmd: &PayOrder,
    order: OrderHead,
    (amount, fresh): (Money, bool),
) -> Result<PaymentStep, PayOrderError> {
    match &cmd.by {
        PayBy::Online => online(tx, actor, cmd, order, (amount, fresh)),
        PayBy::Link { matter, good_for } => link(tx, actor, cmd, order, (matter.clone(), amount, *good_for)),
        PayBy::Counter(tenders) => counter(tx, actor, cmd, order, (amount, tenders)),
        PayBy::GiftCard { code, rest } => gift_card(tx, actor, cmd, order, (amount, code, rest)),
        PayBy::Later => Ok(PaymentStep { order, page: None, link: None }),
    }
}

fn online(
    tx: &mut Tx<'_>,
    actor: &Actor,
    cmd: &PayOrder,
    order: OrderHead,
    (amount, fresh): (Money, bool),
) -> Result<PaymentStep, PayOrderError> {
    let ask = Authorise {
        key: format!("pay/{}", cmd.key),
        subject: subject(order.id),
        profile: order.profile,
        channel: cmd.channel,
        method: Method::Gateway,
        amount,
        reference: String::new(),
        capture_later: false,
    };
    let open = payments::authorise(tx, actor, ask)?;
    if !fresh {
        close_payments(tx, order.id, Some(open.payment.id), None)?;
    }
    Ok(PaymentStep { order, page: open.page, link: None })
}

fn link(
    tx: &mut Tx<'_>,
    actor: &Actor,
    cmd: &PayOrder,
    order: OrderHead,
    (matter, amount, good_for): (Option<String>, Money, Duration),
) -> Result<PaymentStep, PayOrderError> {
    let profile = order.profile.ok_or(PayOrderError::NobodyToAsk)?;
    let ask = CreatePayLink {
        key: format!("pay/{}", cmd.key),
        subject: subject(order.id),
        profile,
        matter,
        channel: cmd.channel,
        amount,
        expires_at: tx.now().plus(good_for),
    };
    let link = payments::create_pay_link(tx, actor, ask)?;
    close_payments(tx, order.id, None, Some(link.id))?;
    Ok(PaymentStep { order, page: None, link: Some(link) })
}

fn counter(
    tx: &mut Tx<'_>,
    actor: &Actor,
    cmd: &PayOrder,
    order: OrderHead,
    (amount, tenders): (Money, &[Tender]),
) -> Result<PaymentStep, PayOrderError> {
    let subject = subject(order.id);
    let known: Vec<_> = payments::payments_of(tx, &subject)?.into_iter().map(|payment| payment.id).collect();
    let (mut now, mut left) = (order, amount.minor);
    for (at, tender) in tenders.iter().enumerate() {
        let take = TakePayment {
            key: format!("pay/{}/{at}", cmd.key),
            subject: subject.clone(),
            profile: now.profile,
            channel: cmd.channel,
            method: tender.method,
            amount: tender.amount,
            reference: tender.reference.clone(),
        };
        let payment = match tender.method {
            Method::GiftCard => payments::spend_gift_card(tx, actor, of_card(take, &tender.reference))?,
            _ => payments::take_payment(tx, actor, take)?,
        };
        if known.contains(&payment.id) {
            continue;
        }
        if left == 0 {
            return Err(PayOrderError::NothingDue { state: now.state });
        }
        if payment.captured.minor > left {
            return Err(PayOrderError::TooMuch { due: Money::new(left, amount.currency) });
        }
        left -= payment.captured.minor;
        now = settle(tx, actor, now.id, payment.captured, cmd.channel)?.order;
    }
    Ok(PaymentStep { order: now, page: None, link: None })
}

/// The card first; what it does not hold by the other way.
fn gift_card(
    tx: &mut Tx<'_>,
    actor: &Actor,
    cmd: &PayOrder,
    order: OrderHead,
    (amount, code, rest): (Money, &str, &PayBy),
) -> Result<PaymentStep, PayOrderError> {
    let spend = SpendGiftCard {
        key: format!("pay/{}/card", cmd.key),
        subject: subject(order.id),
        profile: order.profile,
        channel: cmd.channel,
        code: code.to_owned(),
        most: amount,
    };
    let known: Vec<_> = payments::payments_of(tx, &spend.subject)?.into_iter().map(|payment| payment.id).collect();
    let payment = payments::spend_gift_card(tx, actor, spend)?;
    let is_new = !known.contains(&payment.id);
    let now = if is_new { settle(tx, &Actor::system(), order.id, payment.captured, cmd.channel)?.order } else { order };
    let left = Money::new(amount.minor - if is_new { payment.captured.minor } else { 0 }, amount.currency);
    if !left.is_positive() {
        return Ok(PaymentStep { order: now, page: None, link: None });
    }
    ask(tx, actor, &PayOrder { by: rest.clone(), ..cmd.clone() }, now, (left, false))
}

fn of_card(take: TakePayment, code: &str) -> SpendGiftCard {
    let TakePayment { key, subject, profile, channel, amount: most, .. } = take;
    SpendGiftCard { key, subject, profile, channel, code: code.to_owned(), most }
}

fn due(order: &OrderHead) -> Result<Money, PayOrderError> {
    if order.state != OrderState::Cancelled && order.due().is_positive() {
        Ok(order.due())
    } else {
        Err(PayOrderError::NothingDue { state: order.state })
    }
}

/// The order is called off unless it is paid by then; asking again and again does not keep the stock for ever.
fn wait(tx: &mut Tx<'_>, order: &OrderHead, span: Duration) -> Result<(), Fault> {
    let until = tx.now().plus(span).min(order.placed_at.plus(WAIT_LATER));
    tx.at(until, EXPIRE_ORDER, &order.id.to_string(), &())
}
