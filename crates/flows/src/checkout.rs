//! A basket becomes an order: priced, its stock set aside, its payment begun. One transaction: all of it, or nothing.

use crate::basket::{BasketError, BasketLine, BasketQuote, Wishes, basket_of, entered, quote_with, sent_home};
use crate::bundles::{Parts, kinds_of, pieces};
use crate::compose::{Sold, parts};
use crate::delegate::problem;
use crate::delivery::promised_of;
use crate::pay_order::{PayBy, PayOrder, PayOrderError, PaymentStep, start};
use crate::set_aside::{no_source, not_for_sale, reserve};
use crate::settle::{SettleError, settle, subject};
use crate::sourcing::{NoSource, source, source_with_reasons};
use catalogue::{VariantCard, VariantId};
use customers::{Identifier, Recognise, RecogniseError};
use inventory::LocationId;
use kernel::{Actor, Channel, Currency, Denied, Fault, Locale, LockKey, Permission, ProfileId, Quantity, ReadTx, Tx};
use orders::{Address, CartId, Contact, Matched, Order, OrderState, PlaceError, PlaceOrder, Way};
use payments::{Bill, PayLink, PaymentError};
use pricing::{CouponAnswer, CouponOutcome, CouponRefusal, RedeemError};
use std::collections::HashMap;

/// What is bought.
#[derive(Debug, Clone, PartialEq)]
pub enum Basket {
    /// A cart; it becomes the order.
    Cart {
        /// Which.
        id: CartId,
        /// The version the customer saw; the checkout is refused when it has changed since.
        version: Option<i64>,
    },
    /// These lines.
    Lines(Vec<BasketLine>),
}

/// Input of [`checkout`].
#[derive(Debug, Clone)]
pub struct Checkout {
    /// The caller's name for this intent: the same key gives the same order.
    pub key: String,
    /// What.
    pub basket: Basket,
    /// Who buys; `None` takes the cart's, else whoever the contact belongs to, else nobody known.
    pub profile: Option<ProfileId>,
    /// Where.
    pub channel: Channel,
    /// Language of titles and notices.
    pub locale: Locale,
    /// Of every amount.
    pub currency: Currency,
    /// Whose prices besides everybody's.
    pub audience: Option<String>,
    /// The shop that sells, if one does.
    pub sold_at: Option<LocationId>,
    /// Whom to tell.
    pub contact: Contact,
    /// For lines to deliver that name no address.
    pub address: Option<Address>,
    /// Code of the way of delivery, instead of the one that the cart brings. With neither, the first that reaches the address.
    pub delivery: Option<String>,
    /// What the customer adds.
    pub note: String,
    /// How it is paid.
    pub payment: PayBy,
}

/// What [`checkout`] answers.
#[derive(Debug, Clone, PartialEq)]
pub struct CheckedOut {
    /// The order as it is now.
    pub order: Order,
    /// Token of the hosted page where the customer pays.
    pub page: Option<String>,
    /// The link to send.
    pub link: Option<PayLink>,
    /// True when the key had acted before.
    pub repeated: bool,
}

/// Why there is no order. Nothing is written.
#[derive(Debug, thiserror::Error)]
pub enum CheckoutError {
    /// No such cart for this actor.
    #[error("there is no such cart")]
    NoCart,
    /// Nothing is in it.
    #[error("the basket is empty")]
    Empty,
    /// Taken off sale.
    #[error("{sku} is no longer for sale")]
    NotForSale {
        /// What.
        variant: VariantId,
        /// Its code; the id for what was never there.
        sku: String,
    },
    /// Not enough for everybody.
    #[error("only {available} of {sku} left")]
    OutOfStock {
        /// What.
        variant: VariantId,
        /// Its code.
        sku: String,
        /// So many can be had.
        available: Quantity,
    },
    /// Closed, or not a place for that.
    #[error("this location cannot supply it: {0}")]
    WrongLocation(LocationId),
    /// Whoever buys does not buy for that company.
    #[error("this customer does not buy for that company")]
    NotABuyer,
    /// A visitor leaves neither e-mail nor telephone.
    #[error("an e-mail or a telephone is needed")]
    ContactMissing,
    /// The cart's coupon may not be used any more; nothing is charged that was not shown.
    #[error(transparent)]
    Coupon(#[from] CouponRefusal),
    /// It has no price.
    #[error(transparent)]
    Basket(#[from] BasketError),
    /// The order is refused.
    #[error(transparent)]
    Place(#[from] PlaceError),
    /// The payment is.
    #[error(transparent)]
    Pay(#[from] PayOrderError),
    /// Nobody can be made of the contact.
    #[error(transparent)]
    Customer(#[from] RecogniseError),
    /// The actor may not.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// Not our caller's doing.
    #[error(transparent)]
    Fault(#[from] Fault),
}

problem!(CheckoutError { Coupon, Basket, Place, Pay, Customer, Denied, Fault } {
    CheckoutError::NoCart => NotFound, "orders.cart_not_found", vec![];
    CheckoutError::Empty => Invalid, "orders.empty", vec![];
    CheckoutError::NotForSale { variant, sku } =>
        Conflict, "flows.not_for_sale", vec![("variant", variant.to_string().into()), ("sku", sku.as_str().into())];
    CheckoutError::OutOfStock { variant, sku, available } =>
        Conflict, "inventory.out_of_stock", vec![("variant", variant.to_string().into()), ("sku", sku.as_str().into()), ("available", available.0.into())];
    CheckoutError::WrongLocation(location) => Invalid, "flows.wrong_location", vec![("location", location.to_string().into())];
    CheckoutError::NotABuyer => Invalid, "flows.not_a_buyer", vec![("field", "company".into())];
    CheckoutError::ContactMissing => Invalid, "flows.contact_missing", vec![("field", "contact".into())];
});

impl From<PaymentError> for CheckoutError {
    fn from(error: PaymentError) -> Self {
        CheckoutError::Pay(error.into())
    }
}
impl From<RedeemError> for CheckoutError {
    fn from(error: RedeemError) -> Self {
        match error {
            RedeemError::Refused(refusal) => CheckoutError::Coupon(refusal),
            RedeemError::Fault(fault) => CheckoutError::Fault(fault),
        }
    }
}
impl From<SettleError> for CheckoutError {
    fn from(error: SettleError) -> Self {
        CheckoutError::Pay(error.into())
    }
}

/// Turn a basket into an order: quote, set stock aside, place, begin or take the payment.
///
/// What nobody pays for is called off by a timer and its stock given back. Customers and visitors buy for themselves; taking goods
/// out of a shop, and selling for others, need the permission to sell. Repeating the `key` answers the first order with the same
/// hosted page or link.
pub fn checkout(tx: &mut Tx<'_>, actor: &Actor, cmd: &Checkout) -> Result<CheckedOut, CheckoutError> {
    let cart = match &cmd.basket {
        Basket::Cart { id, .. } => Some(*id),
        Basket::Lines(_) => None,
    };
    if let Some(order) = orders::placed_before(tx, actor, &cmd.key, cart)? {
        return repeat(tx, actor, cmd, order);
    }
    let basket = open_basket(tx, actor, cmd)?;
    let cards = for_sale(tx, &basket.lines.iter().map(|line| line.variant).collect::<Vec<_>>())?;
    let known = actor.profile().or(cmd.profile).or(basket.profile);
    let coupon = basket.coupon.as_deref().map(|code| entered(tx, code, known)).transpose()?;
    let matches = basket.matched.iter().enumerate().filter_map(|(at, known)| Some((at, known.as_ref()?.to))).collect();
    let wishes = Wishes { coupon, matches, delivery: basket.delivery, cards: Some(&cards) };
    let quote = quote_with(tx, &basket.lines, cmd.currency, cmd.audience.clone(), wishes)?;
    if let Some(CouponOutcome::Refused(refusal)) = quote.coupon.as_ref().map(|coupon| coupon.outcome) {
        return Err(refusal.into());
    }
    let kinds = kinds_of(&cards);
    let bundles = Parts::of(tx, &kinds.bundles)?.map_err(|bundle| not_for_sale(bundle, &cards))?;
    let sources = source_with_reasons(tx, &basket.lines, &kinds).map_err(|why| no_source(why, &cards))?;
    let reservations = reserve(tx, actor, (&cmd.key, None), &basket.lines, (&sources, &bundles), &cards)?;
    let profile = buyer(tx, actor, cmd, basket.profile)?;
    let promised = promised_of(tx, &quote, &sources, cmd.locale)?;
    let sold = Sold {
        lines: &basket.lines,
        matched: &basket.matched,
        quote: &quote,
        cards: &cards,
        locale: cmd.locale,
        bundles: &bundles,
        reservations: &reservations,
    };
    let order = PlaceOrder {
        key: cmd.key.clone(),
        cart,
        cart_version: basket.version,
        profile,
        channel: cmd.channel,
        locale: cmd.locale,
        sold_at: cmd.sold_at,
        contact: cmd.contact.clone(),
        note: payments::mask_card_numbers(&cmd.note).into_owned(),
        coupon: applied(&quote).map(|coupon| coupon.code.clone()).unwrap_or_default(),
        currency: cmd.currency,
        delivery_fee: quote.delivery_fee.minor,
        delivery_tax: quote.delivery_tax.minor,
        parts: parts(&sold, sources, promised),
    };
    let order = orders::place_order(tx, actor, order)?.order;
    redeem(tx, cmd.currency, &quote, &order)?;
    pricing::record_discounts(tx, &subject(order.id), &quote.lines)?;
    payments::bill(tx, Bill { key: format!("order/{}", order.id), subject: subject(order.id), amount: order.total })?;
    if order.total.is_zero() {
        settle(tx, &Actor::system(), order.id, order.total, cmd.channel)?;
        return finish(tx, order, PaymentStepParts::default());
    }
    let step = start(tx, actor, &pay(cmd, &order), order.head.clone(), true)?;
    finish(tx, order, step.into())
}

/// The coupon that takes something off.
fn applied(quote: &BasketQuote) -> Option<&CouponAnswer> {
    quote.coupon.as_ref().filter(|coupon| coupon.outcome == CouponOutcome::Applied)
}

/// The coupon is used up for the order that it takes something off.
fn redeem(tx: &mut Tx<'_>, currency: Currency, quote: &BasketQuote, order: &Order) -> Result<(), CheckoutError> {
    let Some(coupon) = applied(quote) else { return Ok(()) };
    let coupon = entered(tx, &coupon.code, order.profile)?;
    Ok(pricing::redeem_coupon(tx, &coupon, currency, (&subject(order.id), order.profile))?)
}

/// The hot keys of a checkout, for `Db::write_locking` (PostgreSQL): the stock it will most likely take, also of what goes `home`.
pub fn checkout_locks(tx: &ReadTx<'_>, lines: &[BasketLine], home: Option<&Address>) -> Result<Vec<LockKey>, Fault> {
    let kinds = catalogue::kinds_among(tx, &lines.iter().map(|line| line.variant).collect::<Vec<_>>())?;
    let sources = match source(tx, &sent_home(lines, home), &kinds) {
        Ok(sources) => sources,
        Err(NoSource::Fault(fault)) => return Err(fault),
        // The checkout itself will say why.
        Err(_) => return Ok(Vec::new()),
    };
    let taken = sources.iter().flat_map(|source| {
        let lock = if source.expected.is_some() { inventory::lock_incoming } else { inventory::lock };
        source.lines.iter().map(move |(index, quantity)| (lines[*index].variant, source.location, *quantity, lock))
    });
    let things = taken
        .filter(|(variant, ..)| !kinds.services.contains(variant))
        .flat_map(|(variant, place, quantity, lock)| pieces(&kinds.bundles, variant, quantity).map(move |(thing, _)| lock(thing, place)));
    let mut locks: Vec<_> = things.collect();
    locks.sort_unstable();
    locks.dedup();
    Ok(locks)
}

/// What is bought, by whom as far as the cart knows, and its version.
struct OpenBasket {
    lines: Vec<BasketLine>,
    profile: Option<ProfileId>,
    version: Option<i64>,
    coupon: Option<String>,
    delivery: Option<String>,
    /// The prices that a shop matched, one for each line.
    matched: Vec<Option<Matched>>,
}

fn open_basket(tx: &ReadTx<'_>, actor: &Actor, cmd: &Checkout) -> Result<OpenBasket, CheckoutError> {
    let mut basket = match &cmd.basket {
        Basket::Cart { id, version } => {
            let cart = orders::cart(tx, *id)?.filter(|cart| cart.may_be_changed_by(actor)).ok_or(CheckoutError::NoCart)?;
            // The version read here, too, must still be there when the order closes the cart.
            OpenBasket {
                lines: basket_of(&cart),
                profile: cart.profile,
                version: Some(version.unwrap_or(cart.version)),
                coupon: cart.coupon,
                delivery: cmd.delivery.clone().or(cart.delivery),
                matched: cart.lines.into_iter().map(|line| line.matched).collect(),
            }
        }
        Basket::Lines(lines) => OpenBasket {
            lines: lines.clone(),
            profile: None,
            version: None,
            coupon: None,
            delivery: cmd.delivery.clone(),
            matched: Vec::new(),
        },
    };
    if basket.lines.is_empty() {
        return Err(CheckoutError::Empty);
    }
    for line in &mut basket.lines {
        match &mut line.way {
            Way::TakeNow { .. } => actor.require(Permission::Sell)?,
            Way::Collect { .. } => {}
            Way::Deliver { address } => {
                let home = address.take().or_else(|| cmd.address.clone()).ok_or(PlaceError::AddressMissing)?;
                *address = Some(home);
            }
        }
    }
    Ok(basket)
}

/// The cards of what is wanted, all of it for sale.
pub(crate) fn for_sale(tx: &ReadTx<'_>, wanted: &[VariantId]) -> Result<HashMap<VariantId, VariantCard>, CheckoutError> {
    let cards: HashMap<_, _> = catalogue::variants(tx, wanted)?.into_iter().map(|card| (card.id, card)).collect();
    match wanted.iter().find(|variant| !cards.get(variant).is_some_and(VariantCard::is_for_sale)) {
        Some(variant) => Err(not_for_sale(*variant, &cards)),
        None => Ok(cards),
    }
}

/// Who buys. A visitor's contact makes, or finds, the profile whose thread the order belongs to.
fn buyer(tx: &mut Tx<'_>, actor: &Actor, cmd: &Checkout, of_cart: Option<ProfileId>) -> Result<Option<ProfileId>, CheckoutError> {
    if let Some(known) = actor.profile().or(cmd.profile).or(of_cart) {
        return Ok(Some(known));
    }
    let Contact { name, email, phone } = &cmd.contact;
    let typed = [Identifier::email(email).ok(), Identifier::phone(phone, customers::HOME_REGION).ok()];
    let identifiers: Vec<_> = typed.into_iter().flatten().collect();
    if identifiers.is_empty() {
        return if *actor == Actor::Guest { Err(CheckoutError::ContactMissing) } else { Ok(None) };
    }
    let name = Some(name.clone()).filter(|name| !name.is_empty());
    let who = Recognise { identifiers, name, locale: Some(cmd.locale), channel: cmd.channel, verified: false };
    Ok(Some(customers::recognise(tx, &Actor::system(), who)?.profile))
}

fn pay(cmd: &Checkout, order: &Order) -> PayOrder {
    PayOrder { key: cmd.key.clone(), order: order.id, by: cmd.payment.clone(), channel: cmd.channel }
}

fn repeat(tx: &mut Tx<'_>, actor: &Actor, cmd: &Checkout, order: Order) -> Result<CheckedOut, CheckoutError> {
    if order.state != OrderState::Placed {
        return Ok(CheckedOut { order, page: None, link: None, repeated: true });
    }
    let step = start(tx, actor, &pay(cmd, &order), order.head.clone(), false)?;
    Ok(CheckedOut { repeated: true, ..finish(tx, order, step.into())? })
}

#[derive(Default)]
struct PaymentStepParts {
    page: Option<String>,
    link: Option<PayLink>,
}

impl From<PaymentStep> for PaymentStepParts {
    fn from(step: PaymentStep) -> Self {
        PaymentStepParts { page: step.page, link: step.link }
    }
}

/// The order as it is after its payment began, or was taken.
fn finish(tx: &Tx<'_>, order: Order, step: PaymentStepParts) -> Result<CheckedOut, CheckoutError> {
    let waits = step.page.is_some() || step.link.is_some();
    let order = if waits { order } else { orders::order(tx, order.id)?.ok_or_else(|| Fault::data("an order vanished"))? };
    Ok(CheckedOut { order, page: step.page, link: step.link, repeated: false })
}
