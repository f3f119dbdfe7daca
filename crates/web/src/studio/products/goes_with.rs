//! What a product is offered with: found by name, put in order, taken out.

use super::id;
use crate::studio::{Entered, why};
use crate::ui::{Badge, Tone};
use crate::{Answer, App, Flash, Form, Page, picture_url};
use axum::Router;
use axum::extract::{Path, State};
use axum::routing::post;
use catalogue::{EditError, MAX_GOES_WITH, Product, ProductCard, ProductChange, ProductId, StaffFilter, Status};
use kernel::{Actor, Fault, Kind, Problem, ReadTx, Tx};

/// Products found that are shown.
const FOUND: usize = 8;

pub(super) fn routes() -> Router<App> {
    Router::new().route("/studio/products/{id}/goes-with", post(change)).route("/studio/products/{id}/goes-with/undo/{version}", post(undo))
}

/// One that is offered, or found.
pub(super) struct Row {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) picture: String,
    /// A service, or a thing.
    pub(super) kind: String,
    /// Not on sale, so that customers are not offered it.
    pub(super) state: Option<Badge>,
}

/// The section of the product's page.
#[derive(Default)]
pub(super) struct Offer {
    pub(super) rows: Vec<Row>,
    pub(super) is_full: bool,
    /// What was searched for; empty for nothing.
    pub(super) find: String,
    pub(super) found: Vec<Row>,
}

impl Offer {
    pub(super) fn of(page: &Page, product: &Product, cards: &[ProductCard]) -> Self {
        let rows = cards.iter().map(|card| row(page, card)).collect();
        Offer { rows, is_full: product.goes_with.len() >= MAX_GOES_WITH, ..Offer::default() }
    }
    /// With what was found for `find`.
    pub(super) fn finding(self, page: &Page, find: String, found: &[ProductCard]) -> Self {
        Offer { find, found: found.iter().map(|card| row(page, card)).collect(), ..self }
    }
}

fn row(page: &Page, card: &ProductCard) -> Row {
    let state = Badge::state(Tone::Warn, page.t(&format!("status-{}", card.status.as_str())));
    Row {
        id: card.id.to_string(),
        title: card.title.get(page.locale).to_owned(),
        picture: picture_url(card.picture.as_ref().map_or("", |picture| &picture.source)),
        kind: page.t(if card.is_service { "goes-with-service" } else { "goes-with-complement" }),
        state: (card.status != Status::Active).then_some(state),
    }
}

/// Products by name that may still be offered with this one.
pub(super) fn find(tx: &ReadTx<'_>, actor: &Actor, product: ProductId, text: &str) -> Result<Vec<ProductCard>, Fault> {
    let Some(product) = catalogue::product(tx, product)? else { return Ok(Vec::new()) };
    let filter = StaffFilter { text: Some(text.to_owned()), ..StaffFilter::default() };
    let found = match catalogue::staff_list(tx, actor, &filter, None, FOUND + MAX_GOES_WITH + 1) {
        Ok(found) => found.items,
        Err(catalogue::ListError::Fault(fault)) => return Err(fault),
        Err(_) => Vec::new(),
    };
    let is_new = |card: &ProductCard| card.id != product.id && !product.goes_with.contains(&card.id) && card.status != Status::Archived;
    Ok(found.into_iter().filter(is_new).take(FOUND).collect())
}

/// Put one in, take one out, or move one by a place.
async fn change(State(app): State<App>, Entered { page, me }: Entered, Path(text): Path<String>, form: Form) -> Answer {
    let (id, actor, seen) = (id(&text)?, me.actor, form.value("version").parse().ok());
    let other = super::id(form.value("product"))?;
    let step = form.value("do").to_owned();
    let done = app.db.write("catalogue.update_product", move |tx: &mut Tx<'_>| {
        let mut named = catalogue::product(tx, id)?.ok_or(EditError::UnknownProduct)?.goes_with;
        let at = named.iter().position(|known| *known == other);
        match (step.as_str(), at) {
            ("remove", Some(at)) => drop(named.remove(at)),
            ("up", Some(at)) if at > 0 => named.swap(at, at - 1),
            ("down", Some(at)) if at + 1 < named.len() => named.swap(at, at + 1),
            ("add", _) => named.push(other),
            _ => {}
        }
        let change = ProductChange { if_version: seen, goes_with: Some(named), ..ProductChange::default() };
        catalogue::update_product(tx, &actor, id, change)
    });
    let to = format!("/studio/products/{id}#goes-with");
    match done.await {
        // A change that changed nothing has nothing to undo.
        Ok(saved) if seen == Some(saved.version) => page.go(&to),
        Ok(saved) => {
            let flash = Flash::ok("studio-saved-version").with(saved.version.to_string());
            page.go_saying(&to, &flash.undo(format!("/studio/products/{id}/goes-with/undo/{}", saved.version)))
        }
        Err(error) if matches!(error.kind(), Kind::Fault | Kind::Forbidden | Kind::NotFound) => Err(error.into()),
        Err(error) => page.go_saying(&to, &Flash::bad("studio-goes-refused").with(why(&page, &error))),
    }
}

/// As it was before the change that made this version.
async fn undo(State(app): State<App>, Entered { page, me }: Entered, Path((text, version)): Path<(String, i64)>) -> Answer {
    let (id, actor) = (id(&text)?, me.actor);
    let command = move |tx: &mut Tx<'_>| catalogue::versions::restore_version(tx, &actor, id, version - 1, version);
    let to = format!("/studio/products/{id}#goes-with");
    match app.db.write("catalogue.restore_version", command).await {
        Ok(saved) => page.go_saying(&to, &Flash::ok("version-restored-flash").with(saved.version.to_string())),
        Err(error) if matches!(error.kind(), Kind::Fault | Kind::Forbidden | Kind::NotFound) => Err(error.into()),
        Err(error) => page.go_saying(&to, &Flash::bad("version-not-restored").with(why(&page, &error))),
    }
}
