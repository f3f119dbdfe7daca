//! What stands in for money with us: a card that somebody bought, what goods were worth that came back, a kindness. Whoever holds the
//! code spends it, at every door. Its balance is an account of the ledger that never falls below zero, so nothing is spent twice.

mod code;
mod issue;
mod spend;

pub use issue::{IssueGiftCard, block_gift_card, issue_gift_card};
pub use spend::{SpendGiftCard, spend_gift_card};

pub(crate) use issue::make;
pub(crate) use spend::{card_of, onto};

use crate::GiftCardId;
use crate::store::gift_cards;
use kernel::{Fault, Money, ProfileId, ReadTx, Timestamp};
use ledger::AccountName;

kernel::db_enum! {
    /// Why a card is there.
    pub enum GiftCardOrigin {
        /// Somebody bought it.
        Sold = "sold",
        /// Instead of money for goods that came back.
        Refund = "refund",
        /// A kindness of the brand.
        Goodwill = "goodwill",
    }
}

/// A card as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GiftCard {
    /// Which.
    pub id: GiftCardId,
    /// Sixteen characters; whoever has them may spend it. They carry 80 bits, so nobody guesses one.
    pub code: String,
    /// Why it is there.
    pub origin: GiftCardOrigin,
    /// Whose it was first, if known; it is not asked for when the card is spent.
    pub profile: Option<ProfileId>,
    /// What it was given for, such as `order:ID`; empty for nothing in particular.
    pub subject: String,
    /// What was on it first.
    pub issued: Money,
    /// What is on it now.
    pub balance: Money,
    /// It was reported lost: nobody spends it.
    pub is_blocked: bool,
    /// Since when.
    pub created_at: Timestamp,
}

impl GiftCard {
    /// The code as people read it, in fours.
    pub fn spelled(&self) -> String {
        code::spelled(&self.code)
    }
    /// Enough to tell cards apart, and too little to spend one.
    pub fn ending(&self) -> &str {
        &self.code[self.code.len() - 4..]
    }
}

/// The balance.
pub(crate) fn account(card: GiftCardId) -> AccountName {
    AccountName::new(format!("card/{card}"))
}

/// The other side of what is on the card.
pub(crate) fn behind(card: GiftCardId) -> AccountName {
    AccountName::new(format!("world/card/{card}"))
}

/// The card of a code, however it was typed.
pub fn gift_card_by_code(tx: &ReadTx<'_>, typed: &str) -> Result<Option<GiftCard>, Fault> {
    match code::read(typed) {
        Some(code) => gift_cards::by_code(tx, &code),
        None => Ok(None),
    }
}

/// One card.
pub fn gift_card(tx: &ReadTx<'_>, id: GiftCardId) -> Result<Option<GiftCard>, Fault> {
    gift_cards::by_id(tx, id)
}

/// Cards that were made for a subject, at most fifty, oldest first.
pub fn gift_cards_for(tx: &ReadTx<'_>, subject: &str) -> Result<Vec<GiftCard>, Fault> {
    gift_cards::of_subject(tx, subject)
}

/// Cards that were first these profiles', at most fifty, newest first.
pub fn gift_cards_of(tx: &ReadTx<'_>, profiles: &[ProfileId]) -> Result<Vec<GiftCard>, Fault> {
    gift_cards::of_profiles(tx, profiles)
}
