//! Who is at work: available, busy, on a break, finishing a call, or not there. Nobody who is gone keeps a customer waiting.

use crate::routing::take_back;
use crate::{ConversationError, TeamId, rules};
use kernel::{Actor, Channel, Event, Fault, Json, Permission, ReadTx, Row, StaffId, Timer, Timestamp, Tx, params, sql};
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::collections::BTreeMap;
use std::time::Duration;

pub(crate) const LAPSE: &str = "conversations.presence_lapses";
pub(crate) const AFTER_CALL: &str = "conversations.after_call_ends";
/// How long somebody may finish a call before they count as available again.
const AFTER_CALL_SPAN: Duration = Duration::from_secs(120);

kernel::db_enum! {
    /// Whether somebody takes work.
    pub enum PresenceState {
        /// New matters come to them.
        Available = "available",
        /// At work, and full by their own word.
        Busy = "busy",
        /// Away for a while; what they have stays theirs.
        Break = "break",
        /// Finishing the last call; available again by itself.
        AfterCall = "after_call",
        /// Not at work: customers who wait for them are taken back.
        Offline = "offline",
    }
}

/// What somebody can take.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct WorkProfile {
    /// Units of work at once.
    pub capacity: u32,
    /// Most matters of a channel at once; others as capacity allows.
    pub limits: BTreeMap<Channel, u32>,
    /// What they know, in small letters.
    pub skills: Vec<String>,
    /// Languages they serve in (`es`, `en` ...); none named is all.
    pub languages: Vec<String>,
    /// Channels that they have switched off for now.
    pub off: Vec<Channel>,
}

impl Default for WorkProfile {
    fn default() -> Self {
        WorkProfile { capacity: 6, limits: BTreeMap::new(), skills: vec![], languages: vec![], off: vec![] }
    }
}

/// One member of staff at work.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Presence {
    /// Who.
    pub staff: StaffId,
    /// Whether they take work.
    pub state: PresenceState,
    /// Since when.
    pub since: Timestamp,
    /// When it ends by itself.
    pub until: Option<Timestamp>,
    /// Last sign of life.
    pub seen_at: Timestamp,
    /// When they were last given something: who has waited longest is next.
    pub routed_at: Timestamp,
    /// Units in use when last counted.
    pub used: i64,
    /// What they can take.
    pub profile: WorkProfile,
}

/// A change of somebody's presence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetPresence {
    /// From now on.
    pub state: PresenceState,
    /// Channels switched off; `None` leaves them as they are.
    pub off: Option<Vec<Channel>>,
}

/// Say whether somebody takes work: oneself, or another as whoever leads. Announces `presence.changed`.
pub fn set_presence(tx: &mut Tx<'_>, actor: &Actor, staff: StaffId, to: &SetPresence) -> Result<Presence, ConversationError> {
    actor.require(if actor.staff_id() == Some(staff) { Permission::Reply } else { Permission::Supervise })?;
    let was = presence(tx, staff)?;
    let mut profile = was.as_ref().map(|was| was.profile.clone()).unwrap_or_default();
    let before = was.as_ref().map_or(PresenceState::Offline, |was| was.state);
    if let Some(off) = &to.off {
        profile.off.clone_from(off);
    }
    let (now, key) = (tx.now(), staff.to_string());
    let since = was.as_ref().filter(|was| was.state == to.state).map_or(now, |was| was.since);
    let until = (to.state == PresenceState::AfterCall).then(|| now.plus(AFTER_CALL_SPAN));
    tx.execute(
        sql!(
            "INSERT INTO staff_work (staff, state, since, until, seen_at, routed_at, used, profile) VALUES (?1, ?2, ?3, ?4, ?5, 0, 0, ?6)
              ON CONFLICT (staff) DO UPDATE SET state = excluded.state, since = excluded.since, until = excluded.until, seen_at = excluded.seen_at,
              profile = excluded.profile"
        ),
        params![staff, to.state, since, until, now, Json(&profile)],
    )?;
    match until {
        Some(until) => tx.at(until, AFTER_CALL, &key, &())?,
        None => drop(tx.cancel_timer(AFTER_CALL, &key)?),
    }
    if to.state == PresenceState::Offline {
        tx.cancel_timer(LAPSE, &key)?;
        take_back::from_absent(tx, staff)?;
    } else {
        let away = rules::minutes(rules::work_rules(tx)?.away_minutes.max(1));
        tx.at(now.plus(away), LAPSE, &key, &())?;
    }
    tx.announce(Event::new("presence.changed", staff).by(actor).body(&json!({ "state": to.state, "was": before })))?;
    presence(tx, staff)?.ok_or_else(|| Fault::data("a presence vanished").into())
}

/// A call is over: who was available finishes it in peace, and is available again by itself.
pub(crate) fn finish_call(tx: &mut Tx<'_>, staff: StaffId) -> Result<(), Fault> {
    if presence(tx, staff)?.is_some_and(|now| now.state == PresenceState::Available) {
        move_to(tx, staff, PresenceState::AfterCall)?;
    }
    Ok(())
}

/// A sign of life: puts off the moment at which somebody counts as gone. Who never said that they are at work stays out of it.
pub fn show_life(tx: &mut Tx<'_>, staff: StaffId) -> Result<(), Fault> {
    let now = tx.now();
    let here = tx.execute(sql!("UPDATE staff_work SET seen_at = ?2 WHERE staff = ?1 AND state <> 'offline'"), params![staff, now])?;
    if here > 0 {
        let away = rules::minutes(rules::work_rules(tx)?.away_minutes.max(1));
        tx.at(now.plus(away), LAPSE, &staff.to_string(), &())?;
    }
    Ok(())
}

/// Change what somebody can take. Announces `presence.changed`.
pub fn save_work_profile(tx: &mut Tx<'_>, actor: &Actor, staff: StaffId, profile: &WorkProfile) -> Result<(), ConversationError> {
    actor.require(Permission::Supervise)?;
    let fold = |words: &[String]| {
        let mut folded: Vec<String> = words.iter().map(|word| word.trim().to_lowercase()).filter(|word| !word.is_empty()).collect();
        folded.sort();
        folded.dedup();
        folded
    };
    let profile = WorkProfile { skills: fold(&profile.skills), languages: fold(&profile.languages), ..profile.clone() };
    let now = tx.now();
    tx.execute(
        sql!(
            "INSERT INTO staff_work (staff, state, since, seen_at, routed_at, used, profile) VALUES (?1, 'offline', ?2, ?2, 0, 0, ?3)
              ON CONFLICT (staff) DO UPDATE SET profile = excluded.profile"
        ),
        params![staff, now, Json(&profile)],
    )?;
    let state = presence(tx, staff)?.map_or(PresenceState::Offline, |now| now.state);
    Ok(tx.announce(Event::new("presence.changed", staff).by(actor).body(&json!({ "state": state, "was": state })))?)
}

/// Somebody's presence; `None` for who has never been at work here.
pub fn presence(tx: &ReadTx<'_>, staff: StaffId) -> Result<Option<Presence>, Fault> {
    tx.query_opt(
        sql!("SELECT staff, state, since, until, seen_at, routed_at, used, profile FROM staff_work WHERE staff = ?1"),
        params![staff],
        from_row,
    )
}

/// Everybody who has ever been at work, at most 1,000.
pub fn presences(tx: &ReadTx<'_>) -> Result<Vec<Presence>, Fault> {
    tx.query(
        sql!("SELECT staff, state, since, until, seen_at, routed_at, used, profile FROM staff_work ORDER BY staff LIMIT 1000"),
        params![],
        from_row,
    )
}

/// Whoever is available, longest without new work first, at most 1,000.
pub(crate) fn available(tx: &ReadTx<'_>) -> Result<Vec<Presence>, Fault> {
    tx.query(
        sql!(
            "SELECT staff, state, since, until, seen_at, routed_at, used, profile FROM staff_work
              WHERE state = 'available' ORDER BY routed_at, staff LIMIT 1000"
        ),
        params![],
        from_row,
    )
}

/// The members of a team, at most 1,000.
pub fn members(tx: &ReadTx<'_>, team: TeamId) -> Result<Vec<StaffId>, Fault> {
    tx.query(sql!("SELECT staff FROM team_member WHERE team = ?1 ORDER BY staff LIMIT 1000"), params![team], |row| row.get(0))
}

/// No sign of life for too long: they are offline.
pub(crate) fn lapse(tx: &mut Tx<'_>, timer: &Timer) -> Result<(), Fault> {
    end(tx, timer, PresenceState::Offline, |now| now.state != PresenceState::Offline)
}

/// The call is finished.
pub(crate) fn after_call(tx: &mut Tx<'_>, timer: &Timer) -> Result<(), Fault> {
    end(tx, timer, PresenceState::Available, |now| now.state == PresenceState::AfterCall)
}

fn end(tx: &mut Tx<'_>, timer: &Timer, state: PresenceState, applies: fn(&Presence) -> bool) -> Result<(), Fault> {
    let staff: StaffId = timer.key.parse().map_err(|e: kernel::IdError| Fault::data(e.to_string()))?;
    if presence(tx, staff)?.as_ref().is_some_and(applies) {
        move_to(tx, staff, state)?;
    }
    Ok(())
}

/// What happens to somebody's presence by itself.
pub(crate) fn move_to(tx: &mut Tx<'_>, staff: StaffId, state: PresenceState) -> Result<(), Fault> {
    let to = SetPresence { state, off: None };
    set_presence(tx, &Actor::system(), staff, &to).map(drop).map_err(|error| match error {
        ConversationError::Fault(fault) => fault,
        other => Fault::outside("changing a presence", other),
    })
}

fn from_row(row: &Row<'_>) -> Result<Presence, Fault> {
    Ok(Presence {
        staff: row.get(0)?,
        state: row.get(1)?,
        since: row.get(2)?,
        until: row.get(3)?,
        seen_at: row.get(4)?,
        routed_at: row.get(5)?,
        used: row.get(6)?,
        profile: row.get::<Json<WorkProfile>>(7)?.0,
    })
}
