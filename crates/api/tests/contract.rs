//! The committed contract is the generated one. `WRITE_OPENAPI=1 cargo nextest run -p api contract` writes it anew.

use serde_json::Value;

#[test]
fn the_committed_contract_is_the_generated_one() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/openapi.json");
    let generated = api::openapi();
    if std::env::var_os("WRITE_OPENAPI").is_some() {
        std::fs::write(path, &generated).expect("written");
    }
    let committed = std::fs::read_to_string(path).expect("crates/api/openapi.json is committed");
    assert!(committed == generated, "the contract differs from the code; run again with WRITE_OPENAPI=1 and look at the change");
}

/// A body is found in the document by its bare name, so the later of two with one name would silently take the other's place.
#[test]
fn no_two_bodies_share_a_name() {
    let mut folders = vec![std::path::PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/src"))];
    let mut names = std::collections::BTreeSet::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).expect("a folder of the source") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let source = std::fs::read_to_string(&path).expect("a source file");
            let mut lines = source.lines();
            while let Some(line) = lines.next() {
                if line.starts_with("#[derive(") && line.contains("ToSchema") {
                    let declared =
                        lines.by_ref().find(|line| line.contains("struct ") || line.contains("enum ")).expect("what it derives for");
                    let name = declared.split(['(', '{', '<', ';']).find(|part| part.contains("struct ") || part.contains("enum "));
                    let name = name.and_then(|part| part.split_whitespace().last()).expect("a name");
                    assert!(names.insert(name.to_owned()), "{name} is declared twice, once in {}", path.display());
                }
            }
        }
    }
    assert!(names.len() > 100, "{}", names.len());
}

#[test]
fn every_operation_has_a_name_a_permission_and_its_refusals() {
    let contract: Value = serde_json::from_str(&api::openapi()).expect("JSON");
    assert_eq!(contract["openapi"], "3.1.0");
    let mut names = std::collections::BTreeSet::new();
    for (path, item) in contract["paths"].as_object().expect("paths") {
        assert!(path.starts_with("/v1/"), "{path}");
        for (method, operation) in item.as_object().expect("operations") {
            let name = operation["operationId"].as_str().expect("a name").to_owned();
            assert!(names.insert(name.clone()), "{name} is there twice");
            assert!(operation["x-permission"].is_string(), "{name} needs no permission");
            assert!(operation["summary"].is_string(), "{name} says nothing of itself");
            for code in ["401", "403", "422", "500", "503"] {
                assert!(operation["responses"].get(code).is_some(), "{name} lacks {code}");
            }
            let parameters = operation["parameters"].to_string();
            assert_eq!(method == "post", parameters.contains("Idempotency-Key"), "{name}");
        }
    }
    assert!(names.len() > 40, "{}", names.len());
}
