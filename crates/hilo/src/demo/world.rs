//! What the loaders have made and the simulator works with.

use super::brand::Brand;
use super::people::Customer;
use anyhow::{Context, Result};
use catalogue::{Localised, VariantId};
use conversations::{Account, TeamId};
use inventory::{LocationId, LocationKind};
use kernel::{Actor, Channel, Db, Reaction, TimerHandler, Timestamp, Tx, VirtualClock};
use std::collections::BTreeMap;

/// The size of a demo, and from what it is drawn.
#[derive(Debug, Clone, Copy)]
pub struct Plan {
    /// Where all chance comes from.
    pub seed: u64,
    /// Customers beside the people of the story.
    pub customers: usize,
    /// Days of history before today.
    pub days: i64,
    /// The present moment.
    pub end: Timestamp,
    /// Whether what comes in from outside is doubled and out of order.
    pub faults: bool,
    /// Strangers who wait beside the rest, with one concern each.
    pub crowd: usize,
}

/// Told how far the making is.
pub trait Progress {
    /// A new part begins; it has `of` steps.
    fn part(&self, what: &str, of: u64);
    /// So many steps of it are done.
    fn done(&self, steps: u64);
}

/// Says nothing.
impl Progress for () {
    fn part(&self, _: &str, _: u64) {}
    fn done(&self, _: u64) {}
}

/// The brand as it was loaded.
pub struct World {
    pub db: Db,
    pub clock: VirtualClock,
    pub reactions: Vec<Reaction>,
    pub timers: Vec<TimerHandler>,
    pub plan: Plan,
    pub brand: Brand,
    pub places: Vec<Place>,
    pub staff: Vec<Member>,
    pub teams: BTreeMap<String, TeamId>,
    pub accounts: Vec<Account>,
    pub wares: Vec<Ware>,
    pub people: Vec<Customer>,
}

/// A shop or the warehouse.
#[derive(Debug, Clone)]
pub struct Place {
    pub id: LocationId,
    pub code: String,
    pub name: String,
    pub kind: LocationKind,
}

/// Somebody of the staff.
#[derive(Debug, Clone)]
pub struct Member {
    pub role: String,
    pub team: Option<String>,
    pub place: Option<String>,
    pub actor: Actor,
}

/// Something that can be bought.
#[derive(Debug, Clone)]
pub struct Ware {
    pub variant: VariantId,
    pub sku: String,
    pub handle: String,
    pub title: Localised,
    pub kind: String,
    pub tags: Vec<String>,
    pub size: Option<String>,
    /// A fixed case of `stock.toml`: the story counts on it, so history leaves it alone.
    pub is_fixed: bool,
}

impl World {
    /// Run a command; its refusal is an error of the demo's.
    pub fn write<T: Send + 'static>(&self, name: &'static str, command: impl Fn(&mut Tx<'_>) -> Result<T> + Send + 'static) -> Result<T> {
        self.db.write(name, command).wait()
    }

    /// Let timers and reactions catch up with the virtual present; what they have to say to customers leaves.
    pub fn settle(&self) -> Result<()> {
        while kernel::settle(&self.db, &self.reactions, &self.timers)? > 0 || self.send_due()? {}
        Ok(())
    }

    /// Whether anything was due.
    fn send_due(&self) -> Result<bool> {
        let now = self.clock_now();
        if self.db.read(conversations::next_due).wait()?.is_none_or(|due| due > now) {
            return Ok(false);
        }
        self.write("demo.send", |tx| {
            let due = conversations::take_due(tx, 50)?;
            for message in &due {
                conversations::record_sent(tx, message.id, &format!("demo/{}", message.id))?;
            }
            Ok(!due.is_empty())
        })
    }

    /// Let the clock go on to a moment; what is due before it happens in its own time, as it would have.
    pub fn pass_time_until(&self, at: Timestamp) -> Result<()> {
        if at <= self.clock_now() {
            return Ok(());
        }
        self.settle()?;
        while let Some(due) = self.db.read(kernel::timers::next_due).wait()?.filter(|due| *due < at) {
            self.clock.set(due.max(self.clock_now()));
            self.settle()?;
        }
        self.clock.set(at);
        Ok(())
    }

    /// The place with this code.
    pub fn place(&self, code: &str) -> Result<&Place> {
        self.places.iter().find(|place| place.code == code).with_context(|| format!("there is no place {code}"))
    }

    /// Somebody who works at a place; the lowest rank that is there.
    pub fn clerk(&self, place: &str) -> Result<&Member> {
        let here = |member: &&Member| member.place.as_deref() == Some(place);
        self.staff.iter().rev().find(here).with_context(|| format!("nobody works at {place}"))
    }

    /// The agents of a team.
    pub fn agents(&self, team: &str) -> Vec<&Member> {
        self.staff.iter().filter(|member| member.role == "agent" && member.team.as_deref() == Some(team)).collect()
    }

    /// The account that carries a channel; of the mailboxes the one that this team answers.
    pub fn account(&self, channel: Channel, team: &str) -> Result<&Account> {
        let mailbox = self.brand.about.mailbox.iter().find(|mailbox| mailbox.team == team);
        let fits = |account: &&Account| {
            account.channel == channel && (channel != Channel::Email || mailbox.is_some_and(|m| m.address == account.address))
        };
        self.accounts.iter().find(fits).with_context(|| format!("no account carries {channel} for {team}"))
    }
}
