//! Bulk edits that were made, and the way back.

use super::{Line, words};
use crate::studio::{Entered, Me};
use crate::timeline::Names;
use crate::ui::{Badge, Moment, Pages, Tone};
use crate::{Answer, App, Flash, Page, Trouble, show};
use askama::Template;
use axum::extract::{Path, Query, State};
use catalogue::bulk::{self, BulkEdit, BulkEditId, BulkError, BulkItem, BulkOutcome};
use flows::{BulkChange, FieldValue};
use kernel::{Fault, ReadTx};
use pricing::PriceList;
use serde::Deserialize;
use std::collections::HashMap;

/// Edits, or products of one, on a page.
const STEP: usize = 50;

#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    after: String,
}

struct Row {
    href: String,
    does: String,
    edit: BulkEdit,
    state: Badge,
    by: String,
    when: Moment,
}

impl Row {
    fn new(page: &Page, names: &Names, edit: BulkEdit, lists: &[PriceList], zone: &str) -> Self {
        let state = match edit.undone_at {
            None => Badge::state(Tone::Ok, page.t("import-is-done")),
            Some(_) => Badge::state(Tone::Plain, page.t("import-is-undone")),
        };
        let change = serde_json::from_value::<BulkChange>(edit.change.clone());
        Row {
            href: format!("/studio/products/bulk/{}", edit.id),
            does: change.map_or_else(|_| edit.id.to_string(), |change| words::change(page, &change, lists, zone)),
            state,
            by: names.who(page, &edit.actor),
            when: Moment::when(edit.created_at, page.now, page.locale),
            edit,
        }
    }
}

#[derive(Template)]
#[template(path = "studio/products/bulk_edits.html")]
struct List {
    page: Page,
    me: Me,
    rows: Vec<Row>,
    pages: Pages,
}

pub(super) async fn list(State(app): State<App>, Entered { page, me }: Entered, Query(asked): Query<Asked>) -> Answer {
    let (actor, before) = (me.actor.clone(), asked.after.parse::<BulkEditId>().ok());
    let read = app.db.read(move |tx| {
        let found = bulk::bulk_edits(tx, &actor, before, STEP)?;
        let names = names_of(tx, &found)?;
        Ok::<_, BulkError>((found, names, pricing::price_lists(tx)?))
    });
    let (found, names, lists) = read.await?;
    let next = (found.len() == STEP).then(|| found.last().map(|edit| edit.id.to_string())).flatten();
    let rows = found.into_iter().map(|edit| Row::new(&page, &names, edit, &lists, &app.brand.zone)).collect();
    show(&List { rows, pages: pages(&page, &asked, next), page, me })
}

fn names_of(tx: &ReadTx<'_>, edits: &[BulkEdit]) -> Result<Names, Fault> {
    let mut names = Names::new();
    for edit in edits {
        names.learn_actor(tx, &edit.actor)?;
        if let Some(by) = &edit.undone_by {
            names.learn_actor(tx, by)?;
        }
    }
    Ok(names)
}

fn pages(page: &Page, asked: &Asked, next: Option<String>) -> Pages {
    Pages {
        label: page.t("bulk-pages"),
        previous: (!asked.after.is_empty()).then(|| (page.with_query("after", ""), page.t("studio-from-the-start"))),
        next: next.map(|next| (page.with_query("after", &next), page.t("studio-more"))),
        about: String::new(),
    }
}

#[derive(Template)]
#[template(path = "studio/products/bulk_edit.html")]
struct One {
    page: Page,
    me: Me,
    row: Row,
    /// Who took it back, and when.
    undone: Option<(String, Moment)>,
    may_undo: bool,
    lines: Vec<(Badge, Line)>,
    pages: Pages,
}

pub(super) async fn one(
    State(app): State<App>,
    Entered { page, me }: Entered,
    Path(id): Path<BulkEditId>,
    Query(asked): Query<Asked>,
) -> Answer {
    let (actor, after) = (me.actor.clone(), asked.after.parse().unwrap_or(0));
    let read = app.db.read(move |tx| {
        let edit = bulk::bulk_edit(tx, &actor, id)?;
        let items = bulk::bulk_items(tx, &actor, id, after, STEP)?;
        let cards = catalogue::cards(tx, &items.iter().map(|item| item.product).collect::<Vec<_>>())?;
        let titles: HashMap<_, _> = cards.into_iter().map(|card| (card.id, card.title)).collect();
        let names = names_of(tx, std::slice::from_ref(&edit))?;
        Ok::<_, BulkError>((edit, items, titles, names, pricing::price_lists(tx)?))
    });
    let (edit, items, titles, names, lists) = read.await?;
    let change = serde_json::from_value::<BulkChange>(edit.change.clone()).ok();
    let currency = change.as_ref().and_then(|change| words::currency(change, &lists)).unwrap_or(app.brand.currency);
    let needs = if matches!(change, Some(BulkChange::Price { .. })) { "prices.edit" } else { "catalogue.edit" };
    let line = |item: &BulkItem| {
        let value = |of: &serde_json::Value| serde_json::from_value::<FieldValue>(of.clone()).ok();
        let changes = match (value(&item.before), value(&item.after)) {
            (Some(before), Some(after)) => words::pairs(&page, &before, &after, currency, &app.brand.zone),
            _ => Vec::new(),
        };
        let tone = match item.outcome {
            BulkOutcome::Changed => Tone::Ok,
            BulkOutcome::Kept => Tone::Warn,
            BulkOutcome::Stayed | BulkOutcome::TakenBack => Tone::Plain,
        };
        let line = Line {
            href: format!("/studio/products/{}", item.product),
            title: titles.get(&item.product).map(|title| title.get(page.locale).to_owned()).unwrap_or_default(),
            changes,
            why: words::stays(&page, &item.why),
        };
        (Badge::state(tone, page.t(&format!("bulk-{}", item.outcome.as_str().replace('_', "-")))), line)
    };
    let next = (items.len() == STEP).then(|| items.last().map(|item| item.line.to_string())).flatten();
    let lines = items.iter().map(line).collect();
    let who = edit.undone_by.as_ref().map(|by| names.who(&page, by)).unwrap_or_default();
    show(&One {
        undone: edit.undone_at.map(|at| (who, Moment::when(at, page.now, page.locale))),
        may_undo: edit.undone_at.is_none() && edit.changed > 0 && me.may(needs),
        lines,
        pages: pages(&page, &asked, next),
        row: Row::new(&page, &names, edit, &lists, &app.brand.zone),
        page,
        me,
    })
}

pub(super) async fn undo(State(app): State<App>, Entered { page, me }: Entered, Path(id): Path<BulkEditId>) -> Answer {
    let actor = me.actor;
    let path = format!("/studio/products/bulk/{id}");
    match app.db.write("flows.undo_bulk_edit", move |tx| flows::undo_bulk_edit(tx, &actor, id)).await {
        Ok(edit) if edit.kept > 0 => page.go_saying(&path, &Flash::bad("bulk-undone-but").with(edit.kept.to_string())),
        Ok(edit) => page.go_saying(&path, &Flash::ok("bulk-undone").with(edit.taken_back.to_string())),
        Err(BulkError::AlreadyUndone) => page.go_saying(&path, &Flash::bad("bulk-already-undone")),
        Err(error) => Err(Trouble::from(error)),
    }
}
