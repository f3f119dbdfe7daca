//! The brand's list of tags: what matters can be about.

use crate::studio::{Entered, Me, why};
use crate::{Answer, App, Flash, Form, Page, Trouble, show, show_refused};
use askama::Template;
use axum::Router;
use axum::extract::{Path, State};
use axum::routing::{get, post};
use conversations::{ConversationError, Tag, TagId};
use kernel::Permission;

pub(super) fn routes() -> Router<App> {
    Router::new().route("/studio/service/tags", get(list).post(add)).route("/studio/service/tags/{id}/removal", post(remove))
}

#[derive(Template)]
#[template(path = "studio/service/tags.html")]
struct List {
    page: Page,
    me: Me,
    form: Form,
    tags: Vec<Tag>,
}

async fn build(app: &App, page: Page, me: Me, form: Form) -> Result<List, Trouble> {
    me.actor.require(Permission::Supervise)?;
    Ok(List { tags: app.db.read(conversations::tags).await?, form, page, me })
}

async fn list(State(app): State<App>, Entered { page, me }: Entered) -> Answer {
    show(&build(&app, page, me, Form::new()).await?)
}

async fn add(State(app): State<App>, Entered { page, me }: Entered, mut form: Form) -> Answer {
    let (actor, name) = (me.actor.clone(), form.value("name").to_owned());
    match app.db.write("conversations.list_tag", move |tx| conversations::list_tag(tx, &actor, &name)).await {
        Ok(_) => page.go_saying("/studio/service/tags", &Flash::ok("saved")),
        Err(error @ (ConversationError::Empty | ConversationError::TooLong(_))) => {
            form.refuse("name", if matches!(error, ConversationError::Empty) { page.t("tag-needs-a-name") } else { why(&page, &error) });
            show_refused(&build(&app, page, me, form).await?)
        }
        Err(error) => Err(error.into()),
    }
}

async fn remove(State(app): State<App>, Entered { page, me }: Entered, Path(id): Path<TagId>) -> Answer {
    let actor = me.actor;
    app.db.write("conversations.unlist_tag", move |tx| conversations::unlist_tag(tx, &actor, id)).await?;
    page.go_saying("/studio/service/tags", &Flash::ok("tag-unlisted"))
}
