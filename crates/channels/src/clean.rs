//! Text from outside, made fit to store: no database column takes a NUL, and no page shows the other control characters.

use serde_json::Value;

/// The text without control characters other than line break and tab; line breaks become `\n`.
pub(crate) fn clean(text: &str) -> String {
    text.replace("\r\n", "\n").chars().filter(|letter| !letter.is_control() || matches!(letter, '\n' | '\t')).collect()
}

/// Clean every text in a JSON value, and the names of its fields: a kind that we do not know is told by its name.
pub(crate) fn clean_json(value: &mut Value) {
    match value {
        Value::String(text) if text.contains(char::is_control) => *text = clean(text),
        Value::Array(items) => items.iter_mut().for_each(clean_json),
        Value::Object(fields) => {
            if fields.keys().any(|name| name.contains(char::is_control)) {
                *fields = std::mem::take(fields).into_iter().map(|(name, field)| (clean(&name), field)).collect();
            }
            fields.values_mut().for_each(clean_json);
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn control_characters_are_dropped_at_any_depth() {
        let mut value = json!({"a": ["x\u{0}y\r\nz\t", {"b": "\u{7}", "c\u{0}": {"\u{0}d": 1}}]});
        clean_json(&mut value);
        assert_eq!(value, json!({"a": ["xy\nz\t", {"b": "", "c": {"d": 1}}]}));
    }
}
