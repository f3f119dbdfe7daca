//! Words, templates and assets agree: both languages say the same things, and nothing names what is not there.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

fn files(folder: &str, ending: &str) -> Vec<PathBuf> {
    fn walk(folder: &Path, ending: &str, found: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).expect("a folder of this crate").flatten() {
            let path = entry.path();
            if path.is_dir() {
                walk(&path, ending, found);
            } else if path.to_string_lossy().ends_with(ending) {
                found.push(path);
            }
        }
    }
    let mut found = Vec::new();
    walk(&Path::new(env!("CARGO_MANIFEST_DIR")).join(folder), ending, &mut found);
    found.sort();
    found
}

/// Each key of a language with the variables its text uses.
fn keys(language: &str) -> BTreeMap<String, BTreeSet<String>> {
    let mut keys: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for file in files(&format!("texts/{language}"), ".ftl") {
        let text = fs::read_to_string(&file).expect("readable");
        let mut key = String::new();
        for line in text.lines() {
            if line.starts_with(|c: char| c.is_ascii_lowercase())
                && let Some((name, _)) = line.split_once('=')
            {
                key = name.trim().to_owned();
                assert!(keys.insert(key.clone(), BTreeSet::new()).is_none(), "{language}: `{key}` is said twice");
            }
            for used in line.split('$').skip(1) {
                let name = used.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect();
                keys.get_mut(&key).expect("a variable belongs to a key").insert(name);
            }
        }
    }
    keys
}

/// Every literal between `before` and `after` in the sources with one of these endings.
fn literals(before: &str, after: &str) -> BTreeSet<String> {
    let sources = files("templates", ".html").into_iter().chain(files("src", ".rs"));
    let mut found = BTreeSet::new();
    for source in sources {
        let text = fs::read_to_string(&source).expect("readable");
        found.extend(text.split(before).skip(1).filter_map(|rest| rest.split_once(after)).map(|(name, _)| name.to_owned()));
    }
    found
}

#[test]
fn both_languages_say_the_same_things() {
    assert_eq!(keys("es"), keys("en"));
}

#[test]
fn every_text_that_is_asked_for_exists() {
    let known = keys("es");
    let mut asked = BTreeSet::new();
    for before in [".t(\"", ".tn(\"", ".tv(\"", ".tw(\"", "Flash::ok(\"", "Flash::bad(\""] {
        asked.extend(literals(before, "\""));
    }
    let missing: Vec<_> = asked.iter().filter(|key| !known.contains_key(*key) && *key != "no-such-text").collect();
    assert_eq!(missing, Vec::<&String>::new());
}

#[test]
fn every_asset_that_is_asked_for_exists() {
    for name in literals("page.asset(\"", "\"") {
        assert_ne!(web::assets::url(&name), "/assets/unknown", "{name}");
    }
}

#[test]
fn no_template_writes_what_the_policy_forbids() {
    for file in files("templates", ".html") {
        let text = fs::read_to_string(&file).expect("readable");
        for forbidden in [" style=", " onclick=", " onchange=", " onsubmit=", "hx-on", "javascript:", "<style", "js:"] {
            assert!(!text.contains(forbidden), "{}: {forbidden}", file.display());
        }
        let inline = text.split("<script").skip(1).any(|rest| !rest.trim_start().starts_with("src="));
        assert!(!inline, "{}: inline script", file.display());
    }
}

#[test]
fn every_form_that_posts_carries_the_token() {
    for file in files("templates", ".html") {
        let text = fs::read_to_string(&file).expect("readable");
        for form in text.split("<form").skip(1) {
            let (form, _) = form.split_once("</form>").unwrap_or((form, ""));
            // What goes to a payment gateway leaves us: our token is none of its business.
            let posts = form.split_once('>').is_some_and(|(tag, _)| tag.contains("method=\"post\"") && !tag.contains("rel=\"external\""));
            assert!(!posts || form.contains("name=\"csrf\"") || form.contains("::csrf("), "{}: <form{form}", file.display());
        }
    }
}
