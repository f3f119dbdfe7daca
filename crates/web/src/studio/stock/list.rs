//! Two views: what runs low, fewest first; and the stock of what was searched for, place by place.

use super::full_name;
use crate::studio::{Entered, Me};
use crate::ui::{Badge, Pages, Tone};
use crate::{Answer, App, Page, picture_url, show};
use askama::Template;
use axum::Router;
use axum::extract::{Query, State};
use axum::routing::get;
use catalogue::{ListError, StaffFilter, VariantCard, VariantId};
use inventory::{Location, LocationId, StockError};
use kernel::{Actor, Fault, Kind, Permission, Problem, Quantity, ReadTx};
use serde::Deserialize;
use std::collections::BTreeMap;

/// Lines of the low list.
const LOW_LINES: i64 = 100;
/// Products of one page of the search.
const PRODUCTS: usize = 8;
/// Places that have a column.
const PLACES: i64 = 24;

pub(super) fn routes() -> Router<App> {
    Router::new().route("/studio/stock", get(list))
}

#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
struct Asked {
    q: String,
    place: String,
    view: String,
    after: String,
}

/// One place with few left of a variant.
struct Low {
    href: String,
    picture: Option<String>,
    name: String,
    sku: String,
    place: String,
    left: i64,
    reserved: i64,
    available: i64,
    state: Badge,
}

/// A variant with what can be promised in each place.
struct Row {
    href: String,
    name: String,
    sku: String,
    places: Vec<Option<i64>>,
    total: i64,
}

#[derive(Template)]
#[template(path = "studio/stock/list.html")]
struct List {
    page: Page,
    me: Me,
    asked: Asked,
    places: Vec<(String, String, bool)>,
    columns: Vec<(String, String)>,
    low: Vec<Low>,
    rows: Vec<Row>,
    is_low: bool,
    pages: Pages,
}

/// Either room's refusal.
#[derive(Debug, thiserror::Error)]
enum ReadError {
    #[error(transparent)]
    Stock(#[from] StockError),
    #[error(transparent)]
    List(#[from] ListError),
    #[error(transparent)]
    Fault(#[from] Fault),
}
impl Problem for ReadError {
    fn kind(&self) -> Kind {
        match self {
            ReadError::Stock(error) => error.kind(),
            ReadError::List(error) => error.kind(),
            ReadError::Fault(fault) => fault.kind(),
        }
    }
    fn code(&self) -> &'static str {
        match self {
            ReadError::Stock(error) => error.code(),
            ReadError::List(error) => error.code(),
            ReadError::Fault(fault) => fault.code(),
        }
    }
}

/// What one snapshot gave.
#[derive(Default)]
struct Found {
    places: Vec<Location>,
    cards: Vec<VariantCard>,
    low: Vec<inventory::StockLevel>,
    by_place: BTreeMap<VariantId, BTreeMap<LocationId, Quantity>>,
    next: Option<String>,
}

async fn list(State(app): State<App>, Entered { page, me }: Entered, Query(asked): Query<Asked>) -> Answer {
    me.actor.require(Permission::ViewStock)?;
    let is_low = asked.q.trim().is_empty() && asked.view != "all";
    let (actor, query) = (me.actor.clone(), asked.clone());
    let found = app.db.read(move |tx| if is_low { low(tx, &actor, &query) } else { search(tx, &actor, &query) }).await?;
    let chosen: Option<LocationId> = asked.place.parse().ok();
    let cards: BTreeMap<VariantId, &VariantCard> = found.cards.iter().map(|card| (card.id, card)).collect();
    let shown: Vec<&Location> = found.places.iter().filter(|place| chosen.is_none_or(|id| id == place.id)).collect();
    let low = found.low.iter().filter_map(|level| {
        let card = cards.get(&level.variant).filter(|card| card.is_for_sale())?;
        let place = found.places.iter().find(|place| place.id == level.location)?;
        let (available, left) = (level.available().0, level.on_hand.0);
        let (tone, key) = if available == 0 { (Tone::Bad, "studio-none-left") } else { (Tone::Warn, "studio-few-left") };
        Some(Low {
            href: format!("/studio/stock/{}?place={}", card.id, place.id),
            picture: card.picture.as_ref().map(|picture| picture_url(&picture.source)),
            name: full_name(&page, card),
            sku: card.sku.clone(),
            place: place.details.name.clone(),
            left,
            reserved: level.reserved.0,
            available,
            state: Badge::state(tone, page.t(key)),
        })
    });
    let low = low.collect();
    let rows = if is_low { Vec::new() } else { found.cards.iter().map(|card| row(&page, card, &shown, &found.by_place)).collect() };
    let pages = Pages {
        label: page.t("studio-stock-pages"),
        previous: (!asked.after.is_empty()).then(|| (page.with_query("after", ""), page.t("studio-from-the-start"))),
        next: found.next.as_ref().map(|next| (page.with_query("after", next), page.t("studio-more"))),
        about: String::new(),
    };
    let places = found.places.iter().map(|place| (place.id.to_string(), place.details.name.clone(), chosen == Some(place.id))).collect();
    let columns = shown.iter().map(|place| (place.details.code.clone(), place.details.name.clone())).collect();
    show(&List { places, columns, low, rows, is_low, pages, asked, page, me })
}

fn low(tx: &ReadTx<'_>, actor: &Actor, asked: &Asked) -> Result<Found, ReadError> {
    let low = inventory::low_stock(tx, actor, asked.place.parse().ok(), Quantity(crate::studio::home::LOW), LOW_LINES)?;
    let ids: Vec<_> = low.iter().map(|level| level.variant).collect();
    let places = inventory::locations(tx, false, None, PLACES)?;
    Ok(Found { places, cards: catalogue::variants(tx, &ids)?, low, ..Found::default() })
}

fn search(tx: &ReadTx<'_>, actor: &Actor, asked: &Asked) -> Result<Found, ReadError> {
    let text = asked.q.trim();
    let exact = match catalogue::by_barcode(tx, text) {
        Ok(card) => Some(card),
        Err(catalogue::ScanError::Fault(fault)) => return Err(fault.into()),
        Err(_) => catalogue::by_sku(tx, text)?,
    };
    let (ids, next) = match exact {
        Some(card) => (vec![card.id], None),
        None => {
            let filter = StaffFilter { text: Some(text.to_owned()).filter(|text| !text.is_empty()), ..StaffFilter::default() };
            let after = Some(asked.after.as_str()).filter(|after| !after.is_empty());
            let page = catalogue::staff_list(tx, actor, &filter, after, PRODUCTS)?;
            let mut ids = Vec::new();
            for card in &page.items {
                let product = catalogue::product(tx, card.id)?;
                ids.extend(product.into_iter().flat_map(|product| product.variants.into_iter().map(|variant| variant.id)));
            }
            (ids, page.next)
        }
    };
    Ok(Found {
        places: inventory::locations(tx, false, None, PLACES)?,
        cards: catalogue::variants(tx, &ids)?,
        by_place: flows::available(tx, &ids)?,
        next,
        ..Found::default()
    })
}

fn row(page: &Page, card: &VariantCard, places: &[&Location], stock: &BTreeMap<VariantId, BTreeMap<LocationId, Quantity>>) -> Row {
    let here = stock.get(&card.id);
    let places: Vec<_> = places.iter().map(|place| here.and_then(|all| all.get(&place.id)).map(|quantity| quantity.0)).collect();
    Row {
        href: format!("/studio/stock/{}", card.id),
        name: full_name(page, card),
        sku: card.sku.clone(),
        total: places.iter().flatten().sum(),
        places,
    }
}
