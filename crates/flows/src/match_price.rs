//! A shop lets something go for what it costs on our own web, under the brand's written rule.

use crate::basket::shop_audience;
use crate::delegate::problem;
use catalogue::VariantId;
use inventory::{Location, LocationId};
use kernel::{Actor, Channel, Currency, Denied, Event, Fault, Money, Permission, ReadTx, Role, Tx};
use orders::{Cart, CartChange, CartError, CartId, CartLine, CartLineId, ChangeCart, Matched};
use pricing::{MatchRefusal, MatchRule, PriceContext, VariantPrice};
use serde::Serialize;
use std::collections::HashMap;

/// Longest reason, in letters.
const LONGEST_REASON: usize = 300;

/// Input of [`match_price`].
#[derive(Debug, Clone)]
pub struct MatchPrice {
    /// Which cart.
    pub cart: CartId,
    /// Which line.
    pub line: CartLineId,
    /// Where.
    pub shop: LocationId,
    /// In which currency the cart is priced.
    pub currency: Currency,
    /// Why; the rule says from which difference on one is needed.
    pub reason: String,
}

/// Why a price was not matched. The cart is as it was.
#[derive(Debug, thiserror::Error)]
pub enum MatchPriceError {
    /// The rule does not allow it.
    #[error(transparent)]
    Match(#[from] MatchRefusal),
    /// The cart may not be changed.
    #[error(transparent)]
    Cart(#[from] CartError),
    /// The actor may not sell.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// No such shop.
    #[error("there is no such location: {0}")]
    UnknownLocation(LocationId),
    /// Not our caller's doing.
    #[error(transparent)]
    Fault(#[from] Fault),
}

problem!(MatchPriceError { Match, Cart, Denied, Fault } {
    MatchPriceError::UnknownLocation(location) => NotFound, "flows.unknown_location", vec![("location", location.to_string().into())];
});

/// What a line costs in the shop and on our web, and whether this actor may match it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineMatch {
    /// One unit, as the shop's list says.
    pub shop: Money,
    /// One unit, as our web's list says.
    pub web: Money,
    /// `Ok` when it may be matched without a reason; `NeedsReason` when with one.
    pub may: Result<(), MatchRefusal>,
}

/// The prices of the web and of a shop, for lines where they differ. Two statements for every 24 variants, and two more.
pub fn line_matches(
    tx: &ReadTx<'_>,
    actor: &Actor,
    shop: &Location,
    currency: Currency,
    variants: &[VariantId],
) -> Result<HashMap<VariantId, LineMatch>, Fault> {
    let (of_shop, of_web) = both(tx, shop, currency, variants)?;
    let mut found = HashMap::new();
    let (mut rule, mut roles): (Option<MatchRule>, Vec<Role>) = (None, Vec::new());
    for variant in variants {
        let (Some(shop), Some(web)) = (of_shop.get(variant), of_web.get(variant)) else { continue };
        if shop.price == web.price {
            continue;
        }
        if rule.is_none() {
            (rule, roles) = (Some(pricing::match_rule(tx, currency)?), roles_of(tx, actor)?);
        }
        let may = rule.as_ref().map_or(Err(MatchRefusal::Off), |rule| permitted(rule, &roles, (shop, web), ""));
        found.insert(*variant, LineMatch { shop: shop.price, web: web.price, may });
    }
    Ok(found)
}

/// Let a line go for the price of our own web. Doing it again changes nothing. Announces `cart.changed` and `price_match.made`.
pub fn match_price(tx: &mut Tx<'_>, actor: &Actor, cmd: &MatchPrice) -> Result<Cart, MatchPriceError> {
    actor.require(Permission::Sell)?;
    let (cart, line) = find(tx, actor, cmd.cart, cmd.line)?;
    let shop = inventory::location(tx, cmd.shop)?.ok_or(MatchPriceError::UnknownLocation(cmd.shop))?;
    let (of_shop, of_web) = both(tx, &shop, cmd.currency, &[line.variant])?;
    let (Some(from), Some(to)) = (of_shop.get(&line.variant), of_web.get(&line.variant)) else { return Err(MatchRefusal::NotLower.into()) };
    if line.matched.as_ref().is_some_and(|matched| matched.to == to.price && matched.from == from.price) {
        return Ok(cart);
    }
    let rule = pricing::match_rule(tx, cmd.currency)?;
    let reason: String = cmd.reason.trim().chars().take(LONGEST_REASON).collect();
    permitted(&rule, &roles_of(tx, actor)?, (from, to), &reason)?;
    let matched = Matched {
        from: from.price,
        to: to.price,
        by: actor.to_string(),
        shop: shop.id,
        reason: payments::mask_card_numbers(&reason).into_owned(),
        rule: rule.version,
        at: tx.now(),
    };
    let facts =
        MatchFacts { cart: cart.id, variant: line.variant, quantity: line.quantity.0, place: shop.details.name, matched: matched.clone() };
    let made = set(tx, actor, &cart, line.id, Some(matched))?;
    tx.announce(Event::new("price_match.made", cart.id).profile(cart.profile).channel(Channel::Till).by(actor).body(&facts))?;
    Ok(made)
}

/// Ask the shop's own price again. Announces `cart.changed`.
pub fn unmatch_price(tx: &mut Tx<'_>, actor: &Actor, cart: CartId, line: CartLineId) -> Result<Cart, MatchPriceError> {
    actor.require(Permission::Sell)?;
    let (cart, line) = find(tx, actor, cart, line)?;
    if line.matched.is_none() { Ok(cart) } else { set(tx, actor, &cart, line.id, None) }
}

/// Body of `price_match.made`.
#[derive(Serialize)]
struct MatchFacts {
    cart: CartId,
    variant: VariantId,
    quantity: i64,
    /// Name of the shop.
    place: String,
    matched: Matched,
}

fn set(tx: &mut Tx<'_>, actor: &Actor, cart: &Cart, line: CartLineId, matched: Option<Matched>) -> Result<Cart, MatchPriceError> {
    let change = CartChange::SetMatch { line, matched };
    Ok(orders::change_cart(tx, actor, ChangeCart { cart: cart.id, version: None, channel: Channel::Till, change })?)
}

fn find(tx: &ReadTx<'_>, actor: &Actor, cart: CartId, line: CartLineId) -> Result<(Cart, CartLine), CartError> {
    let cart = orders::cart(tx, cart)?.filter(|cart| cart.may_be_changed_by(actor)).ok_or(CartError::NotFound)?;
    let line = cart.lines.iter().find(|known| known.id == line).cloned().ok_or(CartError::UnknownLine)?;
    Ok((cart, line))
}

type Prices = HashMap<VariantId, VariantPrice>;

/// What variants cost in a shop, and on the web.
fn both(tx: &ReadTx<'_>, shop: &Location, currency: Currency, variants: &[VariantId]) -> Result<(Prices, Prices), Fault> {
    let web = PriceContext::at(currency, tx.now());
    let here = PriceContext { audience: Some(shop_audience(shop)), ..web.clone() };
    Ok((pricing::variant_prices(tx, &here, variants)?, pricing::variant_prices(tx, &web, variants)?))
}

fn permitted(rule: &MatchRule, roles: &[Role], (shop, web): (&VariantPrice, &VariantPrice), reason: &str) -> Result<(), MatchRefusal> {
    // A price with tax and one without are not compared.
    if shop.is_tax_included != web.is_tax_included {
        return Err(MatchRefusal::NotLower);
    }
    rule.permits(roles, (shop.price, web.price), reason)
}

fn roles_of(tx: &ReadTx<'_>, actor: &Actor) -> Result<Vec<Role>, Fault> {
    match actor {
        Actor::Staff { id, .. } => Ok(access::staff_member(tx, *id)?.map(|staff| staff.roles).unwrap_or_default()),
        _ => Ok(Vec::new()),
    }
}
