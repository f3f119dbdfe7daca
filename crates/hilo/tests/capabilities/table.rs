//! `CAPABILITIES.md` claims nothing that no test proves.

use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Every source of tests: what is in `crates/*/src` and `crates/*/tests`.
fn sources(folder: &Path, found: &mut String) {
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|end| end == "rs") {
            found.push_str(&std::fs::read_to_string(&path).expect("a source"));
        }
    }
}

fn proofs(cell: &str) -> impl Iterator<Item = &str> {
    cell.split('`').skip(1).step_by(2)
}

#[test]
fn every_capability_has_one_honest_line() {
    let table = std::fs::read_to_string(root().join("CAPABILITIES.md")).expect("the table");
    let rows: Vec<Vec<&str>> = table
        .lines()
        .filter(|line| line.starts_with("| ") && !line.starts_with("| ---") && !line.starts_with("| number"))
        .map(|line| line.trim_matches('|').split('|').map(str::trim).collect())
        .collect();
    let numbers: Vec<String> = (1..=75).map(|n| n.to_string()).chain((1..=8).map(|n| format!("G{n}"))).collect();
    assert_eq!(rows.iter().map(|row| row[0]).collect::<Vec<_>>(), numbers);
    let mut code = String::new();
    sources(&root().join("crates"), &mut code);
    for row in &rows {
        let (number, state, proof) = (row[0], row[2], row[3]);
        let claims = state == "works" || state.strip_prefix("partly: ").is_some_and(|missing| !missing.is_empty());
        assert!(claims || state == "not yet", "{number}: {state}");
        assert_eq!(claims, proofs(proof).next().is_some(), "{number}: {state}, {proof}");
        for name in proofs(proof) {
            let exists = match name {
                page if page.contains('/') => root().join(page).is_file(),
                spec if spec.ends_with(".spec.ts") => root().join("e2e/tests").join(spec).is_file(),
                test => code.contains(&format!("fn {test}(")),
            };
            assert!(exists, "{number}: there is no {name}");
        }
    }
    // And no acceptance test is left unmentioned.
    for name in code.split("fn cap_").skip(1).filter_map(|rest| rest.split_once('(').map(|(name, _)| format!("cap_{name}"))) {
        let is_test = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
        assert!(!is_test || table.contains(&name), "{name} is not in the table");
    }
}
