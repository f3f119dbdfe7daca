//! A file that nobody can hold in their head is split, or says at its top why not.

use super::{Finding, Source};

const LIMIT: usize = 400;

/// The words that begin the reason, in any comment within the first lines of the file.
const REASON: &str = "Long because:";
const TOP: usize = 10;

/// Files people write; what tools write (lock files, OpenAPI) and what others wrote (`vendor`, `.min.`) may be long.
const WRITTEN: [&str; 8] = [".rs", ".ts", ".js", ".css", ".html", ".sql", ".sh", ".ftl"];

/// Every long file without a reason.
pub fn check(sources: &[Source]) -> Vec<Finding> {
    sources.iter().filter(|source| is_ours(&source.path)).filter_map(too_long).collect()
}

fn is_ours(path: &str) -> bool {
    WRITTEN.iter().any(|end| path.ends_with(end)) && !path.contains(".min.") && !path.contains("/vendor/")
}

fn too_long(source: &Source) -> Option<Finding> {
    let lines = source.text.lines().count();
    let says_why = source.text.lines().take(TOP).any(|line| line.contains(REASON));
    (lines > LIMIT && !says_why).then(|| Finding {
        path: source.path.clone(),
        line: None,
        what: format!("{lines} lines; split it, or say `//! {REASON} ...` at its top"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(path: &str, top: &str, lines: usize) -> Source {
        Source { path: path.to_owned(), text: format!("{top}\n{}", "x\n".repeat(lines - 1)) }
    }

    #[test]
    fn a_long_file_gives_its_reason() {
        let sources = [
            file("a.rs", "", 400),
            file("b.rs", "", 401),
            file("c.rs", "//! Long because: one table.", 900),
            file("htmx.min.js", "", 900),
            file("openapi.json", "", 9000),
        ];
        let paths: Vec<_> = check(&sources).into_iter().map(|finding| finding.path).collect();
        assert_eq!(paths, ["b.rs"]);
    }
}
