//! Delivery reports (RFC 3464): they tell what became of a mail that we sent.

use crate::clean::clean;
use conversations::{Address, InboundEvent, Receipt, ReceiptState};
use kernel::Timestamp;
use mail_parser::{Message, MessageParser, MimeHeaders, PartType};

/// The receipt that a delivery report amounts to; `None` for any other mail, and for a report that does not say which mail it is about.
pub(super) fn receipt(message: &Message<'_>, at: Timestamp) -> Option<InboundEvent> {
    let report = message.parts.iter().find(|part| part.is_content_type("message", "delivery-status"))?;
    let report = clean(&String::from_utf8_lossy(report.contents()));
    if !field(&report, "Action")?.eq_ignore_ascii_case("failed") {
        return None;
    }
    let status = field(&report, "Status").unwrap_or_default();
    let diagnostic = field(&report, "Diagnostic-Code").unwrap_or_else(|| status.clone());
    // Where it was forwarded to is not where we sent it.
    let to = field(&report, "Original-Recipient").or_else(|| field(&report, "Final-Recipient"));
    let to = to.and_then(|value| value.split(';').nth(1).map(Address::email));
    Some(InboundEvent::Receipt(Receipt {
        provider_message_id: original_id(message)?,
        state: ReceiptState::Failed { code: word(&status), text: diagnostic },
        at,
        to,
        dedupe_key: None,
    }))
}

/// A stable word for an enhanced status code (RFC 3463) that an agent can act on, else the code.
pub(super) fn word(status: &str) -> String {
    match status {
        "5.1.1" | "5.1.2" | "5.1.3" | "5.1.10" | "5.4.4" => "undeliverable".to_owned(),
        "4.2.2" | "5.2.2" => "mailbox_full".to_owned(),
        "" => "unknown".to_owned(),
        other => other.to_owned(),
    }
}

/// The Message-ID of the mail that came back, whole or only its header.
pub(super) fn original_id(message: &Message<'_>) -> Option<String> {
    message.parts.iter().find_map(|part| match &part.body {
        PartType::Message(original) => original.message_id().map(clean),
        _ if part.is_content_type("text", "rfc822-headers") => {
            // The part's own last line break belongs to the boundary; a header without one is not read.
            let header = [part.contents(), b"\r\n\r\n"].concat();
            MessageParser::default().parse_headers(&header)?.message_id().map(clean)
        }
        _ => None,
    })
}

/// A field of the report, with its continuation lines.
pub(super) fn field(report: &str, name: &str) -> Option<String> {
    let mut lines =
        report.lines().skip_while(|line| line.split_once(':').is_none_or(|(field, _)| !field.trim().eq_ignore_ascii_case(name)));
    let first = lines.next()?.split_once(':')?.1.trim().to_owned();
    Some(lines.take_while(|line| line.starts_with([' ', '\t'])).fold(first, |value, line| format!("{value} {}", line.trim())))
}
