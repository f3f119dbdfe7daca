//! What goes with a product, on its pages in the shop and at the till: into the cart with one press.

use crate::storefront::words::word;
use crate::{App, Page, picture_url};
use askama::Template;
use askama::filters::HtmlSafe;
use flows::Offered;

/// Where it is offered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Door {
    /// The shop on the web.
    Shop,
    /// The till.
    Till,
}

/// One that is offered.
struct Row {
    href: String,
    name: String,
    picture: String,
    kind: String,
    price: String,
    /// Id and words of what can be added.
    variants: Vec<(String, String)>,
}

/// The section of a page.
#[derive(Template)]
#[template(path = "ui/goes_with.html")]
pub(crate) struct GoesWith {
    page: Page,
    at_till: bool,
    /// Where a refused press leads.
    back: String,
    rows: Vec<Row>,
}
impl HtmlSafe for GoesWith {}

impl GoesWith {
    pub(crate) fn of(app: &App, page: &Page, offered: &[Offered], door: Door, back: String) -> Self {
        let base = if door == Door::Till { "/till/products/" } else { "/products/" };
        let rows = offered.iter().map(|one| row(app, page, one, base)).collect();
        GoesWith { page: page.clone(), at_till: door == Door::Till, back, rows }
    }
}

fn row(app: &App, page: &Page, one: &Offered, base: &str) -> Row {
    let price = one.from.format(page.locale);
    // What there is to choose, and not what is the same for all.
    let varies = |name: &str| one.card.options.iter().any(|option| option.name == name && option.values.len() > 1);
    let variant = |(variant, price): &(catalogue::VariantCard, kernel::Money)| {
        let chosen = variant.options.iter().filter(|(name, _)| varies(name)).map(|(_, value)| word(app, page.locale, value));
        let words = chosen.collect::<Vec<_>>().join(" · ");
        let words = if one.is_range { format!("{words}, {}", price.format(page.locale)) } else { words };
        (variant.id.to_string(), words)
    };
    Row {
        href: format!("{base}{}", one.card.handle),
        name: one.card.title.get(page.locale).to_owned(),
        picture: picture_url(one.card.picture.as_ref().map_or("", |picture| &picture.source)),
        kind: if one.card.is_service { page.t("goes-with-service") } else { String::new() },
        price: if one.is_range { page.tv("store-from", price) } else { price },
        variants: one.variants.iter().map(variant).collect(),
    }
}
