//! What Twilio's error codes mean for us ("Error and warning dictionary"), and reading the answer to a request.

use crate::channel::OPTED_OUT;
use crate::json::{read, text};
use crate::{ProviderMessageId, SendError, WireReply};
use std::time::Duration;

/// A stable word for an error code that an agent can act on; else the code itself.
pub(super) fn word(code: i64) -> String {
    let known = match code {
        21610 => OPTED_OUT,
        21211 | 21214 | 21217 | 21219 | 21614 | 30005 => "bad_address",
        21408 | 21215 => "region_not_allowed",
        21606 | 21659 | 21660 | 21212 => "sender_not_allowed",
        21617 => "too_long",
        21623 | 21620 | 11200 | 12300 => "media_unreadable",
        30003 | 30006 | 30008 => "undeliverable",
        30004 | 30007 => "blocked",
        30002 | 20005 | 90010 => "account_blocked",
        other => return other.to_string(),
    };
    known.to_owned()
}

/// How long to wait at least before asking again; `None` when it would not help.
fn pause(code: i64) -> Option<Duration> {
    let seconds = match code {
        // Too many requests at once, or the queue of the number is full.
        20429 | 21611 | 14107 => 10,
        30001 => 60,
        // Twilio's own troubles.
        20500 | 20503 | 30009 => 5,
        _ => return None,
    };
    Some(Duration::from_secs(seconds))
}

/// The name of the message or call that Twilio took.
pub(crate) fn accepted(reply: &WireReply) -> Result<ProviderMessageId, SendError> {
    let (status, retry_after, body) = reply.http()?;
    let json = read(body);
    if (200..300).contains(&status) {
        // Taken but unnamed: asking again could reach the customer twice, so it is not retried.
        return text(&json["sid"])
            .map(|sid| ProviderMessageId(sid.to_owned()))
            .ok_or_else(|| SendError::Permanent { code: "no_message_id".into(), text: "the provider took it without naming it".into() });
    }
    let code = json["code"].as_i64();
    let text = json["message"].as_str().map_or_else(|| format!("HTTP {status}"), str::to_owned);
    if status == 401 || matches!(code, Some(20003 | 20006)) {
        return Err(SendError::Reauthorise { text });
    }
    let pause = code.and_then(pause).or((status == 429).then_some(Duration::from_secs(10)));
    let pause = pause.or((status >= 500).then_some(Duration::from_secs(5)));
    Err(match pause {
        Some(pause) => SendError::Retry { after: pause.max(retry_after.unwrap_or_default()), text },
        None => SendError::Permanent { code: code.map_or_else(|| format!("http_{status}"), word), text },
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    fn answer(status: u16, body: Value) -> Result<ProviderMessageId, SendError> {
        accepted(&WireReply::Http { status, retry_after: None, body: body.to_string().into() })
    }

    #[test]
    fn each_code_leads_to_what_helps() {
        let error = |status, code: i64| answer(status, json!({"code": code, "message": "words", "status": status})).expect_err("an error");
        let never = |code: &str| SendError::Permanent { code: code.into(), text: "words".into() };
        assert_eq!(error(400, 21610), never("opted_out"));
        assert_eq!(error(400, 21211), never("bad_address"));
        assert_eq!(error(400, 63038), never("63038"));
        assert_eq!(error(429, 20429), SendError::Retry { after: Duration::from_secs(10), text: "words".into() });
        assert_eq!(error(503, 20503), SendError::Retry { after: Duration::from_secs(5), text: "words".into() });
        assert_eq!(error(401, 20003), SendError::Reauthorise { text: "words".into() });
    }

    #[test]
    fn the_sid_names_what_was_taken() {
        assert_eq!(answer(201, json!({"sid": "SM1", "status": "queued"})), Ok(ProviderMessageId("SM1".into())));
        for unnamed in [json!({}), json!({"sid": ""})] {
            assert!(matches!(answer(201, unnamed), Err(SendError::Permanent { code, .. }) if code == "no_message_id"));
        }
        let lost = WireReply::Unreachable { detail: "timed out".into() };
        assert_eq!(accepted(&lost), Err(SendError::Retry { after: Duration::from_secs(5), text: "timed out".into() }));
    }
}
