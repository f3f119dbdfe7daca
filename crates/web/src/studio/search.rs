//! The words of search: which mean the same, what customers look for, and what they do not find.

use super::{Entered, Me, in_query, why};
use crate::{Answer, App, Flash, Form, Page, Trouble, show, show_refused};
use askama::Template;
use axum::Router;
use axum::extract::{Path, RawQuery, State};
use axum::routing::{get, post};
use catalogue::search_words::{self, Direction, SearchTerm, SynonymError, SynonymId};

/// Searches of each kind on the page.
const MOST: usize = 25;

/// Routes of this page.
pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/studio/search", get(list))
        .route("/studio/search/synonyms", post(save))
        .route("/studio/search/synonyms/{id}/removal", post(remove))
}

/// One group of words.
struct Group {
    id: SynonymId,
    words: String,
    is_one_way: bool,
}

/// One text that was searched for.
struct Row {
    term: String,
    asked: i64,
    found: i64,
    /// Where the customer came.
    href: String,
    /// Where a group with it is begun.
    group: String,
}

#[derive(Template)]
#[template(path = "studio/search.html")]
struct List {
    page: Page,
    me: Me,
    form: Form,
    directions: Vec<(&'static str, String)>,
    groups: Vec<Group>,
    missed: Vec<Row>,
    asked: Vec<Row>,
}

async fn build(app: &App, page: Page, me: Me, form: Form) -> Result<List, Trouble> {
    let actor = me.actor.clone();
    let read = app.db.read(move |tx| {
        let (missed, asked) = (search_words::without_result(tx, &actor, MOST)?, search_words::searches(tx, &actor, MOST)?);
        Ok::<_, SynonymError>((search_words::synonyms(tx)?, missed, asked))
    });
    let (groups, missed, asked) = read.await?;
    let row = |term: SearchTerm| Row {
        href: format!("/products?q={}", in_query(&term.term)),
        group: format!("/studio/search?words={}#new", in_query(&term.term)),
        term: term.term,
        asked: term.asked,
        found: term.found,
    };
    let (missed, asked) = (missed.into_iter().map(row).collect(), asked.into_iter().map(row).collect());
    let group = |group: search_words::Synonyms| Group {
        id: group.id,
        words: group.words.join(", "),
        is_one_way: group.direction == Direction::FromFirst,
    };
    let groups = groups.into_iter().rev().map(group).collect();
    let directions =
        Direction::ALL.iter().map(|way| (way.as_str(), page.t(&format!("synonyms-{}", way.as_str().replace('_', "-"))))).collect();
    Ok(List { page, me, form, directions, groups, missed, asked })
}

/// `?words=` begins a group with a word; `?change=` opens one.
async fn list(State(app): State<App>, Entered { page, me }: Entered, RawQuery(query): RawQuery) -> Answer {
    let asked = |name: &str| {
        form_urlencoded::parse(query.as_deref().unwrap_or_default().as_bytes())
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.into_owned())
    };
    let change: Option<SynonymId> = asked("change").and_then(|id| id.parse().ok());
    let groups = if change.is_some() { app.db.read(search_words::synonyms).await? } else { Vec::new() };
    let form = match groups.into_iter().find(|group| Some(group.id) == change) {
        Some(group) => {
            Form::of([("id", group.id.to_string()), ("words", group.words.join(", ")), ("direction", group.direction.as_str().to_owned())])
        }
        None => Form::new().fill("words", asked("words").unwrap_or_default()),
    };
    show(&build(&app, page, me, form).await?)
}

async fn save(State(app): State<App>, Entered { page, me }: Entered, mut form: Form) -> Answer {
    let known: Option<SynonymId> = form.value("id").parse().ok();
    let words: Vec<String> = form.value("words").split([',', ';', '\n']).map(str::to_owned).collect();
    let direction = form.value("direction").parse().unwrap_or(Direction::Both);
    let actor = me.actor.clone();
    let saved = app.db.write("catalogue.save_synonyms", move |tx| {
        let id = known.unwrap_or_else(|| tx.new_id());
        search_words::save_synonyms(tx, &actor, id, &words, direction)
    });
    match saved.await {
        Ok(_) => page.go_saying("/studio/search", &Flash::ok("synonyms-saved")),
        Err(error @ (SynonymError::Denied(_) | SynonymError::Fault(_))) => Err(error.into()),
        Err(error) => {
            form.refuse("words", why(&page, &error));
            show_refused(&build(&app, page, me, form).await?)
        }
    }
}

async fn remove(State(app): State<App>, Entered { page, me }: Entered, Path(id): Path<SynonymId>) -> Answer {
    let actor = me.actor;
    app.db.write("catalogue.remove_synonyms", move |tx| search_words::remove_synonyms(tx, &actor, id)).await?;
    page.go_saying("/studio/search", &Flash::ok("synonyms-removed"))
}
