//! What Meta's error codes mean for us (Cloud API, "Error codes"), and reading the answer to a send.

use crate::json::{read, text};
use crate::{ProviderMessageId, SendError, WireReply};
use serde_json::Value;
use std::time::Duration;

/// A stable word for an error code that an agent can act on; else the code itself.
pub(super) fn word(code: i64) -> String {
    let known = match code {
        131047 => "window_closed",
        131026 => "undeliverable",
        131030 | 131021 => "recipient_not_allowed",
        131049 => "too_many_campaigns",
        131050 => "opted_out",
        131052 | 131053 => "media_unreadable",
        132000 | 132012 | 132018 => "template_parameters",
        132001 => "template_missing",
        132005 | 132007 | 132015 | 132016 => "template_blocked",
        131031 | 368 => "account_blocked",
        131042 => "payment_problem",
        100 | 131008 | 131009 | 131051 => "invalid_request",
        other => return other.to_string(),
    };
    known.to_owned()
}

/// How long to wait at least before sending again; `None` when it would not help.
fn pause(code: i64) -> Option<Duration> {
    let seconds = match code {
        // One message each 6 seconds to one person, beyond a burst of 45.
        131056 => 6,
        // 80 messages a second from one number.
        130429 => 1,
        // Too many calls to the API.
        4 | 80007 => 60,
        // Too many recipients reported us: Meta lifts it in its own time.
        131048 => 3600,
        // Meta's own troubles.
        1 | 2 | 131000 | 131016 | 131057 | 133004 => 5,
        _ => return None,
    };
    Some(Duration::from_secs(seconds))
}

/// Ended, withdrawn or insufficient permissions.
fn needs_authorisation(code: i64) -> bool {
    matches!(code, 0 | 3 | 10 | 190 | 200..=299 | 131005)
}

pub(super) fn accepted(reply: &WireReply) -> Result<ProviderMessageId, SendError> {
    if let WireReply::Unanswered { detail } = reply {
        // If it went out, a receipt that repeats our own name settles it before this.
        return Err(SendError::Retry { after: Duration::from_secs(60), text: detail.clone() });
    }
    let (status, retry_after, body) = reply.http()?;
    let json = read(body);
    if (200..300).contains(&status) {
        // Taken but unnamed: sending again could reach the customer twice, so it is not retried.
        return text(&json["messages"][0]["id"]).map(|id| ProviderMessageId(id.to_owned())).ok_or_else(|| SendError::Permanent {
            code: "no_message_id".into(),
            text: "the provider took the message without naming it".into(),
        });
    }
    Err(refused(status, retry_after, &json["error"]))
}

/// Meta's number of a file. One that may be there is uploaded again: nobody sees the first.
pub(super) fn uploaded(reply: &WireReply) -> Result<String, SendError> {
    let nameless = || SendError::Permanent { code: "no_media_id".into(), text: "the provider took the file without numbering it".into() };
    text(&answer(reply)?["id"]).map(str::to_owned).ok_or_else(nameless)
}

/// The answer to what may be asked twice; an error is Meta's own words.
pub(super) fn answer(reply: &WireReply) -> Result<Value, SendError> {
    if let WireReply::Unanswered { detail } = reply {
        return Err(SendError::Retry { after: Duration::from_secs(5), text: detail.clone() });
    }
    let (status, retry_after, body) = reply.http()?;
    let json = read(body);
    if (200..300).contains(&status) { Ok(json) } else { Err(refused(status, retry_after, &json["error"])) }
}

fn refused(status: u16, retry_after: Option<Duration>, error: &Value) -> SendError {
    let code = error["code"].as_i64();
    let text = [&error["error_user_msg"], &error["error_data"]["details"], &error["message"]]
        .iter()
        .find_map(|value| value.as_str())
        .map_or_else(|| format!("HTTP {status}"), str::to_owned);
    if code.is_some_and(needs_authorisation) || (code.is_none() && status == 401) {
        return SendError::Reauthorise { text };
    }
    let pause = match code {
        Some(code) => pause(code),
        None if status == 429 => Some(Duration::from_secs(60)),
        None => None,
    };
    let pause = pause.or((status >= 500).then_some(Duration::from_secs(5)));
    match (pause, retry_after) {
        (Some(pause), asked) => SendError::Retry { after: pause.max(asked.unwrap_or_default()), text },
        (None, _) => SendError::Permanent { code: code.map_or_else(|| format!("http_{status}"), word), text },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn answer(status: u16, body: Value) -> Result<ProviderMessageId, SendError> {
        accepted(&WireReply::Http { status, retry_after: None, body: body.to_string().into() })
    }

    fn error(status: u16, code: i64) -> SendError {
        answer(status, json!({"error": {"message": "words", "code": code}})).expect_err("an error")
    }

    #[test]
    fn the_message_id_is_read_from_the_published_answer() {
        let body =
            json!({"messaging_product": "whatsapp", "contacts": [{"input": "34600", "wa_id": "34600"}], "messages": [{"id": "wamid.A"}]});
        assert_eq!(answer(200, body), Ok(ProviderMessageId("wamid.A".into())));
        let unnamed = |body: Value| matches!(answer(200, body), Err(SendError::Permanent { code, .. }) if code == "no_message_id");
        assert!(unnamed(json!({"messages": [{"id": ""}]})) && unnamed(json!({"messages": []})));
    }

    #[test]
    fn each_code_leads_to_what_helps() {
        let retry = |seconds| SendError::Retry { after: Duration::from_secs(seconds), text: "words".into() };
        let never = |code: &str| SendError::Permanent { code: code.into(), text: "words".into() };
        assert_eq!(error(400, 131056), retry(6));
        assert_eq!(error(429, 130429), retry(1));
        assert_eq!(error(500, 131000), retry(5));
        assert_eq!(error(503, 99), retry(5));
        assert_eq!(error(400, 131047), never("window_closed"));
        assert_eq!(error(400, 132001), never("template_missing"));
        assert_eq!(error(400, 134000), never("134000"));
        assert_eq!(error(401, 190), SendError::Reauthorise { text: "words".into() });
    }

    #[test]
    fn a_longer_wait_asked_for_is_kept_and_a_lost_answer_is_tried_again() {
        let reply = WireReply::Http { status: 429, retry_after: Some(Duration::from_secs(90)), body: "busy".into() };
        assert_eq!(accepted(&reply), Err(SendError::Retry { after: Duration::from_secs(90), text: "HTTP 429".into() }));
        let lost = WireReply::Unreachable { detail: "timed out".into() };
        assert_eq!(accepted(&lost), Err(SendError::Retry { after: Duration::from_secs(5), text: "timed out".into() }));
    }
}
