//! All of a person in one file, and nothing of them any more: for staff who may.

use crate::desk::signed;
use crate::{Answer, App, Flash, Form, Page, StaffMember, Trouble, show, show_refused};
use askama::Template;
use axum::Router;
use axum::extract::{Path, State};
use axum::http::header;
use axum::response::IntoResponse;
use axum::routing::get;
use customers::PersonId;
use flows::ErasePersonError;
use kernel::{Channel, Permission};

pub(super) fn routes() -> Router<App> {
    Router::new().route("/desk/customers/{person}/export", get(export)).route("/desk/customers/{person}/erasure", get(ask).post(erase))
}

#[derive(Template)]
#[template(path = "desk/erase.html")]
struct ErasePage {
    page: Page,
    person: PersonId,
    name: String,
    form: Form,
    word: String,
}

async fn export(State(app): State<App>, me: StaffMember, Path(id): Path<PersonId>) -> Answer {
    let all = app.db.write("flows.export_person", move |tx| {
        let all = flows::export_person(tx, &me.actor, id)?;
        customers::note_access(tx, &me.actor, id, Channel::Desk)?;
        Ok::<_, customers::QueryError>(all)
    });
    let text = serde_json::to_string_pretty(&all.await?.ok_or_else(Trouble::not_found)?).map_err(Trouble::broken)?;
    let headers = [
        (header::CONTENT_TYPE, "application/json; charset=utf-8".to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{id}.json\"")),
        (header::CACHE_CONTROL, "no-store".to_owned()),
    ];
    Ok((headers, text).into_response())
}

async fn ask(State(app): State<App>, page: Page, me: StaffMember, Path(id): Path<PersonId>) -> Answer {
    me.actor.require(Permission::EraseCustomers)?;
    show(&asked(&app, signed(page, &me), id, Form::new()).await?)
}

async fn asked(app: &App, page: Page, id: PersonId, form: Form) -> Result<ErasePage, Trouble> {
    let known = app.db.read(move |tx| customers::person(tx, id)).await?.ok_or_else(Trouble::not_found)?;
    Ok(ErasePage { name: known.name.text, person: known.id, word: page.t("erase-word"), form, page })
}

async fn erase(State(app): State<App>, page: Page, me: StaffMember, Path(id): Path<PersonId>, mut form: Form) -> Answer {
    let page = signed(page, &me);
    let word = page.t("erase-word");
    if form.value("word").to_lowercase() != word.to_lowercase() {
        form.refuse("word", page.tv("erase-wrong-word", word));
        return show_refused(&asked(&app, page, id, form).await?);
    }
    match app.db.write("flows.erase_person", move |tx| flows::erase_person(tx, &me.actor, id)).await {
        Ok(_) => page.go_saying(&format!("/desk/customers/{id}"), &Flash::ok("data-erased")),
        Err(ErasePersonError::Unfinished(orders)) => {
            let numbers: Vec<_> = orders.iter().map(ToString::to_string).collect();
            form.refuse("word", page.tv("data-unfinished", numbers.join(", ")));
            show_refused(&asked(&app, page, id, form).await?)
        }
        Err(other) => Err(other.into()),
    }
}
