//! Open Food Facts: one product a row, with what stands on its label. It has no prices; what comes in is a draft.
//!
//! Source: the columns of its published CSV; allergens stand between underscores.

use super::cells;
use super::incoming::{Incoming, IncomingVariant};
use super::layout::{Grouped, Said};
use super::sheet::{Row, Sheet};
use crate::TaxCategory;

/// Columns that are taken up.
const TAKEN: [&str; 4] = ["barcode", "product_name", "ingredients", "product_image"];

/// What 100 g have, as a label says it, and the unit.
const NUTRITION: [(&str, &str, &str); 9] = [
    ("fat_amount", "Grasas", "g"),
    ("saturated_fats", "de las cuales saturadas", "g"),
    ("carbohydrate", "Hidratos de carbono", "g"),
    ("sugar", "de los cuales azúcares", "g"),
    ("dietary_fiber", "Fibra alimentaria", "g"),
    ("protein", "Proteínas", "g"),
    ("salt", "Sal", "g"),
    ("sodium", "Sodio", "g"),
    ("alcohol", "Alcohol", "% vol"),
];

pub(super) fn canonical(name: &str) -> Option<String> {
    let is_known = TAKEN.contains(&name) || name == "is_healthy" || NUTRITION.iter().any(|(column, ..)| *column == name);
    is_known.then(|| name.to_owned())
}

pub(super) fn group(sheet: &Sheet) -> Grouped {
    Grouped { groups: (0..sheet.rows.len()).map(|n| vec![n]).collect(), ..Grouped::default() }
}

pub(super) fn read(sheet: &Sheet, rows: &[&Row], said: &mut Said<'_>) -> Option<Incoming> {
    let row = rows.first()?;
    let sku = sheet.filled(row, "barcode").unwrap_or_default().to_owned();
    let mut product = Incoming {
        line: row.line,
        is_handle_derived: true,
        title: sheet.cell(row, "product_name").map(str::to_owned),
        body: Some(body(sheet, row)),
        tax_category: Some(TaxCategory::Reduced),
        ..Incoming::default()
    };
    if let Some(source) = sheet.filled(row, "product_image") {
        product.add_media(source, None, None);
    }
    let barcode = cells::barcode(sheet, row, "barcode", said.problems);
    product.variants.push(IncomingVariant { line: row.line, is_sku_derived: sku.is_empty(), sku, barcode, ..IncomingVariant::default() });
    Some(product)
}

fn body(sheet: &Sheet, row: &Row) -> String {
    let mut body = String::new();
    if let Some(ingredients) = sheet.filled(row, "ingredients") {
        body.push_str(&allergens(&cells::html(ingredients)));
    }
    let told = NUTRITION
        .iter()
        .filter_map(|(column, name, unit)| Some(format!("<li>{name}: {} {unit}</li>", number(sheet.filled(row, column)?)?)));
    let told: String = told.collect();
    if !told.is_empty() {
        body.push_str(&format!("<p>Por 100 g:</p><ul>{told}</ul>"));
    }
    body
}

/// At most two decimals, as a label has them.
fn number(text: &str) -> Option<String> {
    let number: f64 = text.parse().ok().filter(|number: &f64| number.is_finite() && *number >= 0.0)?;
    let rounded = format!("{number:.2}");
    Some(rounded.trim_end_matches('0').trim_end_matches('.').replace('.', ","))
}

/// `_leche_` stands out.
fn allergens(text: &str) -> String {
    let parts: Vec<&str> = text.split('_').collect();
    if parts.len().is_multiple_of(2) {
        return text.replace('_', " ");
    }
    parts.iter().enumerate().map(|(n, part)| if n % 2 == 1 { format!("<strong>{part}</strong>") } else { (*part).to_owned() }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn allergens_stand_out_and_numbers_are_as_on_a_label() {
        assert_eq!(allergens("agua, _leche_, sal"), "agua, <strong>leche</strong>, sal");
        assert_eq!(allergens("a_b"), "a b");
        assert_eq!((number("0.511811"), number("10"), number("x")), (Some("0,51".into()), Some("10".into()), None));
    }
}
