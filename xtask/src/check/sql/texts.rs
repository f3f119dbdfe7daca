//! Finding the SQL in Rust source.

/// One SQL text and where it begins.
#[derive(Debug, PartialEq, Eq)]
pub struct Statement {
    /// The line it begins on, counted from 1.
    pub line: usize,
    /// The text as the database would see it, except that escapes stay as written.
    pub sql: String,
}

/// The text inside each `sql!( .. )`: one string literal, plain or raw, or the literals of a `concat!`, put together.
///
/// `sql!(sqlite ..)` and `sql!(postgres ..)` are written for one database and left alone.
pub fn in_rust(source: &str) -> Vec<Statement> {
    let mut found = Vec::new();
    for (at, needle) in source.match_indices("sql!(") {
        if source[..at].lines().next_back().is_some_and(|line| line.trim_start().starts_with("//")) {
            continue;
        }
        let start = at + needle.len();
        let inside = &source[start..];
        let (begin, sql) = match inside.trim_start().strip_prefix("concat!(") {
            Some(parts) => (inside.len() - parts.len(), together(parts)),
            None => match literal(inside) {
                Some((begin, sql)) => (begin, sql.to_owned()),
                None => continue,
            },
        };
        let line = source[..start + begin].matches('\n').count() + 1;
        found.push(Statement { line, sql });
    }
    found
}

/// The literals up to the closing bracket; what lies between them, line ends apart, is left out.
fn together(mut parts: &str) -> String {
    let mut sql = String::new();
    let mut depth = 1;
    while let Some(c) = parts.chars().next() {
        match c {
            '(' => depth += 1,
            ')' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            break;
        }
        if let Some((begin, text)) = literal(parts).filter(|_| c == '"' || c == 'r') {
            sql.push_str(text);
            parts = &parts[begin + text.len()..];
            parts = parts.split_once('"').map_or("", |(_, rest)| rest).trim_start_matches('#');
        } else {
            if c == '\n' {
                sql.push('\n');
            }
            parts = &parts[c.len_utf8()..];
        }
    }
    sql
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
            [Statement { line: 2, sql: "SELECT \\\"a\\\"".to_owned() }, Statement { line: 4, sql: "SELECT\n \"b\"".to_owned() },]
        );
    }

    #[test]
    fn the_parts_of_a_concat_are_one_text() {
        let source = "sql!(concat!(\n  \"SELECT a \",\n  columns!(),\n  r#\"FROM t\"#\n))";
        assert_eq!(in_rust(source), [Statement { line: 1, sql: "\nSELECT a \n\nFROM t\n".to_owned() }]);
    }

    #[test]
    fn a_text_for_one_database_is_left_alone() {
        assert_eq!(in_rust("sql!(postgres \"SELECT now()\")"), []);
    }

    #[test]
    fn comments_are_not_code() {
        assert_eq!(in_rust("/// use sql!(\"SELECT now()\")\n"), []);
    }
}
