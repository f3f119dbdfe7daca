//! What a promotion would do to a cart, before anybody buys with it.

use crate::quote::{Trial, cards_of, quote_if};
use crate::{Offer, Promotion, Quote, QuoteError, QuoteRequest};
use catalogue::VariantId;
use kernel::{Money, ReadTx};

/// A cart with a promotion and without it.
#[derive(Debug, Clone, PartialEq)]
pub struct Preview {
    /// As it is without it.
    pub without: Quote,
    /// As it would be.
    pub with: Quote,
    /// What it does to each line, in the order asked.
    pub effects: Vec<Effect>,
}

/// What a promotion does to a line, or why nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    /// It takes so much off.
    Takes(Money),
    /// It is not about this line.
    NotAbout,
    /// The lines it is about must reach a sum; so much is missing.
    Missing(Money),
    /// So many pieces of what it is about are needed.
    TooFew(i64),
    /// The line counts towards the gift, which costs nothing instead.
    EarnsGift,
    /// Pieces are left over when the groups are made, or another promotion has the line for itself.
    Nothing,
}

/// What a promotion, made already or not, would do to a cart if it were running at the moment asked about.
pub fn preview(tx: &ReadTx<'_>, promotion: &Promotion, request: &QuoteRequest) -> Result<Preview, QuoteError> {
    let cards = cards_of(tx, &request.lines.iter().map(|(variant, ..)| *variant).collect::<Vec<_>>())?;
    let without = quote_if(tx, request, &cards, Some(Trial::Without(promotion)))?;
    let with = quote_if(tx, request, &cards, Some(Trial::With(promotion)))?;
    let counts = |variant: &VariantId| {
        let is_gift = matches!(&promotion.offer, Offer::Gift { variant: gift, .. } if gift == variant);
        !is_gift && cards.get(variant).is_some_and(|card| promotion.target.fits(card))
    };
    let fitting: Vec<_> = with.lines.iter().filter(|line| counts(&line.variant)).collect();
    let reached = Money::sum(with.currency, fitting.iter().map(|line| line.subtotal))?;
    let missing = Money::new(promotion.threshold.minor - reached.minor, with.currency);
    let pieces: i64 = fitting.iter().map(|line| line.quantity.0).sum();
    let effects = with.lines.iter().map(|line| {
        let taken = line.discounts.iter().find(|discount| discount.code == promotion.code).map(|discount| discount.amount);
        match (&promotion.offer, taken) {
            (_, Some(amount)) => Effect::Takes(amount),
            (Offer::Gift { variant, .. }, None) if *variant == line.variant && missing.minor > 0 => Effect::Missing(missing),
            (Offer::Gift { variant, .. }, None) if *variant == line.variant => Effect::Nothing,
            _ if !counts(&line.variant) => Effect::NotAbout,
            _ if missing.minor > 0 => Effect::Missing(missing),
            (Offer::Gift { .. }, None) => Effect::EarnsGift,
            (Offer::NForM { take, .. }, None) if pieces < *take => Effect::TooFew(take - pieces),
            _ => Effect::Nothing,
        }
    });
    Ok(Preview { effects: effects.collect(), without, with })
}
