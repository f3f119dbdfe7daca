//! Give money back for a subject, whichever way it was paid.

use crate::gift_card::make;
use crate::model::positive;
use crate::refund::give_back;
use crate::split::split;
use crate::{GiftCardId, GiftCardOrigin, IssueGiftCard, Method, Payment, PaymentError, Refund, RefundRecord, store};
use kernel::{Actor, Fault, Money, Permission, Tx};

/// Money to give back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefundSubject {
    /// The caller's name for this intent.
    pub key: String,
    /// For what.
    pub subject: String,
    /// How much in all.
    pub amount: Money,
    /// Why, in plain words.
    pub reason: String,
    /// Onto a new gift card instead of the ways it came; what a card paid goes back onto that card all the same.
    pub onto_card: bool,
}

/// Give money back the ways it came: gateway and links first, then the terminal, gift cards, cash last; newest first within each. Or onto a
/// new card, when the customer asks for one.
/// Repeating the `key` answers the first refunds.
///
/// # Errors
/// [`PaymentError::TooMuch`] beyond what was captured and not given back; nothing is given back then.
pub fn refund_subject(tx: &mut Tx<'_>, actor: &Actor, cmd: RefundSubject) -> Result<Vec<RefundRecord>, PaymentError> {
    actor.require(Permission::Refund)?;
    let first = store::refunds_by_key(tx, &cmd.key)?;
    if !first.is_empty() {
        return Ok(first);
    }
    positive(cmd.amount)?;
    let payments = store::payments_of(tx, &cmd.subject)?;
    if let Some(other) = payments.iter().find(|p| p.amount.currency != cmd.amount.currency) {
        return Err(PaymentError::OtherCurrency { currency: other.amount.currency });
    }
    let Some(parts) = split(cmd.amount.minor, &payments) else {
        let left = payments.iter().map(|p| p.refundable().minor).sum();
        return Err(PaymentError::TooMuch { left: Money::new(left, cmd.amount.currency) });
    };
    let new_card = if cmd.onto_card { card_for(tx, actor, &cmd, &parts)? } else { None };
    let mut records = Vec::with_capacity(parts.len());
    for (payment, minor) in parts {
        let part = Refund {
            key: cmd.key.clone(),
            payment: payment.id,
            amount: Money::new(minor, cmd.amount.currency),
            reason: cmd.reason.clone(),
        };
        let card = new_card.filter(|_| payment.method != Method::GiftCard);
        records.push(give_back(tx, actor, payment.clone(), &part, card)?);
    }
    // The order in which a repeat finds them.
    records.sort_by_key(|record| record.id);
    Ok(records)
}

/// The card for what was not paid by cards; its refunds put the money onto it.
fn card_for(tx: &mut Tx<'_>, actor: &Actor, cmd: &RefundSubject, parts: &[(&Payment, i64)]) -> Result<Option<GiftCardId>, Fault> {
    let others = || parts.iter().filter(|(payment, _)| payment.method != Method::GiftCard);
    let Some((last, _)) = others().next_back() else { return Ok(None) };
    let amount = Money::new(others().map(|(_, minor)| minor).sum(), cmd.amount.currency);
    let (profile, channel) = (last.profile, last.channel);
    let card = IssueGiftCard {
        key: format!("refund/{}", cmd.key),
        origin: GiftCardOrigin::Refund,
        profile,
        subject: cmd.subject.clone(),
        amount,
        channel,
    };
    Ok(Some(make(tx, actor, card)?.id))
}
