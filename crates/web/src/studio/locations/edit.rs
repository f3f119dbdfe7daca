//! One place: new or changed.

use super::details::{blank, form_of, read};
use crate::studio::hours::DAYS;
use crate::studio::tell::{Teller, Told};
use crate::studio::{Entered, Me, why};
use crate::{Answer, App, Flash, Form, Page, Trouble, show, show_refused};
use askama::Template;
use axum::Router;
use axum::extract::{Path, State};
use axum::routing::get;
use inventory::{LocationError, LocationId};
use kernel::{Fault, Kind, Permission, Problem, log};

pub(super) fn routes() -> Router<App> {
    Router::new().route("/studio/locations/new", get(new).post(create)).route("/studio/locations/{id}", get(edit).post(save))
}

#[derive(Template)]
#[template(path = "studio/locations/edit.html")]
struct Edit {
    page: Page,
    me: Me,
    title: String,
    action: String,
    form: Form,
    kinds: Vec<(&'static str, String)>,
    days: Vec<(&'static str, String)>,
    zones: [&'static str; 3],
    is_new: bool,
    history: Vec<Told>,
}

fn edit_page(page: Page, me: Me, form: Form, place: Option<(LocationId, String, Vec<Told>)>) -> Edit {
    let (is_new, action) =
        (place.is_none(), place.as_ref().map_or("/studio/locations/new".to_owned(), |(id, _, _)| format!("/studio/locations/{id}")));
    let (title, history) = place.map_or_else(|| (page.t("studio-new-place"), Vec::new()), |(_, name, history)| (name, history));
    Edit {
        kinds: inventory::LocationKind::ALL.iter().map(|kind| (kind.as_str(), page.t(&format!("place-{}", kind.as_str())))).collect(),
        days: DAYS.into_iter().map(|day| (day, page.t(&format!("day-{day}")))).collect(),
        zones: ["Europe/Madrid", "Atlantic/Canary", "Europe/Lisbon"],
        title,
        action,
        form,
        is_new,
        history,
        page,
        me,
    }
}

async fn new(Entered { page, me }: Entered) -> Answer {
    me.actor.require(Permission::EditLocations)?;
    show(&edit_page(page, me, blank(), None))
}

async fn create(State(app): State<App>, Entered { page, me }: Entered, mut form: Form) -> Answer {
    me.actor.require(Permission::EditLocations)?;
    let details = read(&page, &mut form);
    if !form.is_fine() {
        return show_refused(&edit_page(page, me, form, None));
    }
    let (actor, name) = (me.actor.clone(), details.name.clone());
    match app.db.write("inventory.create_location", move |tx| inventory::create_location(tx, &actor, details.clone())).await {
        Ok(id) => page.go_saying(&format!("/studio/locations/{id}"), &Flash::ok("studio-place-made").with(name)),
        Err(error) => show_refused(&edit_page(page.clone(), me, refuse(&page, form, error)?, None)),
    }
}

/// Put the refusal beside its field, or pass on what nobody can correct.
fn refuse(page: &Page, mut form: Form, error: LocationError) -> Result<Form, Trouble> {
    if !matches!(error.kind(), Kind::Invalid | Kind::Conflict) {
        return Err(error.into());
    }
    let field = match &error {
        LocationError::Invalid { field: "point", .. } => "latitude",
        LocationError::Invalid { field: "hours", .. } => "mon",
        LocationError::Invalid { field, .. } => field,
        _ => "code",
    };
    form.refuse(field, why(page, &error));
    Ok(form)
}

fn id(text: &str) -> Result<LocationId, Trouble> {
    text.parse().map_err(|_| Trouble::not_found())
}

async fn existing(app: &App, page: Page, me: Me, id: LocationId, typed: Option<Form>) -> Result<Edit, Trouble> {
    let read = app.db.read(move |tx| {
        let entries = log::of_subject(tx, &id.to_string(), 20)?;
        Ok::<_, Fault>((inventory::location(tx, id)?, Teller::gather(tx, &entries)?, entries))
    });
    let (place, teller, entries) = read.await?;
    let place = place.ok_or_else(Trouble::not_found)?;
    let history = teller.tell_all(&page, &entries);
    let form = typed.unwrap_or_else(|| form_of(&place.details));
    Ok(edit_page(page, me, form, Some((id, place.details.name, history))))
}

async fn edit(State(app): State<App>, Entered { page, me }: Entered, Path(text): Path<String>) -> Answer {
    show(&existing(&app, page, me, id(&text)?, None).await?)
}

async fn save(State(app): State<App>, Entered { page, me }: Entered, Path(text): Path<String>, mut form: Form) -> Answer {
    me.actor.require(Permission::EditLocations)?;
    let (id, details) = (id(&text)?, read(&page, &mut form));
    if !form.is_fine() {
        return show_refused(&existing(&app, page, me, id, Some(form)).await?);
    }
    let actor = me.actor.clone();
    match app.db.write("inventory.update_location", move |tx| inventory::update_location(tx, &actor, id, details.clone())).await {
        Ok(()) => page.go_saying(&format!("/studio/locations/{id}"), &Flash::ok("saved")),
        Err(error) => {
            let form = refuse(&page, form, error)?;
            show_refused(&existing(&app, page, me, id, Some(form)).await?)
        }
    }
}
