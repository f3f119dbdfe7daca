//! A product as the till shows it: colours by sizes, and the chosen variant.

use super::counter::Counter;
use super::line::units_at;
use super::product::Data;
use super::words;
use crate::storefront::shops::open_words;
use crate::storefront::words::{encoded, swatch};
use crate::ui::{Bar, Bars, Picture, Price, Swatch, Tone};
use crate::{App, Page, Trouble, large_picture_url};
use askama::Template;
use askama::filters::HtmlSafe;
use catalogue::{Product, ProductOption, Variant};

/// All variants: a row per colour, a column per size.
#[derive(Template)]
#[template(path = "till/_grid.html")]
pub(super) struct Grid {
    page: Page,
    /// Where a variant leads, before its SKU.
    base: String,
    sizes: Vec<String>,
    rows: Vec<GridRow>,
    /// Nothing of it lies anywhere, so there is nothing to count.
    is_service: bool,
}
impl HtmlSafe for Grid {}

struct GridRow {
    picture: Picture,
    swatch: Option<Swatch>,
    name: String,
    cells: Vec<Option<Cell>>,
}

struct Cell {
    sku: String,
    size: String,
    here: i64,
    elsewhere: i64,
    is_chosen: bool,
}

impl Cell {
    fn class(&self) -> &'static str {
        match (self.here, self.elsewhere) {
            (1.., _) => "cell here",
            (_, 1..) => "cell elsewhere",
            _ => "cell none",
        }
    }
}

fn colour(product: &Product) -> Option<&ProductOption> {
    product.options.iter().find(|option| option.is_colour())
}

impl Grid {
    pub(super) fn of(app: &App, counter: &Counter, data: &Data) -> Self {
        let (page, product) = (&counter.page, &data.product);
        let colours = colour(product);
        let size = product.options.iter().find(|option| !option.is_colour());
        let sizes: Vec<String> = size.map_or_else(|| vec![String::new()], |option| option.values.clone());
        let names: Vec<Option<&String>> = colours.map_or_else(|| vec![None], |option| option.values.iter().map(Some).collect());
        let rows = names.into_iter().map(|name| {
            let fits = |variant: &&Variant| match (colours, name) {
                (Some(option), Some(name)) => product.value_of(variant, option) == Some(name.as_str()),
                _ => true,
            };
            let mine: Vec<&Variant> = product.variants.iter().filter(|variant| variant.is_active).filter(fits).collect();
            let of_size = |value: &String| {
                mine.iter().find(|variant| size.is_none_or(|option| product.value_of(variant, option) == Some(value.as_str())))
            };
            GridRow {
                picture: picture(product, mine.first().copied()),
                swatch: name.map(|name| swatch(app, page.locale, name)),
                name: name.map_or_else(String::new, |name| words::value_word(app, page, name)),
                cells: sizes.iter().map(|value| of_size(value).map(|variant| cell(app, counter, data, variant, value))).collect(),
            }
        });
        Grid {
            rows: rows.collect(),
            base: format!("/till/products/{}", product.handle),
            sizes: sizes.iter().map(|value| words::value_word(app, page, value)).collect(),
            is_service: product.is_service,
            page: page.clone(),
        }
    }

    /// The same, leading elsewhere.
    pub(super) fn leading_to(self, base: &str) -> Self {
        Grid { base: base.to_owned(), ..self }
    }
}

fn cell(app: &App, counter: &Counter, data: &Data, variant: &Variant, size: &str) -> Cell {
    let here = units_at(&data.stock, variant.id, counter.shop.id);
    let all: i64 = data.stock.get(&variant.id).map_or(0, |places| places.values().map(|quantity| quantity.0).sum());
    Cell {
        sku: encoded(&variant.sku),
        size: words::value_word(app, &counter.page, size),
        here,
        elsewhere: all - here,
        is_chosen: data.chosen.as_ref().is_some_and(|chosen| chosen.id == variant.id),
    }
}

fn picture(product: &Product, variant: Option<&Variant>) -> Picture {
    Picture { url: large_picture_url(product.picture(variant).map_or("", |media| media.source.as_str())), alt: String::new() }
}

/// The chosen variant.
pub(super) struct Chosen {
    pub(super) variant: String,
    pub(super) sku: String,
    pub(super) label: String,
    pub(super) picture: Picture,
    pub(super) price: Option<Price>,
    /// What our web asks, or that it asks the same; empty where it asks nothing.
    pub(super) web: String,
    /// The reasons behind the price, or why there is none.
    pub(super) why: Vec<String>,
    pub(super) is_for_sale: bool,
    pub(super) is_service: bool,
    pub(super) here: i64,
    pub(super) online: i64,
    /// Shops to collect in: id and words.
    pub(super) shops: Vec<(String, String)>,
    /// Nothing for a service.
    pub(super) bars: Option<Bars>,
}

/// Stock of the chosen variant, by itself for the live line.
#[derive(Template)]
#[template(source = "<div id=\"bars\">{% if let Some(bars) = bars %}{{ bars }}{% endif %}</div>", ext = "html")]
pub(super) struct BarsPart<'a> {
    bars: Option<&'a Bars>,
}
impl HtmlSafe for BarsPart<'_> {}

impl Chosen {
    pub(super) fn of(app: &App, counter: &Counter, data: &Data) -> Result<Option<Self>, Trouble> {
        let (page, product) = (&counter.page, &data.product);
        let Some(variant) = &data.chosen else { return Ok(None) };
        let here = units_at(&data.stock, variant.id, counter.shop.id);
        let online: i64 = data.places.iter().filter(|p| p.details.ships).map(|p| units_at(&data.stock, variant.id, p.id)).sum();
        let (price, why) = match &data.quote {
            Some(Ok(quote)) => {
                let line = &quote.lines[0];
                let was = line.compare_at.or_else(|| Some(line.subtotal).filter(|before| before.minor > line.total.minor));
                let price = Price::of(line.total, page.locale).large();
                let price = was.map_or(price.clone(), |was| price.was(was, page.locale));
                (Some(price), line.why.iter().map(|why| why.sentence(page.locale)).collect())
            }
            _ => (None, vec![page.t("till-no-price")]),
        };
        let label = variant.option_values.iter().map(|value| words::value_word(app, page, value)).collect::<Vec<_>>().join(" · ");
        let asked = data.quote.as_ref().and_then(|quote| quote.as_ref().ok()).map(|quote| quote.lines[0].unit_price);
        let web = data.web.as_ref().map_or_else(String::new, |web| match asked {
            Some(asked) if asked == web.price => page.t("till-same-on-the-web"),
            _ => page.tv("till-on-the-web", web.price.format(page.locale)),
        });
        Ok(Some(Chosen {
            web,
            variant: variant.id.to_string(),
            sku: variant.sku.clone(),
            label: if product.options.is_empty() { String::new() } else { label },
            picture: picture(product, Some(variant)),
            is_for_sale: variant.is_active && product.is_visible() && price.is_some(),
            is_service: product.is_service,
            price,
            why,
            here,
            online,
            shops: shops(page, counter, data),
            bars: (!product.is_service).then(|| bars(counter, data, variant, online)),
        }))
    }
    pub(super) fn bars_part(&self) -> BarsPart<'_> {
        BarsPart { bars: self.bars.as_ref() }
    }
}

fn shops(page: &Page, counter: &Counter, data: &Data) -> Vec<(String, String)> {
    if data.product.is_service {
        return Vec::new();
    }
    let near = data.near.iter().map(|near| {
        let values = [
            ("place", near.location.details.city.clone().into()),
            ("n", near.available.map_or(0, |available| available.0).into()),
            ("far", words::distance(page, near.metres).into()),
        ];
        (near.location.id.to_string(), format!("{} · {}", page.tw("till-shop-near", &values), open_words(page, &near.location)))
    });
    let own = data.chosen.as_ref().map_or(0, |variant| units_at(&data.stock, variant.id, counter.shop.id));
    let here = (own > 0).then(|| (counter.shop.id.to_string(), page.t("till-way-collect-here")));
    near.chain(here).collect()
}

/// Here, near by nearest first, and what can be sent.
pub(super) fn bars(counter: &Counter, data: &Data, variant: &Variant, online: i64) -> Bars {
    let page = &counter.page;
    let here = units_at(&data.stock, variant.id, counter.shop.id);
    let near = data.near.iter().map(|near| {
        let name = format!("{} · {}", near.location.details.city, words::distance(page, near.metres));
        (name, String::new(), near.available.map_or(0, |available| available.0), false)
    });
    let own = (page.tv("till-here", &counter.shop.details.city), String::new(), here, true);
    let mut bars = Bars::stock(page.t("till-stock-of-it"), std::iter::once(own).chain(near));
    let most = bars.bars.iter().filter_map(|bar| bar.value.parse::<i64>().ok()).max().unwrap_or(0).max(1);
    bars.bars.push(Bar {
        name: page.t("till-online"),
        href: String::new(),
        value: online.to_string(),
        percent: u8::try_from(online * 100 / most).unwrap_or(100).min(100),
        tone: if online > 0 { Tone::Live } else { Tone::Plain },
        here: false,
    });
    bars
}
