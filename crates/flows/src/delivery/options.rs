//! The ways of delivery that a customer may choose among, each with its fee and its days.

use super::promise::Parcels;
use super::{SentLine, fee};
use crate::basket::{BasketError, BasketLine, BasketQuote, Wishes, basket_of, cart_wishes, quote_with, sent_home};
use crate::sourcing::{Source, source};
use catalogue::Localised;
use kernel::{Currency, Fault, Money, ReadTx, Timestamp};
use orders::{Address, Cart, FulfilmentWay, Way};
use pricing::Arrival;

/// One way of delivery for one basket.
#[derive(Debug, Clone, PartialEq)]
pub struct DeliveryOption {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: Localised,
    /// Who carries it; empty when nobody said.
    pub carrier: String,
    /// Tax included.
    pub fee: Money,
    /// Tax within the fee.
    pub tax: Money,
    /// When all of it is there.
    pub arrival: Arrival,
    /// Until when an order makes this promise.
    pub order_by: Option<Timestamp>,
    /// Names of the places it is sent from; empty while no place has all of it.
    pub places: Vec<String>,
    /// Whether the quote counts with it.
    pub is_chosen: bool,
}

/// A basket with its price and what it can be sent by.
#[derive(Debug)]
pub struct Delivered {
    /// The price by the way that was chosen, or why there is none.
    pub quote: Result<BasketQuote, BasketError>,
    /// All ways that reach it, as they are offered; none when nothing is sent.
    pub options: Vec<DeliveryOption>,
}

impl Delivered {
    /// The way that the quote counts with.
    pub fn chosen(&self) -> Option<&DeliveryOption> {
        self.options.iter().find(|option| option.is_chosen)
    }
}

/// Price a cart as [`crate::quote_cart`] does, and say by what it can be sent; lines that name no address go `home`.
pub fn cart_with_delivery(
    tx: &ReadTx<'_>,
    cart: &Cart,
    currency: Currency,
    audience: Option<String>,
    home: Option<&Address>,
) -> Result<Delivered, Fault> {
    let wishes = || cart_wishes(tx, cart);
    with_delivery(tx, &sent_home(&basket_of(cart), home), currency, audience, wishes)
}

/// The same for lines that are in no cart.
pub fn delivery_options(
    tx: &ReadTx<'_>,
    lines: &[BasketLine],
    currency: Currency,
    audience: Option<String>,
    home: Option<&Address>,
) -> Result<Delivered, Fault> {
    with_delivery(tx, &sent_home(lines, home), currency, audience, || Ok(Wishes::default()))
}

fn with_delivery(
    tx: &ReadTx<'_>,
    lines: &[BasketLine],
    currency: Currency,
    audience: Option<String>,
    wishes: impl Fn() -> Result<Wishes<'static>, Fault>,
) -> Result<Delivered, Fault> {
    let quote = match quote_with(tx, lines, currency, audience.clone(), wishes()?) {
        Err(BasketError::Fault(fault)) => return Err(fault),
        quote => quote,
    };
    let options = match &quote {
        Ok(quote) => options(tx, lines, quote)?,
        // What was chosen is in the way: the others are shown, so that one of them can be.
        Err(BasketError::DeliveryGone { .. } | BasketError::DeliveryNotReached { .. }) => {
            match quote_with(tx, lines, currency, audience, Wishes { delivery: None, ..wishes()? }) {
                Ok(quote) => options(tx, lines, &quote)?.into_iter().map(|option| DeliveryOption { is_chosen: false, ..option }).collect(),
                Err(BasketError::Fault(fault)) => return Err(fault),
                Err(_) => Vec::new(),
            }
        }
        Err(_) => Vec::new(),
    };
    Ok(Delivered { quote, options })
}

fn options(tx: &ReadTx<'_>, lines: &[BasketLine], quote: &BasketQuote) -> Result<Vec<DeliveryOption>, Fault> {
    let sent: Vec<SentLine<'_>> = sent_lines(lines, &quote.lines).collect();
    if sent.is_empty() {
        return Ok(Vec::new());
    }
    let kinds = catalogue::kinds_among(tx, &lines.iter().map(|line| line.variant).collect::<Vec<_>>())?;
    // What nobody has enough of is still priced; the cart says what is missing.
    let sources: Vec<Source> = match source(tx, lines, &kinds) {
        Ok(sources) => sources.into_iter().filter(|source| source.way == FulfilmentWay::Deliver).collect(),
        Err(crate::sourcing::NoSource::Fault(fault)) => return Err(fault),
        Err(_) => Vec::new(),
    };
    let parcels = Parcels::of(tx, &sources, sent.iter().map(|(to, _)| *to))?;
    let mut options = Vec::new();
    for method in pricing::delivery_methods(tx)?.into_iter().filter(|method| method.is_active) {
        // An amount too large to be written down is no offer.
        let Some((fee, tax)) = fee(&method, quote.currency, &sent).ok().flatten() else { continue };
        let Some((arrival, order_by)) = parcels.arrive(&method) else { continue };
        options.push(DeliveryOption {
            is_chosen: quote.delivery.as_ref().is_some_and(|chosen| chosen.code == method.code),
            code: method.code,
            name: method.name,
            carrier: method.carrier,
            fee,
            tax,
            arrival,
            order_by,
            places: sources.iter().map(|source| source.place.clone()).collect(),
        });
    }
    Ok(options)
}

/// The lines that travel, each with its address: a service weighs nothing, so no parcel is paid for it, and it makes none free.
pub(crate) fn sent_lines<'a>(lines: &'a [BasketLine], priced: &'a [pricing::QuoteLine]) -> impl Iterator<Item = SentLine<'a>> {
    lines.iter().zip(priced).filter_map(|(line, priced)| match &line.way {
        Way::Deliver { address } if !priced.is_service => Some((address.as_ref(), priced)),
        _ => None,
    })
}
