//! The cart beside whatever is being looked at, and on its own page: the same fragment, pushed live.

use super::counter::Counter;
use super::line::{Around, Line, to_send};
use super::words;
use crate::storefront::cart::{coupon_says, no_price};
use crate::storefront::product::promise::DeliveryChoice;
use crate::ui::Link;
use crate::{App, Page, Trouble};
use askama::Template;
use askama::filters::HtmlSafe;
use catalogue::{VariantCard, VariantId};
use customers::PersonCard;
use flows::{BasketError, BasketQuote, DeliveryOption, LineMatch, basket_of, cart_with_delivery};
use inventory::Location;
use kernel::{Currency, Fault, Money, ReadTx};
use orders::{Cart, Way};
use std::collections::{BTreeMap, HashMap};

/// All that the basket shows, read at one moment.
pub(super) struct Read {
    pub(super) cart: Option<Cart>,
    pub(super) cards: Vec<VariantCard>,
    pub(super) quote: Option<Result<BasketQuote, BasketError>>,
    /// What can be sent, by what.
    pub(super) options: Vec<DeliveryOption>,
    pub(super) stock: super::line::Stock,
    /// What comes later of what is not there to be sent.
    pub(super) ahead: BTreeMap<VariantId, flows::Ahead>,
    pub(super) places: Vec<Location>,
    pub(super) customer: Option<PersonCard>,
    /// What the web asks, where it is another price.
    pub(super) matches: HashMap<VariantId, LineMatch>,
}

/// Read the cart on the counter.
pub(super) fn read(tx: &ReadTx<'_>, counter: &Counter, currency: Currency) -> Result<Read, Fault> {
    let cart = counter.cart(tx)?;
    read_cart(tx, counter, cart, currency)
}

/// Read a cart.
fn read_cart(tx: &ReadTx<'_>, counter: &Counter, cart: Option<Cart>, currency: Currency) -> Result<Read, Fault> {
    let lines = cart.as_ref().map(basket_of).unwrap_or_default();
    let ids: Vec<_> = lines.iter().map(|line| line.variant).collect();
    let (quote, options) = match cart.as_ref().filter(|cart| !cart.lines.is_empty()) {
        Some(cart) => {
            let sent = cart_with_delivery(tx, cart, currency, counter.audience(), None)?;
            (Some(sent.quote), sent.options)
        }
        None => (None, Vec::new()),
    };
    let customer = match cart.as_ref().and_then(|cart| cart.profile) {
        Some(profile) => customers::cards_of_profiles(tx, &[profile])?.remove(&profile),
        None => None,
    };
    let (stock, places) = (flows::available(tx, &ids)?, inventory::locations(tx, false, None, 200)?);
    let lines = cart.iter().flat_map(|cart| &cart.lines).filter(|line| matches!(line.way, Way::Deliver { .. }));
    let lacking: Vec<_> = lines.filter(|line| to_send(&places, &stock, line.variant) < line.quantity.0).map(|line| line.variant).collect();
    Ok(Read {
        ahead: flows::ahead(tx, &lacking)?,
        cards: catalogue::variants(tx, &ids)?,
        matches: flows::line_matches(tx, &counter.actor, &counter.shop, currency, &ids)?,
        stock,
        places,
        cart,
        quote,
        options,
        customer,
    })
}

/// The cart as it is shown.
#[derive(Template)]
#[template(path = "till/_basket.html")]
pub(super) struct Basket {
    page: Page,
    pub(super) lines: Vec<Line>,
    pub(super) units: i64,
    pub(super) customer: Option<Link>,
    customers_href: &'static str,
    /// Which cart, as it stood when it was shown.
    pub(super) seal: String,
    pub(super) total: String,
    pub(super) due: Option<Money>,
    discount: String,
    coupon: String,
    coupon_says: String,
    delivery: String,
    /// The ways of delivery to choose among; one alone is no choice.
    deliveries: Vec<DeliveryChoice>,
    tax: String,
    has_others: bool,
    /// Something is to be delivered, and nobody said where.
    pub(super) needs_address: bool,
    pub(super) can_pay: bool,
    /// Why the last change was not made, or why there is no price.
    says: String,
    back: String,
}
impl HtmlSafe for Basket {}

impl Basket {
    /// From what was read; `says` is why the last change was refused.
    pub(super) fn of(app: &App, counter: &Counter, read: Read, says: String) -> Result<Self, Trouble> {
        let page = &counter.page;
        let quote = match read.quote {
            None => None,
            Some(Ok(quote)) => Some(Ok(quote)),
            Some(Err(
                error @ (BasketError::DeliveryGone { .. } | BasketError::DeliveryNotReached { .. } | BasketError::NoDelivery { .. }),
            )) => Some(Err(no_price(page, error))),
            Some(Err(error)) => Some(Err(words::refused(page, error)?)),
        };
        let priced = quote.as_ref().and_then(|quote| quote.as_ref().ok());
        let around = Around {
            app,
            page,
            here: &counter.shop,
            places: &read.places,
            stock: &read.stock,
            ahead: &read.ahead,
            matches: &read.matches,
            delivery: read.options.iter().find(|option| option.is_chosen),
        };
        let cart_lines = read.cart.as_ref().map_or(&[][..], |cart| cart.lines.as_slice());
        let lines: Vec<_> = cart_lines
            .iter()
            .enumerate()
            .map(|(at, line)| {
                let card = read.cards.iter().find(|card| card.id == line.variant);
                around.line(line, card, priced.and_then(|quote| quote.lines.get(at)))
            })
            .collect();
        let money = |amount: Money| amount.format(page.locale);
        let shown = |amount: Option<Money>| amount.filter(|amount| !amount.is_zero()).map_or_else(String::new, money);
        let here = Way::TakeNow { location: counter.shop.id };
        let customer = read.customer.map(|card| Link {
            href: format!("/till/customers/{}", card.person),
            text: if card.name.text.is_empty() { page.t("till-nameless") } else { card.name.text },
        });
        let coupon = priced.and_then(|quote| quote.coupon.as_ref());
        let unpriced = quote.as_ref().and_then(|quote| quote.as_ref().err().cloned());
        Ok(Basket {
            units: read.cart.as_ref().map_or(0, Cart::units),
            seal: read.cart.as_ref().map_or_else(String::new, |cart| format!("{}.{}", cart.id, cart.version)),
            total: priced.map_or_else(|| money(Money::zero(app.brand.currency)), |quote| money(quote.total)),
            due: priced.map(|quote| quote.total),
            coupon: read.cart.as_ref().and_then(|cart| cart.coupon.clone()).unwrap_or_default(),
            coupon_says: coupon.map_or_else(String::new, |answer| coupon_says(page, answer)),
            discount: shown(priced.map(|quote| quote.discount)),
            delivery: priced.map_or_else(String::new, |quote| {
                let delivers = cart_lines.iter().any(|line| matches!(line.way, Way::Deliver { .. }));
                match (delivers, quote.delivery_fee.is_zero()) {
                    (false, _) => String::new(),
                    (true, true) => page.t("till-free"),
                    (true, false) => money(quote.delivery_fee),
                }
            }),
            deliveries: DeliveryChoice::all(page, &read.options),
            tax: shown(priced.map(|quote| quote.tax)),
            has_others: cart_lines.iter().any(|line| line.way != here),
            needs_address: cart_lines.iter().any(|line| line.way == Way::Deliver { address: None }),
            can_pay: priced.is_some() && lines.iter().all(|line| line.warns.is_empty()),
            says: if says.is_empty() { unpriced.unwrap_or_default() } else { says },
            back: page.path.clone(),
            customers_href: "/till/customers?for=cart",
            customer,
            lines,
            page: page.clone(),
        })
    }

    /// Where the money is taken, or what is missing before.
    fn pay_href(&self) -> &'static str {
        if self.needs_address { "/till/cart/address" } else { "/till/pay" }
    }
}

/// Read and show the cart on the counter.
pub(super) async fn load(app: &App, counter: &Counter, says: String) -> Result<Basket, Trouble> {
    let (at, currency) = (counter.clone(), app.brand.currency);
    let read = app.db.read(move |tx| read(tx, &at, currency)).await?;
    Basket::of(app, counter, read, says)
}
