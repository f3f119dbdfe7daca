//! What is done with templates at their provider: handed in, fetched; and removed here.

use crate::studio::Entered;
use crate::{Answer, App, Flash, Form, Trouble};
use axum::Router;
use axum::extract::{Path, State};
use axum::routing::post;
use channels::runtime::{fetch_templates, hand_in_template};
use channels::{Carrier, http_client};
use conversations::{AccountId, TemplateId};

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/studio/templates/fetching", post(fetch))
        .route("/studio/templates/{id}/handing-in", post(hand_in))
        .route("/studio/templates/{id}/removal", post(remove))
}

async fn hand_in(State(app): State<App>, Entered { page, me }: Entered, Path(id): Path<TemplateId>) -> Answer {
    let back = format!("/studio/templates/{id}");
    match hand_in_template(&app.db, &Carrier::new(http_client()), &me.actor, id).await? {
        Ok(()) => page.go_saying(&back, &Flash::ok("template-handed-in")),
        Err(words) => page.go_saying(&back, &Flash::bad("template-not-taken").with(short(&words))),
    }
}

async fn fetch(State(app): State<App>, Entered { page, me }: Entered, form: Form) -> Answer {
    let account: AccountId = form.value("account").parse().map_err(|_| Trouble::not_found())?;
    match fetch_templates(&app.db, &Carrier::new(http_client()), &me.actor, account).await? {
        Ok(kept) => {
            let n = kept.new + kept.changed + kept.gone;
            page.go_saying("/studio/templates", &Flash::ok("templates-fetched").with(page.tn("templates-changes", n)))
        }
        Err(words) => page.go_saying("/studio/templates", &Flash::bad("templates-not-fetched").with(short(&words))),
    }
}

async fn remove(State(app): State<App>, Entered { page, me }: Entered, Path(id): Path<TemplateId>) -> Answer {
    let actor = me.actor;
    app.db.write("conversations.remove_template", move |tx| conversations::remove_template(tx, &actor, id)).await?;
    page.go_saying("/studio/templates", &Flash::ok("template-removed"))
}

/// A provider's words, as many as a flash carries.
fn short(words: &str) -> String {
    words.chars().take(300).collect()
}
