//! Cells that several layouts write alike: numbers, prices, barcodes, lists.

use super::sheet::{Row, Sheet, problem};
use super::{ImportOptions, LineProblem};
use crate::Barcode;
use kernel::Money;

/// Far above any price, and what pricing takes.
const MOST_MINOR: i64 = 100_000_000_000_000;

pub(super) fn barcode(sheet: &Sheet, row: &Row, column: &str, problems: &mut Vec<LineProblem>) -> Option<Option<Barcode>> {
    let text = sheet.cell(row, column)?.trim_start_matches('\'');
    if text.is_empty() {
        return Some(None);
    }
    match text.parse() {
        Ok(code) => Some(Some(code)),
        Err(error) => {
            problems.push(problem(row.line, column, crate::BarcodeError::to_string(&error)));
            None
        }
    }
}

/// A whole number; `250.0` is one, `2.5` is not.
pub(super) fn whole(sheet: &Sheet, row: &Row, column: &str, problems: &mut Vec<LineProblem>) -> Option<i64> {
    let text = sheet.filled(row, column)?;
    let (digits, rest) = text.split_once('.').unwrap_or((text, ""));
    let number = digits.parse().ok().filter(|_| rest.bytes().all(|b| b == b'0'));
    if number.is_none() {
        problems.push(problem(row.line, column, format!("`{text}` is not a whole number")));
    }
    number
}

/// A price in the currency of the file.
pub(super) fn money(sheet: &Sheet, row: &Row, column: &str, options: ImportOptions, problems: &mut Vec<LineProblem>) -> Option<Money> {
    let text = sheet.filled(row, column)?;
    let amount = amount(text, options);
    if amount.is_none() {
        problems.push(problem(row.line, column, format!("`{text}` is not a price")));
    }
    amount
}

pub(super) fn amount(text: &str, options: ImportOptions) -> Option<Money> {
    Money::parse(text, options.currency).ok().filter(|amount| (0..=MOST_MINOR).contains(&amount.minor))
}

/// A weight as whole grams: a number and how many grams its unit has.
pub(super) fn grams(number: &str, unit: f64) -> Option<i64> {
    let number: f64 = number.trim().replace(',', ".").parse().ok()?;
    let grams = (number * unit).round();
    // Above a thousand tonnes it is a mistake, and below that a float holds every gram.
    (0.0..=1e9).contains(&grams).then_some(grams as i64)
}

/// How many grams a unit has.
pub(super) fn unit(name: &str) -> Option<f64> {
    match name.trim().to_ascii_lowercase().as_str() {
        "g" => Some(1.0),
        "kg" => Some(1000.0),
        "lb" | "lbs" => Some(453.592_37),
        "oz" => Some(28.349_523_125),
        _ => None,
    }
}

/// Items parted by commas; `\,` is a comma.
pub(super) fn list(text: &str) -> Vec<String> {
    let mut items = vec![String::new()];
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        match (letter, items.last_mut()) {
            (',', _) => items.push(String::new()),
            ('\\', Some(item)) if letters.peek() == Some(&',') => item.extend(letters.next()),
            (letter, Some(item)) => item.push(letter),
            (_, None) => {}
        }
    }
    items.into_iter().map(|item| item.trim().to_owned()).filter(|item| !item.is_empty()).collect()
}

/// The last step of a path such as `Ropa > Camisetas`.
pub(super) fn leaf(path: &str) -> &str {
    path.rsplit('>').next().unwrap_or(path).trim()
}

/// Plain text as HTML; what is HTML already stays, and is made safe when it is saved.
pub(super) fn html(text: &str) -> String {
    if text.contains("</") || text.contains("<br") || text.contains("/>") {
        return text.to_owned();
    }
    let safe = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    let paragraphs = safe.split("\n\n").map(str::trim).filter(|paragraph| !paragraph.is_empty());
    paragraphs.map(|paragraph| format!("<p>{}</p>", paragraph.replace('\n', "<br>"))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_paths_weights_and_texts() {
        assert_eq!(list("Ropa > Camisetas, Talla\\, grande,"), ["Ropa > Camisetas", "Talla, grande"]);
        assert_eq!((leaf("Ropa > Camisetas"), leaf("Libros")), ("Camisetas", "Libros"));
        assert_eq!(
            (grams("0,25", 1000.0), grams("1.2", 453.592_37), grams("-1", 1.0), grams("x", 1.0)),
            (Some(250), Some(544), None, None)
        );
        assert_eq!(html("2 < 3 & más\n\nfin"), "<p>2 &lt; 3 &amp; más</p><p>fin</p>");
        assert_eq!(html("<p>ya</p>"), "<p>ya</p>");
    }
}
