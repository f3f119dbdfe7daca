//! What a basket costs, delivery included: the same figures in the cart, at the till, in the chat and on the order.

use crate::delegate::problem;
use crate::delivery::{SentLine, charge, sent_lines};
use catalogue::{VariantCard, VariantId};
use inventory::{Location, LocationId};
use kernel::{Currency, Fault, Money, MoneyError, ProfileId, Quantity, ReadTx};
use orders::{Address, Cart, Way};
use pricing::{CouponAnswer, DeliveryMethod, EnteredCoupon, QuoteError, QuoteLine, QuoteRequest, TaxRegion};
use std::collections::HashMap;

/// One line to be priced or bought.
#[derive(Debug, Clone, PartialEq)]
pub struct BasketLine {
    /// What.
    pub variant: catalogue::VariantId,
    /// How many.
    pub quantity: Quantity,
    /// How it shall reach the customer.
    pub way: Way,
}

/// The lines of a cart.
pub fn basket_of(cart: &Cart) -> Vec<BasketLine> {
    cart.lines.iter().map(|line| BasketLine { variant: line.variant, quantity: line.quantity, way: line.way.clone() }).collect()
}

/// The lines again; those to deliver that name no address go `home`.
pub(crate) fn sent_home(lines: &[BasketLine], home: Option<&Address>) -> Vec<BasketLine> {
    let line = |line: &BasketLine| match &line.way {
        Way::Deliver { address: None } => BasketLine { way: Way::Deliver { address: home.cloned() }, ..line.clone() },
        _ => line.clone(),
    };
    lines.iter().map(line).collect()
}

/// A priced basket. Every sum is the sum of its lines, to the cent.
#[derive(Debug, Clone, PartialEq)]
pub struct BasketQuote {
    /// Of every amount.
    pub currency: Currency,
    /// In the order asked.
    pub lines: Vec<QuoteLine>,
    /// What is taken off all lines.
    pub discount: Money,
    /// Lines without delivery.
    pub goods: Money,
    /// The way of delivery that is counted with; none when nothing is sent.
    pub delivery: Option<DeliveryMethod>,
    /// Tax included.
    pub delivery_fee: Money,
    /// Tax within the fee.
    pub delivery_tax: Money,
    /// All tax.
    pub tax: Money,
    /// What is paid.
    pub total: Money,
    /// What became of the cart's coupon.
    pub coupon: Option<CouponAnswer>,
}

/// Why a basket has no price.
#[derive(Debug, thiserror::Error)]
pub enum BasketError {
    /// Pricing refuses.
    #[error(transparent)]
    Quote(#[from] QuoteError),
    /// Nowhere we know the taxes of.
    #[error("we do not deliver to {country} {postcode}")]
    CannotDeliver {
        /// ISO country.
        country: String,
        /// As given.
        postcode: String,
    },
    /// The way that was chosen is no longer offered.
    #[error("the way of delivery `{method}` is no longer offered; choose another")]
    DeliveryGone {
        /// Its code.
        method: String,
    },
    /// The way that was chosen does not go there.
    #[error("the way of delivery `{method}` does not reach {postcode}; choose another way or another address")]
    DeliveryNotReached {
        /// Its code.
        method: String,
        /// As given; empty where nobody has said.
        postcode: String,
    },
    /// No way of delivery goes there.
    #[error("no way of delivery reaches {country} {postcode}; choose another address, or collect it in a shop")]
    NoDelivery {
        /// ISO country.
        country: String,
        /// As given.
        postcode: String,
    },
    /// No such place.
    #[error("there is no such location: {0}")]
    UnknownLocation(LocationId),
    /// Not our caller's doing.
    #[error(transparent)]
    Fault(#[from] Fault),
}

problem!(BasketError { Quote, Fault } {
    BasketError::CannotDeliver { .. } => Invalid, "flows.cannot_deliver", vec![("field", "address".into())];
    BasketError::DeliveryGone { method } =>
        Conflict, "flows.delivery_gone", vec![("field", "delivery".into()), ("delivery", method.as_str().into())];
    BasketError::DeliveryNotReached { method, .. } =>
        Invalid, "flows.delivery_not_reached", vec![("field", "delivery".into()), ("delivery", method.as_str().into())];
    BasketError::NoDelivery { .. } => Invalid, "flows.no_delivery", vec![("field", "address".into())];
    BasketError::UnknownLocation(location) => NotFound, "flows.unknown_location", vec![("location", location.to_string().into())];
});

impl From<MoneyError> for BasketError {
    fn from(error: MoneyError) -> Self {
        BasketError::Quote(error.into())
    }
}

/// Price a basket for everybody, or for an audience besides. A line to deliver without an address is priced for the mainland.
/// As many statements as [`pricing::quote`] takes, one for each place where goods are handed over, and one where something is sent.
pub fn quote_basket(
    tx: &ReadTx<'_>,
    lines: &[BasketLine],
    currency: Currency,
    audience: Option<String>,
) -> Result<BasketQuote, BasketError> {
    quote_with(tx, lines, currency, audience, Wishes::default())
}

/// Whose prices a shop asks, besides everybody's: those of lists for the audience `shop:` and the code of the shop. A shop without a list
/// of its own asks what the web does.
pub fn shop_audience(shop: &Location) -> String {
    format!("shop:{}", shop.details.code)
}

/// The prices that a shop matched, by the place of the line.
pub(crate) fn matches_of(cart: &Cart) -> Vec<(usize, Money)> {
    cart.lines.iter().enumerate().filter_map(|(at, line)| line.matched.as_ref().map(|matched| (at, matched.to))).collect()
}

/// Price a cart as [`quote_basket`] does, with the coupon that was entered into it, the prices that were matched and the way of delivery
/// that was chosen.
pub fn quote_cart(tx: &ReadTx<'_>, cart: &Cart, currency: Currency, audience: Option<String>) -> Result<BasketQuote, BasketError> {
    quote_with(tx, &basket_of(cart), currency, audience, cart_wishes(tx, cart)?)
}

/// What a cart knows besides its lines.
pub(crate) fn cart_wishes(tx: &ReadTx<'_>, cart: &Cart) -> Result<Wishes<'static>, Fault> {
    let coupon = cart.coupon.as_deref().map(|code| entered(tx, code, cart.profile)).transpose()?;
    Ok(Wishes { coupon, matches: matches_of(cart), delivery: cart.delivery.clone(), cards: None })
}

/// A code as a customer enters it: all profiles of the person count.
pub(crate) fn entered(tx: &ReadTx<'_>, code: &str, profile: Option<ProfileId>) -> Result<EnteredCoupon, Fault> {
    let mut profiles = Vec::new();
    if let Some(profile) = profile {
        if let Some(person) = customers::person_of(tx, profile)? {
            profiles = customers::profiles_of(tx, person)?;
        }
        if !profiles.contains(&profile) {
            profiles.push(profile);
        }
    }
    Ok(EnteredCoupon { code: code.to_owned(), profiles })
}

/// What is known besides the lines.
#[derive(Debug, Default)]
pub(crate) struct Wishes<'a> {
    pub(crate) coupon: Option<EnteredCoupon>,
    pub(crate) matches: Vec<(usize, Money)>,
    /// Code of the way of delivery; the first that reaches, where none was chosen.
    pub(crate) delivery: Option<String>,
    /// The cards of what is wanted, where they were read already.
    pub(crate) cards: Option<&'a HashMap<VariantId, VariantCard>>,
}

pub(crate) fn quote_with(
    tx: &ReadTx<'_>,
    lines: &[BasketLine],
    currency: Currency,
    audience: Option<String>,
    wishes: Wishes<'_>,
) -> Result<BasketQuote, BasketError> {
    let mut wanted = Vec::with_capacity(lines.len());
    let mut regions: Vec<(&Way, TaxRegion)> = Vec::new();
    for line in lines {
        // Most lines go where the one before goes.
        let region = match regions.iter().find(|(way, _)| **way == line.way) {
            Some((_, known)) => *known,
            None => region(tx, &line.way)?,
        };
        regions.push((&line.way, region));
        wanted.push((line.variant, line.quantity, region));
    }
    let request = QuoteRequest { lines: wanted, currency, at: tx.now(), audience, coupon: wishes.coupon, matches: wishes.matches };
    let quote = match wishes.cards {
        Some(cards) => pricing::quote_of(tx, &request, cards)?,
        None => pricing::quote(tx, &request)?,
    };
    let priced = quote.lines;
    let sent: Vec<SentLine<'_>> = sent_lines(lines, &priced).collect();
    let charge = charge(tx, currency, &sent, wishes.delivery.as_deref())?;
    let goods = quote.total;
    Ok(BasketQuote {
        currency,
        discount: quote.discount,
        goods,
        delivery_fee: charge.fee,
        delivery_tax: charge.tax,
        tax: quote.tax.add(charge.tax)?,
        total: goods.add(charge.fee)?,
        delivery: charge.method,
        coupon: quote.coupon,
        lines: priced,
    })
}

/// Whose taxes a line has.
pub(crate) fn region(tx: &ReadTx<'_>, way: &Way) -> Result<TaxRegion, BasketError> {
    match way {
        Way::Deliver { address: None } => Ok(TaxRegion::Spain),
        Way::Deliver { address: Some(Address { country, postcode, .. }) } => TaxRegion::of(country, postcode)
            .ok_or_else(|| BasketError::CannotDeliver { country: country.clone(), postcode: postcode.clone() }),
        Way::TakeNow { location } | Way::Collect { location } => {
            let place = inventory::location(tx, *location)?.ok_or(BasketError::UnknownLocation(*location))?;
            Ok(TaxRegion::of(&place.details.country, &place.details.postcode).unwrap_or(TaxRegion::Spain))
        }
    }
}
