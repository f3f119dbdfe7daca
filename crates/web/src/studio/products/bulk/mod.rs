//! One change for many products: chosen in the grid, looked at row by row, done, and taken back.

mod asked;
mod history;
mod words;

use super::base_list;
use crate::studio::{Entered, Me, intent, why};
use crate::{Answer, App, Flash, Form, Page, Trouble, show, show_refused};
use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::routing::{get, post};
use catalogue::bulk::{BulkError, MOST_PRODUCTS};
use catalogue::{ProductId, StaffFilter};
use flows::{ApplyBulkEdit, BulkChange, BulkPreview};
use kernel::{Fault, Kind, Problem};
use pricing::PriceList;
use std::collections::HashMap;

/// Rows of a preview that are shown: all that one edit may change.
const SHOWN: usize = MOST_PRODUCTS;

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/studio/products/bulk", get(history::list).post(choose))
        .route("/studio/products/bulk/application", post(apply))
        .route("/studio/products/bulk/{edit}", get(history::one))
        .route("/studio/products/bulk/{edit}/withdrawal", post(history::undo))
}

/// A product of a preview, or of an edit that was made.
struct Line {
    href: String,
    title: String,
    /// What it has and what it gets, pair by pair: a product whose sizes differ in price has several.
    changes: Vec<(String, String)>,
    why: String,
}

/// What a change would do.
struct Shown {
    does: String,
    changing: Vec<Line>,
    staying: Vec<Line>,
    seen: String,
}

#[derive(Template)]
#[template(path = "studio/products/bulk.html")]
struct Bulk {
    page: Page,
    me: Me,
    form: Form,
    picked: Vec<String>,
    /// The search finds more than one edit may change.
    cut: bool,
    most: usize,
    kinds: Vec<(&'static str, String)>,
    lists: Vec<(String, String)>,
    statuses: Vec<(&'static str, String)>,
    categories: Vec<String>,
    zone: String,
    key: String,
    shown: Option<Shown>,
}

/// Kinds of change that this person may make.
fn kinds(page: &Page, me: &Me) -> Vec<(&'static str, String)> {
    let all = [
        ("price", "prices.edit"),
        ("category", "catalogue.edit"),
        ("tags_add", "catalogue.edit"),
        ("tags_remove", "catalogue.edit"),
        ("vendor", "catalogue.edit"),
        ("status", "catalogue.edit"),
        ("publication", "catalogue.edit"),
    ];
    let may = all.into_iter().filter(|(_, permission)| me.may(permission));
    may.map(|(kind, _)| (kind, page.t(&format!("bulk-kind-{}", kind.replace('_', "-"))))).collect()
}

/// The products that were ticked, or all that the search finds; and whether there are more of those.
async fn picked(app: &App, me: &Me, form: &Form) -> Result<(Vec<ProductId>, bool), Trouble> {
    if form.value("all") != "1" {
        return Ok((form.values("pick").filter_map(|id| id.parse().ok()).take(MOST_PRODUCTS + 1).collect(), false));
    }
    let some = |name: &str| Some(form.value(name).to_owned()).filter(|text| !text.is_empty());
    let filter = StaffFilter { status: form.value("of_status").parse().ok(), category: some("of_category"), text: some("q") };
    let actor = me.actor.clone();
    Ok(app.db.read(move |tx| catalogue::staff_found(tx, &actor, &filter, MOST_PRODUCTS)).await?)
}

async fn page_of(
    app: &App,
    (page, me): (Page, Me),
    mut form: Form,
    (picked, cut): (Vec<ProductId>, bool),
    shown: Option<Shown>,
) -> Result<Bulk, Trouble> {
    let currency = app.brand.currency;
    let (lists, base, categories) =
        app.db.read(move |tx| Ok::<_, Fault>((pricing::price_lists(tx)?, base_list(tx, currency)?, catalogue::categories(tx)?))).await?;
    let first = |name: &str, value: &str| if form.value(name).is_empty() { value.to_owned() } else { form.value(name).to_owned() };
    let kinds = kinds(&page, &me);
    let (field, list) = (first("field", kinds.first().map_or("", |kind| kind.0)), first("list", base.as_ref().map_or("", |l| &l.code)));
    let (how, rounding) = (first("how", "percent"), first("rounding", "none"));
    form = form.fill("field", field).fill("list", list).fill("how", how).fill("rounding", rounding);
    Ok(Bulk {
        picked: picked.iter().map(ProductId::to_string).collect(),
        cut,
        most: MOST_PRODUCTS,
        kinds,
        lists: lists.into_iter().map(|list| (list.code, format!("{} · {}", list.name, list.currency))).collect(),
        statuses: super::statuses(&page),
        categories: categories.into_iter().map(|category| category.name).collect(),
        zone: app.brand.zone.clone(),
        key: intent(),
        shown,
        form,
        page,
        me,
    })
}

/// What is to be done with the products that were chosen; with a kind of change, what it would do.
async fn choose(State(app): State<App>, Entered { page, me }: Entered, mut form: Form) -> Answer {
    if kinds(&page, &me).is_empty() {
        me.actor.require(kernel::Permission::EditCatalogue)?;
    }
    let found = picked(&app, &me, &form).await?;
    if found.0.is_empty() {
        return page.go_saying("/studio/products", &Flash::bad("bulk-nothing-chosen"));
    }
    if form.value("field").is_empty() {
        return show(&page_of(&app, (page, me), form, found, None).await?);
    }
    let lists = app.db.read(pricing::price_lists).await?;
    let Some(change) = asked::change(&page, &mut form, &lists, &app.brand.zone) else {
        return show_refused(&page_of(&app, (page, me), form, found, None).await?);
    };
    match look(&app, &page, &me, &found.0, &change, &lists).await {
        Ok(shown) => show(&page_of(&app, (page, me), form, found, Some(shown)).await?),
        Err(error) if matches!(error.kind(), Kind::Fault | Kind::Forbidden) => Err(error.into()),
        Err(error) => {
            form.refuse(asked::field(&error, &form), why(&page, &error));
            show_refused(&page_of(&app, (page, me), form, found, None).await?)
        }
    }
}

async fn look(
    app: &App,
    page: &Page,
    me: &Me,
    products: &[ProductId],
    change: &BulkChange,
    lists: &[PriceList],
) -> Result<Shown, BulkError> {
    let (actor, products, wanted) = (me.actor.clone(), products.to_vec(), change.clone());
    let read = app.db.read(move |tx| {
        let preview = flows::preview_bulk_edit(tx, &actor, &products, &wanted)?;
        let cards = catalogue::cards(tx, &products)?;
        Ok::<_, BulkError>((preview, cards.into_iter().map(|card| (card.id, card.title)).collect::<HashMap<_, _>>()))
    });
    let (BulkPreview { rows, seen }, titles) = read.await?;
    let currency = words::currency(change, lists).unwrap_or(app.brand.currency);
    let line = |row: &flows::BulkRow| Line {
        href: format!("/studio/products/{}", row.product),
        title: titles.get(&row.product).map(|title| title.get(page.locale).to_owned()).unwrap_or_default(),
        changes: words::pairs(page, &row.before, &row.after, currency, &app.brand.zone),
        why: row.stays.as_deref().map(|why| words::stays(page, why)).unwrap_or_default(),
    };
    Ok(Shown {
        does: words::change(page, change, lists, &app.brand.zone),
        changing: rows.iter().filter(|row| row.stays.is_none()).take(SHOWN).map(line).collect(),
        staying: rows.iter().filter(|row| row.stays.is_some()).take(SHOWN).map(line).collect(),
        seen,
    })
}

/// Do what was shown; when something changed since, show it anew and do nothing.
async fn apply(State(app): State<App>, Entered { page, me }: Entered, mut form: Form) -> Answer {
    let found = picked(&app, &me, &form).await?;
    let lists = app.db.read(pricing::price_lists).await?;
    let Some(change) = asked::change(&page, &mut form, &lists, &app.brand.zone) else {
        return show_refused(&page_of(&app, (page, me), form, found, None).await?);
    };
    let cmd = ApplyBulkEdit {
        key: format!("studio:{}:{}", me.actor, form.value("key")),
        products: found.0.clone(),
        change: change.clone(),
        seen: form.value("seen").to_owned(),
    };
    let actor = me.actor.clone();
    match app.db.write("flows.bulk_edit", move |tx| flows::bulk_edit(tx, &actor, &cmd)).await {
        Ok(edit) => {
            let flash = Flash::ok("bulk-done").with(edit.changed.to_string());
            page.go_saying(
                &format!("/studio/products/bulk/{}", edit.id),
                &flash.undo(format!("/studio/products/bulk/{}/withdrawal", edit.id)),
            )
        }
        Err(error) if matches!(error.kind(), Kind::Fault | Kind::Forbidden) => Err(error.into()),
        Err(error) => {
            form.refuse("seen", why(&page, &error));
            let shown = look(&app, &page, &me, &found.0, &change, &lists).await.ok();
            show_refused(&page_of(&app, (page, me), form, found, shown).await?)
        }
    }
}
