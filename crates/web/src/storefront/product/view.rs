//! A product as it is shown.

use super::super::cards;
use super::super::shops::{distance, open_words, weekday};
use super::super::visitor::{Visitor, is_shop};
use super::super::words::{encoded, swatch, word};
use super::ProductPage;
use super::data::Data;
use super::near::{self, NearPart};
use super::promise::{ahead_words, delivery_words, fee_words};
use super::ratings::RatingsView;
use super::told;
use crate::goes_with::{Door, GoesWith};
use crate::ui::{Bars, Icon, Link, Picture, Price, Swatch, icon};
use crate::{App, Page, large_picture_url, picture_url};
use catalogue::{Product, Variant};
use inventory::{Location, StockPolicy};
use kernel::{Locale, Timestamp};

/// Fewer than this are said in words.
const FEW: i64 = 3;
/// Places in the table of stock.
const MOST_PLACES: usize = 20;

/// A colour to choose.
pub(super) struct ColourChoice {
    pub(super) swatch: Swatch,
    pub(super) name: String,
    pub(super) picture: String,
    pub(super) href: String,
    pub(super) is_chosen: bool,
}

/// A size to choose.
pub(super) struct SizeChoice {
    pub(super) name: String,
    pub(super) href: String,
    pub(super) is_chosen: bool,
    pub(super) is_gone: bool,
    pub(super) says: String,
}

/// A way to get it.
pub(super) struct WayChoice {
    pub(super) value: &'static str,
    pub(super) icon: Icon,
    pub(super) title: String,
    pub(super) detail: String,
    pub(super) is_open: bool,
    pub(super) is_chosen: bool,
}

/// One place, and which sizes it has.
pub(super) struct StockRow {
    pub(super) name: String,
    pub(super) state: String,
    pub(super) is_open: bool,
    pub(super) here: bool,
    pub(super) sizes: Vec<(String, &'static str, String)>,
}

pub(super) fn page(app: &App, visitor: Visitor, data: &Data) -> ProductPage {
    let (shop, place) = (visitor.shop_id(), visitor.place());
    let Visitor { page, aisles, .. } = visitor;
    let locale = page.locale;
    let product = &data.product;
    let chosen = data.chosen();
    let price = data.of_colour().filter_map(|variant| data.prices.get(&variant.id)).min_by_key(|price| price.price.minor);
    let price = chosen.map_or(price, |variant| data.prices.get(&variant.id));
    let shown = price.map_or_else(|| Price::from_words(page.t("store-no-price")), |price| Price::of(price.price, locale));
    let shown = price.and_then(|price| price.compare_at).map_or(shown.clone(), |was| shown.was(was, locale));
    let is_for_sale = chosen.is_some_and(|variant| data.prices.contains_key(&variant.id) && data.can_be_had(variant.id));
    let title = product.title.get(locale).to_owned();
    let address = address(product, data.colour.as_deref(), data.size.as_deref());
    let (bars, stock_rows) = stock(&page, data, chosen, shop);
    ProductPage {
        handle: product.handle.clone(),
        version: product.version,
        ratings: RatingsView::default(),
        may_call: false,
        near: NearPart::of(&page, data, place.as_ref(), (&address, &format!("{address}#near")), near::FIRST),
        category: Link { href: format!("/products?category={}", product.category_key()), text: word(app, locale, &product.category) },
        description: description(product, locale),
        facts: facts(app, locale, product),
        gallery: gallery(data, locale),
        colours: colours(app, locale, data),
        colour: data.colour.as_deref().map_or_else(String::new, |colour| word(app, locale, colour)),
        size_name: data.size_option().map_or_else(String::new, |option| word(app, locale, &option.name)),
        sizes: sizes(app, &page, data),
        size: data.size.as_deref().map_or_else(String::new, |size| word(app, locale, size)),
        variant: chosen.map_or_else(String::new, |variant| variant.id.to_string()),
        sku: chosen.map_or_else(String::new, |variant| variant.sku.clone()),
        taxes: page.t(if price.is_none_or(|price| price.is_tax_included) { "product-tax-included" } else { "product-tax-added" }),
        reduced: price.map_or_else(String::new, |price| saving(&page, price)),
        price: shown.large(),
        is_for_sale,
        ways: chosen.map_or_else(Vec::new, |variant| ways(&page, data, variant, shop)),
        shops: chosen.map_or_else(Vec::new, |variant| collect_shops(&page, data, variant, shop)),
        stock_says: stock_says(&page, data, chosen),
        stock_rows,
        bars,
        is_later: chosen.is_some_and(|variant| data.anywhere(variant.id) <= 0),
        is_by_visit: data.is_by_visit(),
        is_service: product.is_service,
        live: live_address(&address),
        share: format!("{}{address}", app.brand.public_url),
        json_ld: told::product(app, &page, data),
        with: GoesWith::of(app, &page, &data.with, Door::Shop, address.clone()),
        inside: crate::inside::words(&data.inside, locale),
        more: data.more.iter().map(|(product, price)| cards::card(app, &page, product, *price)).collect(),
        title,
        page,
        aisles,
    }
}

/// The live line of the same choice: `/live` before the query.
fn live_address(address: &str) -> String {
    let (path, query) = address.split_once('?').unwrap_or((address, ""));
    format!("{path}/live?{query}")
}

pub(super) fn address(product: &Product, colour: Option<&str>, size: Option<&str>) -> String {
    let parts = [("colour", colour), ("size", size)].into_iter().filter_map(|(name, value)| Some(format!("{name}={}", encoded(value?))));
    let query = parts.collect::<Vec<_>>().join("&");
    if query.is_empty() { format!("/products/{}", product.handle) } else { format!("/products/{}?{query}", product.handle) }
}

/// The description without its list of facts, which is shown apart when tags say the same.
fn description(product: &Product, locale: Locale) -> String {
    product.description_html.get(locale).to_owned()
}

fn facts(app: &App, locale: Locale, product: &Product) -> Vec<(String, String)> {
    let mut facts: Vec<(String, String)> = Vec::new();
    for (name, value) in product.attributes().filter(|(name, _)| *name != "seleccion") {
        let (name, value) = (word(app, locale, name), word(app, locale, value));
        match facts.iter_mut().find(|(known, _)| *known == name) {
            Some((_, values)) => *values = format!("{values}, {}", value.to_lowercase()),
            None => facts.push((name, value)),
        }
    }
    facts
}

/// Pictures of the chosen colour first; all others of the product after it.
pub(super) fn gallery(data: &Data, locale: Locale) -> Vec<Picture> {
    let product = &data.product;
    let own = data.of_colour().next().and_then(|variant| product.picture(Some(variant)));
    let foreign = |id| product.variants.iter().any(|variant| variant.media == Some(id));
    let mut shown: Vec<_> = own.into_iter().collect();
    shown.extend(product.media.iter().filter(|media| own.is_none_or(|own| own.id != media.id) && !foreign(media.id)));
    if shown.is_empty() {
        return vec![Picture { url: picture_url(""), alt: product.title.get(locale).to_owned() }];
    }
    let alt = |media: &catalogue::Media| if media.alt.is_empty() { product.title.get(locale) } else { media.alt.get(locale) }.to_owned();
    shown.iter().map(|media| Picture { url: large_picture_url(&media.source), alt: alt(media) }).collect()
}

fn colours(app: &App, locale: Locale, data: &Data) -> Vec<ColourChoice> {
    let Some(option) = data.colour_option() else { return Vec::new() };
    let choice = |colour: &String| {
        let variant = data.product.variants.iter().find(|variant| data.product.value_of(variant, option) == Some(colour));
        ColourChoice {
            swatch: swatch(app, locale, colour),
            name: word(app, locale, colour),
            picture: picture_url(data.product.picture(variant).map_or("", |media| &media.source)),
            href: address(&data.product, Some(colour), data.size.as_deref()),
            is_chosen: data.colour.as_deref() == Some(colour),
        }
    };
    option.values.iter().map(choice).collect()
}

fn sizes(app: &App, page: &Page, data: &Data) -> Vec<SizeChoice> {
    let Some(option) = data.size_option() else { return Vec::new() };
    let choice = |size: &String| {
        let variant = data.of_colour().find(|variant| data.product.value_of(variant, option) == Some(size));
        let left = variant.map_or(0, |variant| data.anywhere(variant.id));
        SizeChoice {
            name: word(app, page.locale, size),
            href: address(&data.product, data.colour.as_deref(), Some(size)),
            is_chosen: data.size.as_deref() == Some(size),
            is_gone: !variant.is_some_and(|variant| data.can_be_had(variant.id)) && !data.is_service(),
            says: match left {
                ..=0 if variant.is_some_and(|variant| data.ahead.contains_key(&variant.id)) => page.t("size-later"),
                ..=0 => page.t("size-gone"),
                1..=FEW => page.tn("size-left", left),
                _ => String::new(),
            },
        }
    };
    option.values.iter().map(choice).collect()
}

fn saving(page: &Page, price: &pricing::VariantPrice) -> String {
    let Some(was) = price.compare_at.filter(|was| was.minor > 0) else { return String::new() };
    page.tv("product-reduced", format!("−{} %", (was.minor - price.price.minor) * 100 / was.minor))
}

fn ways(page: &Page, data: &Data, variant: &Variant, shop: Option<inventory::LocationId>) -> Vec<WayChoice> {
    let ahead = data.ahead.get(&variant.id);
    let sends = data.to_send(variant.id) > 0 || ahead.is_some();
    let collect = best_shop(page, data, variant, shop);
    let chosen_has_it = shop.is_some_and(|shop| data.at(variant.id, shop) > 0);
    if data.product.is_service {
        let is_open = collectable(data, variant).next().is_some();
        let title = page.t(if is_open { "way-service-any" } else { "way-service-none" });
        return vec![WayChoice { value: "collect", icon: icon("store"), title, detail: String::new(), is_open, is_chosen: is_open }];
    }
    vec![
        WayChoice {
            value: "deliver",
            icon: icon("truck"),
            title: if sends { delivery_words(page, data.delivery.as_ref()) } else { page.t("way-deliver-none") },
            detail: match data.delivery.as_ref().map(|option| option.fee) {
                _ if !sends => page.t("way-deliver-none-why"),
                Some(fee) => {
                    ahead.map(|ahead| ahead_words(page, ahead)).into_iter().chain([fee_words(page, fee)]).collect::<Vec<_>>().join(" · ")
                }
                None => String::new(),
            },
            is_open: sends,
            is_chosen: sends && !chosen_has_it,
        },
        WayChoice {
            value: "collect",
            icon: icon("store"),
            title: collect.map_or_else(
                || page.t("way-collect-none"),
                |(shop, ready)| {
                    let values = [("shop", shop.details.city.clone().into()), ("when", ready_words(page, shop, ready).into())];
                    page.tw("way-collect", &values)
                },
            ),
            detail: page.t(if collect.is_some() { "way-collect-cost" } else { "way-collect-none-why" }),
            is_open: collect.is_some(),
            is_chosen: collect.is_some() && (chosen_has_it || !sends),
        },
    ]
}

fn collectable<'a>(data: &'a Data, variant: &'a Variant) -> impl Iterator<Item = &'a Location> {
    data.places.iter().map(|(place, _)| place).filter(|place| is_shop(place) && place.details.collects && data.at(variant.id, place.id) > 0)
}

/// The chosen shop if it has it, else the nearest (or the first ready) that has.
fn best_shop<'a>(
    page: &Page,
    data: &'a Data,
    variant: &'a Variant,
    shop: Option<inventory::LocationId>,
) -> Option<(&'a Location, Timestamp)> {
    let own = collectable(data, variant).find(|place| Some(place.id) == shop);
    let place = own.or_else(|| collectable(data, variant).next())?;
    Some((place, flows::picked(place, &data.days, page.now)?))
}

/// `hoy desde las 17:30`, `mañana desde las 12:00`, `el lunes desde las 12:00`.
pub(crate) fn ready_words(page: &Page, shop: &Location, ready: Timestamp) -> String {
    let zone = jiff::tz::TimeZone::get(&shop.details.time_zone).unwrap_or(jiff::tz::TimeZone::UTC);
    let (local, today) = (ready.to_jiff().to_zoned(zone.clone()), page.now.to_jiff().to_zoned(zone));
    let time = local.strftime("%H:%M").to_string();
    match local.date().since(today.date()).map_or(9, |span| span.get_days()) {
        0 => page.tv("ready-today", time),
        1 => page.tv("ready-tomorrow", time),
        _ => page.tw("ready-day", &[("day", weekday(local.weekday(), page.locale).into()), ("time", time.into())]),
    }
}

fn collect_shops(page: &Page, data: &Data, variant: &Variant, shop: Option<inventory::LocationId>) -> Vec<(String, String, bool)> {
    if data.product.is_service {
        return collectable(data, variant)
            .map(|place| (place.id.to_string(), place.details.name.clone(), Some(place.id) == shop))
            .collect();
    }
    let best = best_shop(page, data, variant, shop).map(|(place, _)| place.id);
    let option = |place: &Location| {
        let ready =
            flows::picked(place, &data.days, page.now).map_or_else(|| page.t("shop-closed"), |ready| ready_words(page, place, ready));
        (place.id.to_string(), format!("{} · {ready}", place.details.name), best == Some(place.id))
    };
    collectable(data, variant).map(option).collect()
}

fn stock_says(page: &Page, data: &Data, chosen: Option<&Variant>) -> String {
    if data.is_by_visit() {
        return page.t("product-service");
    }
    let is_service = data.product.is_service;
    let Some(variant) = chosen else { return page.t(if is_service { "product-service-choose" } else { "product-choose-size" }) };
    if is_service {
        return page.t("product-service-sold");
    }
    match data.anywhere(variant.id) {
        ..=0 if let Some(ahead) = data.ahead.get(&variant.id) => {
            let key = if ahead.policy == StockPolicy::Preorder { "product-preorder" } else { "product-backorder" };
            page.tv(key, crate::format::civil(ahead.expected, page.now, page.locale))
        }
        ..=0 => page.t("product-sold-out"),
        left @ 1..=FEW => page.tn("product-last", left),
        _ => page.t("product-in-stock"),
    }
}

/// Bars by place for one variant; sizes by place until one is chosen.
fn stock(page: &Page, data: &Data, chosen: Option<&Variant>, shop: Option<inventory::LocationId>) -> (Option<Bars>, Vec<StockRow>) {
    if data.is_service() {
        return (None, Vec::new());
    }
    let name = |place: &Location, metres: &Option<f64>| match metres {
        Some(metres) if is_shop(place) && Some(place.id) != shop => format!("{} · {}", place.details.name, distance(*metres, page.locale)),
        _ if !is_shop(place) => page.t("stock-online"),
        _ => place.details.name.clone(),
    };
    let places = data.places.iter().filter(|(place, _)| is_shop(place) || place.details.ships).take(MOST_PLACES);
    if let Some(variant) = chosen {
        let rows: Vec<_> =
            places.clone().map(|(place, metres)| (name(place, metres), data.at(variant.id, place.id), Some(place.id) == shop)).collect();
        let mut bars = Bars::stock(page.t("stock-by-shop"), rows.into_iter().map(|(name, units, here)| (name, String::new(), units, here)));
        for bar in &mut bars.bars {
            // Customers need to know whether it is worth the walk, not how full our shelves are.
            bar.value = match bar.value.parse::<i64>().unwrap_or_default() {
                ..=0 => page.t("stock-none"),
                left @ 1..=FEW => page.tn("stock-left", left),
                _ => page.t("stock-yes"),
            };
        }
        return (Some(bars), Vec::new());
    }
    let Some(option) = data.size_option() else { return (None, Vec::new()) };
    let row = |(place, metres): &(Location, Option<f64>)| {
        let size = |size: &String| {
            let variant = data.of_colour().find(|variant| data.product.value_of(variant, option) == Some(size));
            let left = variant.map_or(0, |variant| data.at(variant.id, place.id));
            let (class, says) = match left {
                ..=0 => ("none", page.t("stock-none")),
                1..=FEW => ("few", page.tn("stock-left", left)),
                _ => ("some", page.t("stock-yes")),
            };
            (size.clone(), class, says)
        };
        StockRow {
            name: name(place, metres),
            state: if is_shop(place) { open_words(page, place) } else { page.t("stock-online-says") },
            is_open: !is_shop(place) || place.is_open(page.now),
            here: Some(place.id) == shop,
            sizes: option.values.iter().map(size).collect(),
        }
    };
    (None, places.map(row).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_live_line_is_of_the_same_choice() {
        assert_eq!(live_address("/products/a?colour=b"), "/products/a/live?colour=b");
    }
}
