//! The list of products: search, facets, order, page by page; and suggestions while typing.

mod asked;
mod view;

use super::cards;
use super::visitor::{Aisle, Visitor};
use super::words::{capital, encoded, word};
use crate::ui::{Link, Pages, ProductCard};
use crate::{Answer, App, Page, Trouble, picture_url, show};
use askama::Template;
use asked::{Asked, PAGE, SortBy};
use axum::extract::{RawQuery, State};
use catalogue::search::{Facet, Found, search};
use catalogue::{ProductId, search_words};
use inventory::LocationId;
use kernel::{Fault, Locale, ReadTx};
use pricing::PriceContext;
use view::{FacetView, SortChoice, facet_views, sort_choices};

/// Products looked at when the order is by price, which the index does not know.
const PRICED: usize = 500;
/// Suggestions while typing.
const SUGGESTED: usize = 6;

#[derive(Template)]
#[template(path = "storefront/list.html")]
struct List {
    page: Page,
    aisles: Vec<Aisle>,
    title: String,
    about: String,
    asked: Asked,
    facets: Vec<FacetView>,
    chosen: Vec<Link>,
    sorts: Vec<SortChoice>,
    is_approximate: bool,
    products: Vec<ProductCard>,
    pages: Pages,
}

impl List {
    fn is_empty(&self) -> bool {
        self.products.is_empty()
    }
}

/// The part that filters replace.
#[derive(Template)]
#[template(path = "storefront/list_results.html")]
struct Results<'a> {
    list: &'a List,
}

pub(super) async fn list(State(app): State<App>, visitor: Visitor, RawQuery(query): RawQuery) -> Answer {
    let asked = Asked::read(query.as_deref().unwrap_or_default());
    let (found, products) = find(&app, &visitor, &asked).await?;
    if !asked.text.is_empty() && asked.page == 1 {
        app.search.note_searched(&asked.text, found.total);
    }
    let Visitor { page, aisles, .. } = visitor;
    let locale = page.locale;
    let category = asked.category.as_deref().map(|key| category_name(&app, locale, &found, key));
    let title = match (&category, asked.text.is_empty()) {
        (Some(category), _) => category.clone(),
        (None, false) => page.tv("list-for", &asked.text),
        (None, true) => page.t("list-all"),
    };
    let list = List {
        title,
        about: page.tn("store-products", found.total),
        facets: facet_views(&app, &page, &asked, &found),
        chosen: view::chosen(&app, &page, &asked, &found),
        sorts: sort_choices(&page, &asked),
        is_approximate: found.is_approximate && found.total > 0,
        products: products.iter().map(|(product, price)| cards::card(&app, &page, product, *price)).collect(),
        pages: view::pages(&page, &asked, found.total),
        asked,
        page,
        aisles,
    };
    if list.page.partial && list.page.target == "results" { show(&Results { list: &list }) } else { show(&list) }
}

type Priced = Vec<(catalogue::ProductCard, Option<pricing::PriceCard>)>;

/// What was found, and the cards of this page.
async fn find(app: &App, visitor: &Visitor, asked: &Asked) -> Result<(Found, Priced), Trouble> {
    let context = visitor.prices(app);
    let query = asked.query(visitor.page.locale);
    if !asked.sort.is_by_price() {
        let mut found = search(&app.search, &query)?;
        let (ids, places): (Vec<_>, _) = (found.hits.iter().map(|hit| hit.product).collect(), places(&found));
        let read = app.db.read(move |tx| Ok::<_, Fault>((cards::load(tx, &context, &ids)?, inventory::locations_of(tx, &places)?)));
        let (products, shops) = read.await?;
        view::name_places(&visitor.page, &mut found, &shops, visitor.shop_id());
        return Ok((found, products));
    }
    let mut found = search(&app.search, &catalogue::search::Query { offset: 0, limit: 100, ..query.clone() })?;
    let mut ids: Vec<ProductId> = found.hits.iter().map(|hit| hit.product).collect();
    while ids.len() < found.total.min(PRICED) {
        let more = search(&app.search, &catalogue::search::Query { offset: ids.len(), limit: 100, with_facets: false, ..query.clone() })?;
        if more.hits.is_empty() {
            break;
        }
        ids.extend(more.hits.iter().map(|hit| hit.product));
    }
    found.total = found.total.min(PRICED);
    let (offset, dear_first, places) = (query.offset, asked.sort == SortBy::Dearest, places(&found));
    let read = app.db.read(move |tx| {
        let products = by_price(tx, &context, ids.clone(), offset, dear_first)?;
        Ok::<_, Fault>((products, inventory::locations_of(tx, &places)?))
    });
    let (products, shops) = read.await?;
    view::name_places(&visitor.page, &mut found, &shops, visitor.shop_id());
    Ok((found, products))
}

/// Where what was found can be had.
fn places(found: &Found) -> Vec<LocationId> {
    let places = found.facets.iter().filter(|facet| facet.facet == Facet::Place);
    places.flat_map(|facet| &facet.values).filter_map(|value| value.key.parse().ok()).collect()
}

/// One page of these products in order of price.
fn by_price(tx: &ReadTx<'_>, context: &PriceContext, mut ids: Vec<ProductId>, offset: usize, dear_first: bool) -> Result<Priced, Fault> {
    let prices = pricing::price_cards(tx, context, &ids)?;
    ids.sort_by_key(|id| prices.get(id).map_or(i64::MAX, |price| if dear_first { -price.from.minor } else { price.from.minor }));
    let page: Vec<_> = ids.into_iter().skip(offset).take(PAGE).collect();
    cards::load(tx, context, &page)
}

/// The name of the category asked for, from its facet, else from its key.
fn category_name(app: &App, locale: Locale, found: &Found, key: &str) -> String {
    let facets = found.facets.iter().filter(|facet| facet.facet == Facet::Category);
    let label = facets.flat_map(|facet| &facet.values).find(|value| value.key == key).map(|value| value.label.as_str());
    word(app, locale, label.unwrap_or(key))
}

/// One suggestion.
struct Suggestion {
    href: String,
    name: String,
    kind: String,
    picture: String,
    price: String,
}

#[derive(Template)]
#[template(path = "storefront/suggestions.html")]
struct Suggestions {
    page: Page,
    text: String,
    all: String,
    found: Vec<Suggestion>,
    total: usize,
    /// What others search for, while nothing is typed: text and address.
    popular: Vec<(String, String)>,
}

/// Search as you type: an answer for the box below the field.
pub(super) async fn suggest(State(app): State<App>, page: Page, RawQuery(query): RawQuery) -> Answer {
    let asked = Asked::read(query.as_deref().unwrap_or_default());
    let locale = page.locale;
    let wanted = catalogue::search::Query { with_facets: false, limit: SUGGESTED, offset: 0, ..asked.query(locale) };
    let found = if asked.text.chars().count() < 2 { Found::default() } else { search(&app.search, &wanted)? };
    let ids: Vec<_> = found.hits.iter().map(|hit| hit.product).collect();
    let context = PriceContext::at(app.brand.currency, page.now);
    let is_blank = asked.text.is_empty();
    let read = app.db.read(move |tx| {
        let popular = if is_blank { search_words::popular(tx, SUGGESTED)? } else { Vec::new() };
        Ok::<_, Fault>((cards::load(tx, &context, &ids)?, popular))
    });
    let (products, popular) = read.await?;
    let suggestion = |(product, price): (catalogue::ProductCard, Option<pricing::PriceCard>)| Suggestion {
        href: format!("/products/{}", product.handle),
        name: product.title.get(locale).to_owned(),
        kind: word(&app, locale, &product.category),
        picture: picture_url(product.picture.as_ref().map_or("", |picture| &picture.source)),
        price: price.map_or_else(String::new, |price| price.from.format(locale)),
    };
    let found_here = products.into_iter().map(suggestion).collect();
    let address = |text: &str| format!("/products?q={}", encoded(text));
    let all = address(&asked.text);
    let popular = popular.into_iter().map(|text| (capital(&text), address(&text))).collect();
    show(&Suggestions { page, text: asked.text, all, found: found_here, total: found.total, popular })
}
