//! Work on a matter: who has it, and where it stands.

use crate::{ConversationError, Matter, MatterId, MatterState, TeamId, queries};
use kernel::{Actor, Event, Fault, Permission, ReadTx, StaffId, Timer, TimerHandler, Timestamp, Tx, params, sql};
use serde::Serialize;

const WAKE: &str = "conversations.wake_matter";

/// Snoozed matters come back by themselves.
pub const TIMERS: &[TimerHandler] = &[TimerHandler { kind: WAKE, run: wake }];

/// A change to who has a matter; `None` takes it from everybody.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Assign {
    /// Who answers for it.
    pub owner: Option<StaffId>,
    /// Which team works on it.
    pub team: Option<TeamId>,
}

/// Give a matter to somebody. Announces `matter.assigned`.
pub fn assign(tx: &mut Tx<'_>, actor: &Actor, id: MatterId, to: Assign) -> Result<(), ConversationError> {
    actor.require(Permission::Assign)?;
    let matter = queries::matter(tx, id)?.ok_or(ConversationError::UnknownMatter)?;
    if let Some(team) = to.team {
        let known = tx.query_opt(sql!("SELECT id FROM team WHERE id = ?1"), params![team], |row| row.get::<TeamId>(0))?;
        known.ok_or(ConversationError::UnknownTeam)?;
    }
    if (matter.owner, matter.team) == (to.owner, to.team) {
        return Ok(());
    }
    tx.execute(sql!("UPDATE matter SET owner = ?2, team = ?3 WHERE id = ?1"), params![id, to.owner, to.team])?;
    announce(tx, actor, &matter, "matter.assigned", &serde_json::json!({ "owner": to.owner, "team": to.team }))
}

/// Done. Announces `matter.resolved`.
pub fn resolve(tx: &mut Tx<'_>, actor: &Actor, id: MatterId) -> Result<(), ConversationError> {
    let now = tx.now();
    change(tx, actor, id, MatterState::Resolved, None, "matter.resolved", move |tx, id| {
        tx.execute(sql!("UPDATE matter SET resolved_at = ?2, waiting_since = NULL, unread = 0 WHERE id = ?1"), params![id, now]).map(drop)
    })
}

/// Not done after all. Announces `matter.reopened`.
pub fn reopen(tx: &mut Tx<'_>, actor: &Actor, id: MatterId) -> Result<(), ConversationError> {
    change(tx, actor, id, MatterState::Open, None, "matter.reopened", |_, _| Ok(()))
}

/// Put aside until a time, or until the customer writes. Announces `matter.snoozed`.
pub fn snooze(tx: &mut Tx<'_>, actor: &Actor, id: MatterId, until: Timestamp) -> Result<(), ConversationError> {
    if until <= tx.now() {
        return Err(ConversationError::InThePast);
    }
    change(tx, actor, id, MatterState::Snoozed, Some(until), "matter.snoozed", move |tx, id| tx.at(until, WAKE, &id.to_string(), &()))
}

/// An agent has looked: nothing is unread, and a new matter becomes an open one.
pub fn mark_seen(tx: &mut Tx<'_>, actor: &Actor, id: MatterId) -> Result<(), ConversationError> {
    actor.require(Permission::ViewConversations)?;
    tx.execute(
        sql!("UPDATE matter SET unread = 0, state = CASE WHEN state = 'new' THEN 'open' ELSE state END WHERE id = ?1 AND (unread > 0 OR state = 'new')"),
        params![id],
    )?;
    Ok(())
}

fn change(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: MatterId,
    next: MatterState,
    until: Option<Timestamp>,
    kind: &'static str,
    also: impl FnOnce(&mut Tx<'_>, MatterId) -> Result<(), Fault>,
) -> Result<(), ConversationError> {
    actor.require(Permission::Reply)?;
    let matter = queries::matter(tx, id)?.ok_or(ConversationError::UnknownMatter)?;
    if matter.state == next && until.is_none() {
        return Ok(());
    }
    tx.execute(sql!("UPDATE matter SET state = ?2, snoozed_until = ?3, resolved_at = NULL WHERE id = ?1"), params![id, next, until])?;
    also(tx, id)?;
    announce(tx, actor, &matter, kind, &serde_json::json!({ "until": until }))
}

fn announce(tx: &mut Tx<'_>, actor: &Actor, matter: &Matter, kind: &'static str, body: &impl Serialize) -> Result<(), ConversationError> {
    Ok(tx.announce(Event::new(kind, matter.id).profile(matter.profile).by(actor).body(body))?)
}

fn wake(tx: &mut Tx<'_>, timer: &Timer) -> Result<(), Fault> {
    let id: MatterId = timer.key.parse().map_err(|e: kernel::IdError| Fault::data(e.to_string()))?;
    let Some(matter) = queries::matter(tx, id)?.filter(|m| m.state == MatterState::Snoozed) else { return Ok(()) };
    tx.execute(sql!("UPDATE matter SET state = 'open', snoozed_until = NULL WHERE id = ?1"), params![id])?;
    tx.announce(Event::new("matter.woken", id).profile(matter.profile).by(&Actor::system()).hidden())
}

/// A team by name, made when missing.
pub fn ensure_team(tx: &mut Tx<'_>, actor: &Actor, name: &str) -> Result<TeamId, ConversationError> {
    actor.require(Permission::ManageStaff)?;
    let fresh: TeamId = tx.new_id();
    tx.execute(sql!("INSERT INTO team (id, name) VALUES (?1, ?2) ON CONFLICT (name) DO NOTHING"), params![fresh, name])?;
    Ok(tx.query_one(sql!("SELECT id FROM team WHERE name = ?1"), params![name], |row| row.get(0))?)
}

/// Put somebody in a team.
pub fn join_team(tx: &mut Tx<'_>, actor: &Actor, team: TeamId, staff: StaffId) -> Result<(), ConversationError> {
    actor.require(Permission::ManageStaff)?;
    tx.execute(sql!("INSERT INTO team_member (team, staff) VALUES (?1, ?2) ON CONFLICT (team, staff) DO NOTHING"), params![team, staff])?;
    Ok(())
}

/// A team.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Team {
    /// Which.
    pub id: TeamId,
    /// Its name.
    pub name: String,
}

/// All teams by name, at most 100.
pub fn teams(tx: &ReadTx<'_>) -> Result<Vec<Team>, Fault> {
    tx.query(sql!("SELECT id, name FROM team ORDER BY name, id LIMIT 100"), params![], |row| {
        Ok(Team { id: row.get(0)?, name: row.get(1)? })
    })
}

/// The teams somebody is in.
pub fn teams_of(tx: &ReadTx<'_>, staff: StaffId) -> Result<Vec<TeamId>, Fault> {
    tx.query(sql!("SELECT team FROM team_member WHERE staff = ?1 ORDER BY team LIMIT 100"), params![staff], |row| row.get(0))
}
