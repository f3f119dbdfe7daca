//! A collection: its name, what is said of it, and its products page by page.

use super::cards;
use super::visitor::{Aisle, Visitor};
use super::words::encoded;
use crate::ui::{Pages, ProductCard};
use crate::{Answer, App, Page, Trouble, show};
use askama::Template;
use axum::extract::{Path, Query, State};
use catalogue::collections::{self, CollectionError};
use serde::Deserialize;

/// Products of one page.
const PAGE: usize = 24;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    after: String,
}

#[derive(Template)]
#[template(path = "storefront/collection.html")]
struct Shelf {
    page: Page,
    aisles: Vec<Aisle>,
    name: String,
    text: String,
    about: String,
    products: Vec<ProductCard>,
    pages: Pages,
}

pub(super) async fn show_collection(
    State(app): State<App>,
    visitor: Visitor,
    Path(slug): Path<String>,
    Query(asked): Query<Asked>,
) -> Answer {
    let (context, address) = (visitor.prices(&app), slug.clone());
    let after = Some(asked.after.clone()).filter(|after| !after.is_empty());
    let read = app.db.read(move |tx| {
        let Some(collection) = collections::collection(tx, &address)? else { return Ok(None) };
        let found = collections::members(tx, &collection, after.as_deref(), PAGE)?;
        let size = collections::size(tx, &collection)?;
        Ok::<_, CollectionError>(Some((collection, size, cards::with_prices(tx, &context, found.items)?, found.next)))
    });
    let (collection, size, products, next) = read.await?.ok_or_else(Trouble::not_found)?;
    let Visitor { page, aisles, .. } = visitor;
    let here = format!("/collections/{}", encoded(&slug));
    let pages = Pages {
        label: page.t("list-pages"),
        previous: (!asked.after.is_empty()).then(|| (here.clone(), page.t("collection-from-the-start"))),
        next: next.map(|next| (format!("{here}?after={}", encoded(&next)), page.t("list-next"))),
        about: String::new(),
    };
    show(&Shelf {
        name: collection.name.get(page.locale).to_owned(),
        text: collection.text.get(page.locale).to_owned(),
        about: page.tn("store-products", size),
        products: products.iter().map(|(product, price)| cards::card(&app, &page, product, *price)).collect(),
        pages,
        page,
        aisles,
    })
}
