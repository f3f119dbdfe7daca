//! A CSV file as rows with named cells and line numbers. Knows commas and quotes, nothing of products.

use super::{LineProblem, MAX_BYTES};
use std::collections::HashMap;

/// The rows of a file, and what is wrong with it as a file.
#[derive(Debug, Default)]
pub(super) struct Sheet {
    columns: HashMap<String, usize>,
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

/// Read a file: a byte order mark, CRLF and line ends inside quotes are fine; empty lines are passed over.
/// `is_known` says which columns mean something; others are noted.
pub(super) fn parse(file: &[u8], needed: &[&str], is_known: impl Fn(&str) -> bool) -> Sheet {
    let mut sheet = Sheet::default();
    if file.len() > MAX_BYTES {
        sheet.problems.push(problem(1, "", format!("the file is larger than {} MB", MAX_BYTES >> 20)));
        return sheet;
    }
    let file = file.strip_prefix(b"\xef\xbb\xbf").unwrap_or(file);
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(file);
    match reader.headers() {
        Ok(headers) => header(&mut sheet, headers, is_known),
        Err(_) => sheet.problems.push(problem(1, "", "the header is not UTF-8 text; save the file as CSV UTF-8")),
    }
    for column in needed.iter().filter(|column| !sheet.columns.contains_key(**column)) {
        sheet.problems.push(problem(1, column, format!("the column `{column}` is missing")));
    }
    if !sheet.problems.is_empty() {
        return sheet;
    }
    let mut lines = Lines { file, at: 0, line: 1 };
    for record in reader.records() {
        match record {
            Ok(cells) => {
                let line = lines.line_of(cells.position());
                row(&mut sheet, line, cells);
            }
            Err(error) => {
                let line = lines.line_of(error.position());
                sheet.problems.push(problem(line, "", "the line is not UTF-8 text; save the file as CSV UTF-8"));
            }
        }
    }
    // An unclosed quote swallows the rest of the file into one cell.
    if file.iter().filter(|byte| **byte == b'"').count() % 2 == 1 {
        let line = sheet.rows.last().map_or(1, |row| row.line);
        sheet.problems.push(problem(line, "", "a quoted text is not closed"));
    }
    sheet
}

fn header(sheet: &mut Sheet, headers: &csv::StringRecord, is_known: impl Fn(&str) -> bool) {
    for (at, name) in headers.iter().map(str::trim).enumerate().filter(|(_, name)| !name.is_empty()) {
        if sheet.columns.insert(name.to_owned(), at).is_some() {
            sheet.problems.push(problem(1, name, format!("the column `{name}` comes twice")));
        } else if !is_known(name) {
            sheet.notes.push(problem(1, name, format!("the column `{name}` is not known and was passed over")));
        }
    }
}

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
    let width = sheet.columns.values().max().map_or(0, |last| last + 1);
    if cells.iter().skip(width).any(|cell| !cell.trim().is_empty()) {
        sheet.problems.push(problem(line, "", format!("the line has {} cells, the header {width}; is a quote missing?", cells.len())));
    }
    sheet.rows.push(Row { line, cells });
}
