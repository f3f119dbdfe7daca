//! What a shop has right now, kind by kind: a coffee bar's menu, a boutique's rails. What is sold out leaves the open page by itself, in every shop
//! where it is, and comes back when there is some again.

use super::cards;
use super::shops::open_words;
use super::visitor::{Aisle, Visitor, is_shop};
use super::words::{encoded, word};
use crate::ui::{Link, ProductCard};
use crate::{Answer, App, Page, Trouble, part, show, stream};
use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use catalogue::{ListFilter, Sort};
use inventory::Location;
use kernel::{Fault, ReadTx};
use pricing::PriceContext;
use serde::Deserialize;

/// Products of one kind that are looked at.
const MOST: usize = 100;
/// Kinds without a choice of one, the largest.
const KINDS: usize = 12;
/// Products of each kind on the first page.
const EACH: usize = 24;

#[derive(Debug, Clone, Default, Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    category: String,
}

/// One kind of product, with what there is of it.
struct Kind {
    title: String,
    href: String,
    products: Vec<ProductCard>,
}

#[derive(Template)]
#[template(path = "storefront/menu.html", blocks = ["items"])]
struct Menu {
    page: Page,
    aisles: Vec<Aisle>,
    shop: String,
    town: String,
    is_open: bool,
    state: String,
    live: String,
    /// Back to all kinds, where one was chosen.
    all: Option<Link>,
    kinds: Vec<Kind>,
}

/// What was read: kinds by key and name, with their products.
type Read = Vec<(catalogue::Category, Vec<(catalogue::ProductCard, Option<pricing::PriceCard>)>)>;

pub(super) async fn menu(State(app): State<App>, visitor: Visitor, Path(code): Path<String>, Query(asked): Query<Asked>) -> Answer {
    show(&build(&app, visitor, &code, &asked).await?)
}

/// The page's items again whenever stock, prices or products change.
pub(super) async fn live(
    State(app): State<App>,
    visitor: Visitor,
    Path(code): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Trouble> {
    build(&app, visitor.clone(), &code, &asked).await?;
    let subscription = app.hub.subscribe(["room:stock", "room:product", "room:price", "room:location"]);
    let render = move |_| {
        let (app, mut visitor, code, asked) = (app.clone(), visitor.clone(), code.clone(), asked.clone());
        visitor.page.now = app.db.clock().now();
        async move {
            let menu = build(&app, visitor, &code, &asked).await.ok()?;
            Some(part("menu", &menu.as_items().render().ok()?))
        }
    };
    Ok(stream(subscription, render))
}

async fn build(app: &App, visitor: Visitor, code: &str, asked: &Asked) -> Result<Menu, Trouble> {
    let (context, code, chosen) = (visitor.prices(app), code.to_owned(), asked.category.clone());
    let read = app.db.read(move |tx| {
        let Some(shop) = inventory::location_by_code(tx, &code)?.filter(is_shop) else { return Ok(None) };
        let kinds = read(tx, &context, &shop, &chosen)?;
        Ok::<_, Fault>(Some((shop, kinds)))
    });
    let (shop, kinds) = read.await?.ok_or_else(Trouble::not_found)?;
    let Visitor { page, aisles, .. } = visitor;
    let here = format!("/shops/{}/menu", encoded(&shop.details.code));
    let kind = |(category, products): (catalogue::Category, Vec<_>)| Kind {
        title: word(app, page.locale, &category.name),
        href: format!("{here}?category={}", encoded(&category.key)),
        products: products.iter().map(|(product, price)| cards::card(app, &page, product, *price)).collect(),
    };
    let query = if asked.category.is_empty() { String::new() } else { format!("?category={}", encoded(&asked.category)) };
    Ok(Menu {
        kinds: kinds.into_iter().map(kind).collect(),
        shop: shop.details.name.clone(),
        town: format!("{}, {} {}", shop.details.address, shop.details.postcode, shop.details.city),
        is_open: shop.is_open(page.now),
        state: open_words(&page, &shop),
        live: format!("{here}/live{query}"),
        all: (!asked.category.is_empty()).then(|| Link { href: here.clone(), text: page.t("menu-all") }),
        page,
        aisles,
    })
}

/// Kinds with something to be had in this shop.
fn read(tx: &ReadTx<'_>, context: &PriceContext, shop: &Location, chosen: &str) -> Result<Read, Fault> {
    let mut kinds = catalogue::categories(tx)?;
    let most = if chosen.is_empty() { EACH } else { MOST };
    kinds.retain(|kind| chosen.is_empty() || kind.key == chosen);
    kinds.sort_by(|a, b| b.products.cmp(&a.products).then_with(|| a.key.cmp(&b.key)));
    kinds.truncate(KINDS);
    let mut found = Vec::with_capacity(kinds.len());
    for kind in kinds {
        let filter = ListFilter { category: Some(kind.key.clone()), ..ListFilter::default() };
        let listed = match catalogue::list(tx, &filter, Sort::Newest, None, MOST) {
            Ok(listed) => listed.items,
            Err(catalogue::ListError::Fault(fault)) => return Err(fault),
            Err(_) => Vec::new(),
        };
        let ids: Vec<_> = listed.iter().map(|card| card.id).collect();
        let variants = catalogue::variants_of(tx, &ids)?;
        let stock = flows::available(tx, &variants.iter().map(|(_, variant)| *variant).collect::<Vec<_>>())?;
        let has = |variant| stock.get(variant).and_then(|places| places.get(&shop.id)).is_some_and(|quantity| quantity.0 > 0);
        let there = |card: &catalogue::ProductCard| variants.iter().any(|(product, variant)| *product == card.id && has(variant));
        let products: Vec<_> = listed.into_iter().filter(there).take(most).collect();
        if !products.is_empty() {
            found.push((kind, cards::with_prices(tx, context, products)?));
        }
    }
    Ok(found)
}
