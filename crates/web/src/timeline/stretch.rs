//! One page of a person's thread with all it mentions.

use super::names::staff_in;
use super::{Names, Reader, happened::happened, said::said};
use crate::ui::{Entry, What};
use crate::{Page, format};
use conversations::{Attachment, Direction, Message, MessageId};
use customers::{PersonId, QueryError};
use kernel::log::TimelineKey;
use kernel::{Actor, Channel, Fault, Logged, Permission, ReadTx};
use serde::Deserialize;
use std::collections::HashMap;

/// Longest stretch read at once.
const MOST: usize = 200;

/// One page of a person's thread, oldest entry first, with the messages, files and names it mentions.
#[derive(Debug, Clone)]
pub struct Stretch {
    entries: Vec<Logged>,
    messages: HashMap<String, Message>,
    files: HashMap<MessageId, Vec<Attachment>>,
    names: Names,
    customer: String,
    /// Where the page before this one begins; `None` when this is the start of the thread.
    pub earlier: Option<TimelineKey>,
}

#[derive(Deserialize)]
struct Assigned {
    owner: Option<kernel::StaffId>,
}

impl Stretch {
    /// The newest `limit` entries before a place (or of all). Its cost does not depend on the length of the history.
    ///
    /// Staff without [`Permission::ViewConversations`] get no messages and no matters.
    pub fn read(
        tx: &ReadTx<'_>,
        actor: &Actor,
        person: PersonId,
        customer: &str,
        before: Option<TimelineKey>,
        limit: usize,
    ) -> Result<Self, QueryError> {
        let mut entries = customers::timeline(tx, actor, person, before, limit.min(MOST - 1) + 1)?;
        let more = entries.len() > limit;
        entries.truncate(limit);
        Ok(Self::gather(tx, actor, customer, entries, more)?)
    }

    /// Everything from a place on, at most 200 entries: what the live end of a page shows.
    pub fn since(tx: &ReadTx<'_>, actor: &Actor, person: PersonId, customer: &str, since: TimelineKey) -> Result<Self, QueryError> {
        let mut entries = customers::timeline(tx, actor, person, None, MOST)?;
        let read = entries.len();
        entries.retain(|entry| key(entry) >= since);
        let more = entries.len() < read;
        Ok(Self::gather(tx, actor, customer, entries, more)?)
    }

    fn gather(tx: &ReadTx<'_>, actor: &Actor, customer: &str, mut entries: Vec<Logged>, more: bool) -> Result<Self, Fault> {
        let earlier = entries.last().filter(|_| more).map(key);
        entries.reverse();
        if actor.profile().is_none() && !actor.may(Permission::ViewConversations) {
            entries.retain(|entry| !["message.", "note.", "matter.", "transfer."].iter().any(|room| entry.kind.starts_with(room)));
        }
        let ids: Vec<MessageId> = entries.iter().filter(|entry| is_said(entry)).filter_map(|entry| entry.subject.parse().ok()).collect();
        let messages = conversations::messages(tx, &ids)?;
        let mut names = Names::new();
        for message in &messages {
            names.learn_actor(tx, &message.author)?;
        }
        let with_files: Vec<MessageId> =
            messages.iter().filter(|message| message.direction != Direction::Note).map(|message| message.id).collect();
        let files = conversations::attachments_of_all(tx, &with_files)?;
        for entry in &entries {
            if let Some(id) = entry.actor.as_deref().and_then(staff_in) {
                names.learn(tx, id)?;
            }
            if entry.kind == "matter.assigned"
                && let Some(owner) = entry.read::<Assigned>()?.owner
            {
                names.learn(tx, owner)?;
            }
        }
        let messages = messages.into_iter().map(|message| (message.id.to_string(), message)).collect();
        Ok(Stretch { entries, messages, files, names, customer: customer.to_owned(), earlier })
    }

    /// Place of the oldest entry here.
    pub fn first(&self) -> Option<TimelineKey> {
        self.entries.first().map(key)
    }

    /// True when nothing has happened yet.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The knots, oldest first, with a mark where a day begins. Changes of one cart in a row are one knot: how it stands now.
    pub fn entries(&self, page: &Page, reader: Reader) -> Vec<Entry> {
        let mut knots = Vec::with_capacity(self.entries.len() + 8);
        let mut day = String::new();
        for (index, entry) in self.entries.iter().enumerate() {
            let next = self.entries.get(index + 1);
            if entry.kind == "cart.changed" && next.is_some_and(|next| next.kind == entry.kind && next.subject == entry.subject) {
                continue;
            }
            let Some(what) = self.what(page, reader, entry) else { continue };
            let today = format::day(entry.at, page.now, page.locale);
            if today != day {
                knots.push(Entry::day(page, entry.at));
                day = today;
            }
            let knot = Entry::new(page, entry.key.seq, entry.channel.unwrap_or(Channel::System), entry.at, what);
            knots.push(if is_minor(&entry.kind) { knot.quiet() } else { knot });
        }
        knots
    }

    fn what(&self, page: &Page, reader: Reader, entry: &Logged) -> Option<What> {
        if is_said(entry)
            && let Some(message) = self.messages.get(&entry.subject)
        {
            let files = self.files.get(&message.id).map_or(&[][..], Vec::as_slice);
            return said(page, reader, message, files, &self.names, &self.customer).map(|said| What::Said(Box::new(said)));
        }
        happened(page, reader, entry, &self.names)
    }
}

/// Good to know, but no step of the story between the person and the brand.
fn is_minor(kind: &str) -> bool {
    matches!(kind.split('.').next(), Some("customer" | "identifier" | "consent" | "matter" | "cart"))
        && !matches!(kind, "customer.joined" | "customer.separated" | "matter.resolved")
}

fn is_said(entry: &Logged) -> bool {
    matches!(entry.kind.as_str(), "message.received" | "message.queued" | "note.added")
}

fn key(entry: &Logged) -> TimelineKey {
    TimelineKey { at: entry.at, seq: entry.key.seq }
}
