//! WooCommerce's product export: a row for each product and each variation, which names its parent by SKU or `id:NUMBER`.
//!
//! Source: WooCommerce documentation, "Product CSV Importer and Exporter" and its schema of columns (read 2025-11).

use super::ImportOptions;
use super::cells;
use super::incoming::{Incoming, IncomingVariant};
use super::layout::{Grouped, Said};
use super::sheet::{Row, Sheet, problem};
use crate::{Status, TaxCategory};
use std::collections::HashMap;

/// Columns that are taken up, in English and as a shop in Spanish writes them.
const TAKEN: [(&str, &str); 18] = [
    ("ID", "ID"),
    ("Type", "Tipo"),
    ("SKU", "SKU"),
    (GTIN, "GTIN, UPC, EAN o ISBN"),
    ("Name", "Nombre"),
    ("Published", "Publicado"),
    ("Short description", "Descripción corta"),
    ("Description", "Descripción"),
    ("Tax status", "Estado del impuesto"),
    ("Tax class", "Clase de impuesto"),
    ("Stock", "Inventario"),
    ("Regular price", "Precio normal"),
    ("Sale price", "Precio rebajado"),
    ("Categories", "Categorías"),
    ("Tags", "Etiquetas"),
    ("Images", "Imágenes"),
    ("Parent", "Superior"),
    ("Brands", "Marcas"),
];
const GTIN: &str = "GTIN, UPC, EAN, or ISBN";
/// A sale that begins or ends is not everybody's price.
const DATES: [(&str, &str); 2] = [
    ("Date sale price starts", "Día en que empieza el precio rebajado"),
    ("Date sale price ends", "Día en que termina el precio rebajado"),
];

/// Columns of the layout that mean nothing here.
const PASSED_OVER: [(&str, &str); 24] = [
    ("Is featured?", "¿Está destacado?"),
    ("Visibility in catalog", "Visibilidad en el catálogo"),
    ("In stock?", "¿Existencias?"),
    ("Low stock amount", "Cantidad de bajo inventario"),
    ("Backorders allowed?", "¿Permitir reservas de productos agotados?"),
    ("Sold individually?", "¿Vendido individualmente?"),
    ("Length (cm)", "Longitud (cm)"),
    ("Width (cm)", "Anchura (cm)"),
    ("Height (cm)", "Altura (cm)"),
    ("Length (in)", "Longitud (in)"),
    ("Width (in)", "Anchura (in)"),
    ("Height (in)", "Altura (in)"),
    ("Allow customer reviews?", "¿Permitir valoraciones de clientes?"),
    ("Purchase note", "Nota de compra"),
    ("Shipping class", "Clase de envío"),
    ("Download limit", "Límite de descargas"),
    ("Download expiry days", "Días de caducidad de la descarga"),
    ("Grouped products", "Productos agrupados"),
    ("Upsells", "Ventas dirigidas"),
    ("Cross-sells", "Ventas cruzadas"),
    ("External URL", "URL externa"),
    ("Button text", "Texto del botón"),
    ("Position", "Posición"),
    ("Swatches Attributes", "Swatches Attributes"),
];

/// Attributes of one product that are looked at.
const ATTRIBUTES: usize = 20;

pub(super) fn canonical(name: &str) -> Option<String> {
    let known = TAKEN.iter().chain(&DATES).chain(&PASSED_OVER).find(|(english, spanish)| *english == name || *spanish == name);
    if let Some((english, _)) = known {
        return Some((*english).to_owned());
    }
    let unit = name.strip_prefix("Weight (").or_else(|| name.strip_prefix("Peso (")).and_then(|rest| rest.strip_suffix(')'));
    if let Some(unit) = unit {
        return cells::unit(unit).map(|_| format!("Weight ({unit})"));
    }
    if name.starts_with("Meta: ") || name.starts_with("Download ") || name.starts_with("Descarga ") {
        return Some(name.to_owned());
    }
    attribute(name)
}

/// `Attribute 1 name`, or `Nombre del atributo 1`.
fn attribute(name: &str) -> Option<String> {
    let forms = [
        ("Attribute ", " name", "name"),
        ("Nombre del atributo ", "", "name"),
        ("Attribute ", " value(s)", "value(s)"),
        ("Valor(es) del atributo ", "", "value(s)"),
        ("Attribute ", " visible", "visible"),
        ("Atributo visible ", "", "visible"),
        ("Attribute ", " global", "global"),
        ("Atributo global ", "", "global"),
        ("Attribute ", " default", "default"),
        ("Atributo por defecto ", "", "default"),
    ];
    forms.iter().find_map(|(before, after, what)| {
        let number: usize = name.strip_prefix(before)?.strip_suffix(after)?.parse().ok()?;
        (1..=ATTRIBUTES).contains(&number).then(|| format!("Attribute {number} {what}"))
    })
}

/// The kind of product, without what it is besides: `simple, downloadable` is `simple`.
fn kind<'a>(sheet: &'a Sheet, row: &'a Row) -> &'a str {
    let text = sheet.cell(row, "Type").unwrap_or("");
    text.split(',')
        .map(str::trim)
        .find(|word| matches!(*word, "simple" | "variable" | "variation" | "grouped" | "external"))
        .unwrap_or(text)
}

pub(super) fn group(sheet: &Sheet) -> Grouped {
    let mut grouped = Grouped::default();
    let mut by_name: HashMap<String, usize> = HashMap::new();
    for (n, row) in sheet.rows.iter().enumerate().filter(|(_, row)| kind(sheet, row) != "variation") {
        match kind(sheet, row) {
            "simple" | "variable" => {
                let sku = sheet.filled(row, "SKU").map(str::to_owned);
                let id = sheet.filled(row, "ID").map(|id| format!("id:{id}"));
                for name in sku.into_iter().chain(id) {
                    by_name.entry(name).or_insert(grouped.groups.len());
                }
                grouped.groups.push(vec![n]);
            }
            other @ ("grouped" | "external") => {
                grouped.notes.push(problem(row.line, "Type", format!("a product of type `{other}` is not sold here and was passed over")));
            }
            other => {
                grouped.problems.push(problem(row.line, "Type", format!("`{other}` is no type of product: simple, variable or variation")))
            }
        }
    }
    for (n, row) in sheet.rows.iter().enumerate().filter(|(_, row)| kind(sheet, row) == "variation") {
        let parent = sheet.filled(row, "Parent").unwrap_or("");
        match by_name.get(parent) {
            Some(at) => grouped.groups[*at].push(n),
            None if parent.is_empty() => grouped.problems.push(problem(row.line, "Parent", "a variation needs its parent")),
            None => grouped.problems.push(problem(row.line, "Parent", format!("there is no product `{parent}` in the file"))),
        }
    }
    grouped
}

pub(super) fn read(sheet: &Sheet, rows: &[&Row], options: ImportOptions, said: &mut Said<'_>) -> Option<Incoming> {
    let (first, variations) = rows.split_first()?;
    let mut product = texts(sheet, first, said);
    let own = attributes(sheet, first);
    let sold: Vec<&Row> = variations.iter().copied().filter(|row| is_sold(sheet, row, said)).collect();
    let of_each: Vec<Vec<Attribute>> = sold.iter().map(|row| attributes(sheet, row)).collect();
    // What the variations differ by are options, in the order of the parent; the parent's other attributes describe it.
    let is_option = |name: &str| of_each.iter().flatten().any(|(_, known, value)| known == name && !value.is_empty());
    product.options = own.iter().map(|(_, name, _)| name.clone()).filter(|name| is_option(name)).collect();
    if sheet.has("Attribute 1 name") || product.tags.is_some() {
        let told = own.iter().filter(|(_, name, _)| !is_option(name));
        let told =
            told.flat_map(|(_, name, values)| cells::list(values).into_iter().map(move |value| format!("{}:{value}", name.to_lowercase())));
        product.tags.get_or_insert_default().extend(told);
    }
    if kind(sheet, first) == "simple" {
        let variant = variant(sheet, first, Vec::new(), options, said);
        product.variants.push(variant);
    }
    for (row, values) in sold.into_iter().zip(of_each) {
        let mut option_values = Vec::with_capacity(product.options.len());
        for name in &product.options {
            match values.iter().find(|(_, known, value)| known == name && !value.is_empty()) {
                Some((.., value)) => option_values.push(value.clone()),
                None => {
                    let number = own.iter().find(|(_, known, _)| known == name).map_or(1, |(number, ..)| *number);
                    let column = format!("Attribute {number} value(s)");
                    said.problems.push(problem(row.line, &column, format!("a value for `{name}` is needed")));
                }
            }
        }
        let mut variant = variant(sheet, row, option_values, options, said);
        if let Some(source) = cells::list(sheet.cell(row, "Images").unwrap_or("")).first() {
            product.add_media(source, None, None);
            variant.picture = Some(source.clone());
        }
        product.variants.push(variant);
    }
    if kind(sheet, first) == "variable" && product.variants.is_empty() {
        said.notes.push(problem(first.line, "Type", "it has no variation that is sold"));
    }
    Some(product)
}

fn is_sold(sheet: &Sheet, row: &Row, said: &mut Said<'_>) -> bool {
    let is_sold = !matches!(sheet.filled(row, "Published"), Some("0" | "-1"));
    if !is_sold {
        said.notes.push(problem(row.line, "Published", "the variation is not published and was passed over"));
    }
    is_sold
}

/// Its number, name and values.
type Attribute = (usize, String, String);

/// In the order of their numbers.
fn attributes(sheet: &Sheet, row: &Row) -> Vec<Attribute> {
    let named = (1..=ATTRIBUTES).filter_map(|n| {
        let name = sheet.filled(row, &format!("Attribute {n} name"))?;
        Some((n, name.to_owned(), sheet.cell(row, &format!("Attribute {n} value(s)")).unwrap_or("").to_owned()))
    });
    named.collect()
}

fn texts(sheet: &Sheet, row: &Row, said: &mut Said<'_>) -> Incoming {
    let categories = sheet.cell(row, "Categories").map(cells::list);
    let tags = sheet.cell(row, "Tags").map(cells::list);
    let status = match sheet.filled(row, "Published") {
        None => None,
        Some("1") => Some(Status::Active),
        Some("0" | "-1") => Some(Status::Draft),
        Some(other) => {
            said.problems.push(problem(row.line, "Published", format!("`{other}` is none of 1, 0 and -1")));
            None
        }
    };
    // The short description stands first in the shop; here both are one text.
    let bodies: Vec<&str> = ["Short description", "Description"].iter().filter_map(|column| sheet.cell(row, column)).collect();
    let body = bodies.iter().map(|text| cells::html(&text.replace("\\n", "\n"))).filter(|text| !text.is_empty()).collect::<Vec<_>>();
    // Further categories are tags, so that nothing that was said is lost.
    let further = categories.iter().flat_map(|all| all.iter().skip(1)).map(|path| cells::leaf(path).to_owned());
    let mut product = Incoming {
        line: row.line,
        is_handle_derived: true,
        title: sheet.cell(row, "Name").map(str::to_owned),
        body: (!bodies.is_empty()).then(|| body.join("\n")),
        vendor: sheet.cell(row, "Brands").map(|brands| cells::list(brands).into_iter().next().unwrap_or_default()),
        tags: tags.map(|tags| tags.into_iter().chain(further).collect()),
        category: categories.as_ref().map(|all| all.first().map(|path| cells::leaf(path).to_owned()).unwrap_or_default()),
        status,
        tax_category: tax(sheet, row),
        is_taxable: sheet.filled(row, "Tax status").map(|status| status != "none"),
        ..Incoming::default()
    };
    for source in cells::list(sheet.cell(row, "Images").unwrap_or("")) {
        product.add_media(&source, None, None);
    }
    product
}

/// The classes that a shop has from the beginning; others keep what is known.
fn tax(sheet: &Sheet, row: &Row) -> Option<TaxCategory> {
    if sheet.filled(row, "Tax status") == Some("none") {
        return Some(TaxCategory::Zero);
    }
    match sheet.filled(row, "Tax class")?.to_lowercase().as_str() {
        "standard" | "estándar" | "taxable" => Some(TaxCategory::Standard),
        "reduced-rate" | "tasa-reducida" => Some(TaxCategory::Reduced),
        "super-reduced-rate" | "tasa-superreducida" => Some(TaxCategory::SuperReduced),
        "zero-rate" | "tasa-cero" => Some(TaxCategory::Zero),
        _ => None,
    }
}

fn variant(sheet: &Sheet, row: &Row, option_values: Vec<String>, options: ImportOptions, said: &mut Said<'_>) -> IncomingVariant {
    let regular = cells::money(sheet, row, "Regular price", options, said.problems);
    let mut sale = cells::money(sheet, row, "Sale price", options, said.problems);
    if sale.is_some() && DATES.iter().any(|(column, _)| sheet.filled(row, column).is_some()) {
        said.notes.push(problem(row.line, "Sale price", "it holds between dates only and was passed over"));
        sale = None;
    }
    let price = sale.or(regular);
    let compare_at = regular.filter(|was| price.is_some_and(|price| was.minor > price.minor));
    if sale.is_some() && regular.is_some() && compare_at.is_none() && sale != regular {
        said.notes.push(problem(row.line, "Sale price", "it is not below the regular price"));
    }
    let weight = ["kg", "g", "lbs", "oz"]
        .into_iter()
        .find_map(|unit| Some((format!("Weight ({unit})"), cells::unit(unit)?)).filter(|(c, _)| sheet.has(c)));
    let weight_grams = weight.and_then(|(column, unit)| {
        let text = sheet.filled(row, &column)?;
        let grams = cells::grams(text, unit);
        if grams.is_none() {
            said.problems.push(problem(row.line, &column, format!("`{text}` is not a weight")));
        }
        grams
    });
    let sku = sheet.filled(row, "SKU").map(|sku| sku.trim_start_matches('\'').to_owned());
    // A variation whose parent keeps the stock says `parent`.
    let quantity = match sheet.filled(row, "Stock") {
        Some("parent") | None => None,
        Some(_) => cells::whole(sheet, row, "Stock", said.problems),
    };
    IncomingVariant {
        line: row.line,
        is_sku_derived: sku.is_none(),
        sku: sku.unwrap_or_default(),
        option_values,
        weight_grams,
        barcode: cells::barcode(sheet, row, GTIN, said.problems),
        picture: None,
        price,
        compare_at,
        quantity: quantity.map(|quantity| quantity.max(0)),
    }
}
