//! What must not be in the repository: places on one machine, unfinished merges, download addresses in lock files.

use super::{Finding, Source};

/// A forbidden beginning and why. Written in two halves, so that this file does not hold what it forbids.
const FORBIDDEN: [(&str, &str, &str); 6] = [
    ("/wo", "rk/", "a path of one machine"),
    ("/ro", "ot/", "a path of one machine"),
    ("/ho", "me/", "a path of one machine"),
    ("/Us", "ers/", "a path of one machine"),
    ("<<<<", "<<< ", "an unfinished merge"),
    ("\"resolved\": ", "\"http", "a download address; write the lock file with --omit-lockfile-registry-resolved"),
];

/// Every line that holds one of them.
pub fn check(sources: &[Source]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for source in sources {
        for (index, line) in source.text.lines().enumerate() {
            findings.extend(FORBIDDEN.iter().filter(|(head, tail, _)| holds(line, head, tail)).map(|(_, _, why)| Finding {
                path: source.path.clone(),
                line: Some(index + 1),
                what: (*why).to_owned(),
            }));
        }
    }
    findings
}

/// Whether the line holds `head` + `tail`, as the beginning of a path where it looks like one: `https://x/home/` is a URL.
fn holds(line: &str, head: &str, tail: &str) -> bool {
    line.match_indices(head).any(|(at, _)| {
        let is_path = head.starts_with('/');
        let before = line[..at].chars().next_back();
        let begins = !is_path || !before.is_some_and(|c| c.is_alphanumeric() || "-_.}/*".contains(c));
        begins && line[at + head.len()..].starts_with(tail)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(line: &str) -> usize {
        check(&[Source { path: "a".to_owned(), text: line.to_owned() }]).len()
    }

    #[test]
    fn a_machine_path_is_found_and_a_url_is_not() {
        assert_eq!(found(&format!("let x = \"/{}/main\";", "work")), 1);
        assert_eq!(found(&format!("https://example.com/{}/page", "home")), 0);
        assert_eq!(found("{{ base }}/page"), 0);
    }

    #[test]
    fn an_unfinished_merge_is_found() {
        assert_eq!(found(&format!("{}<<< HEAD", "<<<<")), 1);
    }
}
