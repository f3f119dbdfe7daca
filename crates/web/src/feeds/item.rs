//! A variant as an advert needs it, and which attributes it has. Limits are those of Google's product data specification; Meta's are wider.

use crate::plain::{decimal, fit, plain};
use crate::storefront::words::{encoded, word};
use crate::{App, large_picture_url};
use catalogue::{Product, Variant, VariantId};
use inventory::StockPolicy;
use jiff::civil::Date;
use kernel::{Fault, Locale, Money, ReadTx};
use pricing::{PriceContext, VariantPrice};

/// Most characters of an id.
const ID: usize = 50;
/// Pictures besides the first.
const MORE_PICTURES: usize = 10;

/// Whether an item can be had.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum There {
    Now,
    /// Bought before it is there, which is on that day.
    Later(Date, StockPolicy),
    No,
}

/// A variant on sale.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Item {
    pub(super) id: String,
    /// The product's id where it has several variants.
    pub(super) group: Option<String>,
    pub(super) title: String,
    pub(super) description: String,
    pub(super) link: String,
    pub(super) image: String,
    pub(super) more_images: Vec<String>,
    pub(super) there: There,
    /// What it costs, or cost before when it is reduced.
    pub(super) price: Money,
    pub(super) sale_price: Option<Money>,
    pub(super) brand: String,
    pub(super) gtin: Option<String>,
    /// The maker's own number, known only of what the brand makes itself.
    pub(super) mpn: Option<String>,
    pub(super) colour: String,
    pub(super) size: String,
    pub(super) material: String,
    pub(super) gender: &'static str,
    pub(super) age_group: &'static str,
    pub(super) category: String,
    pub(super) weight_grams: i64,
    /// Version of the product, the same on every channel.
    pub(super) version: i64,
}

/// The items of each product. Left out is what is not sold, and what an advert may not show: without a picture, or with a price that does not
/// include tax.
pub(super) fn items(tx: &ReadTx<'_>, app: &App, locale: Locale, products: &[Product]) -> Result<Vec<Vec<Item>>, Fault> {
    let on_sale = |product: &Product| product.is_visible();
    let active =
        |product: &Product| product.variants.iter().filter(|variant| variant.is_active).map(|variant| variant.id).collect::<Vec<_>>();
    let ids: Vec<_> = products.iter().filter(|product| on_sale(product)).flat_map(active).collect();
    let prices = pricing::variant_prices(tx, &PriceContext::at(app.brand.currency, tx.now()), &ids)?;
    let stock = flows::available(tx, &ids)?;
    let left = |variant: VariantId| stock.get(&variant).map_or(0, |places| places.values().map(|quantity| quantity.0).sum::<i64>());
    let ahead = flows::ahead(tx, &ids.iter().filter(|variant| left(**variant) <= 0).copied().collect::<Vec<_>>())?;
    let there = |variant: VariantId| match ahead.get(&variant) {
        _ if left(variant) > 0 => There::Now,
        Some(ahead) => There::Later(ahead.expected, ahead.policy),
        None => There::No,
    };
    let items_of = |product: &Product| {
        let item = |variant: &Variant| {
            let price = prices.get(&variant.id).filter(|price| price.is_tax_included)?;
            item(app, locale, product, variant, price, there(variant.id))
        };
        product.variants.iter().filter(|variant| variant.is_active && on_sale(product)).filter_map(item).collect()
    };
    Ok(products.iter().map(items_of).collect())
}

fn item(app: &App, locale: Locale, product: &Product, variant: &Variant, price: &VariantPrice, there: There) -> Option<Item> {
    let value = |is: fn(&catalogue::ProductOption) -> bool| {
        let option = product.options.iter().find(|option| is(option));
        let value = option.and_then(|option| product.value_of(variant, option));
        value.map_or_else(String::new, |value| fit(&word(app, locale, value), 100))
    };
    let attribute = |name: &'static str| product.attributes().filter(move |(known, _)| *known == name).map(|(_, value)| value);
    let image = image(app, &product.picture(Some(variant))?.source);
    // Pictures of other colours are theirs.
    let is_theirs = |id| product.variants.iter().any(|other| other.media == Some(id));
    let more = product.media.iter().filter(|media| !is_theirs(media.id));
    let more = more.map(|media| self::image(app, &media.source)).filter(|url| *url != image);
    let (more_images, title) = (more.take(MORE_PICTURES).collect(), title(app, locale, product, variant));
    let was = price.compare_at.filter(|was| was.minor > price.price.minor);
    let (gender, age_group) = readers(attribute("genero").next().unwrap_or_default());
    let own = product.vendor.is_empty() || product.vendor == app.brand.name;
    let description = plain(product.description_html.get(locale));
    let category = if product.category.is_empty() { String::new() } else { word(app, locale, &product.category) };
    Some(Item {
        id: if variant.sku.len() <= ID { variant.sku.clone() } else { variant.id.to_string() },
        group: (product.variants.len() > 1).then(|| product.id.to_string()),
        description: if description.is_empty() { title.clone() } else { fit(&description, 5000) },
        title,
        link: link(app, product, variant),
        image,
        more_images,
        there,
        price: was.unwrap_or(price.price),
        sale_price: was.map(|_| price.price),
        brand: fit(if product.vendor.is_empty() { &app.brand.name } else { &product.vendor }, 70),
        gtin: variant.barcode.as_ref().filter(|barcode| barcode.is_global()).map(|barcode| barcode.as_str().to_owned()),
        mpn: own.then(|| fit(&variant.sku, 70)),
        colour: value(catalogue::ProductOption::is_colour),
        size: value(catalogue::ProductOption::is_size),
        material: fit(&attribute("material").map(|value| word(app, locale, value)).collect::<Vec<_>>().join("/"), 200),
        gender,
        age_group,
        category: fit(&category, 750),
        weight_grams: variant.weight_grams,
        version: product.version,
    })
}

/// The page of exactly this variant.
pub(super) fn link(app: &App, product: &Product, variant: &Variant) -> String {
    format!("{}/products/{}?sku={}", app.brand.public_url, product.handle, encoded(&variant.sku))
}

/// `Camisa Marea, Blanco, M`.
fn title(app: &App, locale: Locale, product: &Product, variant: &Variant) -> String {
    let choices = product.options.iter().filter(|option| option.values.len() > 1);
    let words = choices.filter_map(|option| product.value_of(variant, option)).map(|value| word(app, locale, value));
    let title = std::iter::once(product.title.get(locale).to_owned()).chain(words).collect::<Vec<_>>().join(", ");
    fit(&title, 150)
}

/// A picture for others to fetch: ours by our address, one that lies elsewhere by its own. A comma would begin another in a list.
fn image(app: &App, source: &str) -> String {
    let url =
        if source.starts_with("https://") { source.to_owned() } else { format!("{}{}", app.brand.public_url, large_picture_url(source)) };
    url.replace(',', "%2C").replace(' ', "%20")
}

/// For whom, in the words of the specification.
fn readers(gender: &str) -> (&'static str, &'static str) {
    match catalogue::fold(gender).as_str() {
        "mujer" | "women" => ("female", "adult"),
        "hombre" | "men" => ("male", "adult"),
        "unisex" => ("unisex", "adult"),
        "nina" | "girls" => ("female", "kids"),
        "nino" | "boys" => ("male", "kids"),
        _ => ("", ""),
    }
}

/// `12.00 EUR`.
pub(super) fn amount(money: Money) -> String {
    format!("{} {}", decimal(money), money.currency)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_have_the_digits_of_their_currency() {
        let yen = "JPY".parse().expect("a currency");
        assert_eq!(
            (amount(Money::eur(1200)), amount(Money::eur(5)), amount(Money::new(900, yen))),
            ("12.00 EUR".into(), "0.05 EUR".into(), "900 JPY".into())
        );
    }
}
