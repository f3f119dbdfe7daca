//! A product as search engines read it.

use super::super::codes::address_of;
use super::super::json_ld::{JsonLd, crumbs, organization};
use super::super::words::{encoded, word};
use super::data::Data;
use super::view::gallery;
use crate::plain::{decimal, plain};
use crate::{App, Page};
use catalogue::Variant;
use inventory::StockPolicy;
use serde_json::{Value, json};

/// Variants told of.
const MOST: usize = 200;

pub(super) fn product(app: &App, page: &Page, data: &Data) -> JsonLd {
    let (known, locale, base) = (&data.product, page.locale, &app.brand.public_url);
    let title = known.title.get(locale);
    let images: Vec<_> = gallery(data, locale).into_iter().map(|picture| format!("{base}{}", picture.url)).collect();
    let offers: Vec<_> =
        known.variants.iter().filter(|variant| variant.is_active).filter_map(|variant| offer(app, data, variant)).take(MOST).collect();
    let maker = if known.vendor.is_empty() { &app.brand.name } else { &known.vendor };
    let mut product = json!({
        "@type": "Product", "name": title, "image": images, "productID": known.handle, "url": format!("{base}/products/{}", known.handle),
        "description": plain(known.description_html.get(locale)), "brand": { "@type": "Brand", "name": maker }, "offers": offers,
    });
    let category = word(app, locale, &known.category);
    if !category.is_empty() {
        product["category"] = category.clone().into();
    }
    let material: Vec<_> = known.attributes().filter(|(name, _)| *name == "material").map(|(_, value)| word(app, locale, value)).collect();
    if !material.is_empty() {
        product["material"] = material.into();
    }
    if let Some(average) = data.average {
        let value = format!("{}.{}", average.tenths / 10, average.tenths % 10);
        product["aggregateRating"] =
            json!({ "@type": "AggregateRating", "ratingValue": value, "ratingCount": average.ratings, "bestRating": 5, "worstRating": 1 });
    }
    let mut way = vec![(page.t("home"), "/".to_owned())];
    if !category.is_empty() {
        way.push((category, format!("/products?category={}", known.category_key())));
    }
    way.push((title.to_owned(), format!("/products/{}", known.handle)));
    JsonLd::of(vec![product, crumbs(app, &way)])
}

fn offer(app: &App, data: &Data, variant: &Variant) -> Option<Value> {
    let (price, base) = (data.prices.get(&variant.id)?, &app.brand.public_url);
    let ahead = data.ahead.get(&variant.id).filter(|_| data.anywhere(variant.id) <= 0);
    let there = match ahead.map(|ahead| ahead.policy) {
        Some(StockPolicy::Preorder) => "PreOrder",
        Some(_) => "BackOrder",
        None if data.anywhere(variant.id) > 0 => "InStock",
        None => "OutOfStock",
    };
    let mut offer = json!({
        "@type": "Offer", "sku": variant.sku, "price": decimal(price.price), "priceCurrency": price.price.currency.code(),
        "availability": format!("https://schema.org/{there}"), "itemCondition": "https://schema.org/NewCondition",
        "url": format!("{base}/products/{}?sku={}", data.product.handle, encoded(&variant.sku)), "seller": organization(app),
    });
    if let Some(ahead) = ahead {
        offer["availabilityStarts"] = ahead.expected.to_string().into();
    }
    if let Some(barcode) = variant.barcode.as_ref().filter(|barcode| barcode.is_global()) {
        offer["gtin"] = barcode.as_str().into();
        offer["hasGS1DigitalLink"] = address_of(base, variant, "").into();
    }
    Some(offer)
}
