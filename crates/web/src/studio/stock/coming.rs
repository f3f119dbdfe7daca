//! What is on its way from suppliers: written down, later or fewer than thought, arrived; and whether it is sold before it is there.

use super::one::{Asked, page_of};
use super::{full_name, variant};
use crate::studio::{Entered, Me, intent, why};
use crate::ui::Pages;
use crate::{Answer, App, Flash, Form, Page, Trouble, format, show, show_refused};
use askama::Template;
use axum::Router;
use axum::extract::{Path, Query, State};
use axum::routing::{get, post};
use catalogue::{VariantCard, VariantId};
use inventory::{ExpectSupply, LocationId, StockError, StockPolicy, Supply, SupplyChange, SupplyId};
use jiff::civil::Date;
use kernel::{Kind, Permission, Problem, Quantity};
use serde::Deserialize;
use std::collections::BTreeMap;

/// Supplies of one page.
const ROWS: i64 = 50;
/// Places to choose from.
const PLACES: i64 = 100;

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/studio/stock/coming", get(list))
        .route("/studio/stock/coming/{supply}", post(change))
        .route("/studio/stock/coming/{supply}/arrival", post(arrive))
        .route("/studio/stock/{variant}/supplies", post(expect))
        .route("/studio/stock/{variant}/policy", post(set_policy))
}

#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
struct Wanted {
    place: String,
    after: String,
}

/// Goods on their way, as a row.
pub(super) struct ComingRow {
    pub(super) id: String,
    pub(super) href: String,
    pub(super) name: String,
    pub(super) sku: String,
    pub(super) place: String,
    pub(super) quantity: i64,
    pub(super) arrived: i64,
    pub(super) outstanding: i64,
    /// Promised to customers, of this variant in this place.
    pub(super) promised: i64,
    /// `2026-12-01`.
    pub(super) day: String,
    pub(super) words: String,
    pub(super) is_late: bool,
    /// `PO-1042 · Textil Norte`.
    pub(super) source: String,
    pub(super) key: String,
}

impl ComingRow {
    pub(super) fn of(page: &Page, supply: &Supply, card: Option<&VariantCard>, place: String, promised: i64) -> Self {
        let today = page.now.to_jiff().to_zoned(jiff::tz::TimeZone::UTC).date();
        ComingRow {
            id: supply.id.to_string(),
            href: format!("/studio/stock/{}?place={}", supply.variant, supply.location),
            name: card.map_or_else(String::new, |card| full_name(page, card)),
            sku: card.map_or_else(String::new, |card| card.sku.clone()),
            place,
            quantity: supply.quantity.0,
            arrived: supply.arrived.0,
            outstanding: supply.outstanding().0,
            promised,
            day: supply.expected.to_string(),
            words: format::civil(supply.expected, page.now, page.locale),
            is_late: supply.expected < today,
            source: [&supply.reference, &supply.supplier]
                .into_iter()
                .filter(|text| !text.is_empty())
                .cloned()
                .collect::<Vec<_>>()
                .join(" · "),
            key: intent(),
        }
    }
}

#[derive(Template)]
#[template(path = "studio/stock/coming.html")]
struct Coming {
    page: Page,
    me: Me,
    places: Vec<(String, String, bool)>,
    rows: Vec<ComingRow>,
    /// The row whose form was refused, and why.
    refused: Option<(String, String)>,
    pages: Pages,
}

async fn list(State(app): State<App>, Entered { page, me }: Entered, Query(wanted): Query<Wanted>) -> Answer {
    show(&coming(&app, page, me, wanted, None).await?)
}

async fn coming(app: &App, page: Page, me: Me, wanted: Wanted, refused: Option<(String, String)>) -> Result<Coming, Trouble> {
    me.actor.require(Permission::ViewStock)?;
    let place: Option<LocationId> = wanted.place.parse().ok();
    let after = wanted.after.split_once('.').and_then(|(id, day)| Some((day.parse::<Date>().ok()?, id.parse::<SupplyId>().ok()?)));
    let read = app.db.read(move |tx| {
        let supplies = inventory::supplies(tx, place, after, ROWS + 1)?;
        let variants: Vec<_> = supplies.iter().map(|supply| supply.variant).collect();
        let cards = catalogue::variants(tx, &variants)?;
        Ok::<_, kernel::Fault>((supplies, cards, inventory::coming(tx, &variants)?, inventory::locations(tx, false, None, PLACES)?))
    });
    let (mut supplies, cards, promised, places) = read.await?;
    let more = supplies.len() as i64 > ROWS;
    supplies.truncate(ROWS as usize);
    let last = supplies.last().filter(|_| more).map(|last| format!("{}.{}", last.id, last.expected));
    let cards: BTreeMap<VariantId, VariantCard> = cards.into_iter().map(|card| (card.id, card)).collect();
    let name_of = |id: LocationId| places.iter().find(|place| place.id == id).map_or_else(String::new, |place| place.details.name.clone());
    let row = |supply: &Supply| {
        let promised = promised.get(&(supply.variant, supply.location)).map_or(0, |balance| balance.held);
        ComingRow::of(&page, supply, cards.get(&supply.variant), name_of(supply.location), promised)
    };
    Ok(Coming {
        rows: supplies.iter().map(row).collect(),
        places: places.iter().map(|known| (known.id.to_string(), known.details.name.clone(), Some(known.id) == place)).collect(),
        pages: Pages {
            label: page.t("coming-pages"),
            previous: (!wanted.after.is_empty()).then(|| (page.with_query("after", ""), page.t("studio-from-the-start"))),
            next: last.map(|last| (page.with_query("after", &last), page.t("studio-more"))),
            about: String::new(),
        },
        refused,
        page,
        me,
    })
}

/// Where the form was: the list, or the page of a variant.
fn back(form: &Form) -> String {
    let to = form.value("back");
    if to.starts_with("/studio/stock/") { to.to_owned() } else { "/studio/stock/coming".to_owned() }
}

/// The list again, with what is wrong beside its row.
async fn refuse(app: &App, (page, me): (Page, Me), supply: String, error: StockError) -> Answer {
    if matches!(error.kind(), Kind::Fault | Kind::Forbidden) {
        return Err(error.into());
    }
    let says = match error {
        StockError::TooFew { free } => page.tn("coming-promised", free.0),
        error => why(&page, &error),
    };
    refuse_saying(app, (page, me), supply, says).await
}

async fn refuse_saying(app: &App, (page, me): (Page, Me), supply: String, says: String) -> Answer {
    show_refused(&coming(app, page, me, Wanted::default(), Some((supply, says))).await?)
}

async fn change(State(app): State<App>, Entered { page, me }: Entered, Path(text): Path<String>, form: Form) -> Answer {
    let id: SupplyId = text.parse().map_err(|_| Trouble::not_found())?;
    let is_off = form.value("off") == "yes";
    let (expected, quantity) = match (is_off, form.value("expected").parse::<Date>(), form.value("quantity").parse::<i64>()) {
        (true, ..) => (None, None),
        (false, Ok(expected), Ok(quantity)) => (Some(expected), Some(Quantity(quantity))),
        (false, Err(_), _) => {
            let says = page.t("coming-choose-day");
            return refuse_saying(&app, (page, me), text, says).await;
        }
        (false, _, Err(_)) => {
            let says = page.t("studio-not-a-number");
            return refuse_saying(&app, (page, me), text, says).await;
        }
    };
    let actor = me.actor.clone();
    let write = app.db.write("inventory.change_supply", move |tx| {
        let arrived = inventory::supply(tx, id)?.ok_or(StockError::UnknownSupply)?.arrived;
        let quantity = if is_off { Some(arrived) } else { quantity };
        inventory::change_supply(tx, &actor, id, SupplyChange { expected, quantity })
    });
    match write.await {
        Ok(_) => page.go_saying(&back(&form), &Flash::ok(if is_off { "coming-called-off" } else { "saved" })),
        Err(error) => refuse(&app, (page, me), text, error).await,
    }
}

async fn arrive(State(app): State<App>, Entered { page, me }: Entered, Path(text): Path<String>, form: Form) -> Answer {
    let id: SupplyId = text.parse().map_err(|_| Trouble::not_found())?;
    let quantity = Quantity(form.value("quantity").parse().unwrap_or_default());
    let key = Some(form.value("key").to_owned()).filter(|key| !key.is_empty()).unwrap_or_else(intent);
    let actor = me.actor.clone();
    let write = app.db.write("inventory.receive_supply", move |tx| inventory::receive_supply(tx, &actor, id, &key, quantity));
    match write.await {
        Ok(_) => page.go_saying(&back(&form), &Flash::ok("studio-received").with(quantity.0.to_string())),
        Err(error) => refuse(&app, (page, me), text, error).await,
    }
}

async fn expect(State(app): State<App>, Entered { page, me }: Entered, Path(text): Path<String>, mut form: Form) -> Answer {
    let id = variant(&text)?;
    let place: Option<LocationId> = form.value("place").parse().ok();
    let (quantity, expected) = (form.value("quantity").parse::<i64>().ok(), form.value("expected").parse::<Date>().ok());
    if place.is_none() {
        form.refuse("place", page.t("studio-choose-place"));
    }
    if quantity.is_none() {
        form.refuse("quantity", page.t("studio-not-a-number"));
    }
    if expected.is_none() {
        form.refuse("expected", page.t("coming-choose-day"));
    }
    if let (Some(location), Some(quantity), Some(expected)) = (place, quantity, expected) {
        let key = Some(form.value("key").to_owned()).filter(|key| !key.is_empty()).unwrap_or_else(intent);
        let (reference, supplier) = (form.value("reference").trim().to_owned(), form.value("supplier").trim().to_owned());
        let cmd = ExpectSupply { key, reference, supplier, variant: id, location, quantity: Quantity(quantity), expected };
        let actor = me.actor.clone();
        match app.db.write("inventory.expect_supply", move |tx| inventory::expect_supply(tx, &actor, cmd.clone())).await {
            Ok(_) => {
                let flash = Flash::ok("coming-expected").with(quantity.to_string());
                return page.go_saying(&format!("/studio/stock/{id}?place={location}&act=expect"), &flash);
            }
            Err(error) if matches!(error.kind(), Kind::Fault | Kind::Forbidden) => return Err(error.into()),
            Err(error) => {
                let field = match error {
                    StockError::UnknownLocation => "place",
                    StockError::TooLong { field } => field,
                    _ => "quantity",
                };
                form.refuse(field, why(&page, &error));
            }
        }
    }
    let asked = Asked { place: form.value("place").to_owned(), act: "expect".to_owned(), before: String::new() };
    show_refused(&page_of(&app, page, me, id, asked, form).await?)
}

async fn set_policy(State(app): State<App>, Entered { page, me }: Entered, Path(text): Path<String>, form: Form) -> Answer {
    let (id, actor) = (variant(&text)?, me.actor.clone());
    let policy: StockPolicy = form.value("policy").parse().map_err(|_| Trouble::not_found())?;
    app.db.write("inventory.set_stock_policy", move |tx| inventory::set_stock_policy(tx, &actor, id, policy)).await?;
    page.go_saying(&format!("/studio/stock/{id}?place={}&act=expect", form.value("place")), &Flash::ok("saved"))
}
