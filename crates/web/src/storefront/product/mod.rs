//! One product: pictures by colour, every variant, stock by place, promise by way.

mod data;
pub(crate) mod near;
pub(crate) mod promise;
pub(super) mod ratings;
mod told;
mod view;

use super::json_ld::JsonLd;
use super::seen;
use super::visitor::{Aisle, Visitor};
use crate::goes_with::GoesWith;
use crate::inside::Inside;
use crate::kept::Shown;
use crate::ui::{Bars, Link, Picture, Price, ProductCard};
use crate::{Answer, App, Page, Trouble, part, show, stream};
use askama::Template;
use axum::Extension;
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Response};
use customers::visits::PageKind;
use data::{Data, load};
use near::NearPart;
use ratings::RatingsView;
use serde::Deserialize;
pub(crate) use view::ready_words;
use view::{ColourChoice, SizeChoice, StockRow, WayChoice};

/// What the address chooses.
#[derive(Debug, Clone, Default, Deserialize)]
pub(crate) struct Choice {
    #[serde(default)]
    pub(crate) colour: String,
    #[serde(default)]
    pub(crate) size: String,
    /// A variant by SKU, as links from messages name it.
    #[serde(default)]
    pub(crate) sku: String,
    /// Where the code was that led here.
    #[serde(default)]
    pub(crate) s: String,
}

/// The page and, through its parts, the fragments.
#[derive(Template)]
#[template(path = "storefront/product.html")]
pub(super) struct ProductPage {
    page: Page,
    aisles: Vec<Aisle>,
    handle: String,
    version: i64,
    title: String,
    category: Link,
    description: String,
    facts: Vec<(String, String)>,
    gallery: Vec<Picture>,
    colours: Vec<ColourChoice>,
    colour: String,
    size_name: String,
    sizes: Vec<SizeChoice>,
    size: String,
    variant: String,
    sku: String,
    price: Price,
    taxes: String,
    reduced: String,
    is_for_sale: bool,
    ways: Vec<WayChoice>,
    shops: Vec<(String, String, bool)>,
    stock_says: String,
    stock_rows: Vec<StockRow>,
    bars: Option<Bars>,
    is_later: bool,
    is_by_visit: bool,
    is_service: bool,
    near: NearPart,
    live: String,
    share: String,
    json_ld: JsonLd,
    with: GoesWith,
    /// What is in one of it, where it is a bundle.
    inside: Vec<Inside>,
    more: Vec<ProductCard>,
    ratings: RatingsView,
    /// A telephone is connected.
    may_call: bool,
}

/// All shops that have it.
#[derive(Template)]
#[template(path = "storefront/product_shops.html")]
struct ShopsPage {
    page: Page,
    aisles: Vec<Aisle>,
    title: String,
    options: String,
    product: String,
    near: NearPart,
}

#[derive(Template)]
#[template(path = "storefront/product_price.html")]
struct PricePart<'a> {
    product: &'a ProductPage,
}

#[derive(Template)]
#[template(path = "storefront/product_buy.html")]
struct BuyPart<'a> {
    product: &'a ProductPage,
    page: &'a Page,
}

#[derive(Template)]
#[template(path = "storefront/product_stock.html")]
struct StockPart<'a> {
    product: &'a ProductPage,
    page: &'a Page,
}

impl askama::filters::HtmlSafe for PricePart<'_> {}
impl askama::filters::HtmlSafe for BuyPart<'_> {}
impl askama::filters::HtmlSafe for StockPart<'_> {}

impl ProductPage {
    fn price_part(&self) -> PricePart<'_> {
        PricePart { product: self }
    }
    fn buy_part(&self) -> BuyPart<'_> {
        BuyPart { product: self, page: &self.page }
    }
    fn stock_part(&self) -> StockPart<'_> {
        StockPart { product: self, page: &self.page }
    }
}

pub(super) async fn show_product(
    State(app): State<App>,
    visitor: Visitor,
    Path(handle): Path<String>,
    Query(choice): Query<Choice>,
) -> Answer {
    let place = super::codes::place(&choice.s);
    let data = read(&app, &visitor, handle, choice, near::FIRST).await?;
    seen::note(&app, &visitor, PageKind::Product, Some(data.product.id));
    if !place.is_empty() {
        seen::scanned(&app, &visitor, data.product.id, &place, data.product.title.get(visitor.page.locale));
    }
    let (page, product, signed_in) = (visitor.page.clone(), data.product.id, visitor.shopper.signed_in);
    let read =
        app.db.read(move |tx| Ok::<_, kernel::Fault>((ratings::load(tx, &page, product, signed_in)?, flows::phone_account(tx)?.is_some())));
    let (ratings, may_call) = read.await?;
    let shown = show(&ProductPage { ratings, may_call, ..view::page(&app, visitor, &data) })?;
    Ok((Extension(Shown(PageKind::Product, Some(product))), shown).into_response())
}

/// Price and stock again whenever either changed.
pub(super) async fn live(
    State(app): State<App>,
    visitor: Visitor,
    Path(handle): Path<String>,
    Query(choice): Query<Choice>,
) -> Result<Response, Trouble> {
    let data = read(&app, &visitor, handle.clone(), choice.clone(), near::FIRST).await?;
    // Changes of stock and price are about a variant.
    let subscription = app.hub.subscribe(crate::inside::topics(&data.product));
    let render = move |_| {
        let (app, mut visitor, handle, choice) = (app.clone(), visitor.clone(), handle.clone(), choice.clone());
        visitor.page.now = app.db.clock().now();
        async move {
            let data = read(&app, &visitor, handle, choice, near::FIRST).await.ok()?;
            let product = view::page(&app, visitor, &data);
            let parts = [
                ("price", product.price_part().render().ok()?),
                ("buy", product.buy_part().render().ok()?),
                ("near", product.near.render().ok()?),
                ("stock", product.stock_part().render().ok()?),
            ];
            Some(parts.iter().map(|(id, html)| part(id, html)).collect::<String>())
        }
    };
    Ok(stream(subscription, render))
}

/// Every shop that has what was chosen, and the way to choose from where.
pub(super) async fn shops(State(app): State<App>, visitor: Visitor, Path(handle): Path<String>, Query(choice): Query<Choice>) -> Answer {
    let data = read(&app, &visitor, handle, choice, near::ALL).await?;
    let (place, Visitor { page, aisles, .. }) = (visitor.place(), visitor);
    let product = view::address(&data.product, data.colour.as_deref(), data.size.as_deref());
    let near = NearPart::of(&page, &data, place.as_ref(), (&product, &page.address()), near::ALL);
    let title = data.product.title.get(page.locale).to_owned();
    let options: Vec<_> =
        [&data.colour, &data.size].into_iter().flatten().map(|value| super::words::word(&app, page.locale, value)).collect();
    show(&ShopsPage { title, options: options.join(" · "), product, near, page, aisles })
}

async fn read(app: &App, visitor: &Visitor, handle: String, choice: Choice, most: usize) -> Result<Data, Trouble> {
    let (context, from) = (visitor.prices(app), visitor.place().map(|place| place.point));
    let found = app.db.read(move |tx| load(tx, &context, &handle, &choice, (from, most))).await?;
    found.ok_or_else(Trouble::not_found)
}
