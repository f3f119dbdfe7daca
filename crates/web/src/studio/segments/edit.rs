//! One segment: new or changed.

use super::builder::{count, form_of, read, with_line, without_line};
use super::rows::{KINDS, Row, row};
use super::words::{Known, says};
use crate::studio::{Entered, Me, intent, why};
use crate::{Answer, App, Flash, Form, Page, Trouble, show, show_refused};
use askama::Template;
use axum::Router;
use axum::extract::{Path, State};
use axum::routing::{get, post};
use customers::segments::{self, Condition, Counted, CreateSegment, SegmentChange, SegmentError, SegmentId};
use kernel::{Kind, Permission, Problem};

/// People that the count looks at.
const LOOKED_AT: usize = 1000;

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/studio/segments/new", get(new).post(create))
        .route("/studio/segments/count", post(count_now))
        .route("/studio/segments/{id}", get(edit).post(save))
        .route("/studio/segments/{id}/deletion", post(delete))
}

#[derive(Template)]
#[template(path = "studio/segments/edit.html")]
struct Edit {
    page: Page,
    me: Me,
    title: String,
    action: String,
    form: Form,
    rows: Vec<Row>,
    kinds: Vec<(&'static str, String)>,
    counted: String,
    /// The condition in words, when the builder cannot show it.
    nested: String,
    id: Option<SegmentId>,
}

/// How many it would be, to replace `#count`.
#[derive(Template)]
#[template(path = "studio/segments/_count.html")]
struct CountPart {
    counted: String,
}

impl Edit {
    fn of(page: Page, me: Me, known: &Known, form: Form, id: Option<(SegmentId, String)>) -> Self {
        let kinds = KINDS.into_iter().map(|kind| (kind, page.t(&format!("segment-kind-{kind}")))).collect();
        let rows = (0..count(&form)).filter_map(|n| row(&page, known, &form, n)).collect();
        let action = id.as_ref().map_or_else(|| "/studio/segments/new".to_owned(), |(id, _)| format!("/studio/segments/{id}"));
        let (id, title) = id.map_or_else(|| (None, page.t("segment-new")), |(id, name)| (Some(id), name));
        Edit { page, me, title, action, form, rows, kinds, counted: String::new(), nested: String::new(), id }
    }
}

async fn known(app: &App) -> Result<Known, Trouble> {
    Ok(app.db.read(Known::read).await?)
}

async fn new(State(app): State<App>, Entered { page, me }: Entered) -> Answer {
    me.actor.require(Permission::EditSegments)?;
    let form = with_line(Form::new().fill("joined", "all").fill("key", intent()), "happened");
    show(&Edit::of(page, me, &known(&app).await?, form, None))
}

/// A press that only changes the form.
fn rearranged(form: &Form) -> Option<Form> {
    match form.value("do") {
        "add" => Some(with_line(form.clone(), form.value("new"))),
        press => press.strip_prefix("remove-").and_then(|n| n.parse().ok()).map(|n| without_line(form, n)),
    }
}

async fn counted(app: &App, page: &Page, me: &Me, condition: Condition) -> Result<String, Trouble> {
    let actor = me.actor.clone();
    let counted = app.db.read(move |tx| segments::count(tx, &actor, condition.clone(), LOOKED_AT)).await?;
    let Counted { inside, looked_at, is_everybody } = counted;
    let key = if is_everybody { "segment-counted" } else { "segment-counted-newest" };
    Ok(page.tw(key, &[("n", (inside as i64).into()), ("all", (looked_at as i64).into())]))
}

async fn count_now(State(app): State<App>, Entered { page, me }: Entered, mut form: Form) -> Answer {
    let counted = match read(&page, &mut form, app.brand.currency) {
        Some(condition) => counted(&app, &page, &me, condition).await.unwrap_or_else(|_| page.t("segment-line-wrong")),
        None => page.t("segment-not-yet"),
    };
    show(&CountPart { counted })
}

/// Show the form again after a press of a button that saves nothing; `None` when it is to be saved.
async fn pressed(app: &App, page: &Page, me: &Me, form: &Form, id: Option<&(SegmentId, String)>) -> Result<Option<Edit>, Trouble> {
    if let Some(changed) = rearranged(form) {
        return Ok(Some(Edit::of(page.clone(), me.clone(), &known(app).await?, changed, id.cloned())));
    }
    if form.value("do") != "count" {
        return Ok(None);
    }
    let mut form = form.clone();
    let condition = read(page, &mut form, app.brand.currency);
    let mut edit = Edit::of(page.clone(), me.clone(), &known(app).await?, form, id.cloned());
    if let Some(condition) = condition {
        edit.counted = counted(app, page, me, condition).await?;
    }
    Ok(Some(edit))
}

async fn create(State(app): State<App>, Entered { page, me }: Entered, mut form: Form) -> Answer {
    me.actor.require(Permission::EditSegments)?;
    if let Some(again) = pressed(&app, &page, &me, &form, None).await? {
        return show(&again);
    }
    let Some(condition) = read(&page, &mut form, app.brand.currency) else {
        return show_refused(&Edit::of(page, me, &known(&app).await?, form, None));
    };
    let (actor, key) = (me.actor.clone(), format!("studio/{}", form.value("key")));
    let cmd = CreateSegment { name: form.value("name").to_owned(), condition, key };
    match app.db.write("customers.create_segment", move |tx| segments::create_segment(tx, &actor, cmd.clone())).await {
        Ok(made) => page.go_saying(&format!("/studio/segments/{}/members", made.id), &Flash::ok("segment-made").with(made.name)),
        Err(error) => {
            let form = refuse(&page, form, error)?;
            show_refused(&Edit::of(page, me, &known(&app).await?, form, None))
        }
    }
}

/// Put the refusal beside its field, or pass on what nobody can correct.
fn refuse(page: &Page, mut form: Form, error: SegmentError) -> Result<Form, Trouble> {
    if !matches!(error.kind(), Kind::Invalid | Kind::Conflict) {
        return Err(error.into());
    }
    let field = if matches!(error, SegmentError::Condition(_)) { "add" } else { "name" };
    form.refuse(field, why(page, &error));
    Ok(form)
}

async fn find(app: &App, me: &Me, text: &str) -> Result<segments::Segment, Trouble> {
    let (id, actor): (SegmentId, _) = (text.parse().map_err(|_| Trouble::not_found())?, me.actor.clone());
    Ok(app.db.read(move |tx| segments::segment(tx, &actor, id)).await?)
}

async fn edit(State(app): State<App>, Entered { page, me }: Entered, Path(text): Path<String>) -> Answer {
    let (segment, known) = (find(&app, &me, &text).await?, known(&app).await?);
    let nested = if form_of(&segment.condition).is_none() { says(&page, &known, &segment.condition) } else { String::new() };
    let form = form_of(&segment.condition).unwrap_or_default().fill("name", segment.name.clone());
    let mut edit = Edit::of(page, me, &known, form, Some((segment.id, segment.name)));
    edit.nested = nested;
    show(&edit)
}

async fn save(State(app): State<App>, Entered { page, me }: Entered, Path(text): Path<String>, mut form: Form) -> Answer {
    me.actor.require(Permission::EditSegments)?;
    let segment = find(&app, &me, &text).await?;
    let id = (segment.id, segment.name.clone());
    if let Some(again) = pressed(&app, &page, &me, &form, Some(&id)).await? {
        return show(&again);
    }
    let name = Some(form.value("name").to_owned());
    let change = if form_of(&segment.condition).is_none() {
        SegmentChange { name, condition: None }
    } else {
        let Some(condition) = read(&page, &mut form, app.brand.currency) else {
            return show_refused(&Edit::of(page, me, &known(&app).await?, form, Some(id)));
        };
        SegmentChange { name, condition: Some(condition) }
    };
    let (actor, segment) = (me.actor.clone(), segment.id);
    match app.db.write("customers.update_segment", move |tx| segments::update_segment(tx, &actor, segment, change.clone())).await {
        Ok(_) => page.go_saying(&format!("/studio/segments/{segment}/members"), &Flash::ok("saved")),
        Err(error) => {
            let form = refuse(&page, form, error)?;
            show_refused(&Edit::of(page, me, &known(&app).await?, form, Some(id)))
        }
    }
}

async fn delete(State(app): State<App>, Entered { page, me }: Entered, Path(text): Path<String>) -> Answer {
    let (id, actor): (SegmentId, _) = (text.parse().map_err(|_| Trouble::not_found())?, me.actor);
    app.db.write("customers.delete_segment", move |tx| segments::delete_segment(tx, &actor, id)).await?;
    page.go_saying("/studio/segments", &Flash::ok("segment-gone"))
}
