//! Google Merchant Center's product data, one row for each variant; rows of one `item_group_id` are one product.
//!
//! Source: Google Merchant Center Help, "Product data specification", and `ProductAttributes` of the Merchant API (read 2025-11). Meta's
//! catalogue has the same columns.

use super::cells;
use super::incoming::{Incoming, IncomingVariant};
use super::layout::{Grouped, Said};
use super::sheet::{Row, Sheet, problem};
use super::{ImportOptions, LineProblem};
use crate::Status;
use kernel::{Locale, Money};
use std::collections::HashMap;

/// Columns that are taken up.
const TAKEN: [&str; 25] = [
    "id",
    "title",
    "description",
    "image_link",
    "additional_image_link",
    "availability",
    "price",
    "sale_price",
    "sale_price_effective_date",
    "brand",
    "gtin",
    "item_group_id",
    "color",
    "size",
    "material",
    "pattern",
    "gender",
    "age_group",
    "product_type",
    "google_product_category",
    "condition",
    "shipping_weight",
    "quantity",
    "sell_on_google_quantity",
    "quantity_to_sell_on_facebook",
];

/// Columns of the layout that mean nothing here.
const PASSED_OVER: [&str; 42] = [
    "link",
    "mobile_link",
    "canonical_link",
    "ads_redirect",
    "mpn",
    "identifier_exists",
    "availability_date",
    "cost_of_goods_sold",
    "expiration_date",
    "unit_pricing_measure",
    "unit_pricing_base_measure",
    "installment",
    "subscription_cost",
    "loyalty_points",
    "loyalty_program",
    "auto_pricing_min_price",
    "maximum_retail_price",
    "multipack",
    "is_bundle",
    "adult",
    "energy_efficiency_class",
    "certification",
    "size_type",
    "size_system",
    "product_length",
    "product_width",
    "product_height",
    "product_weight",
    "product_detail",
    "product_highlight",
    "lifestyle_image_link",
    "shipping",
    "shipping_label",
    "shipping_length",
    "shipping_width",
    "shipping_height",
    "ships_from_country",
    "tax",
    "tax_category",
    "excluded_destination",
    "included_destination",
    "fb_product_category",
];

/// By what variants of one product may differ: the column, and what the option and the tag are called.
const CHOICES: [(&str, [&str; 2], &str); 6] = [
    ("color", ["Color", "Colour"], "color"),
    ("size", ["Talla", "Size"], "talla"),
    ("material", ["Material", "Material"], "material"),
    ("pattern", ["Estampado", "Pattern"], "estampado"),
    ("age_group", ["Edad", "Age"], "edad"),
    ("gender", ["Género", "Gender"], "genero"),
];

const QUANTITIES: [&str; 3] = ["quantity", "sell_on_google_quantity", "quantity_to_sell_on_facebook"];

/// `image link`, `g:image_link` and `Image Link` are one column.
pub(super) fn canonical(name: &str) -> Option<String> {
    let name = name.to_ascii_lowercase().replace([' ', '-'], "_");
    let name = name.strip_prefix("g:").unwrap_or(&name);
    let is_known = TAKEN.contains(&name) || PASSED_OVER.contains(&name) || name.starts_with("custom_label") || name.starts_with("video");
    is_known.then(|| name.to_owned())
}

pub(super) fn group(sheet: &Sheet) -> Grouped {
    let mut grouped = Grouped::default();
    let mut at: HashMap<&str, usize> = HashMap::new();
    for (n, row) in sheet.rows.iter().enumerate() {
        if sheet.filled(row, "id").is_none() {
            grouped.problems.push(problem(row.line, "id", "an id is needed on every line"));
            continue;
        }
        let next = grouped.groups.len();
        let index = sheet.filled(row, "item_group_id").map_or(next, |group| *at.entry(group).or_insert(next));
        if index == next {
            grouped.groups.push(Vec::new());
        }
        grouped.groups[index].push(n);
    }
    grouped
}

pub(super) fn read(sheet: &Sheet, rows: &[&Row], options: ImportOptions, said: &mut Said<'_>) -> Option<Incoming> {
    let first = rows.first()?;
    let is_group = sheet.filled(first, "item_group_id").is_some();
    let filled = |column: &str| rows.iter().filter(|row| sheet.filled(row, column).is_some()).count();
    let differs = |column: &str| rows.iter().any(|row| sheet.cell(row, column) != sheet.cell(first, column));
    // Colour and size are what a group is chosen by; the rest only where its variants differ by it.
    let is_choice = |column: &str| is_group && filled(column) > 0 && (matches!(column, "color" | "size") || differs(column));
    let (choices, told): (Vec<_>, Vec<_>) = CHOICES.iter().partition(|(column, ..)| is_choice(column));
    let spoken = usize::from(options.locale == Locale::En);
    let path = sheet.cell(first, "product_type").filter(|path| !path.is_empty()).or_else(|| sheet.cell(first, "google_product_category"));
    let mut tags: Vec<String> = told.iter().filter_map(|(c, _, tag)| Some(format!("{tag}:{}", sheet.filled(first, c)?))).collect();
    if let Some(state) = sheet.filled(first, "condition").filter(|state| *state != "new") {
        tags.push(format!("estado:{state}"));
    }
    let mut product = Incoming {
        line: first.line,
        is_handle_derived: true,
        title: sheet.cell(first, "title").map(|_| title(sheet, rows)),
        body: sheet.cell(first, "description").map(cells::html),
        vendor: sheet.cell(first, "brand").map(str::to_owned),
        // A number names a category only to Google.
        category: path.filter(|path| path.parse::<u32>().is_err()).map(|path| cells::leaf(path).to_owned()),
        tags: (!tags.is_empty()).then_some(tags),
        // What is advertised is on sale.
        status: Some(Status::Active),
        options: choices.iter().map(|(_, names, _)| names[spoken].to_owned()).collect(),
        ..Incoming::default()
    };
    for row in rows {
        let mut variant = variant(sheet, row, options, said);
        for (column, names, _) in &choices {
            match sheet.filled(row, column) {
                Some(value) => variant.option_values.push(value.to_owned()),
                None => said.problems.push(problem(row.line, column, format!("a value for `{}` is needed", names[spoken]))),
            }
        }
        if let Some(source) = sheet.filled(row, "image_link") {
            product.add_media(source, None, None);
            variant.picture = is_group.then(|| source.to_owned());
        }
        for source in cells::list(sheet.cell(row, "additional_image_link").unwrap_or("")) {
            product.add_media(&source, None, None);
        }
        product.variants.push(variant);
    }
    Some(product)
}

/// The words that the titles of a group begin with alike: each often names its own colour and size behind them.
fn title(sheet: &Sheet, rows: &[&Row]) -> String {
    let titles: Vec<&str> = rows.iter().filter_map(|row| sheet.filled(row, "title")).collect();
    let Some((first, rest)) = titles.split_first() else { return String::new() };
    let words: Vec<&str> = first.split_whitespace().collect();
    let alike = |title: &&str| words.iter().zip(title.split_whitespace()).take_while(|(a, b)| **a == *b).count();
    let alike = rest.iter().map(alike).min().filter(|_| rest.iter().any(|title| title != first)).unwrap_or(words.len());
    let start = words[..alike].join(" ");
    let start = start.trim_end_matches([' ', '-', '–', '—', ',', '|', '(', '/', '·', ':']);
    if start.is_empty() { (*first).to_owned() } else { start.to_owned() }
}

fn variant(sheet: &Sheet, row: &Row, options: ImportOptions, said: &mut Said<'_>) -> IncomingVariant {
    let regular = money(sheet, row, "price", options, said.problems);
    let mut sale = money(sheet, row, "sale_price", options, said.problems);
    if sale.is_some() && sheet.filled(row, "sale_price_effective_date").is_some() {
        said.notes.push(problem(row.line, "sale_price", "it holds between dates only and was passed over"));
        sale = None;
    }
    let price = sale.or(regular);
    let weight_grams = sheet.filled(row, "shipping_weight").and_then(|text| {
        let (number, unit) = text.split_once(' ').unwrap_or((text, ""));
        let grams = cells::unit(unit).and_then(|unit| cells::grams(number, unit));
        if grams.is_none() {
            said.problems.push(problem(row.line, "shipping_weight", format!("`{text}` is not a weight such as `1.5 kg`")));
        }
        grams
    });
    let quantity = QUANTITIES.into_iter().find(|column| sheet.filled(row, column).is_some());
    IncomingVariant {
        line: row.line,
        sku: sheet.filled(row, "id").unwrap_or_default().to_owned(),
        weight_grams,
        barcode: cells::barcode(sheet, row, "gtin", said.problems),
        price,
        compare_at: regular.filter(|was| price.is_some_and(|price| was.minor > price.minor)),
        quantity: quantity.and_then(|column| cells::whole(sheet, row, column, said.problems)).map(|quantity| quantity.max(0)),
        ..IncomingVariant::default()
    }
}

/// `12.95 EUR`, in the currency of the file.
fn money(sheet: &Sheet, row: &Row, column: &str, options: ImportOptions, problems: &mut Vec<LineProblem>) -> Option<Money> {
    let text = sheet.filled(row, column)?;
    let (number, currency) = text.rsplit_once(' ').unwrap_or((text, ""));
    if !currency.is_empty() && currency != options.currency.to_string() {
        let what = format!("`{text}` is not in {}, the currency of this shop", options.currency);
        problems.push(problem(row.line, column, what));
        return None;
    }
    // `1,299.00` has a comma between thousands.
    let plain = if number.contains('.') { number.replace(',', "") } else { number.to_owned() };
    let amount = cells::amount(&plain, options);
    if amount.is_none() {
        problems.push(problem(row.line, column, format!("`{text}` is not a price such as `12.95 {}`", options.currency)));
    }
    amount
}
