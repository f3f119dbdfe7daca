//! How long somebody who writes or calls now will wait: from what waits, who is there and how fast it goes lately. Never a promise
//! that nobody can keep: who is closed says when they open.

use crate::routing::{self, Candidate, Wanted};
use crate::{TeamId, WorkRules, accounts, call_wait, pace, rules};
use kernel::{Channel, Fault, ReadTx, Timestamp};
use std::time::Duration;

/// What is assumed of a channel on which nobody has answered yet.
const UNKNOWN_HANDLE: Duration = Duration::from_secs(5 * 60);

/// How long one waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wait {
    /// Somebody is free.
    Now,
    /// About this long.
    About(Duration),
    /// Nobody is there; it opens then, if that is known.
    Closed {
        /// When somebody is there again.
        opens_at: Option<Timestamp>,
    },
    /// It is open, and nothing is known yet of how long it takes.
    Unknown,
}

/// The wait of one channel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Waiting {
    /// The channel.
    pub channel: Channel,
    /// Its wait.
    pub wait: Wait,
}

/// The desk as it stands, seen by one channel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DeskNow {
    /// Within the hours.
    pub is_open: bool,
    /// When it opens next.
    pub opens_at: Option<Timestamp>,
    /// Customers who wait for somebody already.
    pub ahead: i64,
    /// How many customers of this channel those who are available can serve at once.
    pub places: i64,
    /// How many of these places are free.
    pub free: i64,
    /// How long a place is taken.
    pub handle: Duration,
    /// How long customers have waited for an answer lately; `None` when nobody has answered yet.
    pub usual: Option<Duration>,
}

/// The wait of whoever comes now.
///
/// With places: they are served at once while a place is left after those ahead; else a place becomes free every
/// `handle / places`, and theirs is the one after those ahead. Without anybody who says that they are there, the recent wait is all that
/// is known. Rounded up to whole minutes.
pub fn estimate(desk: &DeskNow) -> Wait {
    if !desk.is_open {
        return Wait::Closed { opens_at: desk.opens_at };
    }
    if desk.places <= 0 {
        return desk.usual.map_or(Wait::Unknown, |usual| Wait::About(whole_minutes(usual)));
    }
    let short = desk.ahead + 1 - desk.free;
    if short <= 0 {
        return Wait::Now;
    }
    let seconds = desk.handle.as_secs().saturating_mul(short.unsigned_abs()).div_ceil(desk.places.unsigned_abs());
    Wait::About(whole_minutes(Duration::from_secs(seconds)))
}

fn whole_minutes(span: Duration) -> Duration {
    Duration::from_secs(span.as_secs().div_ceil(60).max(1) * 60)
}

/// The wait on every connected channel, one of each kind, in the order of their names.
pub fn waiting_times(tx: &ReadTx<'_>) -> Result<Vec<Waiting>, Fault> {
    let mut channels: Vec<Channel> =
        accounts::accounts(tx)?.into_iter().filter(|account| account.active).map(|account| account.channel).collect();
    channels.sort_by_key(|channel| channel.as_str());
    channels.dedup();
    let desk = Desk::now(tx)?;
    channels.into_iter().map(|channel| Ok(Waiting { channel, wait: desk.wait_by(tx, channel)? })).collect()
}

/// The wait of whoever asks for this now. A page that shows several asks one [`Desk`].
pub fn waiting_time(tx: &ReadTx<'_>, wanted: &Wanted) -> Result<Wait, Fault> {
    Desk::now(tx)?.wait(tx, wanted)
}

/// Who is there and what waits, read once for all the waits of a page.
#[derive(Debug)]
pub struct Desk {
    rules: WorkRules,
    there: Vec<Candidate>,
    waiting: Vec<(Option<TeamId>, Channel, i64)>,
}

impl Desk {
    /// As it stands.
    pub fn now(tx: &ReadTx<'_>) -> Result<Self, Fault> {
        Ok(Desk { rules: rules::work_rules(tx)?, there: routing::there(tx)?, waiting: routing::waiting(tx)? })
    }

    /// The wait of whoever comes by this channel and asks for nothing in particular.
    pub fn wait_by(&self, tx: &ReadTx<'_>, channel: Channel) -> Result<Wait, Fault> {
        self.wait(tx, &Wanted::by(channel, &self.rules))
    }

    /// The wait of whoever asks for this now: a team, a skill, a language. Without a team it is that of everybody. A caller waits behind the
    /// other callers, whatever they write to us meanwhile.
    pub fn wait(&self, tx: &ReadTx<'_>, wanted: &Wanted) -> Result<Wait, Fault> {
        let now = tx.now();
        let team = rules::team_rules(tx, wanted.team)?;
        let (places, free) = routing::places(&self.there, &self.rules, wanted);
        // Whoever is there outside the hours answers all the same.
        let is_open = places > 0 || self.rules.is_open(Some(&team), now);
        if wanted.channel == Channel::Phone && is_open {
            return Ok(Wait::About(rules::minutes(call_wait(tx, None)?.minutes)));
        }
        let pace = pace::of(tx, wanted.channel)?;
        Ok(estimate(&DeskNow {
            is_open,
            opens_at: self.rules.opens(Some(&team), now),
            ahead: self.ahead(wanted.team),
            places,
            free,
            handle: pace.map_or(UNKNOWN_HANDLE, |pace| pace.handle.max(Duration::from_secs(30))),
            usual: pace.map(|pace| pace.answer),
        }))
    }

    /// Who waits for the same people: those of the team and those for anybody.
    fn ahead(&self, team: Option<TeamId>) -> i64 {
        let same = |whose: &Option<TeamId>| team.is_none() || whose.is_none() || *whose == team;
        self.waiting.iter().filter(|(whose, _, _)| same(whose)).map(|(_, _, count)| count).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DESK: DeskNow = DeskNow {
        is_open: true,
        opens_at: None,
        ahead: 0,
        places: 4,
        free: 4,
        handle: Duration::from_secs(240),
        usual: Some(Duration::from_secs(601)),
    };
    const fn about(minutes: u64) -> Wait {
        Wait::About(Duration::from_secs(minutes * 60))
    }

    #[test]
    fn a_free_place_is_now_and_those_ahead_come_first() {
        assert_eq!(estimate(&DESK), Wait::Now);
        assert_eq!(estimate(&DeskNow { ahead: 3, ..DESK }), Wait::Now);
        assert_eq!(estimate(&DeskNow { ahead: 4, ..DESK }), about(1));
        // Nobody free, nobody ahead: the first of four places, each taken four minutes, is free in one.
        assert_eq!(estimate(&DeskNow { free: 0, ..DESK }), about(1));
        assert_eq!(estimate(&DeskNow { free: 0, ahead: 7, ..DESK }), about(8));
        assert_eq!(estimate(&DeskNow { free: 0, ahead: 7, places: 1, ..DESK }), about(32));
    }

    #[test]
    fn nobody_there_says_what_is_known_and_no_more() {
        assert_eq!(estimate(&DeskNow { places: 0, free: 0, ..DESK }), about(11));
        assert_eq!(estimate(&DeskNow { places: 0, free: 0, usual: None, ..DESK }), Wait::Unknown);
        let opens = Some(Timestamp::from_seconds(9));
        assert_eq!(estimate(&DeskNow { is_open: false, opens_at: opens, ..DESK }), Wait::Closed { opens_at: opens });
    }
}
