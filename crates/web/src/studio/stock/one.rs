//! One variant: every place, what can be done, and every movement of one place.

use super::coming::ComingRow;
use super::{full_name, variant};
use crate::studio::{Entered, Me, intent};
use crate::ui::{Bars, Moment, Pages};
use crate::{Answer, App, Form, Page, Trouble, has_text, show};
use askama::Template;
use axum::Router;
use axum::extract::{Path, Query, State};
use axum::routing::get;
use catalogue::VariantId;
use inventory::{AdjustReason, LocationId, StockPolicy, Supply};
use kernel::{Fault, Permission};
use ledger::{Balance, StatementLine};
use serde::Deserialize;
use std::collections::BTreeMap;

/// Movements of one page.
const STEP: i64 = 30;
/// Supplies that are shown.
const COMING: i64 = 50;
/// Places that are shown.
const PLACES: i64 = 100;

/// What can be done, in the order of the tabs.
pub(super) const ACTS: [&str; 6] = ["receive", "expect", "adjust", "count", "transfer", "safety"];

pub(super) fn routes() -> Router<App> {
    Router::new().route("/studio/stock/{variant}", get(show_one))
}

#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    pub place: String,
    pub act: String,
    pub before: String,
}

/// What is on its way of a variant, and how it is sold until then.
struct Ahead {
    policy: StockPolicy,
    promised: BTreeMap<(VariantId, LocationId), Balance>,
    supplies: Vec<Supply>,
}

/// One place.
struct PlaceRow {
    id: String,
    name: String,
    on_hand: i64,
    reserved: i64,
    safety: i64,
    available: i64,
    here: bool,
}

/// Stock on its way to the chosen place.
struct Under {
    id: String,
    from: String,
    quantity: i64,
    sent: Moment,
}

/// One movement.
struct Moved {
    when: Moment,
    reason: String,
    amount: String,
}

#[derive(Template)]
#[template(path = "studio/stock/one.html")]
pub(super) struct One {
    page: Page,
    me: Me,
    id: VariantId,
    name: String,
    sku: String,
    product: String,
    bars: Bars,
    rows: Vec<PlaceRow>,
    place: String,
    place_name: String,
    act: &'static str,
    acts: Vec<(&'static str, String)>,
    key: String,
    form: Form,
    options: Vec<(String, String)>,
    others: Vec<(String, String)>,
    reasons: Vec<(&'static str, String)>,
    under_way: Vec<Under>,
    coming: Vec<ComingRow>,
    /// Where a form about what is on its way leads back to.
    back: String,
    policies: Vec<(&'static str, String)>,
    moves: Vec<Moved>,
    pages: Pages,
}

async fn show_one(State(app): State<App>, Entered { page, me }: Entered, Path(text): Path<String>, Query(asked): Query<Asked>) -> Answer {
    show(&page_of(&app, page, me, variant(&text)?, asked, Form::new()).await?)
}

/// The page of a variant; `form` holds what was refused.
pub(super) async fn page_of(app: &App, page: Page, me: Me, id: VariantId, asked: Asked, form: Form) -> Result<One, Trouble> {
    me.actor.require(Permission::ViewStock)?;
    let (wanted, before) = (asked.place.parse::<LocationId>().ok(), asked.before.parse().ok());
    let read = app.db.read(move |tx| {
        let Some(card) = catalogue::variant(tx, id)? else { return Ok(None) };
        let stock = flows::stock_by_place(tx, id, PLACES)?;
        let ahead = Ahead {
            policy: inventory::stock_policies(tx, &[id])?.remove(&id).unwrap_or(StockPolicy::Deny),
            promised: inventory::coming(tx, &[id])?,
            supplies: inventory::supplies_of(tx, id, COMING)?,
        };
        let Some(place) = wanted.or(stock.first().map(|first| first.level.location)) else {
            return Ok(Some((card, stock, None, Vec::new(), Vec::new(), ahead)));
        };
        let moves = inventory::stock_movements(tx, id, place, before, STEP + 1)?;
        let mut under_way = inventory::transfers_under_way(tx, place, None, 100)?;
        under_way.retain(|transfer| transfer.variant == id);
        Ok::<_, Fault>(Some((card, stock, Some(place), moves, under_way, ahead)))
    });
    let (card, stock, place, mut moves, under_way, ahead) = read.await?.ok_or_else(Trouble::not_found)?;
    let name_of = |id: LocationId| stock.iter().find(|s| s.level.location == id).map(|s| s.name.clone()).unwrap_or_default();
    let more = moves.len() as i64 > STEP;
    moves.truncate(STEP as usize);
    let next = moves.last().filter(|_| more).map(|line| (page.with_query("before", &line.transfer.to_string()), page.t("studio-older")));
    let options: Vec<_> = stock.iter().map(|s| (s.level.location.to_string(), s.name.clone())).collect();
    let chosen = place.map(|id| id.to_string()).unwrap_or_default();
    let link = |s: &inventory::PlaceStock| format!("/studio/stock/{id}?place={}", s.level.location);
    let bars = stock.iter().map(|s| (s.name.clone(), link(s), s.level.available().0, Some(s.level.location) == place));
    let form = if form.value("place").is_empty() { form.fill("place", chosen.clone()) } else { form };
    let form = form.fill("policy", ahead.policy.as_str());
    let coming = |supply: &Supply| {
        let promised = ahead.promised.get(&(id, supply.location)).map_or(0, |balance| balance.held);
        ComingRow::of(&page, supply, Some(&card), name_of(supply.location), promised)
    };
    Ok(One {
        name: full_name(&page, &card),
        sku: card.sku.clone(),
        product: card.product.to_string(),
        bars: Bars::stock(page.t("studio-available"), bars),
        rows: stock
            .iter()
            .map(|s| PlaceRow {
                id: s.level.location.to_string(),
                name: s.name.clone(),
                on_hand: s.level.on_hand.0,
                reserved: s.level.reserved.0,
                safety: s.level.safety.0,
                available: s.level.available().0,
                here: Some(s.level.location) == place,
            })
            .collect(),
        place_name: place.map(name_of).unwrap_or_default(),
        act: ACTS.into_iter().find(|act| *act == asked.act).unwrap_or("receive"),
        acts: ACTS.into_iter().map(|act| (act, page.t(&format!("act-{act}")))).collect(),
        key: intent(),
        others: options.iter().filter(|(id, _)| *id != chosen).cloned().collect(),
        reasons: AdjustReason::ALL.iter().map(|reason| (reason.as_str(), page.t(&format!("reason-{}", reason.as_str())))).collect(),
        under_way: under_way
            .iter()
            .map(|transfer| Under {
                id: transfer.id.to_string(),
                from: name_of(transfer.origin),
                quantity: transfer.quantity.0,
                sent: Moment::when(transfer.sent_at, page.now, page.locale),
            })
            .collect(),
        back: format!("/studio/stock/{id}?place={chosen}"),
        coming: ahead.supplies.iter().map(coming).collect(),
        policies: StockPolicy::ALL.iter().map(|policy| (policy.as_str(), page.t(&format!("policy-{}", policy.as_str())))).collect(),
        moves: moves.iter().map(|line| moved(&page, line)).collect(),
        pages: Pages {
            label: page.t("studio-movements"),
            previous: (!asked.before.is_empty()).then(|| (page.with_query("before", ""), page.t("studio-from-the-start"))),
            next,
            about: String::new(),
        },
        place: chosen,
        options,
        id,
        form,
        page,
        me,
    })
}

fn moved(page: &Page, line: &StatementLine) -> Moved {
    let key = format!("move-{}", line.reason.replace('_', "-"));
    Moved {
        when: Moment::when(line.at, page.now, page.locale),
        reason: if has_text(&key) { page.t(&key) } else { line.reason.clone() },
        amount: format!("{:+}", line.amount),
    }
}
