//! What a basket costs, delivery included: the same figures in the cart, at the till, in the chat and on the order.

use crate::delegate::problem;
use inventory::{Location, LocationId};
use kernel::{Currency, Fault, Money, MoneyError, ProfileId, Quantity, ReadTx};
use orders::{Address, Cart, Way};
use pricing::{CouponAnswer, EnteredCoupon, QuoteError, QuoteLine, QuoteRequest, TaxRegion};

/// What a parcel costs, tax included, in minor units ...
const DELIVERY_FEE: i64 = 395;
/// ... unless the goods to deliver cost at least this.
const FREE_FROM: i64 = 5_000;

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
    /// No such place.
    #[error("there is no such location: {0}")]
    UnknownLocation(LocationId),
    /// Not our caller's doing.
    #[error(transparent)]
    Fault(#[from] Fault),
}

problem!(BasketError { Quote, Fault } {
    BasketError::CannotDeliver { .. } => Invalid, "flows.cannot_deliver", vec![("field", "address".into())];
    BasketError::UnknownLocation(location) => NotFound, "flows.unknown_location", vec![("location", location.to_string().into())];
});

impl From<MoneyError> for BasketError {
    fn from(error: MoneyError) -> Self {
        BasketError::Quote(error.into())
    }
}

/// Price a basket for everybody, or for an audience besides. A line to deliver without an address is priced for the mainland.
/// As many statements as [`pricing::quote`] takes, and one for each place where goods are handed over.
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

/// Price a cart as [`quote_basket`] does, with the coupon that was entered into it and the prices that were matched.
pub fn quote_cart(tx: &ReadTx<'_>, cart: &Cart, currency: Currency, audience: Option<String>) -> Result<BasketQuote, BasketError> {
    let coupon = cart.coupon.as_deref().map(|code| entered(tx, code, cart.profile)).transpose()?;
    quote_with(tx, &basket_of(cart), currency, audience, Wishes { coupon, matches: matches_of(cart) })
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

/// What a cart knows besides its lines.
#[derive(Debug, Default)]
pub(crate) struct Wishes {
    pub(crate) coupon: Option<EnteredCoupon>,
    pub(crate) matches: Vec<(usize, Money)>,
}

pub(crate) fn quote_with(
    tx: &ReadTx<'_>,
    lines: &[BasketLine],
    currency: Currency,
    audience: Option<String>,
    wishes: Wishes,
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
    let quote = pricing::quote(
        tx,
        &QuoteRequest { lines: wanted, currency, at: tx.now(), audience, coupon: wishes.coupon, matches: wishes.matches },
    )?;
    let priced = quote.lines;
    // A service weighs nothing: no parcel is paid for it, and it makes none free.
    let is_sent = |line: &BasketLine, priced: &QuoteLine| matches!(line.way, Way::Deliver { .. }) && !priced.is_service;
    let delivered: Vec<&QuoteLine> =
        lines.iter().zip(&priced).filter(|(line, priced)| is_sent(line, priced)).map(|(_, priced)| priced).collect();
    let (delivery_fee, delivery_tax) = delivery(currency, &delivered)?;
    let goods = quote.total;
    Ok(BasketQuote {
        currency,
        discount: quote.discount,
        goods,
        delivery_fee,
        delivery_tax,
        tax: quote.tax.add(delivery_tax)?,
        total: goods.add(delivery_fee)?,
        coupon: quote.coupon,
        lines: priced,
    })
}

/// The fee and the tax within it. What is brought along is taxed like what it brings: at the highest rate among the goods.
fn delivery(currency: Currency, delivered: &[&QuoteLine]) -> Result<(Money, Money), MoneyError> {
    let goods = Money::sum(currency, delivered.iter().map(|line| line.total))?;
    if delivered.is_empty() || goods.minor >= FREE_FROM {
        return Ok((Money::zero(currency), Money::zero(currency)));
    }
    let rate = delivered.iter().map(|line| line.tax_basis_points).max().unwrap_or_default();
    // Half a unit rounded up, as on the lines.
    let tax = (2 * DELIVERY_FEE * rate + 10_000 + rate) / (2 * (10_000 + rate));
    Ok((Money::new(DELIVERY_FEE, currency), Money::new(tax, currency)))
}

fn region(tx: &ReadTx<'_>, way: &Way) -> Result<TaxRegion, BasketError> {
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
