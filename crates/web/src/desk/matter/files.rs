//! Files of an answer that is being written.

use super::at::AtMatter;
use super::{MatterPage, composer, person_of};
use crate::attach::{FilesView, keep};
use crate::posted::{Posted, ROOM};
use crate::{Answer, App, Form, StaffMember, Trouble, show};
use axum::Router;
use axum::extract::{DefaultBodyLimit, Path, State};
use axum::routing::{get, post};
use conversations::UploadId;
use kernel::{Permission, ReadTx};

pub(super) fn routes() -> Router<App> {
    Router::new().route("/desk/matters/{id}/files", post(change).layer(DefaultBodyLimit::max(ROOM))).route("/desk/uploads/{id}", get(look))
}

/// Add what was chosen, take away what shall not go; everything else of the form stays as it was.
async fn change(at: AtMatter, posted: Posted) -> Answer {
    at.me.actor.require(Permission::Reply)?;
    let form = keep(&at.app, &at.page, &at.me.actor.to_string(), posted).await?;
    if at.page.partial {
        let read = at.clone();
        return show(&at.app.db.read(move |tx| view(tx, &read, &form)).await?);
    }
    let desk = at.load(form).await?;
    let pane = at.place.pane();
    show(&MatterPage { page: at.page, desk, pane })
}

/// The files alone.
fn view(tx: &ReadTx<'_>, at: &AtMatter, form: &Form) -> Result<FilesView, Trouble> {
    let matter = conversations::matter(tx, at.id)?.ok_or_else(Trouble::not_found)?;
    let person = person_of(tx, &matter)?;
    let ways = flows::reply_ways(tx, &person)?;
    let query = format!("{}&since={}", at.place.in_queue(), at.place.since);
    Ok(composer::files(tx, (&at.page, &at.me), (&matter, &person), &ways, (&query, form))?)
}

/// The file itself, for whoever chose it.
async fn look(State(app): State<App>, me: StaffMember, Path(id): Path<UploadId>) -> Answer {
    crate::attach::look(&app, me.actor.to_string(), id).await
}
