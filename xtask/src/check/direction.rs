//! Dependencies point one way: a room may use only the rooms that stand before it in [`ROOMS`].

use anyhow::{Context, Result};

use super::{Finding, Source};

/// All rooms, from the bottom to the top of the house.
const ROOMS: [&str; 18] = [
    "kernel",
    "identity",
    "ledger",
    "access",
    "customers",
    "catalogue",
    "pricing",
    "inventory",
    "payments",
    "orders",
    "conversations",
    "self_service",
    "flows",
    "channels",
    "gateways",
    "api",
    "web",
    "hilo",
];

/// What a capability (anything below `channels`) has no business with: async runtimes, web frameworks, clients.
const OUTSIDE: [&str; 8] = ["axum", "reqwest", "hyper", "tower", "tower-http", "lettre", "async-imap", "askama"];

/// Every dependency that points upwards, and every room that is not on the list.
pub fn check(sources: &[Source]) -> Result<Vec<Finding>> {
    let mut findings = Vec::new();
    for source in sources {
        let Some(room) = source.path.strip_prefix("crates/").and_then(|rest| rest.strip_suffix("/Cargo.toml")) else {
            continue;
        };
        let dependencies = dependencies(&source.text).with_context(|| format!("reading {}", source.path))?;
        findings.extend(upwards(room, &dependencies).into_iter().map(|what| Finding { path: source.path.clone(), line: None, what }));
    }
    Ok(findings)
}

fn upwards(room: &str, dependencies: &[String]) -> Vec<String> {
    let Some(height) = position(room) else {
        return vec![format!("the room `{room}` has no place yet: add it to ROOMS in xtask/src/check/direction.rs")];
    };
    let is_capability = position("channels").is_some_and(|channels| height < channels);
    let mut findings = Vec::new();
    for name in dependencies {
        if position(name).is_some_and(|theirs| theirs >= height) {
            findings.push(format!("`{room}` may not use `{name}`, which stands above it"));
        }
        if is_capability && OUTSIDE.contains(&name.as_str()) {
            findings.push(format!("`{room}` is a capability and may not know `{name}`"));
        }
    }
    findings
}

fn position(room: &str) -> Option<usize> {
    ROOMS.iter().position(|name| *name == room)
}

/// The names under every kind of dependency table. A room's own name among its dev-dependencies is a feature switch.
fn dependencies(manifest: &str) -> Result<Vec<String>> {
    let manifest: toml::Table = manifest.parse()?;
    let own = manifest.get("package").and_then(|package| package.get("name")).and_then(toml::Value::as_str);
    let mut names = Vec::new();
    for kind in ["dependencies", "dev-dependencies", "build-dependencies"] {
        let table = manifest.get(kind).and_then(toml::Value::as_table);
        names.extend(table.into_iter().flat_map(toml::Table::keys).cloned());
    }
    names.retain(|name| Some(name.as_str()) != own);
    Ok(names)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(names: &[&str]) -> Vec<String> {
        names.iter().map(|name| (*name).to_owned()).collect()
    }

    #[test]
    fn a_room_uses_only_what_stands_below_it() {
        assert_eq!(upwards("orders", &names(&["kernel", "payments", "serde"])), Vec::<String>::new());
        assert_eq!(upwards("ledger", &names(&["orders"])), ["`ledger` may not use `orders`, which stands above it"]);
    }

    #[test]
    fn a_capability_does_not_know_the_web() {
        assert_eq!(upwards("ledger", &names(&["axum"])), ["`ledger` is a capability and may not know `axum`"]);
        assert_eq!(upwards("web", &names(&["axum"])), Vec::<String>::new());
    }

    #[test]
    fn every_kind_of_dependency_counts() {
        let manifest = "[package]\nname = \"a\"\n[dependencies]\nb.workspace = true\n[dev-dependencies]\na = { path = \".\" }\nc = \"1\"";
        assert_eq!(dependencies(manifest).expect("valid"), ["b", "c"]);
    }
}
