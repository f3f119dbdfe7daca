//! What the file says, product by product. Knows nothing of the database.

use super::sheet::{Row, Sheet, parse, problem};
use super::{ImportOptions, LineProblem};
use crate::{Barcode, Status, derived_sku};
use kernel::Money;
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

/// The whole file.
#[derive(Debug, Default)]
pub(super) struct File {
    pub(super) products: Vec<Incoming>,
    pub(super) problems: Vec<LineProblem>,
    pub(super) notes: Vec<LineProblem>,
}

/// One product. `None` means that the file has no such column.
#[derive(Debug, Default)]
pub(super) struct Incoming {
    pub(super) line: u64,
    pub(super) handle: String,
    pub(super) title: Option<String>,
    pub(super) body: Option<String>,
    pub(super) seo_title: Option<String>,
    pub(super) seo_description: Option<String>,
    pub(super) vendor: Option<String>,
    pub(super) category: Option<String>,
    pub(super) tags: Option<Vec<String>>,
    pub(super) status: Option<Status>,
    pub(super) is_taxable: Option<bool>,
    /// Names; empty for a single variant.
    pub(super) options: Vec<String>,
    pub(super) variants: Vec<IncomingVariant>,
    pub(super) media: Vec<IncomingMedia>,
}

#[derive(Debug, Default)]
pub(super) struct IncomingVariant {
    pub(super) line: u64,
    pub(super) sku: String,
    /// The file gave none; it was made from handle and values.
    pub(super) is_sku_derived: bool,
    pub(super) option_values: Vec<String>,
    pub(super) weight_grams: Option<i64>,
    pub(super) barcode: Option<Option<Barcode>>,
    pub(super) picture: Option<String>,
    pub(super) price: Option<Money>,
    pub(super) compare_at: Option<Money>,
    pub(super) quantity: Option<i64>,
}

#[derive(Debug)]
pub(super) struct IncomingMedia {
    pub(super) source: String,
    position: i64,
    pub(super) alt: Option<String>,
}

/// Read the file; whatever is wrong with it is in `problems`, by line.
pub(super) fn read(bytes: &[u8], options: ImportOptions) -> File {
    let is_known = |name: &str| TAKEN.contains(&name) || PASSED_OVER.contains(&name) || name.starts_with("Google Shopping / ");
    let mut sheet = parse(bytes, &["Handle"], is_known);
    let mut file = File { problems: std::mem::take(&mut sheet.problems), notes: std::mem::take(&mut sheet.notes), ..File::default() };
    let mut at: HashMap<String, usize> = HashMap::new();
    for row in &sheet.rows {
        let Some(handle) = sheet.filled(row, "Handle").map(str::to_lowercase) else {
            file.problems.push(problem(row.line, "Handle", "a handle is needed on every line"));
            continue;
        };
        let index = *at.entry(handle.clone()).or_insert(file.products.len());
        if index == file.products.len() {
            let product = first_row(&sheet, row, handle, &mut file.problems);
            file.products.push(product);
        }
        let product = &mut file.products[index];
        if let Some(variant) = variant(&sheet, row, product, options, (&mut file.problems, &mut file.notes)) {
            product.variants.push(variant);
        }
        media(&sheet, row, product, &mut file.problems);
    }
    for product in &mut file.products {
        product.media.sort_by_key(|media| media.position);
    }
    names(&mut file);
    file.problems.sort_by_key(|found| found.line);
    file
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
        variants: Vec::new(),
        media: Vec::new(),
    }
}

fn variant(
    sheet: &Sheet,
    row: &Row,
    product: &Incoming,
    options: ImportOptions,
    (problems, notes): (&mut Vec<LineProblem>, &mut Vec<LineProblem>),
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
    let mut money = |column| {
        let text = sheet.filled(row, column)?;
        let amount = Money::parse(text, options.currency).ok().filter(|amount| amount.minor >= 0);
        if amount.is_none() {
            problems.push(problem(row.line, column, format!("`{text}` is not a price")));
        }
        amount
    };
    let (price, was) = (money("Variant Price"), money("Variant Compare At Price"));
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
        weight_grams: whole(sheet, row, "Variant Grams", problems),
        barcode: barcode(sheet, row, problems),
        picture: sheet.filled(row, "Variant Image").map(str::to_owned),
        price,
        compare_at,
        quantity: whole(sheet, row, "Variant Inventory Qty", problems).map(|quantity| quantity.max(0)),
    })
}

fn barcode(sheet: &Sheet, row: &Row, problems: &mut Vec<LineProblem>) -> Option<Option<Barcode>> {
    let text = sheet.cell(row, "Variant Barcode")?.trim_start_matches('\'');
    if text.is_empty() {
        return Some(None);
    }
    match text.parse() {
        Ok(code) => Some(Some(code)),
        Err(error) => {
            problems.push(problem(row.line, "Variant Barcode", crate::BarcodeError::to_string(&error)));
            None
        }
    }
}

/// A whole number; `250.0` is one, `2.5` is not.
fn whole(sheet: &Sheet, row: &Row, column: &str, problems: &mut Vec<LineProblem>) -> Option<i64> {
    let text = sheet.filled(row, column)?;
    let (digits, rest) = text.split_once('.').unwrap_or((text, ""));
    let number = digits.parse().ok().filter(|_| rest.bytes().all(|b| b == b'0'));
    if number.is_none() {
        problems.push(problem(row.line, column, format!("`{text}` is not a whole number")));
    }
    number
}

fn media(sheet: &Sheet, row: &Row, product: &mut Incoming, problems: &mut Vec<LineProblem>) {
    let pictures = [("Image Src", sheet.cell(row, "Image Alt Text")), ("Variant Image", None)];
    for (column, alt) in pictures {
        let Some(source) = sheet.filled(row, column) else { continue };
        if product.media.iter().any(|known| known.source == source) {
            continue;
        }
        let position = if column == "Image Src" { whole(sheet, row, "Image Position", problems) } else { Some(i64::MAX) };
        let position = position.unwrap_or(product.media.len() as i64 + 1);
        product.media.push(IncomingMedia { source: source.to_owned(), position, alt: alt.map(str::to_owned) });
    }
}

/// SKUs, barcodes and combinations of options stand once in the file; SKUs that had to be made are noted.
fn names(file: &mut File) {
    let mut skus: HashMap<String, u64> = HashMap::new();
    let mut barcodes: HashMap<String, u64> = HashMap::new();
    for product in &mut file.products {
        let mut combinations: HashMap<Vec<String>, u64> = HashMap::new();
        for variant in &mut product.variants {
            if let Some(first) = combinations.insert(variant.option_values.clone(), variant.line) {
                let what = if variant.option_values.is_empty() {
                    "a product without options".to_owned()
                } else {
                    variant.option_values.join(" / ")
                };
                file.problems.push(problem(variant.line, "Option1 Value", format!("{what} is already on line {first}")));
                continue;
            }
            if variant.is_sku_derived {
                let plain = variant.sku.clone();
                let free = (2..).map(|n| format!("{plain}-{n}"));
                variant.sku = std::iter::once(plain.clone()).chain(free).find(|sku| !skus.contains_key(sku)).unwrap_or(plain);
                file.notes.push(problem(variant.line, "Variant SKU", format!("there is no SKU; `{}` was made for it", variant.sku)));
            }
            if let Some(first) = skus.insert(variant.sku.clone(), variant.line) {
                file.problems.push(problem(variant.line, "Variant SKU", format!("the SKU `{}` is already on line {first}", variant.sku)));
            }
            if let Some(code) = variant.barcode.as_ref().and_then(Option::as_ref)
                && let Some(first) = barcodes.insert(code.gtin14(), variant.line)
            {
                file.problems.push(problem(variant.line, "Variant Barcode", format!("the barcode {code} is already on line {first}")));
            }
        }
    }
}
