//! Files of products that came in: how far each is, what it did, and the way back.

use crate::studio::{Entered, Me};
use crate::timeline::Names;
use crate::ui::{Badge, Moment, Pages, Tone};
use crate::{Answer, App, Flash, Page, Trouble, show};
use askama::Template;
use axum::Router;
use axum::extract::{Path, Query, State};
use axum::routing::{get, post};
use catalogue::ProductId;
use catalogue::import::run::{self, ImportState, ImportedProduct, ItemOutcome, ProductImport, ProductImportId, RunError};
use kernel::{Permission, ReadTx};
use serde::Deserialize;
use std::collections::HashMap;

/// Imports, or products of one, on a page.
const STEP: usize = 50;

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/studio/products/imports", get(list))
        .route("/studio/products/imports/{import}", get(one))
        .route("/studio/products/imports/{import}/withdrawal", post(undo))
}

#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
struct Asked {
    after: String,
}

struct Row {
    href: String,
    import: ProductImport,
    state: Badge,
    by: String,
    when: Moment,
}

impl Row {
    fn new(page: &Page, names: &Names, import: ProductImport) -> Self {
        let tone = match import.state {
            ImportState::Running | ImportState::Undoing => Tone::Live,
            ImportState::Done => Tone::Ok,
            ImportState::Undone => Tone::Plain,
        };
        Row {
            href: format!("/studio/products/imports/{}", import.id),
            state: Badge::state(tone, page.t(&format!("import-is-{}", import.state))),
            when: Moment::when(import.created_at, page.now, page.locale),
            by: names.who(page, &import.actor),
            import,
        }
    }
}

#[derive(Template)]
#[template(path = "studio/products/imports.html")]
struct List {
    page: Page,
    me: Me,
    rows: Vec<Row>,
    pages: Pages,
}

async fn list(State(app): State<App>, Entered { page, me }: Entered, Query(asked): Query<Asked>) -> Answer {
    me.actor.require(Permission::EditCatalogue)?;
    let before: Option<ProductImportId> = asked.after.parse().ok();
    let actor = me.actor.clone();
    let read = app.db.read(move |tx| {
        let found = run::imports(tx, &actor, before, STEP)?;
        let names = names_of(tx, &found)?;
        Ok::<_, RunError>((found, names))
    });
    let (found, names) = read.await?;
    let next = (found.len() == STEP).then(|| found.last().map(|import| import.id.to_string())).flatten();
    let rows = found.into_iter().map(|import| Row::new(&page, &names, import)).collect();
    show(&List { rows, pages: pages(&page, &asked, next), page, me })
}

fn names_of(tx: &ReadTx<'_>, imports: &[ProductImport]) -> Result<Names, kernel::Fault> {
    let mut names = Names::new();
    for import in imports {
        names.learn_actor(tx, &import.actor)?;
    }
    Ok(names)
}

fn pages(page: &Page, asked: &Asked, next: Option<String>) -> Pages {
    Pages {
        label: page.t("studio-import-pages"),
        previous: (!asked.after.is_empty()).then(|| (page.with_query("after", ""), page.t("studio-from-the-start"))),
        next: next.map(|next| (page.with_query("after", &next), page.t("studio-more"))),
        about: String::new(),
    }
}

#[derive(Template)]
#[template(path = "studio/products/imported.html")]
struct One {
    page: Page,
    me: Me,
    row: Row,
    goes_on: bool,
    /// Products done, of all that there are to do.
    done: u64,
    of: u64,
    undone: Option<Moment>,
    /// What was not taken up, with why.
    refused: Vec<Line>,
    /// What it made while it stands; what stays once it was taken back.
    products: Vec<Line>,
    pages: Pages,
}

struct Line {
    line: u64,
    href: String,
    title: String,
    why: String,
}

async fn one(State(app): State<App>, Entered { page, me }: Entered, Path(id): Path<ProductImportId>, Query(asked): Query<Asked>) -> Answer {
    me.actor.require(Permission::EditCatalogue)?;
    let (actor, after) = (me.actor.clone(), asked.after.parse().unwrap_or(0));
    let read = app.db.read(move |tx| {
        let import = run::product_import(tx, &actor, id)?;
        let outcome = if import.undone_at.is_some() { ItemOutcome::Kept } else { ItemOutcome::Created };
        let items = run::items(tx, &actor, (id, outcome), after, STEP)?;
        let refused = run::items(tx, &actor, (id, ItemOutcome::Refused), 0, STEP)?;
        let ids: Vec<ProductId> = items.iter().filter_map(|item| item.product).collect();
        let cards = catalogue::cards(tx, &ids)?;
        let names = names_of(tx, std::slice::from_ref(&import))?;
        Ok::<_, RunError>((import, items, refused, cards, names))
    });
    let (import, items, refused, cards, names) = read.await?;
    let next = (items.len() == STEP).then(|| items.last().map(|item| item.line.to_string())).flatten();
    let titles = cards.into_iter().map(|card| (card.id, card.title.get(page.locale).to_owned())).collect();
    let (done, of) = import.progress();
    show(&One {
        goes_on: import.state.goes_on(),
        undone: import.undone_at.map(|at| Moment::when(at, page.now, page.locale)),
        refused: refused.iter().map(|item| line(&page, item, &titles)).collect(),
        products: items.iter().map(|item| line(&page, item, &titles)).collect(),
        pages: pages(&page, &asked, next),
        row: Row::new(&page, &names, import),
        done,
        of,
        page,
        me,
    })
}

fn line(page: &Page, item: &ImportedProduct, titles: &HashMap<ProductId, String>) -> Line {
    Line {
        line: item.line,
        href: item.product.map(|id| format!("/studio/products/{id}")).unwrap_or_default(),
        title: item.product.and_then(|id| titles.get(&id).cloned()).unwrap_or_default(),
        why: match item.why.as_str() {
            why @ ("changed" | "stock") => page.t(&format!("product-kept-{why}")),
            sentence => sentence.to_owned(),
        },
    }
}

async fn undo(State(app): State<App>, Entered { page, me }: Entered, Path(id): Path<ProductImportId>) -> Answer {
    let actor = me.actor;
    let begun = app.db.write("flows.undo_import", move |tx| flows::undo_import(tx, &actor, id)).await;
    match begun {
        Ok(_) => page.go(&format!("/studio/products/imports/{id}")),
        Err(RunError::AlreadyUndone) => page.go_saying(&format!("/studio/products/imports/{id}"), &Flash::bad("studio-already-undone")),
        Err(error) => Err(Trouble::from(error)),
    }
}
