//! Why a command refused, in the reader's words.

use crate::{Page, Value};
use kernel::Problem;
use serde_json::Value as Json;

/// The text `why-{code}-{field}` or `why-{code}` (dots and `_` as hyphens) with the error's public fields; else its own sentence.
pub(crate) fn why(page: &Page, error: &impl Problem) -> String {
    let code = error.code().replace(['.', '_'], "-");
    let fields = error.fields();
    let field = fields.iter().find(|(name, _)| *name == "field").and_then(|(_, value)| value.as_str()).unwrap_or_default();
    let keys = [format!("why-{code}-{}", field.replace('_', "-")), format!("why-{code}")];
    let values: Vec<(&'static str, Value<'_>)> = fields.iter().map(|(name, value)| (*name, in_text(value))).collect();
    said(page, &keys, &values).unwrap_or_else(|| error.to_string())
}

/// The first of these texts that exists, filled. A text that is missing, or that wants a value it is not given, shows its own key.
pub(crate) fn said(page: &Page, keys: &[String], values: &[(&'static str, Value<'_>)]) -> Option<String> {
    keys.iter().map(|key| (key, page.tw(key, values))).find(|(key, text)| *key != text).map(|(_, text)| text)
}

fn in_text(value: &Json) -> Value<'_> {
    match value {
        Json::String(text) => text.as_str().into(),
        Json::Number(number) => number.as_i64().unwrap_or_default().into(),
        other => other.to_string().into(),
    }
}
