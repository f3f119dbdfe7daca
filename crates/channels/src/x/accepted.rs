//! Reading the API's answer to a direct message.

use crate::json::{read, text};
use crate::{ProviderMessageId, SendError, WireReply};
use serde_json::Value;
use std::time::Duration;

/// X has no dedupe key: what may have gone out is not sent again by itself.
pub(super) fn accepted(reply: &WireReply) -> Result<ProviderMessageId, SendError> {
    named(reply, "dm_event_id").map(ProviderMessageId)
}

/// X's number of a file. One that may be there is uploaded again: nobody sees the first.
pub(super) fn uploaded(reply: &WireReply) -> Result<String, SendError> {
    match reply {
        WireReply::Unanswered { detail } => Err(SendError::Retry { after: Duration::from_secs(5), text: detail.clone() }),
        reply => named(reply, "id"),
    }
}

fn named(reply: &WireReply, field: &str) -> Result<String, SendError> {
    let (status, retry_after, body) = reply.http()?;
    let json = read(body);
    if (200..300).contains(&status) {
        let unnamed = || SendError::Permanent { code: "no_message_id".into(), text: "the provider took it without naming it".into() };
        return text(&json["data"][field]).map(str::to_owned).ok_or_else(unnamed);
    }
    // Three forms of refusal: a problem, a list of them, and the older code with a message.
    let words = [&json["detail"], &json["errors"][0]["message"], &json["errors"][0]["detail"], &json["message"], &json["title"]];
    let text = words.into_iter().find_map(Value::as_str).map_or_else(|| format!("HTTP {status}"), str::to_owned);
    Err(match status {
        // Fifteen in fifteen minutes: a minute later there is room for one more.
        429 => SendError::Retry { after: retry_after.unwrap_or_default().max(Duration::from_secs(60)), text },
        500.. => SendError::Retry { after: Duration::from_secs(5), text },
        401 => SendError::Reauthorise { text },
        403 | 404 => SendError::Permanent { code: "undeliverable".into(), text },
        400 => SendError::Permanent { code: "invalid_request".into(), text },
        status => SendError::Permanent { code: format!("http_{status}"), text },
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn answer(status: u16, body: &Value) -> Result<ProviderMessageId, SendError> {
        accepted(&WireReply::Http { status, retry_after: None, body: body.to_string().into() })
    }

    #[test]
    fn each_answer_leads_to_what_helps() {
        let taken = json!({ "data": { "dm_conversation_id": "1-2", "dm_event_id": "1146654567674912769" } });
        assert_eq!(answer(201, &taken), Ok(ProviderMessageId("1146654567674912769".into())));
        let nameless = json!({ "data": { "dm_event_id": "" } });
        assert!(matches!(answer(201, &nameless), Err(SendError::Permanent { code, .. }) if code == "no_message_id"));
        let closed = json!({ "title": "Forbidden", "detail": "You do not have permission to DM one or more participants.", "status": 403 });
        let words = "You do not have permission to DM one or more participants.".to_owned();
        assert_eq!(answer(403, &closed), Err(SendError::Permanent { code: "undeliverable".into(), text: words }));
        let slow = json!({ "title": "Too Many Requests", "status": 429 });
        assert_eq!(answer(429, &slow), Err(SendError::Retry { after: Duration::from_secs(60), text: "Too Many Requests".into() }));
        assert_eq!(answer(401, &json!({})), Err(SendError::Reauthorise { text: "HTTP 401".into() }));
        assert_eq!(answer(503, &json!({})), Err(SendError::Retry { after: Duration::from_secs(5), text: "HTTP 503".into() }));
    }
}
