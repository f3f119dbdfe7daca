//! What only mail has: servers that vouch for a sender, and readers who complain to theirs.

use kernel::Timestamp;
use serde::{Deserialize, Serialize};

/// What our receiving server found about a mail's sender (RFC 8601): for each method that it asked its word, such as `pass` or `fail`.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct SenderCheck {
    /// Whether the server that brought it may send for its envelope's sender (RFC 7208).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub spf: Option<String>,
    /// Whether it is as its signer wrote it (RFC 6376).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dkim: Option<String>,
    /// Whether either is of the sender that people see, as that sender's domain wants it judged (RFC 7489).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dmarc: Option<String>,
}

impl SenderCheck {
    /// It is not shown that the mail is of whom it names: its domain says so or, where the domain says nothing, no method passes and one fails.
    pub fn is_doubtful(&self) -> bool {
        let is = |found: &Option<String>, words: &[&str]| found.as_deref().is_some_and(|found| words.contains(&found));
        match self.dmarc.as_deref() {
            Some("pass") => false,
            Some("fail") => true,
            _ => {
                let passes = is(&self.spf, &["pass"]) || is(&self.dkim, &["pass"]);
                !passes && (is(&self.spf, &["fail", "softfail"]) || is(&self.dkim, &["fail", "policy"]))
            }
        }
    }
}

/// Somebody told their provider that a message of ours is unwanted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Complaint {
    /// The name the provider gave our message.
    pub provider_message_id: String,
    /// Sort of complaint, in the provider's word: `abuse`.
    pub kind: String,
    /// When.
    pub at: Timestamp,
}
