//! A change is made: stock, lines, account and money follow together.

use super::propose::quoted;
use super::{ChangeOrder, ChangeOrderError};
use crate::basket::{BasketLine, BasketQuote};
use crate::bundles::{Parts, kinds_of};
use crate::checkout::CheckoutError;
use crate::compose::{Sold, parts};
use crate::delivery::promised_of;
use crate::pay_order::PayBy;
use crate::return_goods::{ReceiveGoods, receive_goods};
use crate::set_aside::{no_source, not_for_sale, reserve};
use crate::settle::{SettleError, close_payments, give_back_overpaid, subject};
use crate::sourcing::source_with_reasons;
use crate::stock;
use catalogue::{VariantCard, VariantId};
use inventory::ReservationId;
use kernel::{Actor, Fault, Kind, Money, Problem, Timer, Timestamp, Tx};
use orders::{
    ChangeState, NewPart, Order, OrderChange, OrderHead, OrderId, OrderState, Proposal, ProposedLine, RequestReturn, RewriteOrder,
};
use payments::Bill;
use std::collections::HashMap;
use std::time::Duration;

/// A change that nobody pays lapses.
pub(crate) const LAPSE_CHANGE: &str = "flows.lapse_change";

/// How long a change waits for a customer on the hosted page.
const WAIT: Duration = Duration::from_secs(30 * 60);

fn basket(lines: &[ProposedLine]) -> Vec<BasketLine> {
    lines.iter().map(|line| BasketLine { variant: line.variant, quantity: line.quantity, way: line.way.clone() }).collect()
}

fn until(tx: &Tx<'_>, by: &PayBy) -> Timestamp {
    match by {
        PayBy::Link { good_for, .. } => tx.now().plus(*good_for),
        _ => tx.now().plus(WAIT),
    }
}

/// The change lapses unless it is paid in time.
pub(super) fn wait(tx: &mut Tx<'_>, change: &OrderChange, by: &PayBy) -> Result<(), Fault> {
    let until = until(tx, by);
    tx.at(until, LAPSE_CHANGE, &change.id.to_string(), &change.order)
}

/// Keep the stock of what is new back while its payment is awaited; what the order has already stays set aside for it.
pub(super) fn keep_back(
    tx: &mut Tx<'_>,
    actor: &Actor,
    (key, cmd): (&str, &ChangeOrder),
    proposal: &Proposal,
) -> Result<Vec<ReservationId>, ChangeOrderError> {
    let order = super::again(tx, cmd.order)?;
    let had: Vec<VariantId> =
        order.lines.iter().filter(|line| proposal.parts.contains(&line.fulfilment)).map(|line| line.variant).collect();
    let new: Vec<_> = proposal.lines.iter().filter(|line| !had.contains(&line.variant)).cloned().collect();
    let until = until(tx, &cmd.payment);
    let aside = set_aside(tx, actor, (&format!("change/{key}/hold"), Some(until)), &new, &order.head)?;
    Ok(aside.reservations)
}

/// What [`set_aside`] answers.
struct Aside {
    parts: Vec<NewPart>,
    reservations: Vec<ReservationId>,
}

/// Find places for the lines, set their stock aside, and put them into parts.
fn set_aside(
    tx: &mut Tx<'_>,
    actor: &Actor,
    (key, until): (&str, Option<Timestamp>),
    lines: &[ProposedLine],
    order: &OrderHead,
) -> Result<Aside, CheckoutError> {
    if lines.is_empty() {
        return Ok(Aside { parts: Vec::new(), reservations: Vec::new() });
    }
    let ids: Vec<_> = lines.iter().map(|line| line.variant).collect();
    let cards: HashMap<VariantId, VariantCard> = catalogue::variants(tx, &ids)?.into_iter().map(|card| (card.id, card)).collect();
    if let Some(gone) = ids.iter().find(|variant| !cards.contains_key(variant)) {
        return Err(not_for_sale(*gone, &cards));
    }
    let kinds = kinds_of(&cards);
    let bundles = Parts::of(tx, &kinds.bundles)?.map_err(|bundle| not_for_sale(bundle, &cards))?;
    let wanted = basket(lines);
    let sources = source_with_reasons(tx, &wanted, &kinds).map_err(|why| no_source(why, &cards))?;
    let reservations = reserve(tx, actor, (key, until), &wanted, (&sources, &bundles), &cards)?;
    let quote = quote(tx, lines, order)?;
    let promised = promised_of(tx, &quote, &sources, order.locale)?;
    let matched: Vec<_> = lines.iter().map(|line| line.matched.clone()).collect();
    let sold = Sold {
        lines: &wanted,
        matched: &matched,
        quote: &quote,
        cards: &cards,
        locale: order.locale,
        bundles: &bundles,
        reservations: &reservations,
    };
    // A line is called what it was called when it was sold.
    let named: Vec<Vec<usize>> = sources.iter().map(|source| source.lines.iter().map(|(index, _)| *index).collect()).collect();
    let mut parts = parts(&sold, sources, promised);
    for (part, indices) in parts.iter_mut().zip(named) {
        for (line, index) in part.lines.iter_mut().zip(indices) {
            line.title.clone_from(&lines[index].title);
            line.sku.clone_from(&lines[index].sku);
        }
    }
    Ok(Aside { parts, reservations: reservations.into_values().collect() })
}

/// The lines as pricing would have said them; parcels go by the way that the order has.
fn quote(tx: &Tx<'_>, lines: &[ProposedLine], order: &OrderHead) -> Result<BasketQuote, Fault> {
    let zero = Money::zero(order.currency);
    let method = match orders::waiting_change(tx, order.id)?.and_then(|change| change.proposal.delivery) {
        Some(code) => pricing::delivery_method(tx, &code)?,
        None => None,
    };
    Ok(BasketQuote {
        currency: order.currency,
        lines: lines.iter().map(|line| quoted(line, order.currency)).collect(),
        discount: zero,
        goods: zero,
        delivery: method,
        delivery_fee: zero,
        delivery_tax: zero,
        tax: zero,
        total: zero,
        coupon: None,
    })
}

/// Make the change: what goes is released, what comes set aside; what comes back pays for it, and what was paid too much goes back.
pub(super) fn apply(tx: &mut Tx<'_>, actor: &Actor, change: &OrderChange) -> Result<(), ChangeOrderError> {
    let proposal = &change.proposal;
    let before = super::again(tx, change.order)?;
    orders::may_change(actor, &before, &proposal.parts)?;
    for hold in &proposal.holds {
        inventory::release_reservation(tx, actor, *hold)?;
    }
    stock::release(tx, actor, before.lines.iter().filter(|line| proposal.parts.contains(&line.fulfilment)))?;
    let key = format!("change/{}", change.id);
    let aside = set_aside(tx, actor, (&key, None), &proposal.lines, &before.head)?;
    let rewrite = RewriteOrder {
        order: before.id,
        withdrawn: proposal.parts.clone(),
        parts: aside.parts,
        delivery_fee: proposal.delivery_fee,
        delivery_tax: proposal.delivery_tax,
        notes: proposal.notes.clone(),
        channel: change.channel,
    };
    let after = orders::rewrite_order(tx, actor, &rewrite)?;
    let dearer = Money::new(after.total.minor - before.total.minor, after.currency);
    payments::bill(tx, Bill { key: key.clone(), subject: subject(after.id), amount: dearer })?;
    orders::settle_change(tx, change.id, ChangeState::Applied)?;
    tx.cancel_timer(LAPSE_CHANGE, &change.id.to_string())?;
    take_in_exchange(tx, actor, (change, &key), &after)?;
    let too_much = if before.state == OrderState::Placed { before.paid.minor - after.total.minor } else { -dearer.minor };
    if too_much > 0 {
        // The change that was permitted is what permits the refund.
        give_back_overpaid(tx, after.id, Money::new(too_much, after.currency), &key, "the order costs less")?;
    }
    Ok(())
}

/// What comes back pays for what goes out.
fn take_in_exchange(tx: &mut Tx<'_>, actor: &Actor, (change, key): (&OrderChange, &str), order: &Order) -> Result<(), ChangeOrderError> {
    let proposal = &change.proposal;
    if proposal.back.is_empty() {
        return Ok(());
    }
    let asked = RequestReturn {
        key: key.to_owned(),
        order: order.id,
        lines: proposal.back.clone(),
        reason: proposal.reason.clone(),
        channel: change.channel,
        onto_card: false,
    };
    let goods = orders::request_return(tx, actor, &asked)?;
    let credit = Money::new(proposal.credit, order.currency);
    orders::credit_return(tx, goods.id, credit)?;
    let bill = Bill { key: format!("{key}/credit"), subject: subject(order.id), amount: credit.negated() };
    payments::bill(tx, bill)?;
    if let Some(location) = proposal.back_at {
        let receive = ReceiveGoods { goods_return: goods.id, location, conditions: Vec::new(), channel: change.channel };
        receive_goods(tx, actor, &receive)?;
    }
    Ok(())
}

/// Money came in for an order, so much more than it costs: the change that waits for it is made, if that is still possible; else it lapses.
/// Answers what of the money is to be kept: it may be a part of what the change costs.
pub(crate) fn take_up(tx: &mut Tx<'_>, order: OrderId, beyond: Money) -> Result<bool, Fault> {
    let Some(change) = orders::waiting_change(tx, order)? else { return Ok(false) };
    if beyond.minor < change.difference.minor {
        return Ok(true);
    }
    let made = tx.attempt(|tx| apply(tx, &Actor::system(), &change))?;
    match made {
        Ok(()) => {}
        Err(ChangeOrderError::Fault(fault)) => return Err(fault),
        Err(refused) if refused.kind() == Kind::Unavailable => return Err(Fault::outside("changing an order", refused)),
        Err(_) => end(tx, &change)?,
    }
    Ok(false)
}

/// The change is not made; the order is as it was.
fn end(tx: &mut Tx<'_>, change: &OrderChange) -> Result<(), Fault> {
    orders::settle_change(tx, change.id, ChangeState::Lapsed)?;
    tx.cancel_timer(LAPSE_CHANGE, &change.id.to_string())?;
    for hold in &change.proposal.holds {
        match inventory::release_reservation(tx, &Actor::system(), *hold) {
            Ok(_) => {}
            Err(inventory::ReservationError::Fault(fault)) => return Err(fault),
            // It has ended by itself.
            Err(_) => {}
        }
    }
    Ok(())
}

/// Nobody paid in time; what came in for a part of it goes back.
pub(crate) fn lapse(tx: &mut Tx<'_>, timer: &Timer) -> Result<(), Fault> {
    let order: OrderId = timer.read()?;
    let Some(change) = orders::waiting_change(tx, order)?.filter(|change| change.id.to_string() == timer.key) else { return Ok(()) };
    end(tx, &change)?;
    close_payments(tx, order, None, None).map_err(undone)?;
    let order = super::again(tx, order)?;
    let beyond = Money::new(order.paid.minor - order.total.minor, order.currency);
    if beyond.is_positive() {
        give_back_overpaid(tx, order.id, beyond, &format!("lapsed/{}", change.id), "the change was not paid in time").map_err(undone)?;
    }
    Ok(())
}

fn undone(error: SettleError) -> Fault {
    match error {
        SettleError::Fault(fault) => fault,
        other => Fault::outside("giving back what was paid for a change", other),
    }
}
