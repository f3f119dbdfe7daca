//! What a mail server's answer means (RFC 5321, 4.2; RFC 4954, 4).

use super::bounce;
use crate::{ProviderMessageId, SendError, WireReply};
use std::time::Duration;

pub(super) fn accepted(reply: &WireReply) -> Result<ProviderMessageId, SendError> {
    match reply {
        WireReply::Mail { code: 200..=299, message_id, .. } => Ok(ProviderMessageId(message_id.clone())),
        WireReply::Mail { code: 530 | 534 | 535 | 538, text, .. } => Err(SendError::Reauthorise { text: text.clone() }),
        // Grey-listing servers want some minutes to pass.
        WireReply::Mail { code: 400..=499, text, .. } => Err(SendError::Retry { after: Duration::from_secs(120), text: text.clone() }),
        WireReply::Mail { code, text, .. } => Err(SendError::Permanent { code: word(*code, text), text: text.clone() }),
        // A mail that comes twice has one Message-ID, and mailboxes keep one of it.
        WireReply::Unreachable { detail } | WireReply::Unanswered { detail } => {
            Err(SendError::Retry { after: Duration::from_secs(30), text: detail.clone() })
        }
        WireReply::Http { .. } | WireReply::Pushed { .. } => {
            Err(SendError::Permanent { code: "wrong_carrier".into(), text: "the answer came from another channel".into() })
        }
    }
}

/// The word that a delivery report would have for the same refusal, where the server says it in an enhanced status code (RFC 2034).
fn word(code: u16, text: &str) -> String {
    let status = text.split_whitespace().map(|word| word.trim_matches(|letter: char| !letter.is_ascii_digit()));
    let known = status.map(bounce::word).find(|word| ["undeliverable", "mailbox_full"].contains(&word.as_str()));
    known.unwrap_or_else(|| format!("smtp_{code}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(code: u16) -> Result<ProviderMessageId, SendError> {
        accepted(&WireReply::Mail { code, text: "words".into(), message_id: "m1@hilo.example".into() })
    }

    #[test]
    fn temporary_and_final_refusals_are_told_apart() {
        assert_eq!(answer(250), Ok(ProviderMessageId("m1@hilo.example".into())));
        assert_eq!(answer(451), Err(SendError::Retry { after: Duration::from_secs(120), text: "words".into() }));
        assert_eq!(answer(550), Err(SendError::Permanent { code: "smtp_550".into(), text: "words".into() }));
        let nobody = "permanent error (550): 5.1.1 <nadie@cliente.test>: Recipient address rejected: User unknown";
        let refused = accepted(&WireReply::Mail { code: 550, text: nobody.into(), message_id: "m1@hilo.example".into() });
        assert_eq!(refused, Err(SendError::Permanent { code: "undeliverable".into(), text: nobody.into() }));
        assert_eq!(answer(535), Err(SendError::Reauthorise { text: "words".into() }));
    }
}
