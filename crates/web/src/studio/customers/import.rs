//! A list of customers: the file, what its columns mean, what it would do; then all of it, or nothing.

use super::preview::{Mapping, Preview};
use crate::studio::uploads::{Sent, Upload, Uploads, take};
use crate::studio::{Entered, Me, intent, why};
use crate::{Answer, App, Flash, Form, Page, Trouble, show, show_refused};
use askama::Template;
use axum::extract::{DefaultBodyLimit, Multipart, Query, State};
use axum::routing::{get, post};
use axum::{Extension, Router};
use customers::import::{self, Asked, BeginImport, Target};
use kernel::{Kind, Permission, Problem};
use serde::Deserialize;

/// Largest file that a browser may send, as the shell reads it.
const LARGEST: usize = 20 << 20;
/// Columns that a file may have.
const COLUMNS: usize = 200;

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/studio/customers/import", get(form).post(upload))
        .route("/studio/customers/import/columns", get(columns).post(choose))
        .route("/studio/customers/import/preview", get(preview))
        .route("/studio/customers/import/application", post(apply))
        .layer(DefaultBodyLimit::max(LARGEST))
        .layer(Extension(Uploads::default()))
}

#[derive(Template)]
#[template(path = "studio/customers/import.html")]
struct Import {
    page: Page,
    me: Me,
    form: Form,
}

/// Which file, under which name, with which columns.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
struct Place {
    file: String,
    name: String,
    columns: String,
}

impl Place {
    fn of(form: &Form) -> Self {
        Place { file: form.value("file").into(), name: form.value("name").into(), columns: form.value("columns").into() }
    }
    /// As the import reads it; without columns they are guessed.
    fn asked(&self) -> Asked {
        let mapping = self.columns.split(',').map(|text| text.parse().unwrap_or(Target::Skip)).collect();
        Asked { name: self.name.clone(), mapping: (!self.columns.is_empty()).then_some(mapping) }
    }
    fn href(&self, step: &str) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        query.append_pair("file", &self.file).append_pair("name", &self.name);
        if !self.columns.is_empty() {
            query.append_pair("columns", &self.columns);
        }
        format!("/studio/customers/import/{step}?{}", query.finish())
    }
}

async fn form(Entered { page, me }: Entered) -> Answer {
    me.actor.require(Permission::ImportCustomers)?;
    show(&Import { form: Form::new(), page, me })
}

async fn upload(State(app): State<App>, Extension(uploads): Extension<Uploads>, Entered { page, me }: Entered, parts: Multipart) -> Answer {
    me.actor.require(Permission::ImportCustomers)?;
    let Sent { mut form, name: file_name, bytes } = take(parts).await?;
    if bytes.is_empty() {
        form.refuse("file", page.t("studio-choose-file"));
        return show_refused(&Import { form, page, me });
    }
    let stem = file_name.rsplit_once('.').map_or(file_name.as_str(), |(stem, _)| stem);
    let given = form.value("name");
    let name: String = if given.is_empty() { stem } else { given }.chars().take(80).collect();
    let name = if name.trim().is_empty() { page.t("studio-list-unnamed") } else { name };
    let file = intent();
    uploads.keep(me.staff.id, &file, &file_name, bytes, app.db.clock().now());
    page.go(&Place { file, name, columns: String::new() }.href("columns"))
}

/// The file that this person is looking at, and what it would do.
async fn seen(app: &App, uploads: &Uploads, me: &Me, place: &Place) -> Result<Option<(Upload, import::Preview)>, Trouble> {
    let Some(upload) = uploads.find(me.staff.id, &place.file, app.db.clock().now()) else { return Ok(None) };
    let (actor, bytes, asked) = (me.actor.clone(), upload.bytes.clone(), place.asked());
    let seen = app.db.read(move |tx| import::preview(tx, &actor, &bytes, &asked)).await?;
    Ok(Some((upload, seen)))
}

fn gone(page: &Page) -> Answer {
    page.go_saying("/studio/customers/import", &Flash::bad("studio-file-gone"))
}

async fn columns(
    State(app): State<App>,
    Extension(uploads): Extension<Uploads>,
    Entered { page, me }: Entered,
    Query(place): Query<Place>,
) -> Answer {
    me.actor.require(Permission::ImportCustomers)?;
    let Some((upload, seen)) = seen(&app, &uploads, &me, &place).await? else { return gone(&page) };
    show(&Mapping::of(page, me, upload.name, &place.file, &place.name, seen))
}

/// What the columns mean is in the address of the preview, so that going back and forth keeps it.
async fn choose(Entered { page, me }: Entered, form: Form) -> Answer {
    me.actor.require(Permission::ImportCustomers)?;
    let chosen = (0..COLUMNS).map(|at| form.value(&format!("c{at}")).to_owned()).take_while(|target| !target.is_empty());
    let columns = chosen.collect::<Vec<_>>().join(",");
    page.go(&Place { columns, ..Place::of(&form) }.href("preview"))
}

async fn preview(
    State(app): State<App>,
    Extension(uploads): Extension<Uploads>,
    Entered { page, me }: Entered,
    Query(place): Query<Place>,
) -> Answer {
    me.actor.require(Permission::ImportCustomers)?;
    let Some((upload, seen)) = seen(&app, &uploads, &me, &place).await? else { return gone(&page) };
    let back = place.href("columns");
    show(&Preview::of(page, me, form_of(&place, &intent()), upload.name, back, seen))
}

fn form_of(place: &Place, key: &str) -> Form {
    Form::of([("file", place.file.as_str()), ("name", &place.name), ("columns", &place.columns), ("key", key)])
}

async fn apply(State(app): State<App>, Extension(uploads): Extension<Uploads>, Entered { page, me }: Entered, form: Form) -> Answer {
    let place = Place::of(&form);
    let Some(upload) = uploads.find(me.staff.id, &place.file, app.db.clock().now()) else { return gone(&page) };
    let (actor, key) = (me.actor.clone(), format!("studio:{}:{}", me.actor, form.value("key")));
    let cmd = BeginImport { key, asked: place.asked(), file_name: upload.name.clone(), file: upload.bytes.to_vec() };
    match app.db.write("customers.import", move |tx| import::begin(tx, &actor, &cmd)).await {
        Ok(begun) => page.go(&format!("/studio/customers/imports/{}", begun.id)),
        Err(error) if matches!(error.kind(), Kind::Fault | Kind::Forbidden) => Err(error.into()),
        Err(error) => {
            let Some((upload, seen)) = seen(&app, &uploads, &me, &place).await? else { return gone(&page) };
            let mut form = form_of(&place, form.value("key"));
            form.refuse("name", why(&page, &error));
            show_refused(&Preview::of(page, me, form, upload.name, place.href("columns"), seen))
        }
    }
}
