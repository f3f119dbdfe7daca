//! Codes that lead to the exact item: GS1 Digital Links (`/01/{GTIN}`) for what has a barcode, short codes (`/q/{SKU or handle}`) for everything.
//!
//! `?s=` says where the code is: on a shelf, in the window, in an advert. It goes along to the product's page, which keeps it with the visit.

use super::words::encoded;
use crate::{Answer, App, Trouble};
use axum::Router;
use axum::extract::{OriginalUri, Path, Query, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Redirect};
use axum::routing::get;
use catalogue::{DigitalLink, Leniency, LinkError, Product, ScanError, Variant, VariantCard};
use kernel::{Actor, Fault, Problem};
use serde::Deserialize;

/// Letters of a place.
const PLACE: usize = 40;

pub(super) fn routes() -> Router<App> {
    Router::new().route("/01/{*link}", get(open_link)).route("/q/{code}", get(open_code))
}

#[derive(Debug, Default, Deserialize)]
struct Asked {
    #[serde(default)]
    s: String,
}

/// Where a code is, as it is kept: `Escaparate Vigo` as `escaparate-vigo`.
pub(crate) fn place(text: &str) -> String {
    catalogue::slug(&text.chars().take(PLACE).collect::<String>())
}

/// The address that a variant's code holds: its digital link where it has a barcode, else its short code.
pub(crate) fn address_of(base: &str, variant: &Variant, place: &str) -> String {
    let link = variant.barcode.as_ref().and_then(|code| DigitalLink::write(base, &[("01", &code.gtin14())], Leniency::default()).ok());
    with_place(link.unwrap_or_else(|| short(base, &variant.sku)), place)
}

/// The address of a product's short code.
pub(crate) fn address_of_product(base: &str, product: &Product, place: &str) -> String {
    with_place(short(base, &product.handle), place)
}

fn short(base: &str, code: &str) -> String {
    format!("{base}/q/{}", encoded(code).replace('+', "%20"))
}

fn with_place(address: String, place: &str) -> String {
    if place.is_empty() { address } else { format!("{address}?s={place}") }
}

/// A wrong link says what is wrong with it (400), an article that we do not have that we do not have it (404).
async fn open_link(State(app): State<App>, OriginalUri(uri): OriginalUri, Query(asked): Query<Asked>) -> Answer {
    let bad = |error: LinkError| Trouble::coded(StatusCode::BAD_REQUEST, error.code());
    let link = DigitalLink::read_path(uri.path(), uri.query().unwrap_or_default(), Leniency::ALL).map_err(bad)?;
    let gtin = link.gtin().ok_or_else(Trouble::not_found)?.to_owned();
    let found = app.db.read(move |tx| match catalogue::by_barcode(tx, &gtin) {
        Ok(card) => Ok(Some(card)),
        Err(ScanError::Fault(fault)) => Err(fault),
        Err(_) => Ok(None),
    });
    let card = found.await?.ok_or_else(|| Trouble::coded(StatusCode::NOT_FOUND, "catalogue.unknown_code"))?;
    to(&page_of(&card), &asked)
}

async fn open_code(State(app): State<App>, Path(code): Path<String>, Query(asked): Query<Asked>) -> Answer {
    let found = app.db.read(move |tx| {
        if let Some(card) = catalogue::by_sku(tx, &code)? {
            return Ok::<_, Fault>(Some(page_of(&card)));
        }
        let product = catalogue::product_by_handle(tx, &Actor::guest(), &code)?;
        Ok(product.map(|product| format!("/products/{}", product.handle)))
    });
    let page = found.await?.ok_or_else(|| Trouble::coded(StatusCode::NOT_FOUND, "catalogue.unknown_code"))?;
    to(&page, &asked)
}

fn page_of(card: &VariantCard) -> String {
    format!("/products/{}?sku={}", card.handle, encoded(&card.sku))
}

/// Nobody keeps the way: what a code leads to may change, and each scan is asked for anew.
fn to(page: &str, asked: &Asked) -> Answer {
    let place = place(&asked.s);
    let join = if page.contains('?') { '&' } else { '?' };
    let page = if place.is_empty() { page.to_owned() } else { format!("{page}{join}s={place}") };
    Ok(([(header::CACHE_CONTROL, "no-store")], Redirect::to(&page)).into_response())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_a_short_word() {
        assert_eq!((place("Escaparate Vigo").as_str(), place("<b>&s=1").as_str(), place("").as_str()), ("escaparate-vigo", "b-s-1", ""));
        assert_eq!(place(&"x".repeat(99)).len(), PLACE);
        assert_eq!(with_place(short("https://marca.test", "CAM A/1"), "tv"), "https://marca.test/q/CAM%20A%2F1?s=tv");
    }
}
