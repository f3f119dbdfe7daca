//! The history of a product, field by field, and the way back to an earlier version.

use super::{id, title};
use crate::plain::{fit, plain};
use crate::studio::{Entered, Me};
use crate::ui::{Moment, Pages};
use crate::{Answer, App, Flash, Form, Page, Trouble, show};
use askama::Template;
use axum::Router;
use axum::extract::{Path, Query, State};
use axum::routing::{get, post};
use catalogue::versions::{FieldChange, HistoryError, Part, Version, versions};
use catalogue::{Product, ProductId};
use kernel::{Locale, ReadTx, StaffId};
use serde::Deserialize;
use serde_json::Value;
use std::collections::{BTreeSet, HashMap};

/// Versions of one page.
const STEP: i64 = 20;
/// Fields of one version that are shown; the others are counted.
const FIELDS: usize = 40;
/// Letters of a value that are shown.
const LETTERS: usize = 400;

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/studio/products/{id}/versions", get(history))
        .route("/studio/products/{id}/versions/{version}/restoration", post(restore))
}

/// A field with what it was and what it became.
struct FieldRow {
    name: String,
    old: String,
    new: String,
}

/// A version with what it changed.
struct VersionRow {
    version: i64,
    who: String,
    when: Moment,
    says: String,
    fields: Vec<FieldRow>,
    more: usize,
    is_current: bool,
}

#[derive(Template)]
#[template(path = "studio/products/versions.html")]
struct History {
    page: Page,
    me: Me,
    id: String,
    title: String,
    current: i64,
    rows: Vec<VersionRow>,
    pages: Pages,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Asked {
    /// Versions below this one.
    before: Option<i64>,
}

async fn history(State(app): State<App>, Entered { page, me }: Entered, Path(text): Path<String>, Query(asked): Query<Asked>) -> Answer {
    let (id, actor) = (id(&text)?, me.actor.clone());
    let (before, locale) = (asked.before.unwrap_or(i64::MAX), page.locale);
    let read = app.db.read(move |tx| {
        let found = versions(tx, &actor, id, before, STEP + 1)?;
        let Some(product) = catalogue::product(tx, id)? else { return Ok(None) };
        let names = names(tx, &found, locale)?;
        Ok::<_, HistoryError>(Some((product, found, names)))
    });
    let (product, mut found, names) = read.await?.ok_or_else(Trouble::not_found)?;
    let is_more = found.len() as i64 > STEP;
    found.truncate(STEP as usize);
    let oldest = found.last().map_or(0, |version| version.version);
    let pages = Pages {
        label: page.t("versions"),
        previous: asked.before.map(|_| (format!("/studio/products/{id}/versions"), page.t("versions-newest"))),
        next: is_more.then(|| (page.with_query("before", &oldest.to_string()), page.t("studio-more"))),
        about: String::new(),
    };
    let rows = found.iter().map(|version| row(&page, &product, version, &names)).collect();
    show(&History { id: id.to_string(), title: title(&product, &page), current: product.version, rows, pages, me, page })
}

/// Names of the staff who saved these versions, and of the products that they name.
fn names(tx: &ReadTx<'_>, found: &[Version], locale: Locale) -> Result<HashMap<String, String>, kernel::Fault> {
    let mut names = HashMap::new();
    for version in found {
        if let Some(id) = version.saved_by.strip_prefix("staff:").and_then(|id| id.parse::<StaffId>().ok())
            && !names.contains_key(&version.saved_by)
        {
            let name = access::staff_member(tx, id)?.map(|staff| staff.name).unwrap_or_default();
            names.insert(version.saved_by.clone(), name);
        }
    }
    let with = found.iter().flat_map(|version| &version.changes).filter(|change| change.field == "goes_with");
    let with = with.flat_map(|change| [&change.old, &change.new]).filter_map(Value::as_array).flatten();
    let with: BTreeSet<ProductId> = with.filter_map(|id| id.as_str()?.parse().ok()).collect();
    for card in catalogue::cards(tx, &with.into_iter().collect::<Vec<_>>())? {
        names.insert(card.id.to_string(), card.title.get(locale).to_owned());
    }
    Ok(names)
}

fn row(page: &Page, product: &Product, version: &Version, names: &HashMap<String, String>) -> VersionRow {
    let kind = version.saved_by.split(':').next().unwrap_or_default().replace('_', "-");
    let who = names.get(&version.saved_by).filter(|name| !name.is_empty()).cloned();
    VersionRow {
        version: version.version,
        who: who.unwrap_or_else(|| page.t(&format!("actor-{kind}"))),
        when: Moment::when(version.saved_at, page.now, page.locale),
        says: match version.restored {
            Some(restored) => page.tn("version-restored", restored),
            None if version.version == 1 => page.t("version-first"),
            None => String::new(),
        },
        fields: version.changes.iter().take(FIELDS).map(|change| field(page, product, change, names)).collect(),
        more: version.changes.len().saturating_sub(FIELDS),
        is_current: version.version == product.version,
    }
}

fn field(page: &Page, product: &Product, change: &FieldChange, names: &HashMap<String, String>) -> FieldRow {
    let name = page.t(&format!("version-field-{}", change.field.replace(['.', '_'], "-")));
    let of = match change.part {
        Part::Product => String::new(),
        Part::Variant(id) => product.variant(id).map_or_else(String::new, |variant| variant.sku.clone()),
        Part::Media(id) => {
            let media = product.media.iter().find(|media| media.id == id);
            media.map_or_else(|| page.t("version-picture"), |media| media.source.clone())
        }
    };
    let name = if of.is_empty() { name } else { format!("{of} · {name}") };
    let told = |value: &Value| match value {
        Value::Array(ids) if change.field == "goes_with" => {
            ids.iter().filter_map(|id| names.get(id.as_str()?)).cloned().collect::<Vec<_>>().join(", ")
        }
        value => shown(page, &change.field, value),
    };
    FieldRow { name, old: told(&change.old), new: told(&change.new) }
}

/// A value in words; empty for none.
fn shown(page: &Page, field: &str, value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::Bool(yes) => page.t(if *yes { "version-yes" } else { "version-no" }),
        Value::Number(number) => number.to_string(),
        Value::String(word) if field == "status" => page.t(&format!("status-{word}")),
        Value::String(word) if field == "tax_category" => page.t(&format!("tax-{}", word.replace('_', "-"))),
        Value::String(html) if field.starts_with("description_html") => fit(&plain(html), LETTERS),
        Value::String(text) => fit(text, LETTERS),
        Value::Array(items) => {
            let items: Vec<_> = items.iter().map(|item| shown(page, "", item)).collect();
            fit(&items.join(", "), LETTERS)
        }
        Value::Object(option) => {
            let (name, values) = (option.get("name"), option.get("values"));
            let [name, values] = [name, values].map(|part| part.map_or_else(String::new, |part| shown(page, "", part)));
            format!("{name}: {values}")
        }
    }
}

/// Bring back what a version said, as a new version.
async fn restore(State(app): State<App>, Entered { page, me }: Entered, Path((text, version)): Path<(String, i64)>, form: Form) -> Answer {
    let (id, actor) = (id(&text)?, me.actor);
    let seen = form.value("version").parse().unwrap_or_default();
    let done = app.db.write("catalogue.restore_version", move |tx| catalogue::versions::restore_version(tx, &actor, id, version, seen));
    let to = format!("/studio/products/{id}/versions");
    match done.await {
        Ok(product) => page.go_saying(&to, &Flash::ok("version-restored-flash").with(product.version.to_string())),
        Err(error) if matches!(kernel::Problem::kind(&error), kernel::Kind::Invalid | kernel::Kind::Conflict) => {
            let why = crate::studio::why(&page, &error);
            page.go_saying(&to, &Flash::bad("version-not-restored").with(why))
        }
        Err(error) => Err(error.into()),
    }
}
