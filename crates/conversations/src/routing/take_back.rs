//! Nobody waits for somebody who is silent or gone: the matter goes back in front of everybody.

use super::{OVERFLOW, SILENT};
use crate::{Matter, MatterId, PresenceState, WorkRules, presence, queries, rules};
use kernel::{Actor, Event, Fault, Json, StaffId, Timer, Timestamp, Tx, params, sql};
use serde_json::json;

/// Matters taken from one person at once; the rest follows when their customers write.
const AT_ONCE: i64 = 500;

/// Look again when the owner should have shown signs of life.
pub(super) fn watch(tx: &mut Tx<'_>, matter: &Matter) -> Result<(), Fault> {
    let rules = rules::work_rules(tx)?;
    let (Some(owner), Some(since)) = (matter.owner, matter.waiting_since) else { return Ok(()) };
    let Some(silence) = rules.silence(matter.channel) else { return Ok(()) };
    let from = last_sign(tx, matter.id)?.max(since);
    tx.at(from.plus(silence), SILENT, &matter.id.to_string(), &owner)
}

/// When the owner got it or last touched it.
fn last_sign(tx: &Tx<'_>, id: MatterId) -> Result<Timestamp, Fault> {
    tx.query_one(
        sql!("SELECT CASE WHEN routed_at > touched_at THEN routed_at ELSE touched_at END FROM matter WHERE id = ?1"),
        params![id],
        |row| row.get(0),
    )
}

/// The owner let it lie: it goes back, and they get nothing more until they say that they are there.
pub(crate) fn silent(tx: &mut Tx<'_>, timer: &Timer) -> Result<(), Fault> {
    let id: MatterId = timer.key.parse().map_err(|e: kernel::IdError| Fault::data(e.to_string()))?;
    let owner: StaffId = timer.read()?;
    let Some(matter) = queries::matter(tx, id)?.filter(|m| m.owner == Some(owner) && m.state.needs_us()) else { return Ok(()) };
    let Some(since) = matter.waiting_since else { return Ok(()) };
    let Some(silence) = rules::work_rules(tx)?.silence(matter.channel) else { return Ok(()) };
    if tx.now().since(last_sign(tx, id)?.max(since)) < silence {
        return watch(tx, &matter);
    }
    release(tx, &matter, owner, "silent")?;
    if presence::presence(tx, owner)?.is_some_and(|now| now.state == PresenceState::Available) {
        presence::move_to(tx, owner, PresenceState::Busy)?;
    }
    Ok(())
}

/// Whoever is gone keeps no customer waiting; what waits for the customer stays theirs.
pub(crate) fn from_absent(tx: &mut Tx<'_>, staff: StaffId) -> Result<(), Fault> {
    all_waiting(tx, staff, "offline")
}

/// Everything of somebody's whose customer waits goes back.
pub(crate) fn all_waiting(tx: &mut Tx<'_>, staff: StaffId, why: &str) -> Result<(), Fault> {
    let held = tx.query(
        matter_sql!("WHERE owner = ?1 AND state IN ('new', 'open') ORDER BY channel, id LIMIT ?2"),
        params![staff, AT_ONCE],
        queries::matter_row,
    )?;
    held.iter().try_for_each(|matter| release(tx, matter, staff, why))
}

/// Take a matter from its owner. Announces `matter.taken_back`.
pub(super) fn release(tx: &mut Tx<'_>, matter: &Matter, owner: StaffId, why: &str) -> Result<(), Fault> {
    let taken = tx.execute(sql!("UPDATE matter SET owner = NULL, passed = ?2 WHERE id = ?1 AND owner = ?2"), params![matter.id, owner])?;
    if taken == 0 {
        return Ok(());
    }
    tx.cancel_timer(SILENT, &matter.id.to_string())?;
    let body = json!({ "was": owner, "team": matter.team, "why": why });
    tx.announce(Event::new("matter.taken_back", matter.id).profile(matter.profile).by(&Actor::system()).body(&body))
}

/// Nobody could take it: when the team has a fallback it goes there, at once if the team is closed, else after its time.
pub(super) fn overflow_later(tx: &mut Tx<'_>, rules: &WorkRules, matter: &Matter) -> Result<(), Fault> {
    let team = rules::team_rules(tx, matter.team)?;
    if team.fallback.is_none() {
        return Ok(());
    }
    let now = tx.now();
    let due = matter.waiting_since.unwrap_or(now).plus(rules::minutes(team.overflow_minutes));
    if !rules.is_open(Some(&team), now) || due <= now {
        return to_fallback(tx, matter.id);
    }
    tx.at(due, OVERFLOW, &matter.id.to_string(), &())
}

/// Give a matter that nobody of its team took to the team's fallback. Announces `matter.overflowed`.
pub(super) fn to_fallback(tx: &mut Tx<'_>, id: MatterId) -> Result<(), Fault> {
    let Some(matter) = queries::matter(tx, id)?.filter(|m| m.owner.is_none() && m.state.needs_us()) else { return Ok(()) };
    let Some(fallback) = rules::team_rules(tx, matter.team)?.fallback else { return Ok(()) };
    // A ring of fallbacks ends where it began: each team is asked once while this customer waits.
    let mut tried = queries::tried(tx, id)?;
    if tried.contains(&fallback) {
        return Ok(());
    }
    tried.extend([fallback].into_iter().chain(matter.team));
    tx.execute(sql!("UPDATE matter SET team = ?2, tried = ?3 WHERE id = ?1 AND owner IS NULL"), params![id, fallback, Json(&tried)])?;
    let body = json!({ "team": fallback, "from": matter.team });
    tx.announce(Event::new("matter.overflowed", id).profile(matter.profile).by(&Actor::system()).body(&body))
}
