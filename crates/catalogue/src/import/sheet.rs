//! A CSV file as rows with named cells and line numbers. Knows commas and quotes, nothing of products.

use super::{LineProblem, MAX_BYTES};
use std::collections::HashMap;

/// The rows of a file, and what is wrong with it as a file.
#[derive(Debug, Default)]
pub(super) struct Sheet {
    columns: HashMap<String, usize>,
    /// How the file writes its columns, where it writes them otherwise than we name them.
    names: HashMap<String, String>,
    width: usize,
    pub(super) rows: Vec<Row>,
    pub(super) problems: Vec<LineProblem>,
    pub(super) notes: Vec<LineProblem>,
}

#[derive(Debug)]
pub(super) struct Row {
    /// Where it begins, from 1.
    pub(super) line: u64,
    cells: csv::StringRecord,
}

pub(super) fn problem(line: u64, column: &str, message: impl Into<String>) -> LineProblem {
    LineProblem { line, column: column.to_owned(), message: message.into() }
}

impl Sheet {
    /// Name the column of a problem as the file writes it.
    pub(super) fn as_written(&self, found: &mut LineProblem) {
        if let Some(name) = self.names.get(&found.column) {
            name.clone_into(&mut found.column);
        }
    }

    pub(super) fn has(&self, column: &str) -> bool {
        self.columns.contains_key(column)
    }

    /// The trimmed cell; `None` when the file has no such column, an empty text when the cell is empty.
    pub(super) fn cell<'a>(&self, row: &'a Row, column: &str) -> Option<&'a str> {
        self.columns.get(column).map(|at| row.cells.get(*at).unwrap_or("").trim())
    }

    /// The cell when something stands in it.
    pub(super) fn filled<'a>(&self, row: &'a Row, column: &str) -> Option<&'a str> {
        self.cell(row, column).filter(|cell| !cell.is_empty())
    }
}

/// Read a file: a byte order mark, CRLF and line ends inside quotes are fine, its cells are parted by comma, semicolon or tab; empty lines
/// are passed over. `layout` tells from the header what the file is, `canonical` what a column of it is called by us; columns that
/// mean nothing are noted.
pub(super) fn parse<L: Copy>(
    file: &[u8],
    layout: &dyn Fn(&[&str]) -> Option<L>,
    canonical: impl Fn(L, &str) -> Option<String>,
) -> (Sheet, Option<L>) {
    let mut sheet = Sheet::default();
    if file.len() > MAX_BYTES {
        sheet.problems.push(problem(1, "", format!("the file is larger than {} MB", MAX_BYTES >> 20)));
        return (sheet, None);
    }
    let file = file.strip_prefix(b"\xef\xbb\xbf").unwrap_or(file);
    let separator = separator(file);
    // Tab-separated feeds put no quotes round a cell; an inch mark in one is an inch mark.
    let mut reader = csv::ReaderBuilder::new().flexible(true).delimiter(separator).quoting(separator != b'\t').from_reader(file);
    let found = match reader.headers().map(|headers| plain(headers, separator)) {
        Ok(headers) => header(&mut sheet, &headers, layout, canonical),
        Err(_) => {
            sheet.problems.push(problem(1, "", "the header is not UTF-8 text; save the file as CSV UTF-8"));
            None
        }
    };
    if !sheet.problems.is_empty() {
        return (sheet, found);
    }
    let mut lines = Lines { file, at: 0, line: 1 };
    for record in reader.records() {
        match record {
            Ok(cells) => {
                let line = lines.line_of(cells.position());
                row(&mut sheet, line, plain(&cells, separator));
            }
            Err(error) => {
                let line = lines.line_of(error.position());
                sheet.problems.push(problem(line, "", "the line is not UTF-8 text; save the file as CSV UTF-8"));
            }
        }
    }
    // An unclosed quote swallows the rest of the file into one cell.
    if separator != b'\t' && file.iter().filter(|byte| **byte == b'"').count() % 2 == 1 {
        let line = sheet.rows.last().map_or(1, |row| row.line);
        sheet.problems.push(problem(line, "", "a quoted text is not closed"));
    }
    (sheet, found)
}

/// Cells between tabs without the quotes that some programs put round all of them.
fn plain(cells: &csv::StringRecord, separator: u8) -> csv::StringRecord {
    let bare = |cell: &str| cell.strip_prefix('"')?.strip_suffix('"').map(|bare| bare.replace("\"\"", "\""));
    if separator != b'\t' || !cells.iter().any(|cell| cell.starts_with('"')) {
        return cells.clone();
    }
    cells.iter().map(|cell| bare(cell).unwrap_or_else(|| cell.to_owned())).collect()
}

/// What stands most often in the first line, outside of quotes.
fn separator(file: &[u8]) -> u8 {
    let first = file.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let mut is_quoted = false;
    let mut counts = [(b',', 0), (b';', 0), (b'\t', 0)];
    for byte in first {
        is_quoted ^= *byte == b'"';
        for (separator, count) in &mut counts {
            *count += i32::from(!is_quoted && byte == separator);
        }
    }
    // Of equals the first: the comma.
    counts.into_iter().rev().max_by_key(|(_, count)| *count).map_or(b',', |(separator, _)| separator)
}

fn header<L: Copy>(
    sheet: &mut Sheet,
    headers: &csv::StringRecord,
    layout: &dyn Fn(&[&str]) -> Option<L>,
    canonical: impl Fn(L, &str) -> Option<String>,
) -> Option<L> {
    let names: Vec<&str> = headers.iter().map(str::trim).collect();
    let Some(found) = layout(&names) else {
        sheet.problems.push(problem(1, "", UNKNOWN));
        return None;
    };
    for (at, name) in names.into_iter().enumerate().filter(|(_, name)| !name.is_empty()) {
        sheet.width = at + 1;
        let Some(known) = canonical(found, name) else {
            sheet.notes.push(problem(1, name, format!("the column `{name}` is not known and was passed over")));
            continue;
        };
        if known != name {
            sheet.names.insert(known.clone(), name.to_owned());
        }
        if sheet.columns.insert(known, at).is_some() {
            sheet.problems.push(problem(1, name, format!("the column `{name}` comes twice")));
        }
    }
    Some(found)
}

/// Said of a file whose header is none that we read.
const UNKNOWN: &str = "the first line names no layout that is known: Shopify (`Handle`), WooCommerce (`Type`, `Name`), \
                       Google Merchant (`id`, `title`) or Open Food Facts (`barcode`, `product_name`)";

/// Counts lines itself: the reader's own count is one short after CRLF, and empty lines are not in its positions.
struct Lines<'a> {
    file: &'a [u8],
    at: usize,
    line: u64,
}

impl Lines<'_> {
    /// The line of a record; records must come in order.
    fn line_of(&mut self, position: Option<&csv::Position>) -> u64 {
        let start = position.map_or(0, |position| position.byte() as usize);
        while let Some(byte) = self.file.get(self.at).filter(|byte| self.at < start || matches!(byte, b'\r' | b'\n')) {
            self.line += u64::from(*byte == b'\n');
            self.at += 1;
        }
        self.line
    }
}

fn row(sheet: &mut Sheet, line: u64, cells: csv::StringRecord) {
    if cells.iter().all(|cell| cell.trim().is_empty()) {
        return;
    }
    let width = sheet.width;
    if cells.iter().skip(width).any(|cell| !cell.trim().is_empty()) {
        sheet.problems.push(problem(line, "", format!("the line has {} cells, the header {width}; is a quote missing?", cells.len())));
    }
    sheet.rows.push(Row { line, cells });
}
