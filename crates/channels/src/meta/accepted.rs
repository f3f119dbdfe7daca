//! Reading the answer to a send on Messenger or Instagram ("Error Codes", Messenger Platform).

use crate::json::{read, text};
use crate::{ProviderMessageId, SendError, WireReply};
use std::time::Duration;

/// Subcodes of a window that has closed.
const TOO_LATE: [i64; 2] = [2_018_278, 2_534_022];
/// Subcodes and codes of somebody who cannot be reached.
const GONE: [i64; 4] = [551, 1_545_041, 2_018_001, 2_018_108];

/// `is_settled`: our own name for a message comes back in its echo, so a send whose answer was lost may be tried again a little later.
pub(super) fn accepted(reply: &WireReply, is_settled: bool) -> Result<ProviderMessageId, SendError> {
    if let (WireReply::Unanswered { detail }, true) = (reply, is_settled) {
        return Err(SendError::Retry { after: Duration::from_secs(60), text: detail.clone() });
    }
    let (status, retry_after, body) = reply.http()?;
    let json = read(body);
    if (200..300).contains(&status) {
        let unnamed =
            || SendError::Permanent { code: "no_message_id".into(), text: "the provider took the message without naming it".into() };
        return text(&json["message_id"]).map(|id| ProviderMessageId(id.to_owned())).ok_or_else(unnamed);
    }
    let error = &json["error"];
    let (code, sub) = (error["code"].as_i64().unwrap_or_default(), error["error_subcode"].as_i64().unwrap_or_default());
    let text = error["message"].as_str().map_or_else(|| format!("HTTP {status}"), str::to_owned);
    let retry =
        |seconds: u64| SendError::Retry { after: retry_after.unwrap_or_default().max(Duration::from_secs(seconds)), text: text.clone() };
    let never = |code: &str| SendError::Permanent { code: code.to_owned(), text: text.clone() };
    Err(match (code, sub, status) {
        (_, sub, _) if TOO_LATE.contains(&sub) => never("window_closed"),
        (code, sub, _) if GONE.contains(&code) || GONE.contains(&sub) => never("undeliverable"),
        (4 | 17 | 32 | 613, ..) | (0, _, 429) => retry(60),
        (1 | 2 | 1200, ..) => retry(5),
        (190 | 102 | 10 | 200..=299, ..) | (0, _, 401) => SendError::Reauthorise { text },
        (_, _, 500..) => retry(5),
        (100, ..) => never("invalid_request"),
        (368, ..) => never("account_blocked"),
        (0, ..) => never(&format!("http_{status}")),
        (code, ..) => never(&code.to_string()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn refused(status: u16, code: i64, sub: i64) -> SendError {
        let body = json!({ "error": { "message": "words", "type": "OAuthException", "code": code, "error_subcode": sub } });
        accepted(&WireReply::Http { status, retry_after: None, body: body.to_string().into() }, false).expect_err("refused")
    }

    #[test]
    fn the_message_id_is_read_from_the_answer() {
        let body = json!({ "recipient_id": "1254477777772919", "message_id": "mid.1" }).to_string().into();
        assert_eq!(accepted(&WireReply::Http { status: 200, retry_after: None, body }, false), Ok(ProviderMessageId("mid.1".into())));
        let nameless = WireReply::Http { status: 200, retry_after: None, body: json!({ "message_id": "\0" }).to_string().into() };
        assert!(matches!(accepted(&nameless, false), Err(SendError::Permanent { code, .. }) if code == "no_message_id"));
    }

    #[test]
    fn each_refusal_leads_to_what_helps() {
        let never = |code: &str| SendError::Permanent { code: code.into(), text: "words".into() };
        let retry = |seconds| SendError::Retry { after: Duration::from_secs(seconds), text: "words".into() };
        assert_eq!(refused(400, 10, 2_018_278), never("window_closed"));
        assert_eq!(refused(400, 551, 1_545_041), never("undeliverable"));
        assert_eq!(refused(400, 100, 2_018_001), never("undeliverable"));
        assert_eq!(refused(400, 613, 0), retry(60));
        assert_eq!(refused(500, 2, 0), retry(5));
        assert_eq!(refused(401, 190, 463), SendError::Reauthorise { text: "words".into() });
        assert_eq!(refused(400, 100, 0), never("invalid_request"));
    }

    #[test]
    fn a_lost_answer_is_tried_again_only_where_an_echo_settles_it() {
        let lost = WireReply::Unanswered { detail: "timed out".into() };
        assert_eq!(accepted(&lost, true), Err(SendError::Retry { after: Duration::from_secs(60), text: "timed out".into() }));
        assert_eq!(accepted(&lost, false), Err(SendError::Permanent { code: "unanswered".into(), text: "timed out".into() }));
    }
}
