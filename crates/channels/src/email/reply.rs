//! What a mail server's answer means (RFC 5321, 4.2; RFC 4954, 4).

use crate::{ProviderMessageId, SendError, WireReply};
use std::time::Duration;

pub(super) fn accepted(reply: &WireReply) -> Result<ProviderMessageId, SendError> {
    match reply {
        WireReply::Mail { code: 200..=299, message_id, .. } => Ok(ProviderMessageId(message_id.clone())),
        WireReply::Mail { code: 530 | 534 | 535 | 538, text, .. } => Err(SendError::Reauthorise { text: text.clone() }),
        // Grey-listing servers want some minutes to pass.
        WireReply::Mail { code: 400..=499, text, .. } => Err(SendError::Retry { after: Duration::from_secs(120), text: text.clone() }),
        WireReply::Mail { code, text, .. } => Err(SendError::Permanent { code: format!("smtp_{code}"), text: text.clone() }),
        // A mail that comes twice has one Message-ID, and mailboxes keep one of it.
        WireReply::Unreachable { detail } | WireReply::Unanswered { detail } => {
            Err(SendError::Retry { after: Duration::from_secs(30), text: detail.clone() })
        }
        WireReply::Http { .. } | WireReply::Pushed { .. } => {
            Err(SendError::Permanent { code: "wrong_carrier".into(), text: "the answer came from another channel".into() })
        }
    }
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
        assert_eq!(answer(535), Err(SendError::Reauthorise { text: "words".into() }));
    }
}
