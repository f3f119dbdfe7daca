//! Products as cards.

use super::words::swatch;
use crate::ui::{Picture, Price, ProductCard};
use crate::{App, Page, picture_url};
use catalogue::ProductId;
use kernel::{Fault, ReadTx, Timestamp};
use pricing::{PriceCard, PriceContext};
use std::collections::HashMap;
use std::time::Duration;

/// Colours shown on a card.
const MOST_SWATCHES: usize = 6;
/// How long a product is new.
const NEW: Duration = Duration::from_secs(30 * 24 * 3600);

/// Products with their prices, in the order asked for.
pub(crate) fn load(
    tx: &ReadTx<'_>,
    context: &PriceContext,
    ids: &[ProductId],
) -> Result<Vec<(catalogue::ProductCard, Option<PriceCard>)>, Fault> {
    let prices = pricing::price_cards(tx, context, ids)?;
    Ok(catalogue::cards(tx, ids)?.into_iter().map(|card| (prices.get(&card.id).copied(), card)).map(|(p, c)| (c, p)).collect())
}

/// The same for cards already read.
pub(crate) fn with_prices(
    tx: &ReadTx<'_>,
    context: &PriceContext,
    cards: Vec<catalogue::ProductCard>,
) -> Result<Vec<(catalogue::ProductCard, Option<PriceCard>)>, Fault> {
    let ids: Vec<_> = cards.iter().map(|card| card.id).collect();
    let prices: HashMap<_, _> = pricing::price_cards(tx, context, &ids)?;
    Ok(cards.into_iter().map(|card| (prices.get(&card.id).copied(), card)).map(|(p, c)| (c, p)).collect())
}

/// A card as it is shown.
pub(crate) fn card(app: &App, page: &Page, product: &catalogue::ProductCard, price: Option<PriceCard>) -> ProductCard {
    let locale = page.locale;
    let picture = product.picture.as_ref().map(|picture| Picture { url: picture_url(&picture.source), alt: String::new() });
    let colours = product.colours();
    let reduced = price.is_some_and(|price| price.compare_at.is_some());
    let badge = match () {
        () if reduced => page.t("store-reduced"),
        () if is_new(product.created_at, page.now) && product.created_at != product.updated_at => page.t("store-new"),
        () => String::new(),
    };
    ProductCard {
        href: format!("/products/{}", product.handle),
        name: product.title.get(locale).to_owned(),
        picture: picture.or_else(|| Some(Picture { url: picture_url(""), alt: String::new() })),
        price: price_of(page, price),
        badge,
        swatches: if colours.len() > 1 {
            colours.iter().take(MOST_SWATCHES).map(|colour| swatch(app, locale, colour)).collect()
        } else {
            Vec::new()
        },
        note: colours.len().checked_sub(MOST_SWATCHES + 1).map_or_else(String::new, |more| page.tn("store-more-colours", more + 1)),
    }
}

fn is_new(created: Timestamp, now: Timestamp) -> bool {
    now < created.plus(NEW)
}

fn price_of(page: &Page, price: Option<PriceCard>) -> Price {
    let Some(price) = price else { return Price::from_words(page.t("store-no-price")) };
    let shown = if price.is_range() {
        Price::from_words(page.tv("store-from", price.from.format(page.locale)))
    } else {
        Price::of(price.from, page.locale)
    };
    price.compare_at.map_or(shown.clone(), |was| shown.was(was, page.locale))
}
