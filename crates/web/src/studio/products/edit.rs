//! One product: its texts, what can be bought, its pictures, and what happened to it.

use super::draft::{Choices, change, field, form_of};
use super::goes_with::{self, Offer};
use super::variants::{self, VariantRow};
use super::{base_list, id, publication, title};
use crate::studio::tell::{Teller, Told};
use crate::studio::{Entered, Me, why};
use crate::ui::{Badge, Pages, Tone};
use crate::{Answer, App, Flash, Form, Page, Trouble, picture_url, show, show_refused};
use askama::Template;
use axum::Router;
use axum::extract::{Path, Query, State};
use axum::routing::{get, post};
use catalogue::{EditError, MediaId, Product, ProductChange, ProductId, Status};
use kernel::{Denied, Fault, Kind, Money, Permission, Problem, ReadTx, log};
use pricing::PriceEntry;
use serde::Deserialize;
use std::collections::HashMap;

/// Entries of the history that are shown.
const HISTORY: i64 = 30;

pub(super) fn routes() -> Router<App> {
    Router::new().route("/studio/products/{id}", get(product).post(save)).route("/studio/products/{id}/status/{status}", post(set_status))
}

/// A picture in the list of pictures.
pub(super) struct PictureRow {
    id: String,
    url: String,
    source: String,
    alt_es: String,
    alt_en: String,
    first: bool,
    /// It was uploaded: its name says nothing to people.
    is_stored: bool,
    /// The values of options whose variants it shows, with whether it does.
    of: Vec<(String, bool)>,
}

#[derive(Template)]
#[template(path = "studio/products/edit.html")]
pub(super) struct Edit {
    page: Page,
    me: Me,
    product: Product,
    title: String,
    form: Form,
    choices: Choices,
    state: Badge,
    rows: Vec<VariantRow>,
    pages: Pages,
    /// What was typed into the table of variants, the form of a new one, and that of a picture.
    typed: Form,
    /// When it goes on sale and off it by itself.
    plan: Form,
    zone: String,
    pictures: Vec<PictureRow>,
    offer: Offer,
    history: Vec<Told>,
    start: usize,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct From {
    /// The first variant that is shown.
    pub from: usize,
    /// Name of a product to offer with this one.
    pub find: String,
}

/// Why a product could not be read for its page.
#[derive(Debug, thiserror::Error)]
enum ReadError {
    #[error(transparent)]
    Denied(#[from] Denied),
    #[error(transparent)]
    Fault(#[from] Fault),
}
impl Problem for ReadError {
    fn kind(&self) -> Kind {
        match self {
            ReadError::Denied(denied) => denied.kind(),
            ReadError::Fault(fault) => fault.kind(),
        }
    }
    fn code(&self) -> &'static str {
        match self {
            ReadError::Denied(denied) => denied.code(),
            ReadError::Fault(fault) => fault.code(),
        }
    }
}

/// The page of a product, with what was typed in place of what is stored where a form was refused.
pub(super) async fn page_of(
    app: &App,
    page: Page,
    me: Me,
    id: ProductId,
    from: usize,
    typed: (Option<Form>, Form),
) -> Result<Edit, Trouble> {
    let (actor, currency) = (me.actor.clone(), app.brand.currency);
    let read = app.db.read(move |tx| {
        actor.require(Permission::ViewCatalogue)?;
        let Some(product) = catalogue::product(tx, id)? else { return Ok(None) };
        let prices = prices(tx, &product, currency)?;
        let (planned, with) = (catalogue::publication(tx, id)?, catalogue::cards(tx, &product.goes_with)?);
        let entries = log::of_subject(tx, &id.to_string(), HISTORY)?;
        let teller = Teller::gather(tx, &entries)?;
        Ok::<_, ReadError>(Some((product, prices, planned, with, entries, teller)))
    });
    let (product, prices, planned, with, entries, teller) = read.await?.ok_or_else(Trouble::not_found)?;
    let (texts, typed) = typed;
    let form = texts.unwrap_or_else(|| form_of(&product));
    let tone = match product.status {
        Status::Active => Tone::Ok,
        Status::Draft => Tone::Warn,
        Status::Archived => Tone::Plain,
    };
    let pictures = product.media.iter().map(|media| PictureRow {
        id: media.id.to_string(),
        url: picture_url(&media.source),
        source: media.source.clone(),
        alt_es: media.alt.es.clone(),
        alt_en: media.alt.en.clone(),
        first: media.position == 1,
        is_stored: catalogue::pictures::is_stored(&media.source),
        of: shown_values(&product, media.id),
    });
    let (rows, pages) = variants::rows(&page, &product, &prices, from);
    Ok(Edit {
        title: title(&product, &page),
        choices: Choices::of(&page),
        state: Badge::state(tone, page.t(&format!("status-{}", product.status.as_str()))),
        pictures: pictures.collect(),
        offer: Offer::of(&page, &product, &with),
        history: teller.tell_all(&page, &entries),
        start: from,
        plan: if typed.pairs().any(|(name, _)| name == "on_sale") {
            typed.clone()
        } else {
            publication::form_of(&planned, &app.brand.zone)
        },
        zone: app.brand.zone.clone(),
        rows,
        pages,
        typed,
        form,
        product,
        page,
        me,
    })
}

/// Each value of an option that several variants share, and whether the picture is that of all of them.
fn shown_values(product: &Product, picture: MediaId) -> Vec<(String, bool)> {
    let values = product.options.iter().filter(|option| option.values.len() > 1).flat_map(|option| &option.values);
    let shows = |value: &String| {
        let mut of = product.variants.iter().filter(|variant| variant.option_values.contains(value)).peekable();
        of.peek().is_some() && of.all(|variant| variant.media == Some(picture))
    };
    values.map(|value| (value.clone(), shows(value))).collect()
}

fn prices(tx: &ReadTx<'_>, product: &Product, currency: kernel::Currency) -> Result<HashMap<catalogue::VariantId, PriceEntry>, Fault> {
    let Some(list) = base_list(tx, currency)? else { return Ok(HashMap::new()) };
    let ids: Vec<_> = product.variants.iter().map(|variant| variant.id).collect();
    pricing::prices_on_list(tx, &list, &ids)
}

async fn product(
    State(app): State<App>,
    Entered { page, me }: Entered,
    Path(text): Path<String>,
    Query(From { from, find }): Query<From>,
) -> Answer {
    let (id, actor, find) = (id(&text)?, me.actor.clone(), find.trim().chars().take(100).collect::<String>());
    let mut shown = page_of(&app, page, me, id, from, (None, Form::new())).await?;
    if !find.is_empty() {
        let text = find.clone();
        let found = app.db.read(move |tx| goes_with::find(tx, &actor, id, &text)).await?;
        shown.offer = shown.offer.finding(&shown.page, find, &found);
    }
    show(&shown)
}

async fn save(State(app): State<App>, Entered { page, me }: Entered, Path(text): Path<String>, mut form: Form) -> Answer {
    let (actor, id, wanted) = (me.actor.clone(), id(&text)?, change(&form));
    match app.db.write("catalogue.update_product", move |tx| catalogue::update_product(tx, &actor, id, wanted.clone())).await {
        Ok(saved) => page.go_saying(&format!("/studio/products/{id}"), &Flash::ok("studio-saved-version").with(saved.version.to_string())),
        Err(error) if matches!(error.kind(), Kind::Fault | Kind::Forbidden | Kind::NotFound) => Err(error.into()),
        Err(error) => {
            form.refuse(field(&error), why(&page, &error));
            show_refused(&page_of(&app, page, me, id, 0, (Some(form), Form::new())).await?)
        }
    }
}

/// Publish, take back, archive: one press, and one to undo it.
async fn set_status(State(app): State<App>, Entered { page, me }: Entered, Path((text, status)): Path<(String, Status)>) -> Answer {
    let (actor, id) = (me.actor, id(&text)?);
    let change = ProductChange { status: Some(status), ..ProductChange::default() };
    let done = app.db.write("catalogue.update_product", move |tx| -> Result<(Status, Product), EditError> {
        let before = catalogue::product(tx, id)?.ok_or(EditError::UnknownProduct)?.status;
        Ok((before, catalogue::update_product(tx, &actor, id, change.clone())?))
    });
    let (before, product) = done.await?;
    let flash = Flash::ok(&format!("studio-status-{}", status.as_str())).with(title(&product, &page));
    page.go_saying(&format!("/studio/products/{id}"), &flash.undo(format!("/studio/products/{id}/status/{}", before.as_str())))
}

/// An amount as it is typed: `19.90`.
pub(super) fn typed_amount(amount: Money) -> String {
    amount.decimal()
}
