//! Where a target begins: our own recorded payloads, and those that others published, where they lie beside the checkout.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Result;
use serde_json::Value;

use crate::project;

/// Larger ones are cut: a long list is a short one, over and over.
const LARGEST: usize = 8 * 1024;
/// Files of one kind that are looked at.
const MOST: usize = 2_000;

/// Write what `target` begins with into `folder`, and nothing else.
pub fn write(target: &str, folder: &Path) -> Result<()> {
    fs::remove_dir_all(folder)?;
    fs::create_dir_all(folder)?;
    for (number, seed) in seeds(target)?.into_iter().enumerate() {
        fs::write(folder.join(format!("{number:05}")), &seed)?;
    }
    Ok(())
}

fn seeds(target: &str) -> Result<Vec<Vec<u8>>> {
    let shared = project::root().join("../shared");
    Ok(match target {
        // Which adapter can read a payload is for the adapters to say: there are nine.
        "webhook" => each(&payloads(&shared)?, (0..9).map(|adapter| vec![adapter])),
        // Taken, or refused.
        "reply" => each(&payloads(&shared)?, (0..9).flat_map(|adapter| [0, 3].map(|status| vec![adapter, status]))),
        "mail" => texts(&shared.join("data/email"), &["eml", "txt"])?,
        "lists" => {
            let mut lists = texts(&shared.join("contracts"), &["csv"])?;
            lists.extend(texts(&shared.join("data/identity"), &["csv"])?);
            each(&lists, (0..2).map(|reader| vec![reader]))
        }
        _ => Vec::new(),
    })
}

/// Every body behind each of these beginnings.
fn each(bodies: &[Vec<u8>], beginnings: impl Iterator<Item = Vec<u8>>) -> Vec<Vec<u8>> {
    beginnings.flat_map(|beginning| bodies.iter().map(move |body| [beginning.as_slice(), body].concat())).collect()
}

/// What providers send and answer, as JSON.
fn payloads(shared: &Path) -> Result<Vec<Vec<u8>>> {
    let mut found = Vec::new();
    let ours = files(&project::root().join("crates/channels/src"), &["json"])?;
    let published = ["contracts/meta-social", "contracts/meta-whatsapp"].map(|folder| files(&shared.join(folder), &["json"]));
    let published: Vec<PathBuf> = published.into_iter().collect::<Result<Vec<_>>>()?.concat();
    for file in ours.iter().chain(&published) {
        if let Ok(told) = serde_json::from_slice(&fs::read(file)?) {
            collect(&told, &mut found);
        }
    }
    for page in files(&shared.join("contracts/x-api"), &["mdx"])? {
        let page = fs::read_to_string(page)?;
        found.extend(page.split("```json").skip(1).filter_map(|rest| rest.split("```").next()).map(|code| code.trim().to_owned()));
    }
    found.retain(|body| body.len() <= LARGEST);
    found.sort();
    found.dedup();
    Ok(found.into_iter().map(String::into_bytes).collect())
}

/// Payloads stand under `payload`, one by one under `events`, or as a text that is JSON itself.
fn collect(told: &Value, found: &mut Vec<String>) {
    match told {
        Value::String(text) if text.trim_start().starts_with('{') => found.push(text.clone()),
        Value::Array(items) => items.iter().for_each(|item| collect(item, found)),
        Value::Object(fields) => {
            for (name, field) in fields {
                match (name.as_str(), field) {
                    ("payload", Value::Object(_)) => found.push(field.to_string()),
                    ("events", Value::Object(events)) => found.extend(events.values().map(Value::to_string)),
                    _ => collect(field, found),
                }
            }
        }
        _ => {}
    }
}

/// The beginnings of the files below a folder.
fn texts(folder: &Path, endings: &[&str]) -> Result<Vec<Vec<u8>>> {
    let mut texts = Vec::new();
    for file in files(folder, endings)? {
        let mut text = fs::read(file)?;
        text.truncate(LARGEST);
        texts.push(text);
    }
    Ok(texts)
}

/// Files below a folder with one of these endings, sorted; none where there is no such folder.
fn files(folder: &Path, endings: &[&str]) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let mut open = vec![folder.to_owned()];
    while let Some(folder) = open.pop() {
        let Ok(entries) = fs::read_dir(&folder) else { continue };
        for entry in entries {
            let path = entry?.path();
            let ending = path.extension().unwrap_or_default().to_string_lossy().into_owned();
            if path.is_dir() {
                open.push(path);
            } else if endings.contains(&ending.as_str()) {
                found.push(path);
            }
        }
    }
    found.sort();
    found.truncate(MOST);
    Ok(found)
}
