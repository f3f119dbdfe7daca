//! All products, drafts too.

use super::row::{self, Typed};
use crate::studio::{Entered, Me, in_query};
use crate::ui::{Badge, Moment, Pages, Tone};
use crate::{Answer, App, Page, Trouble, picture_url, show};
use askama::Template;
use axum::Router;
use axum::extract::{Query, State};
use axum::routing::get;
use catalogue::{Category, ListError, ProductCard, ProductId, StaffFilter, Status};
use pricing::{PriceCard, PriceContext};
use serde::Deserialize;

/// Products of one page.
const STEP: usize = 50;

pub(super) fn routes() -> Router<App> {
    Router::new().route("/studio/products", get(list))
}

#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    q: String,
    status: String,
    category: String,
    after: String,
    /// The product whose row is a form.
    edit: String,
}

/// One line of the grid.
struct Row {
    id: String,
    href: String,
    /// Where its fields can be typed.
    edit: String,
    /// What is typed into them, when they can be.
    typed: Option<Typed>,
    picture: Option<String>,
    title: String,
    handle: String,
    category: String,
    choices: String,
    price: String,
    state: Badge,
    version: i64,
    touched: Moment,
}

#[derive(Template)]
#[template(path = "studio/products/list.html")]
pub(super) struct List {
    page: Page,
    me: Me,
    asked: Asked,
    rows: Vec<Row>,
    /// Where this stretch of the list is, for the form of a row.
    here: String,
    states: Vec<(&'static str, String)>,
    may_change: bool,
    statuses: Vec<(&'static str, String, bool)>,
    categories: Vec<(String, String, bool)>,
    pages: Pages,
}

async fn list(State(app): State<App>, Entered { page, me }: Entered, Query(asked): Query<Asked>) -> Answer {
    let typed = match asked.edit.parse::<ProductId>() {
        Ok(id) if me.may("catalogue.edit") => row::typed(&app, &page, &me, id).await?.map(|typed| (id, typed)),
        _ => None,
    };
    // The row alone, where the rest of the page is there already.
    let only = typed.as_ref().filter(|_| page.partial).map(|(id, _)| *id);
    show(&page_of(&app, page, me, asked, typed, only).await?)
}

/// The grid, with one row as a form; of `only`, when a fragment is wanted, that row alone.
pub(super) async fn page_of(
    app: &App,
    page: Page,
    me: Me,
    asked: Asked,
    typed: Option<(ProductId, Typed)>,
    only: Option<ProductId>,
) -> Result<List, Trouble> {
    let (actor, now, currency) = (me.actor.clone(), app.db.clock().now(), app.brand.currency);
    let filter = StaffFilter {
        status: asked.status.parse().ok(),
        category: Some(asked.category.clone()).filter(|category| !category.is_empty()),
        text: Some(asked.q.clone()).filter(|text| !text.trim().is_empty()),
    };
    let after = Some(asked.after.clone()).filter(|after| !after.is_empty());
    let read = app.db.read(move |tx| {
        let mut found = match only {
            Some(_) => catalogue::Page { items: Vec::new(), next: None },
            None => catalogue::staff_list(tx, &actor, &filter, after.as_deref(), STEP)?,
        };
        if let Some(id) = only {
            found.items = catalogue::cards(tx, &[id])?;
        }
        let ids: Vec<_> = found.items.iter().map(|card| card.id).collect();
        let prices = pricing::price_cards(tx, &PriceContext::at(currency, now), &ids)?;
        Ok::<_, ListError>((found, prices, catalogue::categories(tx)?))
    });
    let (found, prices, categories) = read.await?;
    let here = asked.here();
    let (edited, mut typed) = typed.map_or((None, None), |(id, typed)| (Some(id), Some(typed)));
    let mut rows: Vec<Row> = found.items.iter().map(|card| row_of(app, &page, card, prices.get(&card.id), &here)).collect();
    let edited = edited.map(|id| id.to_string());
    for row in rows.iter_mut().filter(|row| Some(&row.id) == edited.as_ref()) {
        row.typed = typed.take();
    }
    let statuses = std::iter::once(("", page.t("studio-all"), asked.status.is_empty()));
    let statuses =
        statuses.chain(Status::ALL.iter().map(|s| (s.as_str(), page.t(&format!("status-{}", s.as_str())), asked.status == s.as_str())));
    let statuses = statuses.collect();
    let categories = categories.iter().map(|known| (known.key.clone(), in_words(app, &page, known), known.key == asked.category)).collect();
    let pages = Pages {
        label: page.t("studio-product-pages"),
        previous: (!asked.after.is_empty()).then(|| (page.with_query("after", ""), page.t("studio-from-the-start"))),
        next: found.next.map(|next| (page.with_query("after", &next), page.t("studio-more"))),
        about: String::new(),
    };
    let may_change = me.may("catalogue.edit") || me.may("prices.edit");
    Ok(List { rows, here, states: super::statuses(&page), may_change, statuses, categories, pages, asked, page, me })
}

impl Asked {
    /// The same stretch of the list, as a query; no row of it is a form.
    pub(super) fn here(&self) -> String {
        let pairs = [("q", &self.q), ("status", &self.status), ("category", &self.category), ("after", &self.after)];
        let some = pairs.into_iter().filter(|(_, value)| !value.is_empty());
        some.map(|(name, value)| format!("{name}={}", in_query(value))).collect::<Vec<_>>().join("&")
    }
}

fn in_words(app: &App, page: &Page, category: &Category) -> String {
    app.pictures.word(&category.name, page.locale).unwrap_or(&category.name).to_owned()
}

fn row_of(app: &App, page: &Page, card: &ProductCard, price: Option<&PriceCard>, here: &str) -> Row {
    let choices = card.options.iter().map(|option| format!("{} {}", option.values.len(), option.name.to_lowercase()));
    let tone = match card.status {
        Status::Active => Tone::Ok,
        Status::Draft => Tone::Warn,
        Status::Archived => Tone::Plain,
    };
    let and = if here.is_empty() { "" } else { "&" };
    Row {
        id: card.id.to_string(),
        edit: format!("/studio/products?{here}{and}edit={}", card.id),
        typed: None,
        href: format!("/studio/products/{}", card.id),
        picture: card.picture.as_ref().map(|picture| picture_url(&picture.source)),
        title: card.title.get(page.locale).to_owned(),
        handle: card.handle.clone(),
        category: app.pictures.word(&card.category, page.locale).unwrap_or(&card.category).to_owned(),
        choices: choices.collect::<Vec<_>>().join(" · "),
        price: price.map_or_else(|| "—".to_owned(), |price| in_price(page, price)),
        state: Badge::state(tone, page.t(&format!("status-{}", card.status.as_str()))),
        version: card.version,
        touched: Moment::when(card.updated_at, page.now, page.locale),
    }
}

fn in_price(page: &Page, price: &PriceCard) -> String {
    let from = page.money(&price.from);
    if price.is_range() { format!("{from} – {}", page.money(&price.to)) } else { from }
}
