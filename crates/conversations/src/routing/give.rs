//! Putting a matter into somebody's hands.

use super::{Candidate, Wanted, candidate, choose, take_back};
use crate::{Matter, MatterId, Presence, TeamId, WorkRules, presence, queries};
use kernel::{Actor, Event, Fault, ReadTx, StaffId, Tx, params, sql};
use serde_json::json;

/// Matters of one team that are looked at for one person.
const LOOKED_AT: i64 = 200;

/// Give a matter to whoever suits and has room; false when nobody does.
pub(super) fn to_anybody(tx: &mut Tx<'_>, rules: &WorkRules, matter: &Matter) -> Result<bool, Fault> {
    let wanted = Wanted::of(matter, queries::passed_by(tx, matter.id)?);
    let mut candidates: Vec<Candidate> = Vec::new();
    for who in presence::available(tx)? {
        // Full when last counted: every change of that is an event that this reaction hears.
        if i64::from(who.profile.capacity) - who.used < rules.units(matter.channel) {
            continue;
        }
        let candidate = candidate(tx, &who)?;
        let fits = candidate.suits(&wanted) && candidate.room(rules, matter.channel) > 0;
        candidates.push(candidate);
        // They come in the order of their turn.
        if fits {
            break;
        }
    }
    match choose(rules, &candidates, &wanted) {
        Some(staff) => give(tx, rules, matter, staff),
        None => Ok(false),
    }
}

/// Give somebody what suits them, most urgent first, until they are full.
pub(super) fn to_one(tx: &mut Tx<'_>, rules: &WorkRules, who: &Presence) -> Result<(), Fault> {
    let mut candidate = candidate(tx, who)?;
    let mut waiting = Vec::new();
    for team in candidate.teams.iter().copied().map(Some).chain([None]) {
        waiting.extend(unrouted(tx, team)?);
    }
    waiting.sort_by_key(|matter| (matter.due_rank(), matter.id));
    for matter in waiting {
        if candidate.used(rules) >= i64::from(candidate.profile.capacity) {
            return Ok(());
        }
        let wanted = Wanted::of(&matter, queries::passed_by(tx, matter.id)?);
        if candidate.suits(&wanted) && candidate.room(rules, matter.channel) > 0 && give(tx, rules, &matter, who.staff)? {
            *candidate.load.entry(matter.channel).or_default() += 1;
        }
    }
    Ok(())
}

/// What waits for a team, or for anybody, most urgent first.
fn unrouted(tx: &ReadTx<'_>, team: Option<TeamId>) -> Result<Vec<Matter>, Fault> {
    match team {
        Some(team) => tx.query(
            matter_sql!("WHERE team = ?1 AND owner IS NULL AND state IN ('new', 'open') ORDER BY due_rank, id LIMIT ?2"),
            params![team, LOOKED_AT],
            queries::matter_row,
        ),
        None => tx.query(
            matter_sql!("WHERE team IS NULL AND owner IS NULL AND state IN ('new', 'open') ORDER BY due_rank, id LIMIT ?1"),
            params![LOOKED_AT],
            queries::matter_row,
        ),
    }
}

/// One winner: nothing happens when somebody took it meanwhile. Announces `matter.assigned`.
fn give(tx: &mut Tx<'_>, rules: &WorkRules, matter: &Matter, staff: StaffId) -> Result<bool, Fault> {
    let (id, now): (MatterId, _) = (matter.id, tx.now());
    let taken = tx.execute(
        sql!("UPDATE matter SET owner = ?2, routed_at = ?3 WHERE id = ?1 AND owner IS NULL AND state IN ('new', 'open')"),
        params![id, staff, now],
    )?;
    if taken == 0 {
        return Ok(false);
    }
    tx.cancel_timer(super::OVERFLOW, &id.to_string())?;
    let units = rules.units(matter.channel);
    tx.execute(sql!("UPDATE staff_work SET routed_at = ?2, used = used + ?3 WHERE staff = ?1"), params![staff, now, units])?;
    let body = json!({ "owner": staff, "team": matter.team, "was": null, "skill": matter.skill, "language": matter.language });
    tx.announce(Event::new("matter.assigned", id).profile(matter.profile).by(&Actor::system()).body(&body))?;
    take_back::watch(tx, &Matter { owner: Some(staff), ..matter.clone() })?;
    Ok(true)
}
