//! The table, as Markdown that reads well as plain text too.

use std::fmt;

/// One figure on one database.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// What was measured.
    pub figure: String,
    /// On which database.
    pub database: &'static str,
    /// What came out.
    pub measured: String,
    /// The best that could be, from the same run.
    pub bound: String,
    /// How the two compare.
    pub share: String,
}

/// All rows, and where they were measured.
#[derive(Debug, Default)]
pub struct Table(Vec<Row>);

impl Table {
    /// Add a row.
    pub fn add(
        &mut self,
        figure: impl Into<String>,
        database: &'static str,
        measured: impl Into<String>,
        bound: impl Into<String>,
        share: impl Into<String>,
    ) {
        self.0.push(Row { figure: figure.into(), database, measured: measured.into(), bound: bound.into(), share: share.into() });
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut lines = vec![["figure", "database", "measured", "bound", "share"].map(str::to_owned)];
        lines.extend(
            self.0
                .iter()
                .map(|row| [row.figure.clone(), row.database.to_owned(), row.measured.clone(), row.bound.clone(), row.share.clone()]),
        );
        let widths: [usize; 5] = std::array::from_fn(|at| lines.iter().map(|line| line[at].chars().count()).max().unwrap_or_default());
        for (index, line) in lines.iter().enumerate() {
            for (cell, width) in line.iter().zip(widths) {
                write!(f, "| {cell:width$} ")?;
            }
            writeln!(f, "|")?;
            if index == 0 {
                widths.iter().try_for_each(|width| write!(f, "|{}", "-".repeat(width + 2)))?;
                writeln!(f, "|")?;
            }
        }
        Ok(())
    }
}

/// `12 345`: thousands apart.
pub fn count(n: f64) -> String {
    let digits = format!("{n:.0}");
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(' ');
        }
        out.push(digit);
    }
    out
}

/// `61 %`.
pub fn percent(part: f64, whole: f64) -> String {
    format!("{:.0} %", 100.0 * part / whole)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_is_markdown_with_even_columns() {
        let mut table = Table::default();
        table.add("orders", "SQLite", count(1_234_567.4), count(999.0), percent(6.0, 10.0));
        let expected = "\
| figure | database | measured  | bound | share |
|--------|----------|-----------|-------|-------|
| orders | SQLite   | 1 234 567 | 999   | 60 %  |
";
        assert_eq!(table.to_string(), expected);
    }
}
