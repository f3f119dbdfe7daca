//! Finding the SQL in Rust source.

/// One SQL text and where it begins.
#[derive(Debug, PartialEq, Eq)]
pub struct Statement {
    /// The line it begins on, counted from 1.
    pub line: usize,
    /// The text as the database would see it, except that escapes stay as written.
    pub sql: String,
}

/// The first string literal inside each `sql!( .. )`, plain or raw.
pub fn in_rust(source: &str) -> Vec<Statement> {
    let mut found = Vec::new();
    for (at, needle) in source.match_indices("sql!(") {
        if source[..at]
            .lines()
            .next_back()
            .is_some_and(|line| line.trim_start().starts_with("//"))
        {
            continue;
        }
        let start = at + needle.len();
        if let Some((begin, sql)) = literal(&source[start..]) {
            let line = source[..start + begin].matches('\n').count() + 1;
            found.push(Statement {
                line,
                sql: sql.to_owned(),
            });
        }
    }
    found
}

/// The string literal at the start of `text`, after spaces: where its content begins, and the content.
fn literal(text: &str) -> Option<(usize, &str)> {
    let trimmed = text.trim_start();
    let skipped = text.len() - trimmed.len();
    if let Some(raw) = trimmed.strip_prefix('r') {
        let hashes = raw.len() - raw.trim_start_matches('#').len();
        let body = raw[hashes..].strip_prefix('"')?;
        let end = body.find(&format!("\"{}", "#".repeat(hashes)))?;
        return Some((skipped + 2 + hashes, &body[..end]));
    }
    let body = trimmed.strip_prefix('"')?;
    let mut escaped = false;
    let end = body.find(|c| {
        let closes = c == '"' && !escaped;
        escaped = c == '\\' && !escaped;
        closes
    })?;
    Some((skipped + 1, &body[..end]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_and_raw_texts_are_found_with_their_line() {
        let source = "fn a() {\n  tx.query(sql!(\"SELECT \\\"a\\\"\"), x);\n  sql!(\n    r#\"SELECT\n \"b\"\"#\n  );\n}";
        assert_eq!(
            in_rust(source),
            [
                Statement {
                    line: 2,
                    sql: "SELECT \\\"a\\\"".to_owned()
                },
                Statement {
                    line: 4,
                    sql: "SELECT\n \"b\"".to_owned()
                },
            ]
        );
    }

    #[test]
    fn comments_are_not_code() {
        assert_eq!(in_rust("/// use sql!(\"SELECT now()\")\n"), []);
    }
}
