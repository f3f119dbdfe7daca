//! Lists that came in: how far each is, what it did, and the way back.

use crate::studio::{Entered, Me};
use crate::timeline::Names;
use crate::ui::{Badge, Moment, Pages, Tone};
use crate::{Answer, App, Flash, Page, Trouble, show};
use askama::Template;
use axum::Router;
use axum::extract::{Path, Query, State};
use axum::routing::{get, post};
use customers::PersonCard;
use customers::import::{self, Import, ImportError, ImportId, ImportState, ImportedLine, Outcome};
use kernel::{Permission, ProfileId};
use serde::Deserialize;
use std::collections::HashMap;

/// Lines of one page.
const STEP: usize = 50;

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/studio/customers/imports", get(list))
        .route("/studio/customers/imports/{import}", get(one))
        .route("/studio/customers/imports/{import}/withdrawal", post(undo))
}

#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
struct Asked {
    after: String,
}

impl Asked {
    fn cursor(&self) -> Option<&str> {
        Some(self.after.as_str()).filter(|after| !after.is_empty())
    }
}

struct Row {
    href: String,
    import: Import,
    state: Badge,
    by: String,
    when: Moment,
}

#[derive(Template)]
#[template(path = "studio/customers/imports.html")]
struct List {
    page: Page,
    me: Me,
    rows: Vec<Row>,
    pages: Pages,
}

fn row(page: &Page, names: &Names, import: Import) -> Row {
    let tone = match import.state {
        ImportState::Running | ImportState::Undoing => Tone::Live,
        ImportState::Done => Tone::Ok,
        ImportState::Undone => Tone::Plain,
    };
    Row {
        href: format!("/studio/customers/imports/{}", import.id),
        state: Badge::state(tone, page.t(&format!("import-is-{}", import.state))),
        when: Moment::when(import.created_at, page.now, page.locale),
        by: names.who(page, &import.actor),
        import,
    }
}

async fn list(State(app): State<App>, Entered { page, me }: Entered, Query(asked): Query<Asked>) -> Answer {
    let (actor, cursor) = (me.actor.clone(), asked.clone());
    let read = app.db.read(move |tx| {
        let found = import::imports(tx, &actor, cursor.cursor(), STEP)?;
        let mut names = Names::new();
        for import in &found.items {
            names.learn_actor(tx, &import.actor)?;
        }
        Ok::<_, ImportError>((found, names))
    });
    let (found, names) = read.await?;
    let pages = pages(&page, &asked, found.next);
    show(&List { rows: found.items.into_iter().map(|import| row(&page, &names, import)).collect(), pages, page, me })
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
#[template(path = "studio/customers/imported.html")]
struct One {
    page: Page,
    me: Me,
    row: Row,
    running: bool,
    /// Lines done, of all that there are to do.
    done: u64,
    of: u64,
    undone: Option<Moment>,
    /// People it made while it stands; people who stay once it was taken back.
    people: Vec<Line>,
    pages: Pages,
}

struct Line {
    line: u64,
    href: String,
    name: String,
    why: String,
}

async fn one(State(app): State<App>, Entered { page, me }: Entered, Path(id): Path<ImportId>, Query(asked): Query<Asked>) -> Answer {
    me.actor.require(Permission::ImportCustomers)?;
    let (actor, cursor) = (me.actor.clone(), asked.clone());
    let read = app.db.read(move |tx| {
        let import = import::import(tx, &actor, id)?;
        let outcome = if import.undone_at.is_some() { Outcome::Kept } else { Outcome::Created };
        let lines = import::rows(tx, &actor, id, outcome, cursor.cursor(), STEP)?;
        let profiles: Vec<ProfileId> = lines.items.iter().filter_map(|line| line.profile).collect();
        let cards = customers::cards_of_profiles(tx, &profiles)?;
        let mut names = Names::new();
        names.learn_actor(tx, &import.actor)?;
        Ok::<_, ImportError>((import, lines, cards, names))
    });
    let (import, lines, cards, names) = read.await?;
    let (done, of) = match import.state {
        ImportState::Undoing | ImportState::Undone => (import.taken_back + import.kept, import.created + import.changed),
        ImportState::Running | ImportState::Done => (import.finished(), import.total),
    };
    let people = lines.items.iter().filter_map(|found| line(&page, found, &cards)).collect();
    show(&One {
        running: matches!(import.state, ImportState::Running | ImportState::Undoing),
        undone: import.undone_at.map(|at| Moment::when(at, page.now, page.locale)),
        pages: pages(&page, &asked, lines.next),
        row: row(&page, &names, import),
        done,
        of,
        people,
        page,
        me,
    })
}

fn line(page: &Page, found: &ImportedLine, cards: &HashMap<ProfileId, PersonCard>) -> Option<Line> {
    let card = cards.get(&found.profile?)?;
    let room = found.why.split(['.', ':']).next().unwrap_or_default();
    Some(Line {
        line: found.line,
        href: format!("/studio/customers/{}", card.person),
        name: if card.name.text.is_empty() { page.t("studio-nameless") } else { card.name.text.clone() },
        why: match room {
            "" => String::new(),
            "order" | "message" | "cart" | "payment" | "return" | "identifier" | "customer" | "consent" | "import" => {
                page.t(&format!("import-why-{room}"))
            }
            _ => page.tv("import-why-other", &found.why),
        },
    })
}

async fn undo(State(app): State<App>, Entered { page, me }: Entered, Path(id): Path<ImportId>) -> Answer {
    let actor = me.actor;
    let begun = app.db.write("customers.undo_import", move |tx| import::undo(tx, &actor, id)).await;
    match begun {
        Ok(_) => page.go(&format!("/studio/customers/imports/{id}")),
        Err(ImportError::AlreadyUndone) => page.go_saying(&format!("/studio/customers/imports/{id}"), &Flash::bad("studio-already-undone")),
        Err(error) => Err(Trouble::from(error)),
    }
}
