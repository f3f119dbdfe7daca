//! A product as fields by name, what differs between two of them, and back again.

use crate::{MediaId, Product, VariantId};
use kernel::Fault;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// What a field belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// The product itself.
    Product,
    /// One of its variants.
    Variant(VariantId),
    /// One of its pictures.
    Media(MediaId),
}

/// One field that a version changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldChange {
    /// What it belongs to.
    pub part: Part,
    /// `title.es`, `sku`, `tags`; of a variant or picture that came or went, every field.
    pub field: String,
    /// What it was; null when there was none.
    pub old: Value,
    /// What it is; null when there is none.
    pub new: Value,
}

/// Lists that are compared item by item, by their ids.
const PARTS: [&str; 2] = ["variants", "media"];
/// What says nothing about the product.
const STAMPS: [&str; 4] = ["id", "version", "created_at", "updated_at"];

/// Every field that differs, the product's first, in the order of their names.
pub(crate) fn between(before: &Product, after: &Product) -> Result<Vec<FieldChange>, Fault> {
    let mut changes = Vec::new();
    differing(Part::Product, &own_fields(before)?, &own_fields(after)?, &mut changes);
    let was = |id| before.variant(id);
    for variant in &after.variants {
        if was(variant.id) != Some(variant) {
            let (old, new) = (was(variant.id).map(part_fields).transpose()?.unwrap_or_default(), part_fields(variant)?);
            differing(Part::Variant(variant.id), &old, &new, &mut changes);
        }
    }
    for gone in before.variants.iter().filter(|old| after.variant(old.id).is_none()) {
        differing(Part::Variant(gone.id), &part_fields(gone)?, &Map::new(), &mut changes);
    }
    for media in &after.media {
        let old = before.media.iter().find(|old| old.id == media.id);
        if old != Some(media) {
            differing(Part::Media(media.id), &old.map(part_fields).transpose()?.unwrap_or_default(), &part_fields(media)?, &mut changes);
        }
    }
    for gone in before.media.iter().filter(|old| after.media.iter().all(|media| media.id != old.id)) {
        differing(Part::Media(gone.id), &part_fields(gone)?, &Map::new(), &mut changes);
    }
    Ok(changes)
}

fn differing(part: Part, old: &Map<String, Value>, new: &Map<String, Value>, changes: &mut Vec<FieldChange>) {
    let mut names: Vec<_> = old.keys().chain(new.keys()).collect();
    names.sort_unstable();
    names.dedup();
    for name in names {
        let (old, new) = (old.get(name).cloned().unwrap_or_default(), new.get(name).cloned().unwrap_or_default());
        if old != new {
            changes.push(FieldChange { part, field: name.clone(), old, new });
        }
    }
}

/// The product as it was before `changes`, the newest of which come first.
pub(super) fn before(product: &Product, changes: impl IntoIterator<Item = FieldChange>) -> Result<Product, Fault> {
    let mut whole = object(product)?;
    for change in changes {
        let (list, id) = match change.part {
            Part::Product => {
                put(&mut whole, &change.field, change.old);
                continue;
            }
            Part::Variant(id) => ("variants", id.to_string()),
            Part::Media(id) => ("media", id.to_string()),
        };
        let Some(Value::Array(items)) = whole.get_mut(list) else { return Err(unreadable()) };
        let at = items.iter().position(|item| item["id"] == id.as_str()).unwrap_or_else(|| {
            items.push(serde_json::json!({ "id": id }));
            items.len() - 1
        });
        let Some(item) = items[at].as_object_mut() else { return Err(unreadable()) };
        put(item, &change.field, change.old);
    }
    // What came after has no position left: it was not there yet.
    for list in PARTS {
        if let Some(Value::Array(items)) = whole.get_mut(list) {
            items.retain(|item| item["position"].is_number());
            items.sort_by_key(|item| item["position"].as_i64());
        }
    }
    serde_json::from_value(Value::Object(whole)).map_err(|e| Fault::data(format!("a version of product {}: {e}", product.id)))
}

/// `title.es` is the field `es` of `title`.
fn put(object: &mut Map<String, Value>, field: &str, value: Value) {
    match field.split_once('.') {
        Some((name, language)) => {
            if let Some(Value::Object(inner)) = object.get_mut(name) {
                inner.insert(language.to_owned(), value);
            } else {
                object.insert(name.to_owned(), serde_json::json!({ language: value }));
            }
        }
        None => {
            object.insert(field.to_owned(), value);
        }
    }
}

fn own_fields(product: &Product) -> Result<Map<String, Value>, Fault> {
    let bare = Product { variants: Vec::new(), media: Vec::new(), ..product.clone() };
    let mut fields = object(&bare)?;
    fields.retain(|name, _| !STAMPS.contains(&name.as_str()) && !PARTS.contains(&name.as_str()));
    Ok(by_language(fields))
}

fn part_fields(part: &impl Serialize) -> Result<Map<String, Value>, Fault> {
    let mut fields = object(part)?;
    fields.remove("id");
    Ok(by_language(fields))
}

fn by_language(fields: Map<String, Value>) -> Map<String, Value> {
    let mut flat = Map::new();
    for (name, value) in fields {
        match value {
            Value::Object(inner) => flat.extend(inner.into_iter().map(|(language, value)| (format!("{name}.{language}"), value))),
            value => {
                flat.insert(name, value);
            }
        }
    }
    flat
}

fn object(thing: &impl Serialize) -> Result<Map<String, Value>, Fault> {
    match serde_json::to_value(thing) {
        Ok(Value::Object(fields)) => Ok(fields),
        _ => Err(unreadable()),
    }
}

fn unreadable() -> Fault {
    Fault::data("a product that is no object".to_owned())
}
