//! Products: a fast grid, one page for each, and whole catalogues from a file.

mod bulk;
mod codes;
mod draft;
mod edit;
mod goes_with;
mod import;
mod imported;
mod list;
mod new;
mod parts;
mod pictures;
mod publication;
mod row;
mod variants;
mod versions;

use crate::{App, Page, Trouble};
use axum::Router;
use catalogue::{Product, ProductId, Status};
use kernel::{Actor, Currency, Fault, ReadTx, Tx};
use pricing::{NewPriceList, PriceError, PriceList};

/// Routes of these pages.
pub(super) fn routes() -> Router<App> {
    Router::new()
        .merge(list::routes())
        .merge(row::routes())
        .merge(bulk::routes())
        .merge(import::routes())
        .merge(imported::routes())
        .merge(new::routes())
        .merge(edit::routes())
        .merge(variants::routes())
        .merge(parts::routes())
        .merge(pictures::routes())
        .merge(publication::routes())
        .merge(goes_with::routes())
        .merge(codes::routes())
        .merge(versions::routes())
}

/// The code of the list that is made when a price is typed and there is no list yet.
const BASE: &str = "base";

/// The ordinary prices: everybody's weakest list in the brand's currency.
fn base_list(tx: &ReadTx<'_>, currency: Currency) -> Result<Option<PriceList>, Fault> {
    let lists = pricing::price_lists(tx)?;
    Ok(lists.into_iter().filter(|list| list.audience.is_none() && list.currency == currency).min_by_key(|list| list.priority))
}

/// The same, made where there is none yet.
fn base_list_made(tx: &mut Tx<'_>, actor: &Actor, currency: Currency) -> Result<PriceList, PriceError> {
    match base_list(tx, currency)? {
        Some(list) => Ok(list),
        None => pricing::create_price_list(tx, actor, NewPriceList::base(BASE, currency)),
    }
}

fn id(text: &str) -> Result<ProductId, Trouble> {
    text.parse().map_err(|_| Trouble::not_found())
}

/// Every status with its name.
fn statuses(page: &Page) -> Vec<(&'static str, String)> {
    Status::ALL.iter().map(|status| (status.as_str(), page.t(&format!("status-{}", status.as_str())))).collect()
}

/// The kinds that tax rates are set for.
fn tax_categories(page: &Page) -> Vec<(&'static str, String)> {
    catalogue::TaxCategory::ALL.iter().map(|tax| (tax.as_str(), page.t(&format!("tax-{}", tax.as_str().replace('_', "-"))))).collect()
}

/// The title for staff, in their language.
fn title(product: &Product, page: &Page) -> String {
    product.title.get(page.locale).to_owned()
}
