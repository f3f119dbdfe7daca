//! A file of lines and cells. Knows nothing of customers.

use super::decode::{decode, separator};
use super::{Encoding, LineProblem, MAX_BYTES, MAX_ROWS};

/// Columns that a file may have.
const MAX_COLUMNS: usize = 200;

/// The rows of a file, and what is wrong with it as a file.
pub(super) struct Sheet {
    pub(super) encoding: Encoding,
    pub(super) separator: u8,
    /// The header's cells, in order.
    pub(super) columns: Vec<String>,
    pub(super) rows: Vec<Row>,
    pub(super) problems: Vec<LineProblem>,
}

pub(super) struct Row {
    /// Where it begins, from 1; the header is line 1.
    pub(super) line: u64,
    cells: csv::StringRecord,
}

impl Row {
    /// The trimmed cell; empty when the line is shorter.
    pub(super) fn cell(&self, column: usize) -> &str {
        self.cells.get(column).unwrap_or("").trim()
    }
}

/// Read a file. CRLF and line ends inside quotes are fine, empty lines are passed over.
pub(super) fn parse(file: &[u8]) -> Sheet {
    let mut sheet = Sheet { encoding: Encoding::Utf8, separator: b',', columns: Vec::new(), rows: Vec::new(), problems: Vec::new() };
    if file.len() > MAX_BYTES {
        sheet.problems.push(LineProblem::new(
            1,
            "",
            "file-too-large",
            MAX_BYTES >> 20,
            format!("the file is larger than {} MB; part it", MAX_BYTES >> 20),
        ));
        return sheet;
    }
    let (text, encoding) = decode(file);
    (sheet.encoding, sheet.separator) = (encoding, separator(&text));
    if text.contains('\0') {
        sheet.problems.push(LineProblem::new(1, "", "not-text", "", "this is not a text; save the list as CSV"));
        return sheet;
    }
    let mut reader = csv::ReaderBuilder::new().flexible(true).has_headers(false).delimiter(sheet.separator).from_reader(text.as_bytes());
    let mut lines = Lines { text: text.as_bytes(), at: 0, line: 1 };
    let mut records = reader.records();
    if let Some(Ok(header)) = records.next() {
        sheet.columns = header.iter().map(|name| name.trim().to_owned()).collect();
    }
    while sheet.columns.last().is_some_and(String::is_empty) {
        sheet.columns.pop();
    }
    if sheet.columns.is_empty() || sheet.columns.len() > MAX_COLUMNS {
        let (code, message) = if sheet.columns.is_empty() {
            ("no-header", "there is no header; the first line names the columns")
        } else {
            ("many-columns", "there are too many columns")
        };
        sheet.problems.push(LineProblem::new(1, "", code, sheet.columns.len(), message));
        return sheet;
    }
    for cells in records.flatten() {
        let line = lines.line_of(cells.position());
        if sheet.rows.len() == MAX_ROWS {
            sheet.problems.push(LineProblem::new(
                line,
                "",
                "too-many-lines",
                MAX_ROWS,
                format!("there are more than {MAX_ROWS} lines; part the file"),
            ));
            break;
        }
        row(&mut sheet, line, cells);
    }
    // An unclosed quote swallows the rest of the file into one cell.
    if text.bytes().filter(|byte| *byte == b'"').count() % 2 == 1 {
        let line = sheet.rows.last().map_or(1, |row| row.line);
        sheet.problems.push(LineProblem::new(line, "", "open-quote", "", "a quoted text is not closed"));
    }
    sheet
}

fn row(sheet: &mut Sheet, line: u64, cells: csv::StringRecord) {
    if cells.iter().all(|cell| cell.trim().is_empty()) {
        return;
    }
    let width = sheet.columns.len();
    if cells.iter().skip(width).any(|cell| !cell.trim().is_empty()) {
        let message = format!("the line has {} cells, the header {width}; is a quote missing?", cells.len());
        sheet.problems.push(LineProblem::new(line, "", "many-cells", cells.len(), message));
    }
    sheet.rows.push(Row { line, cells });
}

/// Counts lines itself: the reader's own count is one short after CRLF, and empty lines are not in its positions.
struct Lines<'a> {
    text: &'a [u8],
    at: usize,
    line: u64,
}

impl Lines<'_> {
    /// The line of a record; records must come in order.
    fn line_of(&mut self, position: Option<&csv::Position>) -> u64 {
        let start = position.map_or(0, |position| position.byte() as usize);
        while let Some(byte) = self.text.get(self.at).filter(|byte| self.at < start || matches!(byte, b'\r' | b'\n')) {
            self.line += u64::from(*byte == b'\n');
            self.at += 1;
        }
        self.line
    }
}
