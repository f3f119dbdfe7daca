//! Why a command refused, in the reader's words.

use crate::{Page, Value, has_text};
use kernel::Problem;
use serde_json::Value as Json;

/// The text `why-{code}-{field}` or `why-{code}` (dots and `_` as hyphens) with the error's public fields; else its own sentence.
pub(crate) fn why(page: &Page, error: &impl Problem) -> String {
    let code = error.code().replace(['.', '_'], "-");
    let fields = error.fields();
    let field = fields.iter().find(|(name, _)| *name == "field").and_then(|(_, value)| value.as_str()).unwrap_or_default();
    let keys = [format!("why-{code}-{}", field.replace('_', "-")), format!("why-{code}")];
    let Some(key) = keys.into_iter().find(|key| has_text(key)) else { return error.to_string() };
    let values: Vec<(&'static str, Value<'_>)> = fields.iter().map(|(name, value)| (*name, in_text(value))).collect();
    page.tw(&key, &values)
}

fn in_text(value: &Json) -> Value<'_> {
    match value {
        Json::String(text) => text.as_str().into(),
        Json::Number(number) => number.as_i64().unwrap_or_default().into(),
        other => other.to_string().into(),
    }
}
