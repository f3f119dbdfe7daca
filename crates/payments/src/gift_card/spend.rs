//! Pay with a card.

use super::{account, behind, gift_card_by_code};
use crate::authorise::begin;
use crate::capture::record_capture;
use crate::store::gift_cards;
use crate::{Authorise, GiftCardId, Method, Payment, PaymentError};
use kernel::{Actor, Channel, Fault, Money, ProfileId, ReadTx, Tx};
use ledger::Entry;

/// A card on the counter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SpendGiftCard {
    /// The caller's name for this intent.
    pub key: String,
    /// What is paid for.
    pub subject: String,
    /// Who pays, if known.
    pub profile: Option<ProfileId>,
    /// Where.
    pub channel: Channel,
    /// The code, as it was typed.
    pub code: String,
    /// What is to be paid; a card that holds less pays what it holds.
    pub most: Money,
}

/// Pay with a card what it holds. Anybody who has its code may. Repeating the `key` answers the first payment as it stands now.
///
/// # Errors
/// [`PaymentError::UnknownGiftCard`], [`PaymentError::EmptyGiftCard`], and [`PaymentError::OtherCurrency`].
pub fn spend_gift_card(tx: &mut Tx<'_>, actor: &Actor, cmd: SpendGiftCard) -> Result<Payment, PaymentError> {
    if let Some(first) = crate::store::payment_by_key(tx, &cmd.key)? {
        return Ok(first);
    }
    let card = gift_card_by_code(tx, &cmd.code)?.filter(|card| !card.is_blocked).ok_or(PaymentError::UnknownGiftCard)?;
    if card.balance.currency != cmd.most.currency {
        return Err(PaymentError::OtherCurrency { currency: card.balance.currency });
    }
    if !card.balance.is_positive() {
        return Err(PaymentError::EmptyGiftCard);
    }
    let amount = Money::new(card.balance.minor.min(cmd.most.minor), cmd.most.currency);
    let SpendGiftCard { key, subject, profile, channel, .. } = cmd;
    let reference = format!("···· {}", card.ending());
    let ask = Authorise { key, subject, profile, channel, method: Method::GiftCard, amount, reference, capture_later: false };
    let payment = begin(tx, ask, None)?.0.payment;
    gift_cards::insert_use(tx, payment.id, card.id)?;
    record_capture(tx, actor, payment, amount)
}

/// The card that made a payment.
pub(crate) fn card_of(tx: &ReadTx<'_>, payment: &Payment) -> Result<Option<GiftCardId>, Fault> {
    if payment.method == Method::GiftCard { gift_cards::used_by(tx, payment.id) } else { Ok(None) }
}

/// What a card gains when so much goes back onto it; below zero when it pays.
pub(crate) fn onto(card: GiftCardId, minor: i64) -> [Entry; 2] {
    [Entry::new(account(card), minor), Entry::new(behind(card), -minor)]
}
