//! A mail account in memory: what we send lies in it to be looked at, and customers' mail arrives in it.

use crate::{MailCursor, MailFault, MailRequest, MailTransport, ReceivedMail, WireReply};
use futures::future::BoxFuture;
use kernel::Timestamp;
use lettre::message::Message;
use mail_parser::MessageParser;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, UNIX_EPOCH};
use tokio::sync::watch;
use tokio::time::timeout;

/// A mail account in memory; [`MemoryMail::mailbox`] is one address of several.
pub struct MemoryMail {
    state: Mutex<State>,
    /// How many mails have arrived.
    news: watch::Sender<usize>,
    seen: AtomicUsize,
    /// Whose numbers these are: what was read under another numbering says nothing about this one.
    validity: u32,
}

impl Default for MemoryMail {
    fn default() -> Self {
        MemoryMail { state: Mutex::default(), news: watch::channel(0).0, seen: AtomicUsize::new(0), validity: 1 }
    }
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

    /// An empty mailbox that begins at `at`. Readers who remember an earlier one, of a program that has ended, begin anew with it.
    pub fn beginning(at: Timestamp) -> Self {
        let seconds = u32::try_from(at.as_millis() / 1000).unwrap_or(u32::MAX);
        MemoryMail { validity: seconds.max(1), ..Self::default() }
    }

    /// The mailbox of one of our addresses: only what is addressed to it arrives there.
    pub fn mailbox(self: &Arc<Self>, address: &str) -> Arc<dyn MailTransport> {
        Arc::new(Mailbox { mail: self.clone(), address: address.to_lowercase(), seen: AtomicUsize::new(0) })
    }

    /// A mail arrives, byte for byte.
    pub fn arrives(&self, raw: Vec<u8>) {
        self.state().inbox.push(raw);
        self.news.send_modify(|count| *count += 1);
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

    fn after(&self, cursor: MailCursor, limit: usize, is_wanted: impl Fn(&[u8]) -> bool) -> Vec<ReceivedMail> {
        let read = if cursor.validity == self.validity { cursor.last_uid as usize } else { 0 };
        let state = self.state();
        let numbered = (1_u32..).zip(&state.inbox).skip(read).filter(|(_, raw)| is_wanted(raw)).take(limit);
        let validity = self.validity;
        numbered.map(|(uid, raw)| ReceivedMail { cursor: MailCursor { validity, last_uid: uid }, raw: raw.clone() }).collect()
    }

    /// Wakes at the next arrival, or at once if one came since the last waiting of whoever counts in `seen`.
    async fn arrival(&self, seen: &AtomicUsize, at_most: Duration) {
        let mut news = self.news.subscribe();
        let known = seen.load(Ordering::SeqCst);
        let _ = timeout(at_most, news.wait_for(|count| *count > known)).await;
        seen.store(*self.news.borrow(), Ordering::SeqCst);
    }
}

impl MailTransport for MemoryMail {
    fn send(&self, mail: MailRequest) -> BoxFuture<'_, WireReply> {
        Box::pin(async move { self.take(mail) })
    }

    fn fetch(&self, after: MailCursor, limit: usize) -> BoxFuture<'_, Result<Vec<ReceivedMail>, MailFault>> {
        Box::pin(async move { Ok(self.after(after, limit, |_| true)) })
    }

    /// Wakes at the next arrival, or at once if one came since the last waiting.
    fn wait(&self, at_most: Duration) -> BoxFuture<'_, Result<(), MailFault>> {
        Box::pin(async move {
            self.arrival(&self.seen, at_most).await;
            Ok(())
        })
    }
}

/// One address of a mail account.
struct Mailbox {
    mail: Arc<MemoryMail>,
    address: String,
    seen: AtomicUsize,
}

impl Mailbox {
    fn is_for_us(&self, raw: &[u8]) -> bool {
        let Some(mail) = MessageParser::default().parse_headers(raw) else { return false };
        let named = |list: Option<&mail_parser::Address<'_>>| {
            list.is_some_and(|list| list.iter().any(|one| one.address().is_some_and(|a| a.eq_ignore_ascii_case(&self.address))))
        };
        named(mail.to()) || named(mail.cc())
    }
}

impl MailTransport for Mailbox {
    fn send(&self, mail: MailRequest) -> BoxFuture<'_, WireReply> {
        self.mail.send(mail)
    }

    fn fetch(&self, after: MailCursor, limit: usize) -> BoxFuture<'_, Result<Vec<ReceivedMail>, MailFault>> {
        Box::pin(async move { Ok(self.mail.after(after, limit, |raw| self.is_for_us(raw))) })
    }

    fn wait(&self, at_most: Duration) -> BoxFuture<'_, Result<(), MailFault>> {
        Box::pin(async move {
            self.mail.arrival(&self.seen, at_most).await;
            Ok(())
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn each_address_has_its_own_mailbox_and_a_new_program_begins_anew() {
        let mail = Arc::new(MemoryMail::beginning(Timestamp::from_seconds(1_780_300_800)));
        let (hola, pedidos) = (mail.mailbox("hola@almadeja.test"), mail.mailbox("Pedidos@almadeja.test"));
        let write = |to: &str, id: &str| {
            let at = Timestamp::from_seconds(1_780_300_800);
            let (from, to, message_id) = ("Ana <ana@correo.test>".into(), to.into(), id.into());
            mail.writes(&CustomerMail { from, to, subject: "Hola".into(), text: "Hola".into(), message_id, in_reply_to: None, at })
                .expect("well-formed");
        };
        write("hola@almadeja.test", "1@correo.test");
        write("pedidos@almadeja.test", "2@correo.test");
        let long = Duration::from_secs(60);
        hola.wait(long).await.expect("woken");
        pedidos.wait(long).await.expect("woken too");
        let first = hola.fetch(MailCursor::default(), 10).await.expect("read");
        let second = pedidos.fetch(MailCursor::default(), 10).await.expect("read");
        assert_eq!((first.len(), second.len(), second[0].cursor.last_uid), (1, 1, 2));
        assert!(hola.fetch(first[0].cursor, 10).await.expect("read").is_empty());
        let other_program = MailCursor { validity: 1, last_uid: 40 };
        assert_eq!(hola.fetch(other_program, 10).await.expect("read").len(), 1);
    }
}
