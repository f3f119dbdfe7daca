//! Shopify's product export: rows with the same handle are one product. Its first row carries the texts, each row with options, SKU or
//! price is a variant, each row with an image a picture.
//!
//! Source: Shopify Help Center, "Using CSV files to import and export products" (read 2025-11).

use super::cells;
use super::incoming::{Incoming, IncomingVariant};
use super::layout::{Grouped, Said};
use super::sheet::{Row, Sheet, problem};
use super::{ImportOptions, LineProblem};
use crate::{Status, derived_sku};
use std::collections::HashMap;

/// Columns that are taken up.
const TAKEN: [&str; 27] = [
    "Handle",
    "Title",
    "Body (HTML)",
    "Vendor",
    "Type",
    "Tags",
    "Published",
    "Status",
    "Option1 Name",
    "Option1 Value",
    "Option2 Name",
    "Option2 Value",
    "Option3 Name",
    "Option3 Value",
    "Variant SKU",
    "Variant Grams",
    "Variant Inventory Qty",
    "Variant Price",
    "Variant Compare At Price",
    "Variant Taxable",
    "Variant Barcode",
    "Image Src",
    "Image Position",
    "Image Alt Text",
    "SEO Title",
    "SEO Description",
    "Variant Image",
];

/// Columns of the layout that mean nothing here.
const PASSED_OVER: [&str; 9] = [
    "Product Category",
    "Variant Inventory Tracker",
    "Variant Inventory Policy",
    "Variant Fulfillment Service",
    "Variant Requires Shipping",
    "Gift Card",
    "Variant Weight Unit",
    "Variant Tax Code",
    "Cost per item",
];

const OPTIONS: [(&str, &str); 3] =
    [("Option1 Name", "Option1 Value"), ("Option2 Name", "Option2 Value"), ("Option3 Name", "Option3 Value")];

pub(super) fn canonical(name: &str) -> Option<String> {
    let is_known = TAKEN.contains(&name) || PASSED_OVER.contains(&name) || name.starts_with("Google Shopping / ");
    is_known.then(|| name.to_owned())
}

pub(super) fn group(sheet: &Sheet) -> Grouped {
    let mut grouped = Grouped::default();
    let mut at: HashMap<String, usize> = HashMap::new();
    for (n, row) in sheet.rows.iter().enumerate() {
        let Some(handle) = sheet.filled(row, "Handle").map(str::to_lowercase) else {
            grouped.problems.push(problem(row.line, "Handle", "a handle is needed on every line"));
            continue;
        };
        let index = *at.entry(handle).or_insert(grouped.groups.len());
        if index == grouped.groups.len() {
            grouped.groups.push(Vec::new());
        }
        grouped.groups[index].push(n);
    }
    grouped
}

pub(super) fn read(sheet: &Sheet, rows: &[&Row], options: ImportOptions, said: &mut Said<'_>) -> Option<Incoming> {
    let first = rows.first()?;
    let handle = sheet.filled(first, "Handle")?.to_lowercase();
    let mut product = first_row(sheet, first, handle, said.problems);
    for row in rows {
        if let Some(variant) = variant(sheet, row, &product, options, said) {
            product.variants.push(variant);
        }
        media(sheet, row, &mut product, said.problems);
    }
    product.media.sort_by_key(|media| media.position);
    Some(product)
}

fn first_row(sheet: &Sheet, row: &Row, handle: String, problems: &mut Vec<LineProblem>) -> Incoming {
    let text = |column| sheet.cell(row, column).map(str::to_owned);
    let mut flag = |column| match sheet.filled(row, column)?.to_ascii_lowercase().as_str() {
        "true" | "yes" | "1" => Some(true),
        "false" | "no" | "0" => Some(false),
        other => {
            problems.push(problem(row.line, column, format!("`{other}` is neither true nor false")));
            None
        }
    };
    let (is_published, is_taxable) = (flag("Published"), flag("Variant Taxable"));
    let mut status = is_published.map(|yes| if yes { Status::Active } else { Status::Draft });
    if let Some(word) = sheet.filled(row, "Status") {
        match word.to_ascii_lowercase().parse() {
            // A product that is ready but not on the web shop is a draft here.
            Ok(Status::Active) if is_published == Some(false) => status = Some(Status::Draft),
            Ok(word) => status = Some(word),
            Err(why) => problems.push(problem(row.line, "Status", why)),
        }
    }
    // The layout's word for "no options" is an option Title with the value Default Title.
    let is_single = sheet.cell(row, "Option1 Value") == Some("Default Title");
    let named = OPTIONS.iter().filter_map(|(name, _)| sheet.filled(row, name)).map(str::to_owned);
    Incoming {
        line: row.line,
        handle,
        title: text("Title"),
        body: text("Body (HTML)"),
        seo_title: text("SEO Title"),
        seo_description: text("SEO Description"),
        vendor: text("Vendor"),
        category: text("Type"),
        tags: sheet.cell(row, "Tags").map(|tags| tags.split(',').map(|tag| tag.trim().to_owned()).filter(|tag| !tag.is_empty()).collect()),
        status,
        is_taxable,
        options: if is_single { Vec::new() } else { named.collect() },
        ..Incoming::default()
    }
}

fn variant(
    sheet: &Sheet,
    row: &Row,
    product: &Incoming,
    options: ImportOptions,
    Said { problems, notes }: &mut Said<'_>,
) -> Option<IncomingVariant> {
    let marks = ["Option1 Value", "Variant SKU", "Variant Price"];
    if !marks.iter().any(|mark| sheet.has(mark))
        || (row.line != product.line && !marks.iter().any(|mark| sheet.filled(row, mark).is_some()))
    {
        return None;
    }
    let mut option_values = Vec::new();
    for (at, (_, column)) in OPTIONS.iter().enumerate() {
        match (sheet.filled(row, column), product.options.get(at)) {
            (Some(value), Some(_)) => option_values.push(value.to_owned()),
            (None, Some(name)) => problems.push(problem(row.line, column, format!("a value for `{name}` is needed"))),
            (Some("Default Title"), None) | (None, None) => {}
            (Some(value), None) => problems.push(problem(row.line, column, format!("`{value}` belongs to no option: its name is missing"))),
        }
    }
    let (price, was) = (
        cells::money(sheet, row, "Variant Price", options, problems),
        cells::money(sheet, row, "Variant Compare At Price", options, problems),
    );
    let compare_at = was.filter(|was| price.is_some_and(|price| was.minor > price.minor));
    if was.is_some() && compare_at.is_none() && was.map(|was| was.minor) != price.map(|price| price.minor) {
        notes.push(problem(row.line, "Variant Compare At Price", "it is not above the price and was passed over"));
    }
    let sku = sheet.filled(row, "Variant SKU").map(|sku| sku.trim_start_matches('\'').to_owned());
    Some(IncomingVariant {
        line: row.line,
        is_sku_derived: sku.is_none(),
        sku: sku.unwrap_or_else(|| derived_sku(&product.handle, &option_values)),
        option_values,
        weight_grams: cells::whole(sheet, row, "Variant Grams", problems),
        barcode: cells::barcode(sheet, row, "Variant Barcode", problems),
        picture: sheet.filled(row, "Variant Image").map(str::to_owned),
        price,
        compare_at,
        quantity: cells::whole(sheet, row, "Variant Inventory Qty", problems).map(|quantity| quantity.max(0)),
    })
}

fn media(sheet: &Sheet, row: &Row, product: &mut Incoming, problems: &mut Vec<LineProblem>) {
    let pictures = [("Image Src", sheet.cell(row, "Image Alt Text")), ("Variant Image", None)];
    for (column, alt) in pictures {
        let Some(source) = sheet.filled(row, column) else { continue };
        let position = if column == "Image Src" { cells::whole(sheet, row, "Image Position", problems) } else { Some(i64::MAX) };
        product.add_media(source, position, alt);
    }
}
