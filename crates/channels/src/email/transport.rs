//! How mail leaves and arrives, whatever is underneath: real servers, or a mailbox in memory for rehearsals.

use crate::{MailRequest, WireReply};
use futures::future::BoxFuture;
use std::time::Duration;

/// How far a mailbox has been read. Stored by the caller, after the mail it comes with is stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct MailCursor {
    /// The mailbox's UIDVALIDITY (RFC 3501, 2.3.1.1): numbers only compare under the same one. 0 before the first reading.
    pub validity: u32,
    /// The highest number read.
    pub last_uid: u32,
}

/// A mail as it lies in the mailbox, and the cursor to keep once it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReceivedMail {
    /// How far the mailbox is read with this mail.
    pub cursor: MailCursor,
    /// The mail, byte for byte.
    pub raw: Vec<u8>,
}

/// Why a mailbox could not be read.
#[derive(Debug, thiserror::Error)]
pub enum MailFault {
    /// The name or password is wrong, or no longer right: nothing comes in until somebody mends it.
    #[error("the mailbox does not let us in: {0}")]
    Reauthorise(String),
    /// The server is away or does not keep to the protocol; to be tried again.
    #[error("the mail server cannot be read")]
    Unreachable(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// The account is incomplete or asks for what we do not do.
    #[error("the mail account cannot be used: {0}")]
    Misconfigured(String),
}

impl MailFault {
    pub(super) fn unreachable(cause: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self::Unreachable(cause.into())
    }
}

/// One mail account.
pub trait MailTransport: Send + Sync {
    /// Hand a mail to the server.
    fn send(&self, mail: MailRequest) -> BoxFuture<'_, WireReply>;

    /// Up to `limit` mails after the cursor, in the order of their numbers. Reading changes nothing in the mailbox, so what was not stored
    /// comes again. Before the first reading only unread mail is taken: a brand does not want its archive answered.
    fn fetch(&self, after: MailCursor, limit: usize) -> BoxFuture<'_, Result<Vec<ReceivedMail>, MailFault>>;

    /// Wait until there may be new mail, at most so long.
    fn wait(&self, at_most: Duration) -> BoxFuture<'_, Result<(), MailFault>>;
}
