//! Complaints (RFC 5965): somebody pressed "junk", and their provider tells us which mail it was.

use super::bounce::{field, original_id};
use crate::clean::clean;
use conversations::{Complaint, InboundEvent};
use kernel::Timestamp;
use mail_parser::{Message, MimeHeaders};

/// The complaint that a report amounts to; `None` for any other mail, and for a report that does not say which mail it is about.
pub(super) fn complaint(message: &Message<'_>, at: Timestamp) -> Option<InboundEvent> {
    let report = message.parts.iter().find(|part| part.is_content_type("message", "feedback-report"))?;
    let report = clean(&String::from_utf8_lossy(report.contents()));
    // Only these are about a mail that its reader does not want (RFC 5965, 7.3); `not-spam` takes one back, others judge its make.
    let unwanted = |kind: &String| ["abuse", "opt-out", "opt-out-list"].contains(&kind.as_str());
    let kind = field(&report, "Feedback-Type").map(|kind| kind.to_ascii_lowercase()).filter(unwanted)?;
    Some(InboundEvent::Complaint(Complaint { provider_message_id: original_id(message)?, kind, at }))
}
