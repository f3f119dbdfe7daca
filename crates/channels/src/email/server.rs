//! A mail account on real servers.

use super::{MailCursor, MailFault, MailTransport, ReceivedMail, imap::ImapMailbox, smtp::SmtpSender};
use crate::{ChannelAccount, MailRequest, WireReply};
use futures::future::BoxFuture;
use std::time::Duration;

/// SMTP out, IMAP in. Settings and secrets: see README.md.
pub struct ServerMail {
    smtp: SmtpSender,
    imap: ImapMailbox,
}

impl ServerMail {
    /// For a configured account; connects only when used.
    pub fn new(account: &ChannelAccount) -> Result<Self, MailFault> {
        Ok(Self { smtp: SmtpSender::new(account)?, imap: ImapMailbox::new(account)? })
    }
}

impl MailTransport for ServerMail {
    fn send(&self, mail: MailRequest) -> BoxFuture<'_, WireReply> {
        Box::pin(self.smtp.send(mail))
    }

    fn fetch(&self, after: MailCursor, limit: usize) -> BoxFuture<'_, Result<Vec<ReceivedMail>, MailFault>> {
        Box::pin(self.imap.fetch(after, limit))
    }

    fn wait(&self, at_most: Duration) -> BoxFuture<'_, Result<(), MailFault>> {
        Box::pin(self.imap.wait(at_most))
    }
}
