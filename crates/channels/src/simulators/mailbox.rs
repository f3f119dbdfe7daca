//! A mail account in memory: what we send lies in it to be looked at, and customers' mail arrives in it.

use crate::{MailCursor, MailFault, MailRequest, MailTransport, ReceivedMail, WireReply};
use futures::future::BoxFuture;
use kernel::Timestamp;
use lettre::message::Message;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, UNIX_EPOCH};
use tokio::sync::Notify;
use tokio::time::timeout;

/// Numbering of the mailbox: it is never numbered anew.
const VALIDITY: u32 = 1;

/// A mailbox in memory.
#[derive(Default)]
pub struct MemoryMail {
    state: Mutex<State>,
    news: Notify,
}

#[derive(Default)]
struct State {
    inbox: Vec<Vec<u8>>,
    sent: Vec<MailRequest>,
    refuse_with: Option<u16>,
}

/// A mail that a customer writes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CustomerMail {
    /// `Name <address>` or an address.
    pub from: String,
    /// Our address.
    pub to: String,
    /// Subject line.
    pub subject: String,
    /// What they write.
    pub text: String,
    /// The mail's own name, without angle brackets.
    pub message_id: String,
    /// The mail it answers, without angle brackets.
    pub in_reply_to: Option<String>,
    /// When it is written.
    pub at: Timestamp,
}

impl MemoryMail {
    /// An empty mailbox.
    pub fn new() -> Self {
        Self::default()
    }

    /// A mail arrives, byte for byte.
    pub fn arrives(&self, raw: Vec<u8>) {
        self.state().inbox.push(raw);
        self.news.notify_one();
    }

    /// A customer writes. Refused when an address is not well-formed.
    pub fn writes(&self, mail: &CustomerMail) -> Result<(), String> {
        let sent_at = UNIX_EPOCH + Duration::from_micros(mail.at.as_micros().max(0).unsigned_abs());
        let mut builder = Message::builder()
            .from(mail.from.parse().map_err(|error| format!("from: {error}"))?)
            .to(mail.to.parse().map_err(|error| format!("to: {error}"))?)
            .subject(&mail.subject)
            .date(sent_at)
            .message_id(Some(format!("<{}>", mail.message_id)));
        if let Some(answered) = &mail.in_reply_to {
            builder = builder.in_reply_to(format!("<{answered}>")).references(format!("<{answered}>"));
        }
        let message = builder.body(mail.text.clone()).map_err(|error| error.to_string())?;
        self.arrives(message.formatted());
        Ok(())
    }

    /// What we sent, oldest first; the same mail twice is there once, as readers show it.
    pub fn sent(&self) -> Vec<MailRequest> {
        self.state().sent.clone()
    }

    /// Answer every mail with this reply code from now on; `None` takes them again.
    pub fn refuse_with(&self, code: Option<u16>) {
        self.state().refuse_with = code;
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // A panic while it was held leaves whole lists.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn take(&self, mail: MailRequest) -> WireReply {
        let mut state = self.state();
        let message_id = mail.message_id.clone();
        if let Some(code) = state.refuse_with {
            return WireReply::Mail { code, text: "refused by the simulator's fault switch".into(), message_id };
        }
        if !state.sent.iter().any(|known| known.message_id == message_id) {
            state.sent.push(mail);
        }
        WireReply::Mail { code: 250, text: "taken".into(), message_id }
    }

    fn after(&self, cursor: MailCursor, limit: usize) -> Vec<ReceivedMail> {
        let read = if cursor.validity == VALIDITY { cursor.last_uid as usize } else { 0 };
        let state = self.state();
        let numbered = (1_u32..).zip(&state.inbox).skip(read).take(limit);
        numbered.map(|(uid, raw)| ReceivedMail { cursor: MailCursor { validity: VALIDITY, last_uid: uid }, raw: raw.clone() }).collect()
    }
}

impl MailTransport for MemoryMail {
    fn send(&self, mail: MailRequest) -> BoxFuture<'_, WireReply> {
        Box::pin(async move { self.take(mail) })
    }

    fn fetch(&self, after: MailCursor, limit: usize) -> BoxFuture<'_, Result<Vec<ReceivedMail>, MailFault>> {
        Box::pin(async move { Ok(self.after(after, limit)) })
    }

    /// Wakes at the next arrival, or at once if one came since the last waiting.
    fn wait(&self, at_most: Duration) -> BoxFuture<'_, Result<(), MailFault>> {
        Box::pin(async move {
            let _ = timeout(at_most, self.news.notified()).await;
            Ok(())
        })
    }
}
