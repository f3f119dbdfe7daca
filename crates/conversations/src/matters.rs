//! Work on a matter: who has it, and where it stands.

use crate::{
    Clocks, ConversationError, Matter, MatterId, MatterState, TeamId, Wanted, clock, mentions, promises, queries, routing::take_back,
    transfers,
};
use kernel::{Actor, Channel, Event, Fault, Permission, ReadTx, StaffId, Timer, Timestamp, Tx, params, sql};
use serde_json::json;

/// Snoozed matters come back by themselves.
pub(crate) const WAKE: &str = "conversations.wake_matter";

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
    hand_to(tx, id, to)?;
    transfers::end_open(tx, actor, id)?;
    announce(tx, actor, &matter, "matter.assigned", json!({ "owner": to.owner, "team": to.team, "was": matter.owner }))
}

/// Put a matter into these hands, whoever had it.
pub(crate) fn hand_to(tx: &mut Tx<'_>, id: MatterId, to: Assign) -> Result<(), Fault> {
    let now = tx.now();
    tx.execute(
        sql!("UPDATE matter SET owner = ?2, team = ?3, routed_at = ?4, passed = NULL WHERE id = ?1"),
        params![id, to.owner, to.team, now],
    )
    .map(drop)
}

/// Done. Announces `matter.resolved`.
pub fn resolve(tx: &mut Tx<'_>, actor: &Actor, id: MatterId) -> Result<(), ConversationError> {
    actor.require(Permission::Reply)?;
    let matter = queries::matter(tx, id)?.ok_or(ConversationError::UnknownMatter)?;
    if matter.state == MatterState::Resolved {
        return Ok(());
    }
    promises::keep_by_resolving(tx, actor, &matter)?;
    let now = tx.now();
    tx.execute(
        sql!(
            "UPDATE matter SET state = 'resolved', resolved_at = ?2, snoozed_until = NULL, waiting_since = NULL, unread = 0, answer_due = NULL,
              resolve_due = NULL, due_rank = ?3 WHERE id = ?1"
        ),
        params![id, now, Clocks::default().rank(matter.last_at)],
    )?;
    clock::arm(tx, id, Clocks::default(), std::time::Duration::ZERO)?;
    transfers::end_open(tx, actor, id)?;
    let in_time = matter.clocks().target().is_none_or(|due| now <= due);
    let body = json!({ "owner": matter.owner, "team": matter.team, "channel": matter.channel, "in_time": in_time,
                       "seconds": now.since(matter.opened_at).as_secs(), "was_answered": matter.answered_at.is_some() });
    announce(tx, actor, &matter, "matter.resolved", body)
}

/// Not done after all. Announces `matter.reopened`.
pub fn reopen(tx: &mut Tx<'_>, actor: &Actor, id: MatterId) -> Result<(), ConversationError> {
    actor.require(Permission::Reply)?;
    let matter = queries::matter(tx, id)?.ok_or(ConversationError::UnknownMatter)?;
    if matter.state == MatterState::Open {
        return Ok(());
    }
    promises::open_resolved_again(tx, &matter)?;
    tx.execute(sql!("UPDATE matter SET state = 'open', snoozed_until = NULL, resolved_at = NULL WHERE id = ?1"), params![id])?;
    announce(tx, actor, &matter, "matter.reopened", json!({ "owner": matter.owner }))
}

/// Put aside until a time, or until the customer writes. Announces `matter.snoozed`.
pub fn snooze(tx: &mut Tx<'_>, actor: &Actor, id: MatterId, until: Timestamp) -> Result<(), ConversationError> {
    if until <= tx.now() {
        return Err(ConversationError::InThePast);
    }
    actor.require(Permission::Reply)?;
    let matter = queries::matter(tx, id)?.ok_or(ConversationError::UnknownMatter)?;
    tx.execute(sql!("UPDATE matter SET state = 'snoozed', snoozed_until = ?2, resolved_at = NULL WHERE id = ?1"), params![id, until])?;
    tx.at(until, WAKE, &id.to_string(), &())?;
    announce(tx, actor, &matter, "matter.snoozed", json!({ "until": until, "owner": matter.owner }))
}

/// An agent has looked: nothing is unread, they have seen where they are named, and a new matter becomes an open one. Its owner's look is a sign of life.
/// Announces `matter.seen` when there was something to see.
pub fn mark_seen(tx: &mut Tx<'_>, actor: &Actor, id: MatterId) -> Result<(), ConversationError> {
    actor.require(Permission::ViewConversations)?;
    let changed = tx.write_query(
        sql!(
            "UPDATE matter SET unread = 0, state = CASE WHEN state = 'new' THEN 'open' ELSE state END
              WHERE id = ?1 AND (unread > 0 OR state = 'new') RETURNING profile"
        ),
        params![id],
        |row| row.get::<kernel::ProfileId>(0),
    )?;
    touch(tx, actor, id)?;
    mentions::see(tx, actor, id)?;
    if let Some(profile) = changed.first() {
        tx.announce(Event::new("matter.seen", id).profile(*profile).by(actor).hidden())?;
    }
    Ok(())
}

/// Its owner is at it.
pub(crate) fn touch(tx: &mut Tx<'_>, actor: &Actor, id: MatterId) -> Result<(), Fault> {
    let now = tx.now();
    tx.execute(sql!("UPDATE matter SET touched_at = ?3 WHERE id = ?1 AND owner = ?2"), params![id, actor.staff_id(), now]).map(drop)
}

/// What waits for one colleague goes back in front of everybody, and to others who are free. Announces `matter.taken_back` of each.
pub fn hand_round(tx: &mut Tx<'_>, actor: &Actor, staff: StaffId) -> Result<(), ConversationError> {
    actor.require(Permission::Supervise)?;
    Ok(take_back::all_waiting(tx, staff, "handed_round")?)
}

/// The customer asked to be answered by this channel; `None` takes the wish back. Announces `matter.wished`.
pub fn wish_channel(tx: &mut Tx<'_>, actor: &Actor, id: MatterId, channel: Option<Channel>) -> Result<(), ConversationError> {
    let matter = queries::matter(tx, id)?.ok_or(ConversationError::UnknownMatter)?;
    if actor.profile() != Some(matter.profile) {
        actor.require(Permission::Reply)?;
    }
    tx.execute(sql!("UPDATE matter SET wish = ?2 WHERE id = ?1"), params![id, channel])?;
    Ok(tx.announce(Event::new("matter.wished", id).profile(matter.profile).by(actor).hidden().body(&json!({ "channel": channel })))?)
}

/// Ask for a team, a skill and a language: the routing looks again. Announces `matter.assigned`.
pub fn ask_for(tx: &mut Tx<'_>, actor: &Actor, id: MatterId, wanted: &Wanted) -> Result<(), ConversationError> {
    let matter = queries::matter(tx, id)?.ok_or(ConversationError::UnknownMatter)?;
    if actor.profile() != Some(matter.profile) {
        actor.require(Permission::Assign)?;
    }
    let (now, skill, language) = (tx.now(), wanted.skill.trim().to_lowercase(), wanted.language.to_lowercase());
    tx.execute(
        sql!("UPDATE matter SET owner = NULL, team = ?2, skill = ?3, language = ?4, routed_at = ?5, passed = NULL, tried = '[]' WHERE id = ?1"),
        params![id, wanted.team, skill, language, now],
    )?;
    announce(tx, actor, &matter, "matter.assigned", json!({ "owner": null, "team": wanted.team, "was": matter.owner }))
}

fn announce(tx: &mut Tx<'_>, actor: &Actor, matter: &Matter, kind: &'static str, body: serde_json::Value) -> Result<(), ConversationError> {
    Ok(tx.announce(Event::new(kind, matter.id).profile(matter.profile).by(actor).body(&body))?)
}

pub(crate) fn wake(tx: &mut Tx<'_>, timer: &Timer) -> Result<(), Fault> {
    let id: MatterId = timer.key.parse().map_err(|e: kernel::IdError| Fault::data(e.to_string()))?;
    let Some(matter) = queries::matter(tx, id)?.filter(|m| m.state == MatterState::Snoozed) else { return Ok(()) };
    tx.execute(sql!("UPDATE matter SET state = 'open', snoozed_until = NULL WHERE id = ?1"), params![id])?;
    let body = json!({ "owner": matter.owner });
    tx.announce(Event::new("matter.woken", id).profile(matter.profile).by(&Actor::system()).hidden().body(&body))
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

/// Take somebody out of a team.
pub fn leave_team(tx: &mut Tx<'_>, actor: &Actor, team: TeamId, staff: StaffId) -> Result<(), ConversationError> {
    actor.require(Permission::ManageStaff)?;
    tx.execute(sql!("DELETE FROM team_member WHERE team = ?1 AND staff = ?2"), params![team, staff])?;
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
