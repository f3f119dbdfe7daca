//! The first page: one big field, the departments, and the cart.

use super::basket::{self, Basket};
use super::counter::Counter;
use crate::storefront::words::word;
use crate::ui::{Link, Picture, Price, ProductCard};
use crate::{Answer, App, Page, picture_url, show};
use askama::Template;
use axum::Router;
use axum::extract::{Query, State};
use axum::routing::get;
use catalogue::{ListFilter, Sort};
use kernel::{Fault, ReadTx};
use orders::FulfilmentState;
use pricing::{PriceCard, PriceContext};
use serde::Deserialize;

/// Products of one screen.
const SHOWN: usize = 24;
/// Counted at most in a badge.
const MOST: usize = 99;

pub(super) fn routes() -> Router<App> {
    Router::new().route("/till", get(start))
}

#[derive(Deserialize)]
struct Asked {
    #[serde(default)]
    category: String,
}

#[derive(Template)]
#[template(path = "till/start.html")]
struct StartPage {
    page: Page,
    basket: Basket,
    to_pick: usize,
    ready: usize,
    category: String,
    categories: Vec<(String, Link)>,
    products: Vec<ProductCard>,
}

struct Found {
    categories: Vec<catalogue::Category>,
    products: Vec<(catalogue::ProductCard, Option<PriceCard>)>,
    waiting: (usize, usize),
}

async fn start(State(app): State<App>, counter: Counter, Query(asked): Query<Asked>) -> Answer {
    let basket = basket::load(&app, &counter, String::new()).await?;
    let (at, category, context) = (counter.clone(), asked.category.clone(), counter.prices(app.brand.currency));
    let found = app.db.read(move |tx| look(tx, &at, &context, &category)).await?;
    let page = counter.page;
    let mut categories = found.categories;
    categories.sort_by_key(|category| std::cmp::Reverse(category.products));
    let link = |category: catalogue::Category| {
        let text = word(&app, page.locale, &category.name);
        (category.key.clone(), Link { href: format!("/till?category={}", category.key), text })
    };
    show(&StartPage {
        categories: categories.into_iter().take(14).map(link).collect(),
        products: found.products.iter().map(|(card, price)| tile(&page, card, *price)).collect(),
        to_pick: found.waiting.0,
        ready: found.waiting.1,
        category: asked.category,
        basket,
        page,
    })
}

fn look(tx: &ReadTx<'_>, at: &Counter, context: &PriceContext, category: &str) -> Result<Found, Fault> {
    let filter = ListFilter { category: Some(category.to_owned()).filter(|key| !key.is_empty()), ..ListFilter::default() };
    let cards = match catalogue::list(tx, &filter, Sort::Newest, None, SHOWN) {
        Ok(found) => found.items,
        Err(catalogue::ListError::Fault(fault)) => return Err(fault),
        Err(_) => Vec::new(),
    };
    let count = |state| match orders::queue(tx, &at.actor, at.shop.id, state, None, MOST) {
        Ok(queue) => Ok(queue.items.len()),
        Err(orders::ReadError::Fault(fault)) => Err(fault),
        Err(orders::ReadError::Denied(_)) => Ok(0),
    };
    let to_pick = count(FulfilmentState::Pending)? + count(FulfilmentState::Picking)?;
    Ok(Found {
        categories: catalogue::categories(tx)?,
        products: with_prices(tx, context, cards)?,
        waiting: (to_pick, count(FulfilmentState::Ready)?),
    })
}

/// Products with their prices, in the order given.
pub(super) fn with_prices(
    tx: &ReadTx<'_>,
    context: &PriceContext,
    cards: Vec<catalogue::ProductCard>,
) -> Result<Vec<(catalogue::ProductCard, Option<PriceCard>)>, Fault> {
    let ids: Vec<_> = cards.iter().map(|card| card.id).collect();
    let prices = pricing::price_cards(tx, context, &ids)?;
    Ok(cards.into_iter().map(|card| (prices.get(&card.id).copied(), card)).map(|(price, card)| (card, price)).collect())
}

/// A product that leads to its page of the till.
pub(super) fn tile(page: &Page, card: &catalogue::ProductCard, price: Option<PriceCard>) -> ProductCard {
    let shown = match price {
        None => Price::from_words(page.t("till-no-price")),
        Some(price) if price.is_range() => Price::from_words(page.tv("till-from", price.from.format(page.locale))),
        Some(price) => Price::of(price.from, page.locale),
    };
    let was = price.and_then(|price| price.compare_at);
    ProductCard {
        href: format!("/till/products/{}", card.handle),
        name: card.title.get(page.locale).to_owned(),
        picture: Some(Picture {
            url: picture_url(card.picture.as_ref().map_or("", |picture| picture.source.as_str())),
            alt: String::new(),
        }),
        price: was.map_or(shown.clone(), |was| shown.was(was, page.locale)),
        badge: String::new(),
        swatches: Vec::new(),
        note: String::new(),
    }
}
