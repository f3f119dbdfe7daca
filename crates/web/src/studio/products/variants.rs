//! What can be bought: one table, one save. All rows are written, or none.

use super::edit::{page_of, typed_amount};
use super::{base_list_made, id};
use crate::studio::{Entered, why};
use crate::ui::Pages;
use crate::{Answer, App, Flash, Form, Page, show_refused};
use axum::Router;
use axum::extract::{Path, State};
use axum::routing::post;
use catalogue::{Barcode, EditError, NewVariant, Product, VariantChange, VariantId};
use kernel::{Actor, Currency, Fault, Kind, Money, Problem, Tx};
use pricing::{PriceEntry, PriceError};
use std::collections::HashMap;

/// Variants of one page.
const STEP: usize = 60;

pub(super) fn routes() -> Router<App> {
    Router::new().route("/studio/products/{id}/variants", post(save)).route("/studio/products/{id}/variants/new", post(add))
}

/// A row of the table.
pub(super) struct VariantRow {
    pub id: String,
    pub label: String,
    pub sku: String,
    pub barcode: String,
    pub weight: String,
    pub price: String,
    pub was: String,
    pub active: bool,
    /// Of a bundle, how many different ones.
    pub parts: usize,
}

/// The rows from `from` on, and links to the others.
pub(super) fn rows(page: &Page, product: &Product, prices: &HashMap<VariantId, PriceEntry>, from: usize) -> (Vec<VariantRow>, Pages) {
    let all = product.variants.len();
    let from = from.min(all.saturating_sub(1));
    let rows = product.variants.iter().skip(from).take(STEP).map(|variant| {
        let price = prices.get(&variant.id);
        VariantRow {
            id: variant.id.to_string(),
            label: if variant.option_values.is_empty() { page.t("studio-only-variant") } else { variant.option_values.join(" / ") },
            sku: variant.sku.clone(),
            barcode: variant.barcode.as_ref().map(Barcode::to_string).unwrap_or_default(),
            weight: variant.weight_grams.to_string(),
            price: price.map(|p| typed_amount(p.price)).unwrap_or_default(),
            was: price.and_then(|p| p.compare_at).map(typed_amount).unwrap_or_default(),
            active: variant.is_active,
            parts: variant.parts.len(),
        }
    });
    let last = (from + STEP).min(all);
    let link = |from: usize, key: &str| (page.with_query("from", &from.to_string()), page.t(key));
    let pages = Pages {
        label: page.t("studio-variant-pages"),
        previous: (from > 0).then(|| link(from.saturating_sub(STEP), "studio-previous")),
        next: (last < all).then(|| link(last, "studio-more")),
        about: if all > STEP { format!("{}–{last} / {all}", from + 1) } else { String::new() },
    };
    (rows.collect(), pages)
}

/// What a row asks for.
#[derive(Clone)]
struct Wanted {
    variant: VariantId,
    change: VariantChange,
    price: Option<(Money, Option<Money>)>,
}

/// Which field of which row was refused, and why.
#[derive(Debug, thiserror::Error)]
enum RowError {
    #[error("{1}")]
    Edit(VariantId, EditError),
    #[error("{1}")]
    Price(VariantId, PriceError),
    #[error(transparent)]
    Fault(#[from] Fault),
}

async fn save(State(app): State<App>, Entered { page, me }: Entered, Path(text): Path<String>, mut form: Form) -> Answer {
    let id = id(&text)?;
    let from = form.value("from").parse().unwrap_or(0);
    let wanted = wanted(&page, &mut form, app.brand.currency);
    if !form.is_fine() {
        return show_refused(&page_of(&app, page, me, id, from, (None, form)).await?);
    }
    let (actor, currency) = (me.actor.clone(), app.brand.currency);
    let saved = app.db.write("studio.save_variants", move |tx| write(tx, &actor, currency, &wanted));
    match saved.await {
        Ok(()) => page.go_saying(&format!("/studio/products/{id}?from={from}"), &Flash::ok("saved")),
        Err(RowError::Fault(fault)) => Err(fault.into()),
        Err(RowError::Edit(_, error)) if fatal(&error) => Err(error.into()),
        Err(RowError::Price(_, error)) if fatal(&error) => Err(error.into()),
        Err(RowError::Edit(variant, error)) => {
            let field = match error {
                EditError::Barcode(_) | EditError::BarcodeTaken { .. } => "barcode",
                EditError::Invalid { field: "weight_grams", .. } => "weight",
                _ => "sku",
            };
            form.refuse(&format!("{field}.{variant}"), why(&page, &error));
            show_refused(&page_of(&app, page, me, id, from, (None, form)).await?)
        }
        Err(RowError::Price(variant, error)) => {
            form.refuse(&format!("price.{variant}"), why(&page, &error));
            show_refused(&page_of(&app, page, me, id, from, (None, form)).await?)
        }
    }
}

fn fatal(error: &impl Problem) -> bool {
    matches!(error.kind(), Kind::Fault | Kind::Forbidden)
}

fn wanted(page: &Page, form: &mut Form, currency: Currency) -> Vec<Wanted> {
    let ids: Vec<String> = form.values("variant").map(str::to_owned).collect();
    let mut all = Vec::with_capacity(ids.len());
    for id in ids {
        let Ok(variant) = id.parse() else { continue };
        let typed = |name: &str| form.value(&format!("{name}.{id}")).to_owned();
        let (weight, price, was) = (typed("weight"), typed("price"), typed("was"));
        let change = VariantChange {
            sku: Some(typed("sku")),
            barcode: Some(typed("barcode")),
            weight_grams: if weight.is_empty() { Some(0) } else { weight.parse().ok() },
            is_active: Some(!typed("active").is_empty()),
            ..VariantChange::default()
        };
        if change.weight_grams.is_none() {
            form.refuse(&format!("weight.{id}"), page.t("studio-not-a-number"));
        }
        let mut amount = |name: &str, typed: &str| match typed {
            "" => None,
            typed => {
                Money::parse(typed, currency).inspect_err(|_| form.refuse(&format!("{name}.{id}"), page.t("studio-not-an-amount"))).ok()
            }
        };
        let (price, was) = (amount("price", &price), amount("was", &was));
        all.push(Wanted { variant, change, price: price.map(|price| (price, was)) });
    }
    all
}

fn write(tx: &mut Tx<'_>, actor: &Actor, currency: Currency, all: &[Wanted]) -> Result<(), RowError> {
    for row in all {
        catalogue::update_variant(tx, actor, row.variant, row.change.clone()).map_err(|error| RowError::Edit(row.variant, error))?;
    }
    let priced: Vec<_> =
        all.iter().filter_map(|row| row.price.map(|(price, compare_at)| PriceEntry { variant: row.variant, price, compare_at })).collect();
    let Some(first) = priced.first() else { return Ok(()) };
    let refused = |error| RowError::Price(first.variant, error);
    let list = base_list_made(tx, actor, currency).map_err(refused)?;
    let ids: Vec<_> = priced.iter().map(|entry| entry.variant).collect();
    let known = pricing::prices_on_list(tx, &list, &ids)?;
    for entry in priced.iter().filter(|entry| known.get(&entry.variant) != Some(entry)) {
        pricing::set_price(tx, actor, list.id, *entry).map_err(|error| RowError::Price(entry.variant, error))?;
    }
    Ok(())
}

async fn add(State(app): State<App>, Entered { page, me }: Entered, Path(text): Path<String>, mut form: Form) -> Answer {
    let (id, actor) = (id(&text)?, me.actor.clone());
    let new = NewVariant {
        sku: form.value("new_sku").to_owned(),
        barcode: Some(form.value("new_barcode").to_owned()),
        option_values: form.values("new_value").map(str::to_owned).collect(),
        ..NewVariant::default()
    };
    match app.db.write("catalogue.add_variant", move |tx| catalogue::add_variant(tx, &actor, id, new.clone())).await {
        Ok(product) => {
            let sku = product.variants.last().map(|variant| variant.sku.clone()).unwrap_or_default();
            page.go_saying(&format!("/studio/products/{id}"), &Flash::ok("studio-variant-added").with(sku))
        }
        Err(error) if matches!(error.kind(), Kind::Fault | Kind::Forbidden | Kind::NotFound) => Err(error.into()),
        Err(error) => {
            let field = match error {
                EditError::Barcode(_) | EditError::BarcodeTaken { .. } => "new_barcode",
                EditError::Invalid { field: "option_values", .. } => "new_value",
                _ => "new_sku",
            };
            form.refuse(field, why(&page, &error));
            show_refused(&page_of(&app, page, me, id, 0, (None, form)).await?)
        }
    }
}
