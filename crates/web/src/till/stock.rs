//! Look stock up: a product, its variants, and where they lie.

use super::counter::Counter;
use super::product::{self, Data};
use super::product_view::{Chosen, Grid};
use super::start::{tile, with_prices};
use crate::ui::{Bars, ProductCard};
use crate::{Answer, App, Page, show};
use askama::Template;
use axum::Router;
use axum::extract::{Query, State};
use axum::routing::get;
use catalogue::{ProductId, search};
use inventory::PlaceStock;
use kernel::{Currency, Fault, ReadTx};
use pricing::PriceCard;
use serde::Deserialize;

const MOST: usize = 12;
const MOST_PLACES: i64 = 100;

pub(super) fn routes() -> Router<App> {
    Router::new().route("/till/stock", get(look_up))
}

#[derive(Debug, Clone, Deserialize)]
struct Asked {
    #[serde(default)]
    q: String,
    #[serde(default)]
    sku: String,
}

#[derive(Template)]
#[template(path = "till/stock.html")]
struct StockPage {
    page: Page,
    q: String,
    products: Vec<ProductCard>,
    found: Option<Found>,
}

/// One product's stock.
struct Found {
    title: String,
    handle: String,
    grid: Grid,
    chosen: Option<Chosen>,
    places: Bars,
}

/// What a look-up answers: one product, or several to choose from.
struct Answered {
    one: Option<(Data, Vec<PlaceStock>)>,
    many: Vec<(catalogue::ProductCard, Option<PriceCard>)>,
}

async fn look_up(State(app): State<App>, counter: Counter, Query(asked): Query<Asked>) -> Answer {
    let q: String = asked.q.trim().chars().take(200).collect();
    let hits = if q.is_empty() {
        Vec::new()
    } else {
        let query = search::Query { with_facets: false, limit: MOST, ..search::Query::new(q.clone(), counter.page.locale) };
        search::search(&app.search, &query)?.hits.into_iter().map(|hit| hit.product).collect()
    };
    let (at, typed, sku, currency) = (counter.clone(), q.clone(), asked.sku, app.brand.currency);
    let answered = app.db.read(move |tx| answer(tx, &at, currency, (&typed, &sku), &hits)).await?;
    let found = match answered.one {
        None => None,
        Some((data, places)) => Some(Found {
            title: data.product.title.get(counter.page.locale).to_owned(),
            handle: data.product.handle.clone(),
            grid: Grid::of(&app, &counter, &data).leading_to("/till/stock"),
            chosen: Chosen::of(&app, &counter, &data)?,
            places: bars(&counter, places),
        }),
    };
    let page = counter.page;
    let products = answered.many.iter().map(|(card, price)| {
        let first = format!("/till/stock?q={}", crate::storefront::words::encoded(card.title.get(page.locale)));
        ProductCard { href: first, ..tile(&page, card, *price) }
    });
    show(&StockPage { products: products.collect(), found, q, page })
}

fn answer(tx: &ReadTx<'_>, at: &Counter, currency: Currency, (q, sku): (&str, &str), hits: &[ProductId]) -> Result<Answered, Fault> {
    let nothing = Answered { one: None, many: Vec::new() };
    let code = if sku.is_empty() { q } else { sku };
    let exact = catalogue::by_code(tx, code)?;
    let handle = match (&exact, hits) {
        (Some(card), _) => Some(card.handle.clone()),
        (None, [only]) => catalogue::cards(tx, &[*only])?.pop().map(|card| card.handle),
        _ => None,
    };
    // A title typed in full means that product, though others resemble it.
    let cards = catalogue::cards(tx, hits)?;
    let titled =
        cards.iter().find(|card| [&card.title.es, &card.title.en].iter().any(|title| catalogue::fold(title) == catalogue::fold(q)));
    let Some(handle) = handle.or_else(|| titled.map(|card| card.handle.clone())) else {
        return Ok(Answered { many: with_prices(tx, &at.prices(currency), cards)?, ..nothing });
    };
    let sku = exact.map_or_else(String::new, |card| card.sku);
    let Some(data) = product::load(tx, at, currency, &handle, &sku)? else { return Ok(nothing) };
    let places = match &data.chosen {
        Some(variant) => flows::stock_by_place(tx, variant.id, MOST_PLACES)?,
        None => Vec::new(),
    };
    Ok(Answered { one: Some((data, places)), many: Vec::new() })
}

/// Every place: this one first, then by stock.
fn bars(counter: &Counter, mut places: Vec<PlaceStock>) -> Bars {
    places.sort_by_key(|place| (place.level.location != counter.shop.id, -place.level.available().0));
    let rows = places.into_iter().map(|place| {
        let is_here = place.level.location == counter.shop.id;
        let name = if is_here { counter.page.tv("till-here", &counter.shop.details.city) } else { place.name };
        (name, String::new(), place.level.available().0, is_here)
    });
    Bars::stock(counter.page.t("till-stock-of-it"), rows)
}
