//! One SQL text for two databases: what only one of them understands, or understands differently, is refused.
//!
//! Read are the texts inside `sql!("..")` and the migrations. Files named `*_sqlite.rs` and `*_postgres.rs` are the
//! places for real dialect, so they are left alone.

mod rules;
mod texts;

use super::{Finding, Source};

/// Every unportable place.
pub fn check(sources: &[Source]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for Source { path, text } in sources {
        let statements = if is_dialect(path) || !path.starts_with("crates/") {
            continue;
        } else if path.ends_with(".rs") {
            texts::in_rust(text)
        } else if path.ends_with(".sql") && path.contains("/migrations/") {
            // In a migration the kernel turns this one word into what each database calls it.
            vec![texts::Statement { line: 1, sql: text.replace("PRIMARY KEY AUTOINCREMENT", "PRIMARY KEY") }]
        } else {
            continue;
        };
        for statement in statements {
            findings.extend(rules::broken(&statement.sql).into_iter().map(|(offset, what)| Finding {
                path: path.clone(),
                line: Some(statement.line + offset),
                what: what.to_owned(),
            }));
        }
    }
    findings
}

fn is_dialect(path: &str) -> bool {
    path.ends_with("_sqlite.rs") || path.ends_with("_postgres.rs")
}
