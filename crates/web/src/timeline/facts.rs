//! What an event's body says, read by name: a knot shows the facts it finds, so that a room may add kinds without asking here.

use kernel::{Logged, Money};
use serde_json::Value;

/// The body of an event.
pub(super) struct Facts(Value);

impl Facts {
    pub(super) fn of(entry: &Logged) -> Self {
        Facts(serde_json::from_str(&entry.body).unwrap_or_default())
    }
    /// A text or number by name; empty when missing.
    pub(super) fn text(&self, name: &str) -> String {
        match self.0.get(name) {
            Some(Value::String(text)) => text.clone(),
            Some(Value::Number(number)) => number.to_string(),
            _ => String::new(),
        }
    }
    pub(super) fn number(&self, name: &str) -> i64 {
        self.0.get(name).and_then(Value::as_i64).unwrap_or_default()
    }
    /// A claim by name; false when missing.
    pub(super) fn is(&self, name: &str) -> bool {
        self.0.get(name).and_then(Value::as_bool).unwrap_or_default()
    }
    /// The first amount of money among these names.
    pub(super) fn money(&self, names: &[&str]) -> Option<Money> {
        names.iter().find_map(|name| serde_json::from_value(self.0.get(name)?.clone()).ok())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::{LogKey, Timestamp};

    #[test]
    fn finds_what_is_there_and_nothing_else() {
        let body = r#"{"number":"H-000123","units":2,"total":{"amount_minor":1999,"currency":"EUR"}}"#;
        let entry = Logged {
            key: LogKey::default(),
            at: Timestamp::from_seconds(0),
            kind: "order.placed".into(),
            subject: String::new(),
            profile: None,
            channel: None,
            actor: None,
            body: body.into(),
        };
        let facts = Facts::of(&entry);
        assert_eq!((facts.text("number"), facts.number("units"), facts.text("reason")), ("H-000123".into(), 2, String::new()));
        assert_eq!(facts.money(&["refund", "total"]), Some(Money::eur(1999)));
        assert_eq!(Facts::of(&Logged { body: "?".into(), ..entry }).text("number"), "");
    }
}
