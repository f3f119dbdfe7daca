//! What to order from suppliers, by what was sold.

use super::full_name;
use crate::studio::{Entered, Me, intent, why};
use crate::ui::Link;
use crate::{Answer, App, Flash, Form, Page, Trouble, picture_url, show, show_refused};
use askama::Template;
use axum::Router;
use axum::extract::{Query, State};
use axum::routing::get;
use catalogue::{VariantCard, VariantId};
use inventory::{ExpectSupply, Location, LocationId, LocationKind, MOST_COVER_DAYS, Proposal, SOLD_DAYS, StockError};
use jiff::civil::Date;
use kernel::{Kind, Permission, Problem, Quantity};
use serde::Deserialize;
use std::collections::BTreeMap;

/// Most proposals that are shown, and ordered at once.
const ROWS: usize = 60;
/// Days an order is usually meant to last, and others to choose.
const COVER: [i64; 4] = [14, 28, 56, 84];
const PLACES: i64 = 100;

pub(super) fn routes() -> Router<App> {
    Router::new().route("/studio/stock/reorder", get(list).post(order))
}

#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
struct Wanted {
    place: String,
    days: String,
}

impl Wanted {
    fn days(&self) -> i64 {
        self.days.parse().ok().filter(|days| (1..=MOST_COVER_DAYS).contains(days)).unwrap_or(COVER[1])
    }
}

struct Row {
    /// `variant/location`, as the form names it.
    id: String,
    href: String,
    picture: Option<String>,
    name: String,
    sku: String,
    place: String,
    available: i64,
    coming: i64,
    /// A warehouse that has enough, to bring them from.
    from: Option<Link>,
    sold: i64,
    lasts: String,
    quantity: String,
    is_chosen: bool,
    error: Option<String>,
}

#[derive(Template)]
#[template(path = "studio/stock/reorder.html")]
struct Reorder {
    page: Page,
    me: Me,
    place: String,
    places: Vec<(String, String, bool)>,
    days: i64,
    covers: Vec<(i64, bool)>,
    sold_days: i64,
    rows: Vec<Row>,
    form: Form,
    key: String,
}

async fn list(State(app): State<App>, Entered { page, me }: Entered, Query(wanted): Query<Wanted>) -> Answer {
    show(&reorder(&app, page, me, wanted, Form::new()).await?)
}

async fn reorder(app: &App, page: Page, me: Me, wanted: Wanted, form: Form) -> Result<Reorder, Trouble> {
    me.actor.require(Permission::ViewStock)?;
    let (place, days, actor): (Option<LocationId>, _, _) = (wanted.place.parse().ok(), wanted.days(), me.actor.clone());
    let read = app.db.read(move |tx| {
        let found = inventory::proposals(tx, &actor, place, days, ROWS)?;
        let cards = catalogue::variants(tx, &found.iter().map(|found| found.level.variant).collect::<Vec<_>>())?;
        let stock = inventory::availability(tx, &found.iter().map(|found| found.level.variant).collect::<Vec<_>>())?;
        Ok::<_, StockError>((found, cards, stock, inventory::locations(tx, false, None, PLACES)?))
    });
    let (found, cards, stock, places) = read.await?;
    let cards: BTreeMap<VariantId, VariantCard> = cards.into_iter().map(|card| (card.id, card)).collect();
    let is_sent = !form.value("key").is_empty();
    let row = |found: &Proposal| {
        let card = cards.get(&found.level.variant).filter(|card| card.is_for_sale())?;
        let place = places.iter().find(|place| place.id == found.level.location)?;
        let id = format!("{}/{}", card.id, place.id);
        let spare = |from: &Location| {
            let left = stock.get(&card.id).and_then(|at| at.get(&from.id)).copied().unwrap_or_default();
            let may_spare = from.details.kind == LocationKind::Warehouse && from.id != place.id && left.0 >= found.propose.0;
            may_spare.then(|| Link {
                href: format!("/studio/stock/{}?place={}&act=transfer", card.id, from.id),
                text: page.tw("reorder-elsewhere", &[("place", from.details.name.clone().into()), ("n", left.0.into())]),
            })
        };
        let typed = form.value(&format!("quantity/{id}"));
        Some(Row {
            href: format!("/studio/stock/{}?place={}&act=expect", card.id, place.id),
            picture: card.picture.as_ref().map(|picture| picture_url(&picture.source)),
            name: full_name(&page, card),
            sku: card.sku.clone(),
            place: place.details.name.clone(),
            available: found.level.available().0,
            coming: found.coming.0,
            from: places.iter().find_map(spare),
            sold: found.sold.0,
            lasts: page.tn("reorder-lasts", found.lasts_days()),
            quantity: if is_sent { typed.to_owned() } else { found.propose.0.to_string() },
            is_chosen: form.values("chosen").any(|chosen| chosen == id),
            error: form.error(&format!("quantity/{id}")).map(str::to_owned),
            id,
        })
    };
    Ok(Reorder {
        rows: found.iter().filter_map(row).collect(),
        places: places.iter().map(|known| (known.id.to_string(), known.details.name.clone(), Some(known.id) == place)).collect(),
        covers: COVER.iter().map(|cover| (*cover, *cover == days)).collect(),
        place: wanted.place,
        days,
        sold_days: SOLD_DAYS,
        key: if is_sent { form.value("key").to_owned() } else { intent() },
        form,
        page,
        me,
    })
}

/// All that is chosen, or nothing.
async fn order(State(app): State<App>, Entered { page, me }: Entered, mut form: Form) -> Answer {
    let wanted = Wanted { place: form.value("place").to_owned(), days: form.value("days").to_owned() };
    let chosen: Vec<String> = form.values("chosen").take(ROWS).map(str::to_owned).collect();
    let expected = form.value("expected").parse::<Date>().ok();
    if chosen.is_empty() {
        form.refuse("chosen", page.t("reorder-choose"));
    }
    if expected.is_none() {
        form.refuse("expected", page.t("coming-choose-day"));
    }
    let (reference, supplier) = (form.value("reference").trim().to_owned(), form.value("supplier").trim().to_owned());
    let mut supplies = Vec::new();
    for id in &chosen {
        let parsed = id.split_once('/').and_then(|(variant, place)| Some((variant.parse().ok()?, place.parse().ok()?)));
        let (variant, location): (VariantId, LocationId) = parsed.ok_or_else(Trouble::not_found)?;
        let field = format!("quantity/{id}");
        let Ok(quantity) = form.value(&field).parse::<i64>() else {
            form.refuse(&field, page.t("studio-not-a-number"));
            continue;
        };
        let key = format!("reorder/{}/{id}", form.value("key"));
        let (reference, supplier, quantity) = (reference.clone(), supplier.clone(), Quantity(quantity));
        supplies.extend(expected.map(|expected| ExpectSupply { key, reference, supplier, variant, location, quantity, expected }));
    }
    if form.is_fine() {
        let (actor, count) = (me.actor.clone(), supplies.len());
        let write = app.db.write("inventory.expect_supply", move |tx| {
            supplies.iter().try_for_each(|supply| inventory::expect_supply(tx, &actor, supply.clone()).map(drop))
        });
        match write.await {
            Ok(()) => return page.go_saying("/studio/stock/coming", &Flash::ok("reorder-ordered").with(count.to_string())),
            Err(error) if matches!(error.kind(), Kind::Fault | Kind::Forbidden) => return Err(error.into()),
            Err(StockError::TooLong { field }) => form.refuse(field, why(&page, &StockError::TooLong { field })),
            Err(error) => form.refuse("chosen", why(&page, &error)),
        }
    }
    show_refused(&reorder(&app, page, me, wanted, form).await?)
}
