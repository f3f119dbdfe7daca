//! The facts behind answers.

use crate::{Answer, Shop, Whereabouts, Wish, near::begins_like};
use catalogue::{Product, Variant, VariantId, fold, names_in, product_named};
use inventory::{Location, LocationId, LocationKind};
use jiff::tz::TimeZone;
use kernel::{Fault, Locale, ProfileId, Quantity, ReadTx, Timestamp};
use orders::{FulfilmentState, Order, OrderNumber, OrderState, ReturnPolicy, return_policy};
use std::collections::{BTreeMap, BTreeSet};

/// Shops told in one answer.
const SHOPS: usize = 4;
/// Shops and warehouses looked at.
const PLACES: i64 = 50;

/// The latest order of these profiles, and whether they have others.
pub(crate) fn latest_order(tx: &ReadTx<'_>, profiles: &[ProfileId]) -> Result<Option<(Order, bool)>, Fault> {
    let heads = orders::orders_of(tx, profiles, None, 2)?.items;
    let Some(head) = heads.first() else { return Ok(None) };
    Ok(orders::order(tx, head.id)?.map(|order| (order, heads.len() > 1)))
}

/// An order by number.
pub(crate) fn order(tx: &ReadTx<'_>, number: OrderNumber) -> Result<Option<Order>, Fault> {
    orders::order_by_number(tx, number)
}

/// Whether somebody told what only who placed the order knows.
pub(crate) fn is_proof(order: &Order, told: &str) -> bool {
    let by_mail = !order.contact.email.is_empty() && order.contact.email.eq_ignore_ascii_case(told);
    let postcodes = order.fulfilments.iter().filter_map(|part| part.address.as_ref()).map(|address| address.postcode.trim());
    by_mail || postcodes.filter(|postcode| !postcode.is_empty()).any(|postcode| postcode.eq_ignore_ascii_case(told))
}

/// What an order is asked for.
pub(crate) fn about(order: &Order, wish: Wish, has_others: bool, now: Timestamp) -> Answer {
    let number = order.number;
    if wish == Wish::Return {
        return Answer::Return { number, until: last_day(order, now) };
    }
    let (state, place) = whereabouts(order);
    Answer::Order { number, state, place, has_others }
}

/// The last day on which anything of it may come back, by the policy of its lines.
fn last_day(order: &Order, now: Timestamp) -> Option<String> {
    let until = order.lines.iter().filter_map(|line| match return_policy(line, order.fulfilment_of(line)?, now) {
        ReturnPolicy::Allowed { until, .. } => Some(until),
        ReturnPolicy::Refused { .. } => None,
    });
    // Days are those of Spain, as on every page.
    let zone = TimeZone::get("Europe/Madrid").unwrap_or(TimeZone::UTC);
    until.max().map(|until| until.to_jiff().to_zoned(zone).date().to_string())
}

/// The part that is least far says where the order is.
fn whereabouts(order: &Order) -> (Whereabouts, String) {
    match order.state {
        OrderState::Placed => return (Whereabouts::Unpaid, String::new()),
        OrderState::Cancelled => return (Whereabouts::Cancelled, String::new()),
        OrderState::Returned => return (Whereabouts::Returned, String::new()),
        _ => {}
    }
    let state = |state: FulfilmentState| match state {
        FulfilmentState::Awaiting => Whereabouts::Awaited,
        FulfilmentState::Waiting | FulfilmentState::Pending | FulfilmentState::Picking | FulfilmentState::Packed => Whereabouts::Preparing,
        FulfilmentState::Ready => Whereabouts::Ready,
        FulfilmentState::Shipped => Whereabouts::OnTheWay,
        FulfilmentState::Collected | FulfilmentState::Delivered => Whereabouts::Arrived,
        FulfilmentState::Cancelled => Whereabouts::Cancelled,
    };
    let Some(part) = order.fulfilments.iter().min_by_key(|part| state(part.state)) else {
        return (Whereabouts::Preparing, String::new());
    };
    let state = state(part.state);
    let place = match state {
        Whereabouts::Ready => part.place.clone(),
        Whereabouts::Awaited => part.expected.map_or_else(String::new, |day| day.to_string()),
        Whereabouts::OnTheWay => part.tracking.as_ref().map_or_else(String::new, |tracking| tracking.carrier.clone()),
        _ => String::new(),
    };
    (state, place)
}

fn shops(tx: &ReadTx<'_>) -> Result<Vec<Location>, Fault> {
    let all = inventory::locations(tx, false, None, PLACES)?;
    Ok(all.into_iter().filter(|place| place.details.kind == LocationKind::Shop).collect())
}

/// How many of the words name a shop: its name or its town.
fn naming(shop: &Location, asked: &BTreeSet<String>) -> usize {
    let own = fold(&format!("{} {}", shop.details.name, shop.details.city));
    let own: Vec<&str> = own.split(|c: char| !c.is_alphanumeric()).collect();
    asked.iter().filter(|word| own.contains(&word.as_str())).count()
}

/// Today's hours: of the shops that were named, else of the first ones.
pub(crate) fn hours(tx: &ReadTx<'_>, heard: &str, locale: Locale) -> Result<Answer, Fault> {
    let (mut shops, asked) = (shops(tx)?, names_in(heard));
    let most = shops.iter().map(|shop| naming(shop, &asked)).max().unwrap_or_default();
    shops.retain(|shop| naming(shop, &asked) == most);
    let to = if locale == Locale::Es { " a " } else { " to " };
    let told = shops.into_iter().take(SHOPS).map(|shop| {
        let spans: Vec<String> = shop.opening_today(tx.now()).iter().map(|span| span.to_string().replace('-', to)).collect();
        Shop { name: shop.details.name, hours: spans.join(", ") }
    });
    Ok(Answer::Hours { shops: told.collect() })
}

/// Where the product is left that the words name; `None` when they name none.
pub(crate) fn stock(tx: &ReadTx<'_>, heard: &str, locale: Locale) -> Result<Option<Answer>, Fault> {
    let asked = names_in(heard);
    let Some(product) = product_named(tx, &asked, begins_like)? else { return Ok(None) };
    let Some(product) = catalogue::product(tx, product)? else { return Ok(None) };
    let (variants, options) = wanted(&product, heard);
    // Parts of bundles do not count for the product that was asked for.
    let bundles = catalogue::kinds_among(tx, &variants)?.bundles;
    let mut levels = inventory::availability_with(tx, &variants, &bundles)?;
    levels.retain(|variant, _| variants.contains(variant));
    let shops = shops(tx)?;
    let named = shops.iter().map(|shop| (naming(shop, &asked), shop)).filter(|(fits, _)| *fits > 0).max_by_key(|(fits, _)| *fits);
    let mut places: Vec<String> =
        shops.iter().filter(|shop| product.is_service || has_some(&levels, shop.id)).map(|shop| shop.details.name.clone()).collect();
    let asked = named.map_or_else(String::new, |(_, shop)| shop.details.name.clone());
    // The shop that was asked for is told, however many others have it.
    places.sort_by_key(|place| *place != asked);
    places.truncate(SHOPS);
    let title = product.title.get(locale);
    let title = if options.is_empty() { title.to_owned() } else { format!("{title} ({})", options.join(", ")) };
    Ok(Some(Answer::Stock { title, asked, places }))
}

fn has_some(levels: &BTreeMap<VariantId, BTreeMap<LocationId, Quantity>>, shop: LocationId) -> bool {
    levels.values().any(|places| places.get(&shop).is_some_and(|quantity| quantity.is_positive()))
}

/// The variants that have every size and colour that was named, with those words; all of them when none was, or none has them all.
fn wanted(product: &Product, heard: &str) -> (Vec<VariantId>, Vec<String>) {
    let folded = fold(heard);
    let said: Vec<&str> = folded.split(|c: char| !c.is_alphanumeric()).collect();
    let mut options: Vec<String> = Vec::new();
    for value in product.variants.iter().flat_map(|variant| &variant.option_values) {
        if said.contains(&fold(value).as_str()) && !options.contains(value) {
            options.push(value.clone());
        }
    }
    let has_all = |variant: &&Variant| options.iter().all(|option| variant.option_values.contains(option));
    let some: Vec<VariantId> = product.variants.iter().filter(has_all).map(|variant| variant.id).collect();
    if some.is_empty() { (product.variants.iter().map(|variant| variant.id).collect(), Vec::new()) } else { (some, options) }
}
