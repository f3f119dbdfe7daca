//! All products, drafts too.

use crate::studio::{Entered, Me};
use crate::ui::{Badge, Moment, Pages, Tone};
use crate::{Answer, App, Page, picture_url, show};
use askama::Template;
use axum::Router;
use axum::extract::{Query, State};
use axum::routing::get;
use catalogue::{Category, ListError, ProductCard, StaffFilter, Status};
use pricing::{PriceCard, PriceContext};
use serde::Deserialize;

/// Products of one page.
const STEP: usize = 50;

pub(super) fn routes() -> Router<App> {
    Router::new().route("/studio/products", get(list))
}

#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
struct Asked {
    q: String,
    status: String,
    category: String,
    after: String,
}

/// One line of the grid.
struct Row {
    href: String,
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
struct List {
    page: Page,
    me: Me,
    asked: Asked,
    rows: Vec<Row>,
    statuses: Vec<(&'static str, String, bool)>,
    categories: Vec<(String, String, bool)>,
    pages: Pages,
}

async fn list(State(app): State<App>, Entered { page, me }: Entered, Query(asked): Query<Asked>) -> Answer {
    let (actor, now, currency) = (me.actor.clone(), app.db.clock().now(), app.brand.currency);
    let filter = StaffFilter {
        status: asked.status.parse().ok(),
        category: Some(asked.category.clone()).filter(|category| !category.is_empty()),
        text: Some(asked.q.clone()).filter(|text| !text.trim().is_empty()),
    };
    let after = Some(asked.after.clone()).filter(|after| !after.is_empty());
    let read = app.db.read(move |tx| {
        let found = catalogue::staff_list(tx, &actor, &filter, after.as_deref(), STEP)?;
        let ids: Vec<_> = found.items.iter().map(|card| card.id).collect();
        let prices = pricing::price_cards(tx, &PriceContext::at(currency, now), &ids)?;
        Ok::<_, ListError>((found, prices, catalogue::categories(tx)?))
    });
    let (found, prices, categories) = read.await?;
    let rows = found.items.iter().map(|card| row(&app, &page, card, prices.get(&card.id))).collect();
    let statuses = std::iter::once(("", page.t("studio-all"), asked.status.is_empty()));
    let statuses =
        statuses.chain(Status::ALL.iter().map(|s| (s.as_str(), page.t(&format!("status-{}", s.as_str())), asked.status == s.as_str())));
    let statuses = statuses.collect();
    let categories =
        categories.iter().map(|known| (known.key.clone(), in_words(&app, &page, known), known.key == asked.category)).collect();
    let pages = Pages {
        label: page.t("studio-product-pages"),
        previous: (!asked.after.is_empty()).then(|| (page.with_query("after", ""), page.t("studio-from-the-start"))),
        next: found.next.map(|next| (page.with_query("after", &next), page.t("studio-more"))),
        about: String::new(),
    };
    show(&List { rows, statuses, categories, pages, asked, page, me })
}

fn in_words(app: &App, page: &Page, category: &Category) -> String {
    app.pictures.word(&category.name, page.locale).unwrap_or(&category.name).to_owned()
}

fn row(app: &App, page: &Page, card: &ProductCard, price: Option<&PriceCard>) -> Row {
    let choices = card.options.iter().map(|option| format!("{} {}", option.values.len(), option.name.to_lowercase()));
    let tone = match card.status {
        Status::Active => Tone::Ok,
        Status::Draft => Tone::Warn,
        Status::Archived => Tone::Plain,
    };
    Row {
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
