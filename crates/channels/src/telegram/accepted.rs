//! Reading the Bot API's answer to a send.

use super::parse::message_name;
use crate::carry::LONGEST_WAIT;
use crate::json::read;
use crate::{ProviderMessageId, SendError, WireReply};
use std::time::Duration;

/// Telegram has neither a dedupe key nor receipts: what may have gone out is not sent again by itself.
pub(super) fn accepted(reply: &WireReply) -> Result<ProviderMessageId, SendError> {
    let (status, retry_after, body) = reply.http()?;
    let json = read(body);
    if json["ok"] == true {
        let unnamed =
            || SendError::Permanent { code: "no_message_id".into(), text: "the provider took the message without naming it".into() };
        return message_name(&json["result"]).map(ProviderMessageId).ok_or_else(unnamed);
    }
    let code = json["error_code"].as_u64().unwrap_or_else(|| status.into());
    let text = json["description"].as_str().map_or_else(|| format!("HTTP {status}"), str::to_owned);
    let told = json["parameters"]["retry_after"].as_u64().map(|seconds| Duration::from_secs(seconds).min(LONGEST_WAIT));
    let asked = told.or(retry_after);
    Err(match code {
        429 => SendError::Retry { after: asked.unwrap_or(Duration::from_secs(30)), text },
        500.. => SendError::Retry { after: asked.unwrap_or(Duration::from_secs(5)), text },
        // 404 is what a token that was never given out gets.
        401 | 404 => SendError::Reauthorise { text },
        403 => SendError::Permanent { code: "opted_out".into(), text },
        _ if text.contains("chat not found") => SendError::Permanent { code: "undeliverable".into(), text },
        code => SendError::Permanent { code: format!("telegram_{code}"), text },
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    fn answer(status: u16, body: &Value) -> Result<ProviderMessageId, SendError> {
        accepted(&WireReply::Http { status, retry_after: None, body: body.to_string().into() })
    }

    fn refused(code: u16, text: &str) -> SendError {
        answer(code, &json!({ "ok": false, "error_code": code, "description": text })).expect_err("refused")
    }

    #[test]
    fn a_message_is_named_by_its_chat_and_number() {
        let body = json!({ "ok": true, "result": { "message_id": 12, "date": 1, "chat": { "id": 600, "type": "private" } } });
        assert_eq!(answer(200, &body), Ok(ProviderMessageId("600:12".into())));
    }

    #[test]
    fn each_refusal_leads_to_what_helps() {
        let flood = json!({ "ok": false, "error_code": 429, "description": "Too Many Requests: retry after 7", "parameters": { "retry_after": 7 } });
        let slow = SendError::Retry { after: Duration::from_secs(7), text: "Too Many Requests: retry after 7".into() };
        assert_eq!(answer(429, &flood), Err(slow));
        let for_ever =
            json!({ "ok": false, "error_code": 429, "description": "Too Many\0 Requests", "parameters": { "retry_after": u64::MAX } });
        let longest = SendError::Retry { after: LONGEST_WAIT, text: "Too Many Requests".into() };
        assert_eq!(answer(429, &for_ever), Err(longest));
        let never = |code: &str, text: &str| SendError::Permanent { code: code.into(), text: text.into() };
        assert_eq!(refused(403, "Forbidden: bot was blocked by the user"), never("opted_out", "Forbidden: bot was blocked by the user"));
        assert_eq!(refused(400, "Bad Request: chat not found"), never("undeliverable", "Bad Request: chat not found"));
        assert_eq!(refused(400, "Bad Request: message is too long"), never("telegram_400", "Bad Request: message is too long"));
        assert_eq!(refused(401, "Unauthorized"), SendError::Reauthorise { text: "Unauthorized".into() });
        assert_eq!(refused(502, "Bad Gateway"), SendError::Retry { after: Duration::from_secs(5), text: "Bad Gateway".into() });
    }

    #[test]
    fn what_may_have_gone_out_is_not_sent_again() {
        let lost = WireReply::Unanswered { detail: "timed out".into() };
        assert_eq!(accepted(&lost), Err(SendError::Permanent { code: "unanswered".into(), text: "timed out".into() }));
    }
}
