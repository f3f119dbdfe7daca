//! Products side by side: the same lines on every screen, and which of them differ.

use crate::storefront::visitor::is_shop;
use crate::storefront::words::{encoded, word};
use crate::{App, Page, picture_url};
use askama::{Template, filters::HtmlSafe};
use catalogue::ratings::Average;
use catalogue::{ListError, ListFilter, Product, Sort, Variant};
use inventory::Location;
use kernel::{Actor, Money, ReadTx};
use pricing::PriceContext;

/// Products that fit side by side.
const MOST: usize = 4;
/// Products of the same kind that are offered beside them.
const OFFERED: usize = 12;

/// Products side by side, with what they may be compared with; the same in the shop and on the tablet.
#[derive(Template, Debug, Clone)]
#[template(path = "ui/comparison.html")]
pub(crate) struct Comparison {
    page: Page,
    columns: Vec<Column>,
    rows: Vec<Row>,
    /// Where each leads, and its name.
    offered: Vec<(String, String)>,
    is_full: bool,
}
impl HtmlSafe for Comparison {}

#[derive(Debug, Clone)]
struct Column {
    title: String,
    href: String,
    picture: String,
    /// The comparison without it.
    without: String,
}

#[derive(Debug, Clone)]
struct Row {
    name: String,
    /// One for each product; empty where it says nothing of it.
    values: Vec<String>,
    differs: bool,
}

impl Comparison {
    /// True when nothing that was asked for is on sale.
    pub(crate) fn is_empty(&self) -> bool {
        self.columns.is_empty()
    }
}

/// What is read of one product.
struct Known {
    product: Product,
    cheapest: Option<Money>,
    average: Option<Average>,
    /// Shops that have any of it.
    shops: i64,
    /// It can be sent.
    sends: bool,
}

/// The handles of an address: `with=a&with=b`.
pub(crate) fn asked(query: Option<&str>) -> Vec<String> {
    let mut handles: Vec<String> = Vec::new();
    for (name, value) in form_urlencoded::parse(query.unwrap_or_default().as_bytes()) {
        if name == "with" && !value.is_empty() && !handles.iter().any(|known| *known == value) {
            handles.push(value.into_owned());
        }
    }
    handles.truncate(MOST);
    handles
}

/// Compare these products; unknown ones are left out. Some five statements for each, and two more. `here` is the comparison's own
/// address, `products` begins those of products.
pub(crate) fn read(
    tx: &ReadTx<'_>,
    (app, page): (&App, &Page),
    context: &PriceContext,
    handles: &[String],
    (here, products): (&str, &str),
) -> Result<Comparison, ListError> {
    let places = inventory::locations(tx, false, None, 200)?;
    let mut known: Vec<Known> = Vec::new();
    for handle in handles {
        if let Some(product) = catalogue::product_by_handle(tx, &Actor::guest(), handle)? {
            known.push(one(tx, context, &places, product)?);
        }
    }
    let shown: Vec<&str> = known.iter().map(|one| one.product.handle.as_str()).collect();
    let address = |handles: &[&str]| {
        let pairs: Vec<String> = handles.iter().map(|handle| format!("with={}", encoded(handle))).collect();
        format!("{here}?{}", pairs.join("&"))
    };
    let mut offered = Vec::new();
    if let Some(first) = known.first().filter(|_| known.len() < MOST) {
        let filter = ListFilter { category: Some(first.product.category_key()), ..ListFilter::default() };
        for card in catalogue::list(tx, &filter, Sort::Title, None, OFFERED + MOST)?.items {
            if !shown.contains(&card.handle.as_str()) && offered.len() < OFFERED {
                let with: Vec<&str> = shown.iter().copied().chain([card.handle.as_str()]).collect();
                offered.push((address(&with), card.title.get(page.locale).to_owned()));
            }
        }
    }
    let column = |one: &Known| Column {
        title: one.product.title.get(page.locale).to_owned(),
        href: format!("{products}/{}", one.product.handle),
        picture: picture_url(one.product.picture(None).map_or("", |media| &media.source)),
        without: address(&shown.iter().copied().filter(|handle| *handle != one.product.handle).collect::<Vec<_>>()),
    };
    let columns = known.iter().map(column).collect();
    Ok(Comparison { columns, rows: rows(app, page, &known), offered, is_full: known.len() == MOST, page: page.clone() })
}

fn one(tx: &ReadTx<'_>, context: &PriceContext, places: &[Location], product: Product) -> Result<Known, kernel::Fault> {
    let on_sale: Vec<&Variant> = product.variants.iter().filter(|variant| variant.is_active).collect();
    let ids: Vec<_> = on_sale.iter().map(|variant| variant.id).collect();
    let stock = flows::available(tx, &ids)?;
    let has = |place: &Location| stock.values().any(|places| places.get(&place.id).is_some_and(|units| units.is_positive()));
    let prices = pricing::variant_prices(tx, context, &ids)?;
    Ok(Known {
        cheapest: prices.values().map(|price| price.price).min_by_key(|price| price.minor),
        average: catalogue::ratings::average(tx, product.id)?,
        shops: places.iter().filter(|place| is_shop(place) && has(place)).count() as i64,
        sends: places.iter().any(|place| place.details.ships && has(place)),
        product,
    })
}

/// Price, ratings, where it is, what can be chosen, and what is said of each: a line for whatever any of them says.
fn rows(app: &App, page: &Page, known: &[Known]) -> Vec<Row> {
    let locale = page.locale;
    let mut rows: Vec<Row> = Vec::new();
    let mut add = |name: String, values: Vec<String>| {
        let differs = values.iter().any(|value| *value != values[0]);
        if values.iter().any(|value| !value.is_empty()) {
            rows.push(Row { name, values, differs });
        }
    };
    let each = |value: &dyn Fn(&Known) -> String| known.iter().map(value).collect::<Vec<_>>();
    add(page.t("compare-price"), each(&|one| one.cheapest.map_or_else(|| page.t("store-no-price"), |price| price.format(locale))));
    let stars = |average: Average| {
        let value = format!("{}{}{}", average.tenths / 10, page.t("decimal-mark"), average.tenths % 10);
        page.tw("rating-average", &[("value", value.into()), ("n", average.ratings.into())])
    };
    add(page.t("compare-rating"), each(&|one| one.average.map_or_else(String::new, stars)));
    add(page.t("compare-shops"), each(&|one| page.tn("compare-in-shops", one.shops)));
    add(page.t("compare-sends"), each(&|one| page.t(if one.sends { "compare-yes" } else { "compare-no" })));
    let named = |one: &Known, wanted: &str| {
        let options = one.product.options.iter().filter(|option| option.name == wanted).flat_map(|option| option.values.iter().cloned());
        let attributes = one.product.attributes().filter(|(name, _)| *name == wanted).map(|(_, value)| value.to_owned());
        options.chain(attributes).map(|value| word(app, locale, &value)).collect::<Vec<_>>().join(", ")
    };
    let mut names: Vec<String> = Vec::new();
    for one in known {
        let attributes = one.product.attributes().map(|(name, _)| name.to_owned()).filter(|name| name != "seleccion");
        for name in one.product.options.iter().map(|option| option.name.clone()).chain(attributes) {
            if !names.contains(&name) {
                names.push(name);
            }
        }
    }
    for name in names {
        add(word(app, locale, &name), each(&|one| named(one, &name)));
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_names_up_to_four_products_once_each() {
        assert_eq!(asked(Some("with=a&with=b&with=a&other=c&with=")), ["a", "b"]);
        assert_eq!(asked(Some("with=a&with=b&with=c&with=d&with=e")), ["a", "b", "c", "d"]);
        assert!(asked(None).is_empty());
    }
}
