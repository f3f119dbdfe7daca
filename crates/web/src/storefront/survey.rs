//! The page behind the question how somebody was served: for whoever holds the link; nobody signs in.

use super::visitor::{Aisle, Visitor};
use crate::{Answer, App, Flash, Form, Page, Trouble, show, show_refused};
use askama::Template;
use axum::extract::{Path, State};
use conversations::{BEST_SCORE, Survey, SurveyError};

#[derive(Template)]
#[template(path = "storefront/survey.html")]
struct SurveyPage {
    page: Page,
    aisles: Vec<Aisle>,
    token: String,
    form: Form,
    /// Scores with their words, best first.
    scores: Vec<(String, String)>,
    is_scored: bool,
}

fn build(visitor: Visitor, token: String, form: Form, is_scored: bool) -> SurveyPage {
    let Visitor { page, aisles, .. } = visitor;
    let scores = (1..=BEST_SCORE).rev().map(|score| (score.to_string(), page.t(&format!("survey-{score}")))).collect();
    SurveyPage { page, aisles, token, form, scores, is_scored }
}

async fn find(app: &App, token: &str) -> Result<Survey, Trouble> {
    let token = token.to_owned();
    app.db.read(move |tx| conversations::survey_of_token(tx, &token)).await?.ok_or_else(Trouble::not_found)
}

pub(super) async fn show_survey(State(app): State<App>, visitor: Visitor, Path(token): Path<String>) -> Answer {
    let survey = find(&app, &token).await?;
    let score = survey.score.map_or_else(String::new, |score| score.to_string());
    let form = Form::of([("score", score), ("comment", survey.comment)]);
    show(&build(visitor, token, form, survey.score.is_some()))
}

pub(super) async fn save(State(app): State<App>, visitor: Visitor, Path(token): Path<String>, mut form: Form) -> Answer {
    let survey = find(&app, &token).await?;
    let (score, comment) = (form.value("score").parse().unwrap_or(0), form.value("comment").to_owned());
    let asked = token.clone();
    let write = move |tx: &mut kernel::Tx<'_>| conversations::score_survey(tx, &asked, score, &comment);
    match app.db.write("conversations.score_survey", write).await {
        Ok(()) => visitor.page.go_saying(&format!("/survey/{token}"), &Flash::ok("survey-thanks")),
        Err(SurveyError::OffScale) => {
            form.refuse("score", visitor.page.t("survey-needs-score"));
            show_refused(&build(visitor, token, form, survey.score.is_some()))
        }
        Err(SurveyError::TooLong) => {
            form.refuse("comment", visitor.page.t("field-too-long"));
            show_refused(&build(visitor, token, form, survey.score.is_some()))
        }
        Err(error) => Err(error.into()),
    }
}
