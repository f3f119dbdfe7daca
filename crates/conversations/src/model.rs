//! Matters, messages and where they stand. Pure: no transaction, no clock.

use crate::{Clocks, Media, Part};
use kernel::{Channel, ProfileId, StaffId, Timestamp};
use serde::{Deserialize, Serialize};

kernel::id! {
    /// One concern within a person's thread.
    pub struct MatterId;
    /// One item that was said.
    pub struct MessageId;
    /// A configured number, page or mailbox.
    pub struct AccountId;
    /// People who work on matters together.
    pub struct TeamId;
    /// A file that came or went with a message.
    pub struct AttachmentId;
    /// Something that came in, as it came.
    pub struct RawId;
}

kernel::db_enum! {
    /// Where a matter stands.
    pub enum MatterState {
        /// Nobody has looked at it.
        New = "new",
        /// The customer waits for us.
        Open = "open",
        /// We wait for the customer.
        Waiting = "waiting",
        /// Put aside until a time.
        Snoozed = "snoozed",
        /// Done.
        Resolved = "resolved",
    }
}

impl MatterState {
    /// Somebody at the brand has to do something.
    pub fn needs_us(self) -> bool {
        matches!(self, MatterState::New | MatterState::Open)
    }
}

kernel::db_enum! {
    /// Which way a message went.
    pub enum Direction {
        /// From the customer.
        Inbound = "in",
        /// From the brand.
        Outbound = "out",
        /// Among staff; the customer never sees it.
        Note = "note",
    }
}

kernel::db_enum! {
    /// How far a message came.
    pub enum DeliveryState {
        /// It came in, or is a note: nothing to deliver.
        Received = "received",
        /// Waiting to be sent; may be taken back.
        Queued = "queued",
        /// Taken by a sender. If that sender dies, another takes it under the same dedupe key.
        Sending = "sending",
        /// The provider has it.
        Sent = "sent",
        /// It is on the customer's device.
        Delivered = "delivered",
        /// The customer opened it.
        Read = "read",
        /// It will not arrive.
        Failed = "failed",
        /// Taken back before it was sent.
        Cancelled = "cancelled",
    }
}

impl DeliveryState {
    /// Receipts come in any order: a later state wins, an earlier one changes nothing. A failure after delivery is not believed.
    pub fn can_become(self, next: DeliveryState) -> bool {
        use DeliveryState::*;
        match self {
            Queued => matches!(next, Sending | Sent | Delivered | Read | Failed | Cancelled),
            Sending => matches!(next, Queued | Sent | Delivered | Read | Failed),
            Sent => matches!(next, Delivered | Read | Failed),
            Delivered => matches!(next, Read),
            // A provider may say "failed" first and deliver all the same.
            Failed => matches!(next, Delivered | Read | Queued),
            Received | Read | Cancelled => false,
        }
    }
}

kernel::db_enum! {
    /// Why nothing is sent to an address until somebody writes from it.
    pub enum Undeliverable {
        /// What is sent there comes back: there is no such address.
        NoSuchAddress = "no_such_address",
        /// Whoever reads there told their provider that our mail is unwanted.
        Unwanted = "unwanted",
    }
}

/// A configured number, page or mailbox.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// Which.
    pub id: AccountId,
    /// Its kind.
    pub channel: Channel,
    /// As staff call it.
    pub name: String,
    /// The provider's number of it, or the mailbox's address.
    pub address: String,
    /// Hours after a customer's last message in which free text may be sent; `None` is always.
    pub window_hours: Option<u32>,
    /// The adapter's own settings, as JSON; may hold secrets, so never printed.
    pub settings: Settings,
    /// False when switched off.
    pub active: bool,
}

/// Settings that may hold secrets: stored, never printed.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Settings(pub String);

impl std::fmt::Debug for Settings {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Settings(..)")
    }
}

/// One concern within a person's thread.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Matter {
    /// Which.
    pub id: MatterId,
    /// Whose: the profile that opened it.
    pub profile: ProfileId,
    /// What it is about.
    pub subject: String,
    /// Where it stands.
    pub state: MatterState,
    /// Who works on it together.
    pub team: Option<TeamId>,
    /// Who answers for it.
    pub owner: Option<StaffId>,
    /// Channel of the last message.
    pub channel: Channel,
    /// First words of the last message.
    pub preview: String,
    /// Inbound messages nobody has looked at.
    pub unread: i64,
    /// Since when.
    pub opened_at: Timestamp,
    /// When something was last said.
    pub last_at: Timestamp,
    /// Since when the customer waits for an answer.
    pub waiting_since: Option<Timestamp>,
    /// Until when it is put aside.
    pub snoozed_until: Option<Timestamp>,
    /// What whoever takes it must know; empty is nothing in particular.
    pub skill: String,
    /// Language that it is to be served in; empty is any.
    pub language: String,
    /// Channel by which the customer asked to be answered.
    pub wish: Option<Channel>,
    /// Until when the customer is to be answered.
    pub answer_due: Option<Timestamp>,
    /// Until when it is to be resolved.
    pub resolve_due: Option<Timestamp>,
    /// When a person first answered it.
    pub answered_at: Option<Timestamp>,
    /// Until when something is promised in it.
    pub promised: Option<Timestamp>,
}

impl Matter {
    /// Its clocks.
    pub fn clocks(&self) -> Clocks {
        Clocks { answer_due: self.answer_due, resolve_due: self.resolve_due, promised: self.promised }
    }
    pub(crate) fn due_rank(&self) -> i64 {
        self.clocks().rank(self.last_at)
    }
}

/// What a message carries beside its text.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Content {
    /// Safe markup of the same words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub html: Option<String>,
    /// Everything that is neither text nor a file.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<Part>,
    /// What is to be sent: files by link, choices, template.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outbound: Option<Box<OutboundExtras>>,
    /// A machine wrote it.
    #[serde(default)]
    pub automatic: bool,
    /// In which language a customer wrote it (ISO 639-1), where that is clear.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// What our receiving server found about its sender.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sender_check: Option<crate::SenderCheck>,
}

/// The parts of an outbound message beyond its text.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct OutboundExtras {
    /// Choices under the text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub choices: Option<crate::Choices>,
    /// Files.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub media: Vec<Media>,
    /// An approved text instead.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub template: Option<crate::Template>,
    /// Something of the shop, shown below the words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub card: Option<crate::Card>,
    /// It holds a secret of the customer's (a one-time code): whoever works here sees it masked.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub secret: bool,
    /// Where one POST stops messages of this kind, for channels that can say so (RFC 8058).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unsubscribe: Option<String>,
    /// Who signs it, for channels with a signature.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signed: Option<crate::Signed>,
}

/// One item that was said.
#[derive(Debug, Clone, PartialEq)]
pub struct Message {
    /// Which.
    pub id: MessageId,
    /// The concern it belongs to.
    pub matter: MatterId,
    /// Whose thread.
    pub profile: ProfileId,
    /// Through which account; none for notes.
    pub account: Option<AccountId>,
    /// A property of the message.
    pub channel: Channel,
    /// Which way.
    pub direction: Direction,
    /// Who wrote: `customer:ID`, `staff:ID`, `system`.
    pub author: String,
    /// The customer's address on that channel.
    pub address: Option<String>,
    /// Subject line.
    pub subject: Option<String>,
    /// The words, without quoted history.
    pub text: String,
    /// The rest.
    pub content: Content,
    /// When it was said.
    pub at: Timestamp,
    /// How far it came.
    pub state: DeliveryState,
    /// The provider's word for a failure, and its explanation.
    pub failure: Option<(String, String)>,
}

impl Message {
    /// What goes with its words.
    pub fn card(&self) -> Option<&crate::Card> {
        self.content.outbound.as_ref()?.card.as_ref()
    }
    /// All of it where there are only words.
    pub fn plain(&self) -> String {
        crate::card::with_words(&self.text, self.card())
    }
}

/// The first words of a text on one line, for lists.
pub fn preview(text: &str) -> String {
    let mut line = String::new();
    for word in text.split_whitespace() {
        if line.chars().count() + word.chars().count() > 120 {
            line.push('…');
            break;
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.extend(word.chars().take(120));
    }
    line
}

/// A text without its digits, for who is not to read a code in it.
pub(crate) fn masked(text: &str) -> String {
    text.chars().map(|c| if c.is_ascii_digit() { '•' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn receipts_in_any_order_end_in_the_latest_state() {
        use DeliveryState::*;
        let settle = |order: &[DeliveryState]| order.iter().fold(Sending, |now, next| if now.can_become(*next) { *next } else { now });
        for order in [[Sent, Delivered, Read], [Read, Sent, Delivered], [Delivered, Read, Sent], [Read, Delivered, Sent]] {
            assert_eq!(settle(&order), Read, "{order:?}");
        }
        assert_eq!(settle(&[Delivered, Failed]), Delivered);
        assert!(!Cancelled.can_become(Sent));
    }

    #[test]
    fn a_preview_is_one_short_line() {
        assert_eq!(preview(" hola\n  qué tal "), "hola qué tal");
        assert_eq!(preview(&"palabra ".repeat(60)).chars().count(), 120);
    }
}
