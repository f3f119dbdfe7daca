//! The page behind the link under a message: consents only, for whoever holds the link; nobody signs in.

use super::account::{AgreementsView, save_answers, stop_all};
use super::visitor::{Aisle, Visitor};
use crate::{Answer, App, Flash, Form, Page, Trouble, show};
use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::IntoResponse;
use customers::EditError;
use kernel::{Fault, ProfileId, ReadTx};

#[derive(Template)]
#[template(path = "storefront/preferences.html")]
struct PreferencesPage {
    page: Page,
    aisles: Vec<Aisle>,
    token: String,
    agreements: AgreementsView,
}

pub(super) async fn preferences(State(app): State<App>, visitor: Visitor, Path(token): Path<String>) -> Answer {
    let (asked, page) = (token.clone(), visitor.page.clone());
    let read = app.db.read(move |tx| {
        let Some(profile) = customers::profile_of_token(tx, &asked)? else { return Ok(None) };
        let person = customers::person_of(tx, profile)?.map_or(Ok(None), |person| customers::person(tx, person))?;
        Ok::<_, Fault>(person.map(|person| AgreementsView::new(&page, &person)))
    });
    let agreements = read.await?.ok_or_else(Trouble::not_found)?;
    let Visitor { page, aisles, .. } = visitor;
    show(&PreferencesPage { page, aisles, token, agreements })
}

pub(super) async fn save(State(app): State<App>, page: Page, Path(token): Path<String>, form: Form) -> Answer {
    let (asked, words) = (token.clone(), page.clone());
    let write = app.db.write("customers.set_consent", move |tx| {
        let profile = behind(tx, &asked)?;
        save_answers(tx, &words, profile, &form)
    });
    write.await?;
    page.go_saying(&format!("/preferences/{token}"), &Flash::ok("saved"))
}

/// One click, also by a mail program (RFC 8058): the token is the proof, so this form needs no other.
pub(super) async fn stop(State(app): State<App>, page: Page, Path(token): Path<String>, form: Form) -> Answer {
    let (asked, words) = (token.clone(), page.clone());
    let write = app.db.write("customers.set_consent", move |tx| {
        let profile = behind(tx, &asked)?;
        stop_all(tx, &words, profile)
    });
    write.await?;
    if form.is("List-Unsubscribe", "One-Click") {
        return Ok(StatusCode::OK.into_response());
    }
    page.go_saying(&format!("/preferences/{token}"), &Flash::ok("preferences-stopped"))
}

fn behind(tx: &ReadTx<'_>, token: &str) -> Result<ProfileId, EditError> {
    customers::profile_of_token(tx, token)?.ok_or(EditError::UnknownProfile(ProfileId::nil()))
}
