//! How long a customer has waited and may still wait: one rank for the queue, one word for the row, one timer before the target.

use crate::rules::{TeamRules, WorkRules};
use crate::{Matter, MatterId, MatterState, queries, rules};
use kernel::{Actor, Channel, Event, Fault, Timer, Timestamp, Tx};
use serde_json::json;
use std::time::Duration;

/// Rank of what has no clock, less when it was last spoken: behind every clock, newest first.
const NO_CLOCK: i64 = 9_000_000_000_000_000_000;
pub(crate) const WARN: &str = "conversations.target_near";
pub(crate) const LATE: &str = "conversations.target_missed";

/// When the customer must have been answered, when all must be done, and until when something is promised.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Clocks {
    /// The answer.
    pub answer_due: Option<Timestamp>,
    /// The resolution.
    pub resolve_due: Option<Timestamp>,
    /// What an agent promised.
    pub promised: Option<Timestamp>,
}

/// How near a target is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Urgency {
    /// No clock runs.
    None,
    /// There is time.
    InTime,
    /// The warning has been given.
    Near,
    /// It was missed.
    Missed,
}

impl Clocks {
    /// The one that comes first.
    pub fn next(self) -> Option<Timestamp> {
        self.target().into_iter().chain(self.promised).min()
    }
    /// The first of the brand's targets; a promise rings by itself.
    pub(crate) fn target(self) -> Option<Timestamp> {
        self.answer_due.into_iter().chain(self.resolve_due).min()
    }
    pub(crate) fn rank(self, last_at: Timestamp) -> i64 {
        self.next().map_or(NO_CLOCK - last_at.as_micros(), Timestamp::as_micros)
    }
    /// How near the first target is.
    pub fn urgency(self, now: Timestamp, warning: Duration) -> Urgency {
        match self.next() {
            None => Urgency::None,
            Some(due) if due <= now => Urgency::Missed,
            Some(due) if due.minus(warning) <= now => Urgency::Near,
            Some(_) => Urgency::InTime,
        }
    }
}

/// The clocks after the customer said something: the answer's runs from the first message that waits, the resolution's from the beginning.
pub(crate) fn after_inbound(
    rules: &WorkRules,
    team: &TeamRules,
    matter: &Matter,
    channel: Channel,
    (at, begins): (Timestamp, bool),
) -> Clocks {
    let target = rules.target(channel);
    let first = if matter.answered_at.is_none() || begins { target.first_answer_minutes } else { target.next_answer_minutes };
    let running = matter.answer_due.filter(|_| matter.waiting_since.is_some());
    let whole = matter.resolve_due.filter(|_| !begins);
    Clocks {
        promised: matter.promised,
        answer_due: running.or_else(|| rules.after_open(Some(team), at, first)),
        resolve_due: whole.or_else(|| rules.after_open(Some(team), at, target.resolution_minutes)),
    }
}

/// Set or stop the timer of a matter's first target.
pub(crate) fn arm(tx: &mut Tx<'_>, id: MatterId, clocks: Clocks, warning: Duration) -> Result<(), Fault> {
    let key = id.to_string();
    tx.cancel_timer(LATE, &key)?;
    match clocks.target() {
        Some(due) => tx.at(due.minus(warning), WARN, &key, &due),
        None => tx.cancel_timer(WARN, &key).map(drop),
    }
}

/// A target is near. Announces `matter.target_near`.
pub(crate) fn warn(tx: &mut Tx<'_>, timer: &Timer) -> Result<(), Fault> {
    let Some((matter, due)) = still_runs(tx, timer)? else { return Ok(()) };
    tx.at(due, LATE, &timer.key, &due)?;
    tell(tx, &matter, "matter.target_near", due)
}

/// A target was missed. Announces `matter.target_missed`.
pub(crate) fn late(tx: &mut Tx<'_>, timer: &Timer) -> Result<(), Fault> {
    let Some((matter, due)) = still_runs(tx, timer)? else { return Ok(()) };
    tell(tx, &matter, "matter.target_missed", due)
}

/// The matter whose clock rings, unless it was stopped meanwhile; one that was set anew rings at its own time.
fn still_runs(tx: &mut Tx<'_>, timer: &Timer) -> Result<Option<(Matter, Timestamp)>, Fault> {
    let id: MatterId = timer.key.parse().map_err(|e: kernel::IdError| Fault::data(e.to_string()))?;
    let rings: Timestamp = timer.read()?;
    let Some(matter) = queries::matter(tx, id)?.filter(|m| m.state != MatterState::Resolved) else { return Ok(None) };
    let clocks = matter.clocks();
    if clocks.target() != Some(rings) {
        let warning = rules::work_rules(tx)?.warning();
        arm(tx, id, clocks, warning)?;
        return Ok(None);
    }
    Ok(Some((matter, rings)))
}

fn tell(tx: &mut Tx<'_>, matter: &Matter, kind: &'static str, due: Timestamp) -> Result<(), Fault> {
    let what = if matter.answer_due == Some(due) { "answer" } else { "resolution" };
    let body = json!({ "due": due, "what": what, "owner": matter.owner, "team": matter.team, "channel": matter.channel });
    tx.announce(Event::new(kind, matter.id).profile(matter.profile).by(&Actor::system()).hidden().body(&body))
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn at(minutes: i64) -> Timestamp {
        Timestamp::from_seconds(minutes * 60)
    }

    #[test]
    fn what_is_due_first_stands_first_and_what_has_no_clock_last_spoken_first() {
        let due = |minutes| Clocks { answer_due: Some(at(minutes)), ..Clocks::default() }.rank(at(0));
        let none = |last| Clocks::default().rank(at(last));
        let both = Clocks { answer_due: Some(at(30)), resolve_due: Some(at(20)), promised: Some(at(25)) };
        assert_eq!(both.next(), Some(at(20)));
        assert!(due(10) < both.rank(at(0)) && both.rank(at(0)) < due(30));
        assert!(due(1_000_000) < none(9_000) && none(9_000) < none(8_000));
    }

    #[test]
    fn a_target_is_near_from_its_warning_on_and_missed_when_its_minute_is_there() {
        let clocks = Clocks { answer_due: Some(at(60)), ..Clocks::default() };
        let urgency = |now| clocks.urgency(at(now), Duration::from_secs(600));
        assert_eq!([49, 50, 59, 60].map(urgency), [Urgency::InTime, Urgency::Near, Urgency::Near, Urgency::Missed]);
        assert_eq!(Clocks::default().urgency(at(0), Duration::ZERO), Urgency::None);
    }
}
