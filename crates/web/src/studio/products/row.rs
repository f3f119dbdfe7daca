//! A row of the grid as a form: title, price and state, saved together or not at all.

use super::list::{Asked, page_of};
use super::{base_list, base_list_made, edit::typed_amount, id};
use crate::studio::{Entered, Me, why};
use crate::{Answer, App, Flash, Form, Page, Trouble, show, show_refused};
use axum::Router;
use axum::extract::{Path, Query, State};
use axum::routing::get;
use catalogue::{EditError, Product, ProductChange, ProductId};
use kernel::{Actor, Currency, Fault, Kind, Money, Problem, ReadTx, Tx};
use pricing::{PriceEntry, PriceError};

pub(super) fn routes() -> Router<App> {
    Router::new().route("/studio/products/{id}/row", get(left).post(save))
}

/// What is typed into a row.
pub(super) struct Typed {
    pub form: Form,
    /// All variants cost the same, or nothing yet, and this person may set prices.
    pub priced: bool,
}

/// A row as a form, with what is stored; `None` when there is no such product.
pub(super) async fn typed(app: &App, page: &Page, me: &Me, id: ProductId) -> Result<Option<Typed>, Trouble> {
    let currency = app.brand.currency;
    let found = app.db.read(move |tx| {
        let Some(product) = catalogue::product(tx, id)? else { return Ok::<_, Fault>(None) };
        let price = one_price(tx, &product, currency)?;
        Ok(Some((product, price)))
    });
    let Some((product, price)) = found.await? else { return Ok(None) };
    let form = Form::of([
        ("version", product.version.to_string()),
        ("title", product.title.get(page.locale).to_owned()),
        ("status", product.status.to_string()),
        ("price", price.flatten().map(typed_amount).unwrap_or_default()),
    ]);
    Ok(Some(Typed { form, priced: price.is_some() && me.may("prices.edit") }))
}

/// The price of all variants: `Some(None)` when none has one, `None` when they differ.
fn one_price(tx: &ReadTx<'_>, product: &Product, currency: Currency) -> Result<Option<Option<Money>>, Fault> {
    let ids: Vec<_> = product.variants.iter().map(|variant| variant.id).collect();
    if ids.is_empty() {
        return Ok(None);
    }
    let Some(list) = base_list(tx, currency)? else { return Ok(Some(None)) };
    let known = pricing::prices_on_list(tx, &list, &ids)?;
    let first = known.get(&ids[0]).map(|entry| entry.price);
    Ok(ids.iter().all(|id| known.get(id).map(|entry| entry.price) == first).then_some(first))
}

/// Which field was refused.
#[derive(Debug, thiserror::Error)]
enum SaveError {
    #[error(transparent)]
    Edit(#[from] EditError),
    #[error(transparent)]
    Price(#[from] PriceError),
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// The row as it is stored, in place of its form.
async fn left(State(app): State<App>, Entered { page, me }: Entered, Path(text): Path<String>, Query(asked): Query<Asked>) -> Answer {
    let id = id(&text)?;
    if !page.partial {
        return page.go(&format!("/studio/products?{}#row-{id}", asked.here()));
    }
    show(&page_of(&app, page, me, asked, None, Some(id)).await?)
}

async fn save(
    State(app): State<App>,
    Entered { page, me }: Entered,
    Path(text): Path<String>,
    Query(asked): Query<Asked>,
    mut form: Form,
) -> Answer {
    let (id, currency, locale) = (id(&text)?, app.brand.currency, page.locale);
    let was = typed(&app, &page, &me, id).await?.ok_or_else(Trouble::not_found)?;
    let price = match form.value("price") {
        typed if typed.is_empty() || !was.priced => None,
        typed => match Money::parse(typed, currency) {
            Ok(price) => Some(price),
            Err(_) => {
                form.refuse("price", page.t("studio-not-an-amount"));
                None
            }
        },
    };
    if form.value("title").is_empty() {
        form.refuse("title", page.t("why-catalogue-invalid-title"));
    }
    if form.is_fine() {
        let (actor, title) = (me.actor.clone(), form.value("title").to_owned());
        let (version, status) = (form.value("version").parse().ok(), form.value("status").parse().ok());
        let saved = app.db.write("studio.save_row", move |tx| {
            let mut titles = catalogue::product(tx, id)?.ok_or(EditError::UnknownProduct)?.title;
            // The other language's title shows where this one has none: left as it is, it is not this one's.
            if titles.get(locale) != title {
                title.clone_into(titles.slot(locale));
            }
            let change = ProductChange { if_version: version, title: Some(titles), status, ..ProductChange::default() };
            write(tx, &actor, (id, currency), change, price)
        });
        match saved.await {
            Ok(()) => return done(&app, page, me, asked, id, form.value("title")).await,
            Err(SaveError::Fault(fault)) => return Err(fault.into()),
            Err(SaveError::Edit(error)) if is_fatal(&error) => return Err(error.into()),
            Err(SaveError::Price(error)) if is_fatal(&error) => return Err(error.into()),
            Err(SaveError::Edit(error)) => form.refuse("title", why(&page, &error)),
            Err(SaveError::Price(error)) => form.refuse("price", why(&page, &error)),
        }
    }
    let only = page.partial.then_some(id);
    show_refused(&page_of(&app, page, me, asked, Some((id, Typed { form, priced: was.priced })), only).await?)
}

async fn done(app: &App, page: Page, me: Me, asked: Asked, id: ProductId, title: &str) -> Answer {
    if page.partial {
        return show(&page_of(app, page, me, asked, None, Some(id)).await?);
    }
    page.go_saying(&format!("/studio/products?{}#row-{id}", asked.here()), &Flash::ok("row-saved").with(title))
}

fn is_fatal(error: &impl Problem) -> bool {
    matches!(error.kind(), Kind::Fault | Kind::Forbidden | Kind::NotFound)
}

fn write(
    tx: &mut Tx<'_>,
    actor: &Actor,
    (id, currency): (ProductId, Currency),
    change: ProductChange,
    price: Option<Money>,
) -> Result<(), SaveError> {
    let product = catalogue::update_product(tx, actor, id, change)?;
    let Some(price) = price else { return Ok(()) };
    let list = base_list_made(tx, actor, currency)?;
    let ids: Vec<_> = product.variants.iter().map(|variant| variant.id).collect();
    let known = pricing::prices_on_list(tx, &list, &ids)?;
    let differing = ids.into_iter().filter(|id| known.get(id).is_none_or(|entry| entry.price != price));
    let entries = differing.map(|variant| PriceEntry {
        variant,
        price,
        compare_at: known.get(&variant).and_then(|entry| entry.compare_at).filter(|was| was.minor > price.minor),
    });
    pricing::set_prices(tx, actor, list.id, &entries.collect::<Vec<_>>())?;
    Ok(())
}
