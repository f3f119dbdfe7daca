//! One product: every variant with its stock, and the ways to sell the chosen one.

use super::basket::{self, Basket};
use super::counter::Counter;
use super::line::Stock;
use super::product_view::{Chosen, Grid};
use crate::goes_with::{Door, GoesWith};
use crate::inside::Inside;
use crate::{Answer, App, Page, Trouble, part, show, stream};
use askama::Template;
use axum::Router;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use axum::routing::get;
use catalogue::{Product, Variant, VariantId};
use flows::{BasketError, BasketLine, BasketQuote, quote_basket};
use inventory::{Location, Nearby, Purpose};
use kernel::{Currency, Fault, Quantity, ReadTx};
use orders::Way;
use pricing::{PriceContext, VariantPrice};
use serde::Deserialize;

/// Other shops shown.
const NEAR: usize = 5;

pub(super) fn routes() -> Router<App> {
    Router::new().route("/till/products/{handle}", get(show_product)).route("/till/products/{handle}/live", get(live))
}

#[derive(Debug, Clone, Default, Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    pub(super) sku: String,
}

/// A product and the chosen variant of it, with stock and price.
pub(super) struct Data {
    pub(super) product: Product,
    pub(super) chosen: Option<Variant>,
    pub(super) stock: Stock,
    pub(super) places: Vec<Location>,
    pub(super) near: Vec<Nearby>,
    pub(super) quote: Option<Result<BasketQuote, BasketError>>,
    /// What our web asks for the chosen variant.
    pub(super) web: Option<VariantPrice>,
    /// What goes with it.
    pub(super) with: Vec<flows::Offered>,
    /// What is in one of the chosen variant, with how many.
    pub(super) inside: Vec<(i64, catalogue::VariantCard)>,
}

#[derive(Template)]
#[template(path = "till/product.html")]
struct ProductPage {
    page: Page,
    title: String,
    handle: String,
    version: i64,
    is_service: bool,
    grid: Grid,
    chosen: Option<Chosen>,
    live: String,
    with: GoesWith,
    /// What is in one of it, where it is a bundle.
    inside: Vec<Inside>,
    basket: Basket,
}

async fn show_product(State(app): State<App>, counter: Counter, Path(handle): Path<String>, Query(asked): Query<Asked>) -> Answer {
    let basket = basket::load(&app, &counter, String::new()).await?;
    let data = read(&app, &counter, handle.clone(), asked).await?;
    let chosen = Chosen::of(&app, &counter, &data)?;
    let sku = data.chosen.as_ref().map_or("", |variant| variant.sku.as_str());
    let live = format!("/till/products/{handle}/live?sku={}", crate::storefront::words::encoded(sku));
    let title = data.product.title.get(counter.page.locale).to_owned();
    let back = format!("/till/products/{handle}?sku={}", crate::storefront::words::encoded(sku));
    let with = GoesWith::of(&app, &counter.page, &data.with, Door::Till, back);
    let is_service = data.product.is_service;
    let inside = crate::inside::words(&data.inside, counter.page.locale);
    let (version, grid) = (data.product.version, Grid::of(&app, &counter, &data));
    show(&ProductPage { title, handle, version, is_service, grid, chosen, live, with, inside, basket, page: counter.page })
}

/// Stock and price again when either changed.
async fn live(
    State(app): State<App>,
    counter: Counter,
    Path(handle): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Trouble> {
    let data = read(&app, &counter, handle.clone(), asked.clone()).await?;
    Ok(stream(app.hub.subscribe(crate::inside::topics(&data.product)), move |_| {
        let (app, counter, handle, asked) = (app.clone(), counter.clone(), handle.clone(), asked.clone());
        async move {
            let data = read(&app, &counter, handle, asked).await.ok()?;
            let grid = part("grid", &Grid::of(&app, &counter, &data).render().ok()?);
            let chosen = Chosen::of(&app, &counter, &data).ok()??;
            Some(grid + &part("bars", &chosen.bars_part().render().ok()?))
        }
    }))
}

async fn read(app: &App, counter: &Counter, handle: String, asked: Asked) -> Result<Data, Trouble> {
    let (at, currency) = (counter.clone(), app.brand.currency);
    app.db.read(move |tx| load(tx, &at, currency, &handle, &asked.sku)).await?.ok_or_else(Trouble::not_found)
}

/// A product by its handle; its variant by SKU, else the first that lies here, else the first of all.
pub(super) fn load(tx: &ReadTx<'_>, at: &Counter, currency: Currency, handle: &str, sku: &str) -> Result<Option<Data>, Fault> {
    let Some(product) = catalogue::product_by_handle(tx, &at.actor, handle)? else { return Ok(None) };
    let ids: Vec<_> = product.variants.iter().map(|variant| variant.id).collect();
    let stock = flows::available(tx, &ids)?;
    let is_here = |variant: &&Variant| super::line::units_at(&stock, variant.id, at.shop.id) > 0;
    let active = || product.variants.iter().filter(|variant| variant.is_active);
    let chosen = product.variants.iter().find(|variant| !sku.is_empty() && variant.sku == sku);
    let chosen = chosen.or_else(|| active().find(is_here)).or_else(|| active().next()).cloned();
    let near = match &chosen {
        Some(variant) => near(tx, at, variant.id)?,
        None => Vec::new(),
    };
    let quote = match &chosen {
        None => None,
        Some(variant) => {
            let line = BasketLine { variant: variant.id, quantity: Quantity(1), way: Way::TakeNow { location: at.shop.id } };
            match quote_basket(tx, &[line], currency, at.audience()) {
                Err(BasketError::Fault(fault)) => return Err(fault),
                answer => Some(answer),
            }
        }
    };
    let web = match &chosen {
        Some(variant) => pricing::variant_prices(tx, &PriceContext::at(currency, tx.now()), &[variant.id])?.remove(&variant.id),
        None => None,
    };
    let inside = crate::inside::parts_of(tx, chosen.as_ref())?;
    let with = flows::goes_with(tx, &product, &at.prices(currency))?;
    Ok(Some(Data { web, with, inside, places: inventory::locations(tx, false, None, 200)?, chosen, stock, near, quote, product }))
}

/// Shops with the variant, nearest first, without this one.
fn near(tx: &ReadTx<'_>, at: &Counter, variant: VariantId) -> Result<Vec<Nearby>, Fault> {
    let mut found = flows::nearest_with_stock(tx, (variant, Quantity(1)), at.shop.details.point, Purpose::Collect, NEAR + 1)?;
    found.retain(|near| near.location.id != at.shop.id);
    found.truncate(NEAR);
    Ok(found)
}
