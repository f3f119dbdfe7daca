//! Every matter finds somebody: when it comes in, when somebody becomes free, and again when whoever had it is silent or gone.
//!
//! One reaction follows the log, so there is one hand that gives; nothing is scanned. A matter that nobody can take stays in front of
//! everybody, and goes to the team's fallback in time.

mod choose;
mod give;
pub(crate) mod take_back;

pub use choose::{Candidate, Wanted, choose};

use crate::receive::Said;
use crate::{MatterId, Presence, PresenceState, WorkRules, matters, presence, queries, rules};
use kernel::{Channel, Fault, Logged, ReadTx, StaffId, Timer, Tx, params, sql};
use serde::Deserialize;
use std::collections::BTreeMap;

pub(crate) const OVERFLOW: &str = "conversations.overflow";
pub(crate) const SILENT: &str = "conversations.silent";

/// What the routing hears.
pub(crate) const KINDS: &[&str] = &[
    "message.received",
    "message.cancelled",
    "matter.assigned",
    "matter.answered",
    "matter.reopened",
    "matter.resolved",
    "matter.snoozed",
    "matter.woken",
    "matter.taken_back",
    "matter.overflowed",
    "presence.changed",
];

/// What an event says of whose hands a matter was in.
#[derive(Debug, Default, Deserialize)]
struct Hands {
    #[serde(default)]
    owner: Option<StaffId>,
    #[serde(default)]
    was: Option<StaffId>,
    #[serde(default)]
    matter: Option<MatterId>,
}

/// Give what waits to whoever is free.
pub(crate) fn follow(tx: &mut Tx<'_>, event: &Logged) -> Result<(), Fault> {
    if event.kind == "presence.changed" {
        return event.subject.parse().map_or(Ok(()), |staff| their_turn(tx, staff));
    }
    if event.kind == "message.received" {
        let said: Said = serde_json::from_str(&event.body).map_err(|e| Fault::data(e.to_string()))?;
        return one(tx, said.matter);
    }
    let hands: Hands = serde_json::from_str(&event.body).unwrap_or_default();
    for staff in hands.was.into_iter().chain(hands.owner.filter(|owner| Some(*owner) != hands.was)) {
        their_turn(tx, staff)?;
    }
    match hands.matter.or_else(|| event.subject.parse().ok()) {
        Some(matter) => one(tx, matter),
        None => Ok(()),
    }
}

/// See that a matter whose customer waits is in somebody's hands.
fn one(tx: &mut Tx<'_>, id: MatterId) -> Result<(), Fault> {
    let Some(mut matter) = queries::matter(tx, id)?.filter(|matter| matter.state.needs_us()) else { return Ok(()) };
    if let Some(owner) = matter.owner {
        match presence::presence(tx, owner)? {
            // Whoever never said that they are at work is not watched.
            None => return Ok(()),
            Some(there) if there.state != PresenceState::Offline => {
                recount(tx, owner)?;
                return take_back::watch(tx, &matter);
            }
            Some(_) => take_back::release(tx, &matter, owner, "offline")?,
        }
        matter.owner = None;
    }
    let rules = rules::work_rules(tx)?;
    if matter.team.is_none() && rules.default_team.is_some() {
        matter.team = rules.default_team;
        tx.execute(sql!("UPDATE matter SET team = ?2 WHERE id = ?1 AND team IS NULL"), params![id, matter.team])?;
    }
    if give::to_anybody(tx, &rules, &matter)? {
        return Ok(());
    }
    take_back::overflow_later(tx, &rules, &matter)
}

/// Somebody may have room: give them what has waited longest and suits them.
fn their_turn(tx: &mut Tx<'_>, staff: StaffId) -> Result<(), Fault> {
    recount(tx, staff)?;
    match presence::presence(tx, staff)?.filter(|there| there.state == PresenceState::Available) {
        Some(there) => give::to_one(tx, &rules::work_rules(tx)?, &there),
        None => Ok(()),
    }
}

/// Somebody as the choice sees them.
pub(crate) fn candidate(tx: &ReadTx<'_>, who: &Presence) -> Result<Candidate, Fault> {
    Ok(Candidate {
        staff: who.staff,
        teams: matters::teams_of(tx, who.staff)?,
        profile: who.profile.clone(),
        load: load(tx, who.staff)?,
        routed_at: who.routed_at,
    })
}

/// Matters of somebody whose customers wait, by channel, counted up to a thousand.
pub(crate) fn load(tx: &ReadTx<'_>, staff: StaffId) -> Result<BTreeMap<Channel, i64>, Fault> {
    let counts = tx.query(
        sql!(
            "SELECT m.channel, COUNT(*) FROM (SELECT channel FROM matter WHERE owner = ?1 AND state IN ('new', 'open') ORDER BY channel, id LIMIT 1000) m
              GROUP BY m.channel"
        ),
        params![staff],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )?;
    Ok(counts.into_iter().collect())
}

/// Note how full somebody is: the screens show it, and whoever is full is passed over quickly.
fn recount(tx: &mut Tx<'_>, staff: StaffId) -> Result<(), Fault> {
    let rules: WorkRules = rules::work_rules(tx)?;
    let used: i64 = load(tx, staff)?.iter().map(|(channel, count)| rules.units(*channel) * count).sum();
    tx.execute(sql!("UPDATE staff_work SET used = ?2 WHERE staff = ?1 AND used <> ?2"), params![staff, used]).map(drop)
}

/// The team did not take it in time.
pub(crate) fn overflow(tx: &mut Tx<'_>, timer: &Timer) -> Result<(), Fault> {
    let id: MatterId = timer.key.parse().map_err(|e: kernel::IdError| Fault::data(e.to_string()))?;
    take_back::to_fallback(tx, id)
}

/// Whoever is available.
pub(crate) fn there(tx: &ReadTx<'_>) -> Result<Vec<Candidate>, Fault> {
    presence::available(tx)?.iter().map(|who| candidate(tx, who)).collect()
}

/// Of those there, who can serve this: places in all and places free, for the waiting time.
pub(crate) fn places(there: &[Candidate], rules: &WorkRules, wanted: &Wanted) -> (i64, i64) {
    let (mut all, mut free) = (0, 0);
    for candidate in there.iter().filter(|candidate| candidate.suits(wanted)) {
        free += candidate.room(rules, wanted.channel);
        all += Candidate { load: BTreeMap::new(), ..candidate.clone() }.room(rules, wanted.channel);
    }
    (all, free)
}

/// What waits for anybody, by team and channel: counted up to ten thousand.
pub(crate) fn waiting(tx: &ReadTx<'_>) -> Result<Vec<(Option<crate::TeamId>, Channel, i64)>, Fault> {
    tx.query(
        sql!(
            "SELECT m.team, m.channel, COUNT(*) FROM
              (SELECT team, channel FROM matter WHERE owner IS NULL AND state IN ('new', 'open') ORDER BY team, due_rank, id LIMIT 10000) m
              GROUP BY m.team, m.channel"
        ),
        params![],
        |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
    )
}
