//! Cards: something of the shop put into a message, worded for the customer and led to its page.

mod error;
mod words;

pub use error::CardError;

use crate::{Offered, PayBy, PayOrder, goes_with, pay_order, quote_cart};
use conversations::{Card, CardKind, CardOffer, CardOffers, MessageId, OutboundExtras, Reply};
use customers::{Person, PersonId};
use kernel::{Actor, Channel, Currency, Fault, Locale, Permission, ProfileId, ReadTx, Tx};
use orders::{CartId, FulfilmentId, FulfilmentState, Order, OrderId};
use pricing::PriceContext;
use std::time::Duration;

/// How long a link in a card can be paid.
const GOOD_FOR: Duration = Duration::from_secs(24 * 3600);
/// Orders that are offered.
const FEW: usize = 5;

/// Most that the card of a product offers with it.
const OFFERS: usize = 2;

/// What a card is to show.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CardOf {
    /// A product, by its name in addresses.
    Product(String),
    /// What an order still has to be paid.
    Payment(OrderId),
    /// A cart.
    Cart(CartId),
    /// The code of a part to be collected.
    Collection(FulfilmentId),
    /// How an order stands.
    Order(OrderId),
}

impl std::fmt::Display for CardOf {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            CardOf::Product(handle) => write!(f, "product:{handle}"),
            CardOf::Payment(id) => write!(f, "payment:{id}"),
            CardOf::Cart(id) => write!(f, "cart:{id}"),
            CardOf::Collection(id) => write!(f, "collection:{id}"),
            CardOf::Order(id) => write!(f, "order:{id}"),
        }
    }
}

impl std::str::FromStr for CardOf {
    type Err = CardError;
    fn from_str(text: &str) -> Result<Self, CardError> {
        let (kind, name) = text.split_once(':').ok_or(CardError::Unknown)?;
        let unknown = |_| CardError::Unknown;
        match kind {
            "product" => Ok(CardOf::Product(name.to_owned())),
            "payment" => name.parse().map(CardOf::Payment).map_err(unknown),
            "cart" => name.parse().map(CardOf::Cart).map_err(unknown),
            "collection" => name.parse().map(CardOf::Collection).map_err(unknown),
            "order" => name.parse().map(CardOf::Order).map_err(unknown),
            _ => Err(CardError::Unknown),
        }
    }
}

/// In which words, for which shop.
#[derive(Debug, Clone)]
pub struct CardStyle {
    /// The customer's language.
    pub locale: Locale,
    /// The brand's currency.
    pub currency: Currency,
    /// The brand's public address, without a final slash.
    pub public_url: String,
}

/// As [`crate::reply`], with a card. What belongs to somebody else is refused.
pub fn reply_with_card(tx: &mut Tx<'_>, actor: &Actor, cmd: &Reply, (of, style): (&CardOf, &CardStyle)) -> Result<MessageId, CardError> {
    actor.require(Permission::Reply)?;
    let matter = conversations::matter(tx, cmd.matter)?.ok_or(CardError::Unknown)?;
    let person = customers::person_of(tx, matter.profile)?.ok_or(CardError::Unknown)?;
    let mut card = card(tx, actor, person, of, style)?;
    if let CardOf::Payment(order) = of {
        let by = PayBy::Link { matter: Some(matter.id.to_string()), good_for: GOOD_FOR };
        let channel = conversations::account(tx, cmd.account)?.map_or(Channel::Desk, |account| account.channel);
        let step = pay_order(tx, actor, &PayOrder { key: format!("card:{}", cmd.key), order: *order, by, channel })?;
        card.url = format!("{}/pay/{}", style.public_url, step.link.ok_or(CardError::Unknown)?.token);
    }
    let extras = OutboundExtras { card: Some(card), ..cmd.extras.clone().unwrap_or_default() };
    Ok(crate::reply(tx, actor, &Reply { extras: Some(extras), ..cmd.clone() })?)
}

/// What a card will say to this person. That of a payment has its address only once it is sent.
pub fn card(tx: &ReadTx<'_>, actor: &Actor, person: PersonId, of: &CardOf, style: &CardStyle) -> Result<Card, CardError> {
    let profiles = customers::profiles_of(tx, person)?;
    match of {
        CardOf::Product(handle) => product_card(tx, handle, style),
        CardOf::Cart(id) => cart(tx, &profiles, *id, style),
        CardOf::Order(id) | CardOf::Payment(id) => {
            let order = theirs(tx, actor, &profiles, *id)?;
            if matches!(of, CardOf::Order(_)) {
                return Ok(order_card(&order, style));
            }
            if !order.due().is_positive() || order.state != orders::OrderState::Placed {
                return Err(CardError::NothingDue);
            }
            let amount = order.due().format(style.locale);
            let (title, action) = (words::payment(style.locale, &order.number.to_string()), words::pay(style.locale, &amount));
            Ok(plain(CardKind::Payment, title, amount, action, String::new()))
        }
        CardOf::Collection(id) => {
            let part = orders::fulfilment(tx, *id)?.ok_or(CardError::Unknown)?;
            let order = theirs(tx, actor, &profiles, part.order)?;
            let code = part.code.clone().filter(|_| part.state != FulfilmentState::Collected).ok_or(CardError::Unknown)?;
            let (title, action) = (words::collection(style.locale, &order.number.to_string()), words::see_order(style.locale));
            let card = plain(CardKind::Collection, title, part.place.clone(), action, order_url(&order, style));
            Ok(Card { code, ..card })
        }
    }
}

/// What can be put into a message to this person beside products: what is to be paid, collected, their cart, their latest orders.
pub fn cards_for(tx: &ReadTx<'_>, actor: &Actor, person: &Person, style: &CardStyle) -> Result<Vec<(CardOf, Card)>, Fault> {
    let profiles: Vec<ProfileId> = person.profiles.iter().map(|profile| profile.id).collect();
    let mut wanted: Vec<CardOf> = Vec::new();
    let mut latest: Vec<Order> = Vec::new();
    if actor.may(Permission::ViewOrders) {
        for head in orders::orders_of(tx, &profiles, None, FEW)?.items {
            latest.extend(orders::order(tx, head.id)?);
        }
    }
    wanted.extend(latest.iter().map(|order| CardOf::Payment(order.id)));
    wanted.extend(latest.iter().flat_map(|order| &order.fulfilments).map(|part| CardOf::Collection(part.id)));
    wanted.extend(orders::open_cart_of(tx, &profiles)?.filter(|cart| !cart.lines.is_empty()).map(|cart| CardOf::Cart(cart.id)));
    wanted.extend(latest.iter().map(|order| CardOf::Order(order.id)));
    let mut found = Vec::new();
    for of in wanted {
        match card(tx, actor, person.id, &of, style) {
            Ok(card) => found.push((of, card)),
            Err(CardError::Fault(fault)) => return Err(fault),
            // Nothing to pay, nothing to collect: not offered.
            Err(_) => {}
        }
    }
    Ok(found)
}

fn plain(kind: CardKind, title: String, detail: String, action: String, url: String) -> Card {
    Card { kind, title, detail, code: String::new(), picture: String::new(), version: 0, action, url, offers: None }
}

/// What the card of a product says, to anybody; what is not sold has none.
pub fn product_card(tx: &ReadTx<'_>, handle: &str, style: &CardStyle) -> Result<Card, CardError> {
    let product = catalogue::product_by_handle(tx, &Actor::guest(), handle)?.ok_or(CardError::Unknown)?;
    let context = PriceContext::at(style.currency, tx.now());
    let price = pricing::price_cards(tx, &context, &[product.id])?.remove(&product.id);
    let price = price.map_or_else(String::new, |price| words::price(style.locale, price.from, price.is_range()));
    let url = format!("{}/products/{}", style.public_url, product.handle);
    let picture = product.picture(None).map_or_else(String::new, |media| media.source.clone());
    let card = plain(CardKind::Product, product.title.get(style.locale).to_owned(), price, words::see(style.locale), url);
    let offers = goes_with(tx, &product, &context)?;
    Ok(Card { picture, version: product.version, offers: offers_of(&offers, style), ..card })
}

/// The first of what goes with a product.
fn offers_of(offers: &[Offered], style: &CardStyle) -> Option<CardOffers> {
    let offer = |offered: &Offered| CardOffer {
        title: offered.card.title.get(style.locale).to_owned(),
        detail: words::price(style.locale, offered.from, offered.is_range),
        url: format!("{}/products/{}", style.public_url, offered.card.handle),
    };
    let items: Vec<_> = offers.iter().take(OFFERS).map(offer).collect();
    (!items.is_empty()).then(|| CardOffers { heading: words::with_it(style.locale), items })
}

fn cart(tx: &ReadTx<'_>, profiles: &[ProfileId], id: CartId, style: &CardStyle) -> Result<Card, CardError> {
    let own = |cart: &orders::Cart| cart.profile.is_some_and(|profile| profiles.contains(&profile));
    let cart = orders::cart(tx, id)?.filter(own).ok_or(CardError::Unknown)?;
    // A cart that cannot be priced just now is shown without its total.
    let total = quote_cart(tx, &cart, style.currency, None).ok();
    let total = total.map_or_else(String::new, |quote| quote.total.format(style.locale));
    let url = format!("{}/cart", style.public_url);
    Ok(plain(CardKind::Cart, words::cart(style.locale, cart.units()), total, words::see_cart(style.locale), url))
}

fn order_card(order: &Order, style: &CardStyle) -> Card {
    let title = words::order(style.locale, &order.number.to_string());
    let detail = format!("{} · {}", words::state(style.locale, order.state), order.total.format(style.locale));
    plain(CardKind::Order, title, detail, words::see_order(style.locale), order_url(order, style))
}

fn order_url(order: &Order, style: &CardStyle) -> String {
    format!("{}/orders/{}", style.public_url, order.token())
}

/// An order of this very person.
fn theirs(tx: &ReadTx<'_>, actor: &Actor, profiles: &[ProfileId], id: OrderId) -> Result<Order, CardError> {
    actor.require(Permission::ViewOrders)?;
    let own = |order: &Order| order.profile.is_some_and(|profile| profiles.contains(&profile));
    orders::order(tx, id)?.filter(own).ok_or(CardError::Unknown)
}
