//! One collection: new or changed.

use super::builder::{count, form_of, pinned, rule, texts, with_line, with_pinned, without_line};
use super::rows::{KINDS, Known, Row, orders, row};
use crate::studio::{Entered, Me, intent, why};
use crate::{Answer, App, Flash, Form, Page, Trouble, picture_url, show, show_refused};
use askama::Template;
use axum::Router;
use axum::extract::{Path, State};
use axum::routing::{get, post};
use catalogue::collections::{self, Collection, CollectionChange, CollectionError, CollectionId, CreateCollection, Preview};
use catalogue::{ProductCard, ProductId, StaffFilter, Status};
use kernel::{Fault, Kind, Permission, Problem};

/// Products offered for a name.
const OFFERED: usize = 8;

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/studio/collections/new", get(new).post(create))
        .route("/studio/collections/preview", post(look))
        .route("/studio/collections/{id}", get(edit).post(save))
        .route("/studio/collections/{id}/deletion", post(delete))
}

/// A product as it is put first or offered.
struct Product {
    id: ProductId,
    picture: String,
    title: String,
    /// Why customers do not see it.
    state: String,
}

/// Who a rule lets in.
#[derive(Default)]
struct Inside {
    counted: String,
    first: Vec<Product>,
}

#[derive(Template)]
#[template(path = "studio/collections/edit.html")]
struct Edit {
    page: Page,
    me: Me,
    title: String,
    action: String,
    form: Form,
    rows: Vec<Row>,
    kinds: Vec<(&'static str, String)>,
    orders: Vec<(&'static str, String)>,
    pinned: Vec<Product>,
    /// Found by the name that was typed; `None` when none was.
    offered: Option<Vec<Product>>,
    inside: Inside,
    /// Its id and its address in the shop.
    known: Option<(CollectionId, String)>,
}

/// Who would be on it, to replace `#inside`.
#[derive(Template)]
#[template(path = "studio/collections/_inside.html")]
struct InsidePart {
    inside: Inside,
}

impl Edit {
    /// The form with all that stands around it.
    async fn of(app: &App, page: Page, me: Me, form: Form, known: Option<&Collection>) -> Result<Self, Trouble> {
        let first = pinned(&form);
        let read = app.db.read(move |tx| Ok::<_, Fault>((catalogue::categories(tx)?, catalogue::cards(tx, &first)?)));
        let (categories, first) = read.await?;
        let words = Known::new(app, &page, &categories);
        let action = known.map_or_else(|| "/studio/collections/new".to_owned(), |one| format!("/studio/collections/{}", one.id));
        Ok(Edit {
            title: known.map_or_else(|| page.t("collection-new"), |one| one.name.get(page.locale).to_owned()),
            action,
            rows: (0..count(&form)).filter_map(|n| row(&page, &words, &form, n)).collect(),
            kinds: KINDS.into_iter().map(|kind| (kind, page.t(&format!("collection-kind-{kind}")))).collect(),
            orders: orders(&page),
            pinned: first.iter().map(|card| product(&page, card)).collect(),
            offered: None,
            inside: Inside::default(),
            known: known.map(|one| (one.id, format!("/collections/{}", one.slug))),
            form,
            page,
            me,
        })
    }
}

fn product(page: &Page, card: &ProductCard) -> Product {
    Product {
        id: card.id,
        picture: picture_url(card.picture.as_ref().map_or("", |picture| &picture.source)),
        title: card.title.get(page.locale).to_owned(),
        state: if card.status == Status::Active { String::new() } else { page.t(&format!("status-{}", card.status.as_str())) },
    }
}

async fn inside(app: &App, page: &Page, me: &Me, form: &mut Form) -> Result<Inside, Trouble> {
    let nothing = || Inside { counted: page.t("collection-not-yet"), first: Vec::new() };
    let Some(rule) = rule(page, form) else { return Ok(nothing()) };
    let (actor, first) = (me.actor.clone(), pinned(form));
    let seen = app.db.read(move |tx| collections::preview(tx, &actor, &rule, &first)).await;
    let Preview { count, is_all, first } = match seen {
        Ok(seen) => seen,
        Err(error) if error.kind() == Kind::Invalid => return Ok(nothing()),
        Err(error) => return Err(error.into()),
    };
    let key = if is_all { "collection-would-have" } else { "collection-would-have-at-least" };
    Ok(Inside { counted: page.tn(key, count), first: first.iter().map(|card| product(page, card)).collect() })
}

async fn look(State(app): State<App>, Entered { page, me }: Entered, mut form: Form) -> Answer {
    me.actor.require(Permission::EditCatalogue)?;
    show(&InsidePart { inside: inside(&app, &page, &me, &mut form).await? })
}

async fn new(State(app): State<App>, Entered { page, me }: Entered) -> Answer {
    me.actor.require(Permission::EditCatalogue)?;
    let form = with_line(Form::new().fill("order", "newest").fill("key", intent()), "tag");
    show(&Edit::of(&app, page, me, form, None).await?)
}

/// A press that only changes the form.
fn rearranged(form: &Form) -> Option<Form> {
    let (verb, of) = form.value("do").split_once('-')?;
    let mut first = pinned(form);
    let at = first.iter().position(|product| product.to_string() == of);
    match (verb, at) {
        ("remove", _) => return of.parse().ok().map(|n| without_line(form, n)),
        ("pin", None) => first.push(of.parse().ok()?),
        ("unpin", Some(at)) => drop(first.remove(at)),
        ("up", Some(at)) if at > 0 => first.swap(at - 1, at),
        _ => {}
    }
    let form = if verb == "pin" { form.clone().fill("find", "") } else { form.clone() };
    Some(with_pinned(&form, &first))
}

/// Show the form again after a press of a button that saves nothing; `None` when it is to be saved.
async fn pressed(app: &App, page: &Page, me: &Me, form: &Form, known: Option<&Collection>) -> Result<Option<Edit>, Trouble> {
    let again = async |form: Form| Edit::of(app, page.clone(), me.clone(), form, known).await;
    if let Some(changed) = rearranged(form) {
        return Ok(Some(again(changed).await?));
    }
    let mut form = form.clone();
    let press = if form.is("do", "enter") && !form.value("find").is_empty() { "find" } else { form.value("do") };
    match press {
        "add" => {
            let kind = form.value("new").to_owned();
            Ok(Some(again(with_line(form, &kind)).await?))
        }
        "look" => {
            let inside = inside(app, page, me, &mut form).await?;
            Ok(Some(Edit { inside, ..again(form).await? }))
        }
        "find" => {
            let offered = offered(app, page, me, &form).await?;
            Ok(Some(Edit { offered: Some(offered), ..again(form).await? }))
        }
        _ => Ok(None),
    }
}

/// What the name that was typed may mean, drafts too.
async fn offered(app: &App, page: &Page, me: &Me, form: &Form) -> Result<Vec<Product>, Trouble> {
    let (actor, first) = (me.actor.clone(), pinned(form));
    let filter = StaffFilter { text: Some(form.value("find").to_owned()), ..StaffFilter::default() };
    let found = app.db.read(move |tx| catalogue::staff_list(tx, &actor, &filter, None, OFFERED)).await?;
    Ok(found.items.iter().filter(|card| !first.contains(&card.id)).map(|card| product(page, card)).collect())
}

async fn create(State(app): State<App>, Entered { page, me }: Entered, mut form: Form) -> Answer {
    me.actor.require(Permission::EditCatalogue)?;
    if let Some(again) = pressed(&app, &page, &me, &form, None).await? {
        return show(&again);
    }
    let Some(rule) = rule(&page, &mut form) else {
        return show_refused(&Edit::of(&app, page, me, form, None).await?);
    };
    let ((name, text), first, actor) = (texts(&form), pinned(&form), me.actor.clone());
    let (key, slug) = (format!("studio/{}", form.value("key")), form.value("slug").to_owned());
    let cmd = CreateCollection { key, slug, name, text, rule };
    let made = app.db.write("catalogue.create_collection", move |tx| {
        let made = collections::create_collection(tx, &actor, cmd.clone())?;
        collections::pin(tx, &actor, made.id, &first, None)
    });
    match made.await {
        Ok(made) => page.go_saying("/studio/collections", &Flash::ok("collection-made").with(made.name.get(page.locale))),
        Err(error) => {
            let form = refuse(&page, form, error)?;
            show_refused(&Edit::of(&app, page, me, form, None).await?)
        }
    }
}

/// Put the refusal beside its field, or pass on what nobody can correct.
fn refuse(page: &Page, mut form: Form, error: CollectionError) -> Result<Form, Trouble> {
    if !matches!(error.kind(), Kind::Invalid | Kind::Conflict) {
        return Err(error.into());
    }
    let field = match &error {
        CollectionError::SlugTaken { .. } | CollectionError::BadSlug | CollectionError::TooLong { field: "slug", .. } => "slug",
        CollectionError::TooLong { field: "text", .. } => "text_es",
        CollectionError::BadCondition { .. } | CollectionError::TooManyConditions => "add",
        CollectionError::BadPinned | CollectionError::TooManyPinned => "find",
        _ => "name_es",
    };
    form.refuse(field, why(page, &error));
    Ok(form)
}

async fn find(app: &App, text: &str) -> Result<Collection, Trouble> {
    let id: CollectionId = text.parse().map_err(|_| Trouble::not_found())?;
    app.db.read(move |tx| collections::collection_by_id(tx, id)).await?.ok_or_else(Trouble::not_found)
}

async fn edit(State(app): State<App>, Entered { page, me }: Entered, Path(text): Path<String>) -> Answer {
    me.actor.require(Permission::ViewCatalogue)?;
    let found = find(&app, &text).await?;
    let id = found.id;
    let first: Vec<_> = app.db.read(move |tx| collections::pinned(tx, id)).await?.into_iter().map(|card| card.id).collect();
    show(&Edit::of(&app, page, me, form_of(&found, &first), Some(&found)).await?)
}

async fn save(State(app): State<App>, Entered { page, me }: Entered, Path(text): Path<String>, mut form: Form) -> Answer {
    me.actor.require(Permission::EditCatalogue)?;
    let known = find(&app, &text).await?;
    if let Some(again) = pressed(&app, &page, &me, &form, Some(&known)).await? {
        return show(&again);
    }
    let Some(rule) = rule(&page, &mut form) else {
        return show_refused(&Edit::of(&app, page, me, form, Some(&known)).await?);
    };
    let ((name, text), first, actor, id) = (texts(&form), pinned(&form), me.actor.clone(), known.id);
    let (slug, if_version) = (Some(form.value("slug").to_owned()), form.value("version").parse().ok());
    let change = CollectionChange { slug, name: Some(name), text: Some(text), rule: Some(rule), if_version };
    let saved = app.db.write("catalogue.change_collection", move |tx| {
        collections::change_collection(tx, &actor, id, change.clone())?;
        collections::pin(tx, &actor, id, &first, None)
    });
    match saved.await {
        Ok(_) => page.go_saying("/studio/collections", &Flash::ok("saved")),
        Err(error) => {
            let form = refuse(&page, form, error)?;
            show_refused(&Edit::of(&app, page, me, form, Some(&known)).await?)
        }
    }
}

async fn delete(State(app): State<App>, Entered { page, me }: Entered, Path(text): Path<String>) -> Answer {
    let (id, actor): (CollectionId, _) = (text.parse().map_err(|_| Trouble::not_found())?, me.actor);
    app.db.write("catalogue.delete_collection", move |tx| collections::delete_collection(tx, &actor, id)).await?;
    page.go_saying("/studio/collections", &Flash::ok("collection-gone"))
}
