//! The words that the log keeps of people, so that they can be taken out of it.

use kernel::{Fault, Logged, ProfileId, Tx};
use serde_json::Value;

/// Texts that somebody wrote or is called by, wherever a body has them. Ids, numbers, amounts, states and codes stay.
const WORDS: [&str; 11] = ["about", "heard", "preview", "name", "display", "identifier", "reason", "evidence", "text", "from", "address"];
/// What concerns are about; elsewhere `subject` is an id.
const SUBJECT: &str = "subject";

/// Take the words out of everything the log says of a profile. Answers how many events lost some.
pub(super) fn scrub(tx: &mut Tx<'_>, profile: ProfileId) -> Result<u64, Fault> {
    kernel::log::rewrite(tx, profile, move |event| scrubbed(event, profile))
}

fn scrubbed(event: &Logged, profile: ProfileId) -> Option<(String, String)> {
    let mut body: Value = serde_json::from_str(&event.body).unwrap_or_default();
    let is_matter = event.kind.starts_with("matter.");
    let mut changed = false;
    if let Value::Object(facts) = &mut body {
        for (name, fact) in facts {
            let is_word = WORDS.contains(&name.as_str()) || (is_matter && name == SUBJECT);
            if is_word && matches!(fact, Value::String(text) if !text.is_empty()) {
                *fact = Value::String(String::new());
                changed = true;
            }
        }
    }
    // An address may be the subject itself.
    let subject = match event.kind.as_str() {
        "contact.opted_out" | "contact.opted_in" => profile.to_string(),
        _ => event.subject.clone(),
    };
    (changed || subject != event.subject).then(|| (subject, body.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::{LogKey, Timestamp};

    fn event(kind: &str, subject: &str, body: &str) -> Logged {
        Logged {
            key: LogKey::default(),
            at: Timestamp::from_seconds(0),
            kind: kind.into(),
            subject: subject.into(),
            profile: None,
            channel: None,
            actor: None,
            body: body.into(),
        }
    }

    #[test]
    fn words_go_and_numbers_stay() {
        let ana = ProfileId::nil();
        let of = |kind, subject, body| scrubbed(&event(kind, subject, body), ana);
        assert_eq!(
            of("message.received", "M", r#"{"matter":"X","preview":"Hola"}"#),
            Some(("M".into(), r#"{"matter":"X","preview":""}"#.into()))
        );
        assert_eq!(of("payment.captured", "P", r#"{"amount":{"amount_minor":1},"subject":"order:1"}"#), None);
        assert_eq!(of("matter.opened", "X", r#"{"subject":"Mi pedido"}"#), Some(("X".into(), r#"{"subject":""}"#.into())));
        assert_eq!(of("contact.opted_out", "+34612345678", r#"{"evidence":"BAJA"}"#), Some((ana.to_string(), r#"{"evidence":""}"#.into())));
        assert_eq!(of("order.placed", "O", r#"{"number":"H-000001","reason":"","summary":"Camisa"}"#), None);
    }
}
