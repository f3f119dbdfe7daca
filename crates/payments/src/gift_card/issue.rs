//! Make a card, and stop one.

use super::spend::onto;
use super::{GiftCard, GiftCardOrigin, code};
use crate::events::{GIFT_CARD_BLOCKED, GIFT_CARD_ISSUED, GiftCardEvent};
use crate::model::positive;
use crate::store::gift_cards;
use crate::{GiftCardId, PaymentError};
use kernel::{Actor, Channel, Event, Fault, Money, Permission, ProfileId, Tx};
use ledger::Post;

/// Most that one card holds, in minor units.
const MOST: i64 = 100_000_000;

/// A card to be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IssueGiftCard {
    /// The caller's name for this intent.
    pub key: String,
    /// Why.
    pub origin: GiftCardOrigin,
    /// Whose, if known.
    pub profile: Option<ProfileId>,
    /// What for; may be empty.
    pub subject: String,
    /// What is on it.
    pub amount: Money,
    /// Where.
    pub channel: Channel,
}

/// Make a card. Needs the permission to refund: it is worth money. Repeating the `key` answers the first as it stands. Announces
/// `gift_card.issued`, without the code.
///
/// # Errors
/// [`PaymentError::InvalidAmount`] for nothing, or more than a million.
pub fn issue_gift_card(tx: &mut Tx<'_>, actor: &Actor, cmd: IssueGiftCard) -> Result<GiftCard, PaymentError> {
    actor.require(Permission::Refund)?;
    if let Some(first) = gift_cards::by_key(tx, &cmd.key)? {
        return Ok(first);
    }
    if positive(cmd.amount)?.minor > MOST {
        return Err(PaymentError::InvalidAmount { most: MOST });
    }
    let amount = cmd.amount;
    let card = make(tx, actor, cmd)?;
    let entries = onto(card.id, amount.minor).to_vec();
    ledger::post(tx, Post { key: format!("card/{}", card.id), reason: "gift card", unit: amount.currency.to_string(), entries })?;
    Ok(card)
}

/// As [`issue_gift_card`], for whoever posts what is on it, and did look whether the key acted before.
pub(crate) fn make(tx: &mut Tx<'_>, actor: &Actor, cmd: IssueGiftCard) -> Result<GiftCard, Fault> {
    let card = GiftCard {
        id: tx.new_id::<GiftCardId>(),
        code: code::new(tx),
        origin: cmd.origin,
        profile: cmd.profile,
        subject: cmd.subject,
        issued: cmd.amount,
        balance: cmd.amount,
        is_blocked: false,
        created_at: tx.now(),
    };
    gift_cards::insert(tx, &cmd.key, &card)?;
    let body = GiftCardEvent::of(&card);
    tx.announce(Event::new(GIFT_CARD_ISSUED, card.id).profile(card.profile).channel(cmd.channel).by(actor).body(&body))?;
    Ok(card)
}

/// Stop a card that was lost, or let it be spent again. What is on it stays. Announces `gift_card.blocked` when that changes.
///
/// # Errors
/// [`PaymentError::UnknownGiftCard`].
pub fn block_gift_card(tx: &mut Tx<'_>, actor: &Actor, id: GiftCardId, is_blocked: bool) -> Result<GiftCard, PaymentError> {
    actor.require(Permission::Refund)?;
    let known = gift_cards::by_id(tx, id)?.ok_or(PaymentError::UnknownGiftCard)?;
    if known.is_blocked == is_blocked {
        return Ok(known);
    }
    gift_cards::set_blocked(tx, id, is_blocked)?;
    let card = GiftCard { is_blocked, ..known };
    let body = GiftCardEvent::of(&card);
    tx.announce(Event::new(GIFT_CARD_BLOCKED, card.id).profile(card.profile).by(actor).body(&body).hidden())?;
    Ok(card)
}
