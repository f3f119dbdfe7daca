//! A catalogue from a file: first what would change, line by line; then all of it, or nothing.

use super::{BASE, base_list};
use crate::studio::uploads::{Sent, Upload, Uploads, take};
use crate::studio::{Entered, Me, intent, why};
use crate::{Answer, App, Flash, Form, Page, Trouble, show, show_refused};
use askama::Template;
use axum::extract::{DefaultBodyLimit, Multipart, Query, State};
use axum::routing::{get, post};
use axum::{Extension, Router};
use catalogue::import::{ImportError, ImportOptions, LineProblem, Outcome, Preview, ProductPlan};
use flows::{BeginProductImport, ImportProductsError};
use inventory::LocationId;
use kernel::{Fault, Kind, Locale, Permission, Problem};
use serde::Deserialize;

/// Largest file that a browser may send, as the shell reads it.
const LARGEST: usize = 20 << 20;
/// Products and problems of a preview that are shown; all are counted.
const SHOWN: usize = 100;

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/studio/products/import", get(form).post(upload))
        .route("/studio/products/import/preview", get(preview))
        .route("/studio/products/import/application", post(apply))
        .route("/studio/products/import/texts", post(texts))
        .layer(DefaultBodyLimit::max(LARGEST))
        .layer(Extension(Uploads::default()))
}

#[derive(Template)]
#[template(path = "studio/products/import.html")]
struct Import {
    page: Page,
    me: Me,
    form: Form,
    languages: Vec<(&'static str, String)>,
    /// Problems of a file of texts that was not taken.
    problems: Vec<LineProblem>,
}

#[derive(Template)]
#[template(path = "studio/products/preview.html")]
struct Shown {
    page: Page,
    me: Me,
    form: Form,
    name: String,
    plan: Preview,
    shown: Vec<Plan>,
    hidden: usize,
    /// How the file is laid out, in words.
    layout: String,
    /// It has problems, and what has none can be taken without the rest.
    may_leave_out: bool,
    places: Vec<(String, String)>,
}

/// What happens to one product.
struct Plan {
    plan: ProductPlan,
    outcome: String,
    class: &'static str,
    open: bool,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Asked {
    file: String,
    language: String,
}

fn languages() -> Vec<(&'static str, String)> {
    vec![("es", "Español".to_owned()), ("en", "English".to_owned())]
}

async fn form(Entered { page, me }: Entered) -> Answer {
    me.actor.require(Permission::EditCatalogue)?;
    show(&Import { form: Form::of([("language", "es")]), languages: languages(), problems: Vec::new(), page, me })
}

async fn upload(State(app): State<App>, Extension(uploads): Extension<Uploads>, Entered { page, me }: Entered, parts: Multipart) -> Answer {
    me.actor.require(Permission::EditCatalogue)?;
    let Sent { mut form, name, bytes } = take(parts).await?;
    if bytes.is_empty() {
        form.refuse("file", page.t("studio-choose-file"));
        return show_refused(&Import { form, languages: languages(), problems: Vec::new(), page, me });
    }
    let token = intent();
    uploads.keep(me.staff.id, &token, &name, bytes, app.db.clock().now());
    page.go(&format!("/studio/products/import/preview?file={token}&language={}", locale(form.value("language")).as_str()))
}

fn locale(text: &str) -> Locale {
    text.parse().unwrap_or(Locale::Es)
}

async fn preview(
    State(app): State<App>,
    Extension(uploads): Extension<Uploads>,
    Entered { page, me }: Entered,
    Query(asked): Query<Asked>,
) -> Answer {
    me.actor.require(Permission::EditCatalogue)?;
    let Some(upload) = uploads.find(me.staff.id, &asked.file, app.db.clock().now()) else {
        return page.go_saying("/studio/products/import", &Flash::bad("studio-file-gone"));
    };
    let form = Form::of([("file", asked.file.as_str()), ("language", locale(&asked.language).as_str()), ("key", &intent())]);
    show(&shown(&app, page, me, form, upload).await?)
}

async fn shown(app: &App, page: Page, me: Me, form: Form, upload: Upload) -> Result<Shown, Trouble> {
    let options = ImportOptions { locale: locale(form.value("language")), currency: app.brand.currency, leave_out: false };
    let (actor, bytes) = (me.actor.clone(), upload.bytes.clone());
    let plan = app.db.read(move |tx| catalogue::import::preview(tx, &actor, &bytes, options)).await?;
    let places = app.db.read(move |tx| inventory::locations(tx, false, None, 100)).await?;
    let places = std::iter::once((String::new(), page.t("studio-no-opening-stock")))
        .chain(places.into_iter().map(|place| (place.id.to_string(), place.details.name)));
    let row = |known: &ProductPlan| Plan {
        outcome: page.t(&format!("outcome-{}", known.outcome.as_str())),
        class: match known.outcome {
            Outcome::Created => "ok",
            Outcome::Changed => "live",
            Outcome::Unchanged => "plain",
        },
        open: plan.changed <= 5,
        plan: known.clone(),
    };
    let touched = plan.products.iter().filter(|known| known.outcome != Outcome::Unchanged);
    Ok(Shown {
        name: upload.name,
        shown: touched.take(SHOWN).map(row).collect(),
        hidden: (plan.created + plan.changed).saturating_sub(SHOWN),
        layout: plan.layout.map(|layout| page.t(&format!("file-layout-{}", layout.as_str().replace('_', "-")))).unwrap_or_default(),
        may_leave_out: plan.problems_total > 0 && plan.is_ready(true),
        places: places.collect(),
        plan: Preview { problems: plan.problems.iter().take(SHOWN).cloned().collect(), ..plan },
        form,
        page,
        me,
    })
}

async fn apply(State(app): State<App>, Extension(uploads): Extension<Uploads>, Entered { page, me }: Entered, mut form: Form) -> Answer {
    let Some(upload) = uploads.find(me.staff.id, form.value("file"), app.db.clock().now()) else {
        return page.go_saying("/studio/products/import", &Flash::bad("studio-file-gone"));
    };
    let (actor, currency, bytes) = (me.actor.clone(), app.brand.currency, upload.bytes.clone());
    let options = ImportOptions { locale: locale(form.value("language")), currency, leave_out: form.value("leave_out") == "yes" };
    let opening_stock: Option<LocationId> = form.value("place").parse().ok();
    let (key, file_name) = (format!("studio:{}:{}", me.actor, form.value("key")), upload.name.clone());
    let begun = app.db.write("flows.import_products", move |tx| {
        let price_list = base_list(tx, currency)?.map_or_else(|| BASE.to_owned(), |list| list.code);
        let (key, file_name, file) = (key.clone(), file_name.clone(), bytes.to_vec());
        flows::begin_import(tx, &actor, &BeginProductImport { key, file_name, file, options, price_list, opening_stock })
    });
    match begun.await {
        Ok(begun) => page.go(&format!("/studio/products/imports/{}", begun.id)),
        Err(error) if matches!(error.kind(), Kind::Fault | Kind::Forbidden) => Err(error.into()),
        Err(ImportProductsError::Fault(fault)) => Err(Fault::into(fault)),
        Err(error) => {
            form.refuse("place", why(&page, &error));
            show_refused(&shown(&app, page, me, form, upload).await?)
        }
    }
}

async fn texts(State(app): State<App>, Entered { page, me }: Entered, parts: Multipart) -> Answer {
    me.actor.require(Permission::EditCatalogue)?;
    let Sent { mut form, bytes, .. } = take(parts).await?;
    let language = locale(form.value("texts_language"));
    let actor = me.actor.clone();
    if bytes.is_empty() {
        form.refuse("texts", page.t("studio-choose-file"));
        return show_refused(&Import { form, languages: languages(), problems: Vec::new(), page, me });
    }
    let done = app.db.write("catalogue.import_texts", move |tx| catalogue::import::apply_texts(tx, &actor, &bytes, language));
    match done.await {
        Ok(done) => page.go_saying("/studio/products", &Flash::ok("studio-texts-imported").with(done.changed.to_string())),
        Err(ImportError::Problems(problems)) => {
            form.refuse("texts", page.tn("studio-file-problems", problems.len()));
            let problems = problems.into_iter().take(SHOWN).collect();
            show_refused(&Import { form, languages: languages(), problems, page, me })
        }
        Err(error) => Err(error.into()),
    }
}
