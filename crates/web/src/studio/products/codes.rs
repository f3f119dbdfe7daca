//! A product's codes, for each variant: to print on labels of shelves and to put into adverts.

use super::{base_list, id, title};
use crate::storefront::codes::{address_of, address_of_product, place};
use crate::studio::{Entered, Me};
use crate::ui::{Pages, Qr};
use crate::{Answer, App, Page, Trouble, show};
use askama::Template;
use axum::Router;
use axum::extract::{Path, Query, State};
use axum::routing::get;
use kernel::{Fault, Permission};
use serde::Deserialize;

/// Labels of one page.
const STEP: usize = 60;

pub(super) fn routes() -> Router<App> {
    Router::new().route("/studio/products/{id}/codes", get(codes))
}

/// A label: what it is, what it costs, and the code.
struct Label {
    name: String,
    sku: String,
    price: String,
    address: String,
    qr: Qr,
}

#[derive(Template)]
#[template(path = "studio/products/codes.html")]
struct Codes {
    page: Page,
    me: Me,
    id: String,
    title: String,
    place: String,
    labels: Vec<Label>,
    pages: Pages,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Asked {
    /// Where the codes will be.
    s: String,
    /// The first variant that is shown.
    from: usize,
}

async fn codes(State(app): State<App>, Entered { page, me }: Entered, Path(text): Path<String>, Query(asked): Query<Asked>) -> Answer {
    me.actor.require(Permission::ViewCatalogue)?;
    let (id, currency) = (id(&text)?, app.brand.currency);
    let read = app.db.read(move |tx| {
        let Some(product) = catalogue::product(tx, id)? else { return Ok::<_, Fault>(None) };
        let shown: Vec<_> = product.variants.iter().skip(asked.from).take(STEP).map(|variant| variant.id).collect();
        let prices = match base_list(tx, currency)? {
            Some(list) => pricing::prices_on_list(tx, &list, &shown)?,
            None => Default::default(),
        };
        Ok(Some((product, prices)))
    });
    let (product, prices) = read.await?.ok_or_else(Trouble::not_found)?;
    let (place, base, name) = (place(&asked.s), &app.brand.public_url, title(&product, &page));
    let label = |says: String, sku: &str, price: String, address: String| {
        let qr = Qr::of(&address, page.tv("studio-code-of", format!("{name} {says}").trim()));
        Label { name: says, sku: sku.to_owned(), price, address, qr }
    };
    let whole = label(page.t("studio-code-whole"), "", String::new(), address_of_product(base, &product, &place));
    let variants = product.variants.iter().skip(asked.from).take(STEP).map(|variant| {
        let price = prices.get(&variant.id).map(|entry| page.money(&entry.price)).unwrap_or_default();
        label(variant.option_values.join(" / "), &variant.sku, price, address_of(base, variant, &place))
    });
    let labels = variants.chain((asked.from == 0).then_some(whole)).collect();
    let last = asked.from + STEP;
    let link = |from: usize, key: &str| (page.with_query("from", &from.to_string()), page.t(key));
    let pages = Pages {
        label: page.t("studio-variant-pages"),
        previous: (asked.from > 0).then(|| link(asked.from.saturating_sub(STEP), "studio-previous")),
        next: (last < product.variants.len()).then(|| link(last, "studio-more")),
        about: String::new(),
    };
    show(&Codes { id: id.to_string(), title: name.clone(), place, labels, pages, me, page: page.clone() })
}
