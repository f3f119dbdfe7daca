//! What agents do with calls, and what becomes of a caller who waits.

use super::store::{announce, announce_hidden, find, save};
use super::{Call, CallError, CallId, CallState, CallVerb, CallWay, calls_of_agent, orders};
use crate::{TeamId, presence};
use kernel::{Actor, Permission, Tx, params, sql};
use serde_json::json;

/// Take a call that waits. Who is on the line is connected; who asked to be rung, is rung. The matter is the agent's unless it is
/// somebody's. Announces `call.answered`, or `call.dialling`.
pub fn answer_call(tx: &mut Tx<'_>, actor: &Actor, id: CallId) -> Result<Call, CallError> {
    actor.require(Permission::Reply)?;
    let mut call = find(tx, id)?;
    if call.agent == actor.staff_id() && call.state.is_with_agent() {
        return Ok(call);
    }
    must_be_free(tx, actor)?;
    let before = call.state;
    let (state, verb, kind) = match before {
        CallState::Requested => (CallState::Dialling, CallVerb::Place, "call.dialling"),
        CallState::Ringing => (CallState::Answered, CallVerb::Redirect, "call.answered"),
        other => return Err(CallError::NotNow(other)),
    };
    call.state = state;
    call.agent = actor.staff_id();
    call.waiting_since = None;
    if state == CallState::Answered {
        call.answered_at = Some(tx.now());
    }
    put(tx, before, &call)?;
    tx.execute(
        sql!(
            "UPDATE matter SET owner = COALESCE(owner, ?2), unread = 0, state = CASE WHEN state = 'new' THEN 'open' ELSE state END WHERE id = ?1"
        ),
        params![call.matter, actor.staff_id()],
    )?;
    orders::order(tx, id, verb)?;
    announce(tx, actor, &call, kind, json!({}))?;
    Ok(call)
}

/// Let the customer wait a moment. Announces `call.held`.
pub fn hold_call(tx: &mut Tx<'_>, actor: &Actor, id: CallId) -> Result<Call, CallError> {
    change(tx, actor, id, CallState::Held, "call.held")
}

/// Go on talking: the agent is rung again. Announces `call.resumed`.
pub fn resume_call(tx: &mut Tx<'_>, actor: &Actor, id: CallId) -> Result<Call, CallError> {
    change(tx, actor, id, CallState::Answered, "call.resumed")
}

fn change(tx: &mut Tx<'_>, actor: &Actor, id: CallId, next: CallState, kind: &'static str) -> Result<Call, CallError> {
    actor.require(Permission::Reply)?;
    let mut call = find(tx, id)?;
    if call.state == next {
        return Ok(call);
    }
    let before = std::mem::replace(&mut call.state, next);
    if !matches!((before, next), (CallState::Answered, CallState::Held) | (CallState::Held, CallState::Answered)) {
        return Err(CallError::NotNow(before));
    }
    put(tx, before, &call)?;
    orders::order(tx, id, CallVerb::Redirect)?;
    announce_hidden(tx, actor, &call, kind)?;
    Ok(call)
}

/// Hand the caller to a team's queue; the matter goes along. Announces `call.transferred`.
pub fn transfer_call(tx: &mut Tx<'_>, actor: &Actor, id: CallId, team: TeamId) -> Result<Call, CallError> {
    actor.require(Permission::Assign)?;
    let name = tx.query_opt(sql!("SELECT name FROM team WHERE id = ?1"), params![team], |row| row.get::<String>(0))?;
    let name = name.ok_or(CallError::UnknownTeam)?;
    let mut call = find(tx, id)?;
    let before = std::mem::replace(&mut call.state, CallState::Ringing);
    if !matches!(before, CallState::Answered | CallState::Held) {
        return Err(CallError::NotNow(before));
    }
    let agent = call.agent.take();
    (call.team, call.waiting_since) = (Some(team), Some(tx.now()));
    put(tx, before, &call)?;
    if let Some(agent) = agent {
        presence::finish_call(tx, agent)?;
    }
    tx.execute(sql!("UPDATE matter SET team = ?2, owner = NULL WHERE id = ?1"), params![call.matter, team])?;
    orders::order(tx, id, CallVerb::Redirect)?;
    announce(tx, actor, &call, "call.transferred", json!({ "name": name }))?;
    Ok(call)
}

/// End a call that an agent has.
pub fn hang_up(tx: &mut Tx<'_>, actor: &Actor, id: CallId) -> Result<(), CallError> {
    actor.require(Permission::Reply)?;
    let call = find(tx, id)?;
    if !call.state.is_with_agent() {
        return Err(CallError::NotNow(call.state));
    }
    orders::order(tx, id, CallVerb::End)?;
    super::over(tx, id, super::Over::Completed, actor)
}

/// The customer no longer wants to be rung. Announces `call.cancelled`.
pub fn cancel_call(tx: &mut Tx<'_>, actor: &Actor, id: CallId) -> Result<(), CallError> {
    let mut call = find(tx, id)?;
    match call.state {
        CallState::Missed => return Ok(()),
        CallState::Requested => {}
        other => return Err(CallError::NotNow(other)),
    }
    (call.state, call.waiting_since, call.ended_at) = (CallState::Missed, None, Some(tx.now()));
    put(tx, CallState::Requested, &call)?;
    Ok(announce(tx, actor, &call, "call.cancelled", json!({}))?)
}

/// The caller waits for a person from now on. Announces `call.waiting`.
pub fn queue_call(tx: &mut Tx<'_>, call: &mut Call, team: Option<TeamId>) -> Result<(), CallError> {
    if call.state == CallState::Ringing {
        return Ok(());
    }
    let before = std::mem::replace(&mut call.state, CallState::Ringing);
    call.team = team.or(call.team);
    (call.waiting_since, call.agent) = (Some(tx.now()), None);
    put(tx, before, call)?;
    tx.execute(
        sql!("UPDATE matter SET channel = 'phone', last_at = ?2, waiting_since = COALESCE(waiting_since, ?2), state = CASE WHEN state = 'new' THEN 'new' ELSE 'open' END WHERE id = ?1"),
        params![call.matter, tx.now()],
    )?;
    Ok(announce_hidden(tx, &Actor::system(), call, "call.waiting")?)
}

/// The caller would rather be rung than wait: they keep their place. Announces `call.requested`.
pub fn ask_to_be_called(tx: &mut Tx<'_>, call: &mut Call) -> Result<(), CallError> {
    let before = std::mem::replace(&mut call.state, CallState::Requested);
    // What happens on the line that now ends is no longer this call's business.
    (call.way, call.provider_id) = (CallWay::Back, None);
    call.waiting_since = call.waiting_since.or(Some(tx.now()));
    put(tx, before, call)?;
    tx.execute(sql!("UPDATE call SET way = 'back' WHERE id = ?1"), params![call.id])?;
    Ok(announce(tx, &Actor::customer(call.profile), call, "call.requested", json!({ "about": call.about }))?)
}

/// The caller leaves a message instead. Nobody has to take the call any more.
pub fn offer_voicemail(tx: &mut Tx<'_>, call: &mut Call) -> Result<(), CallError> {
    let before = std::mem::replace(&mut call.state, CallState::Voicemail);
    call.waiting_since = None;
    put(tx, before, call)?;
    Ok(announce_hidden(tx, &Actor::system(), call, "call.to_voicemail")?)
}

/// The customer whom we rang has picked up. Announces `call.answered`.
pub fn connected(tx: &mut Tx<'_>, call: &mut Call, provider_id: &str) -> Result<(), CallError> {
    call.provider_id = Some(provider_id.to_owned());
    if call.state != CallState::Dialling {
        return Ok(());
    }
    call.state = CallState::Answered;
    call.answered_at = Some(tx.now());
    put(tx, CallState::Dialling, call)?;
    let agent = call.agent.map_or_else(Actor::system, |agent| Actor::staff(agent, &[]));
    Ok(announce(tx, &agent, call, "call.answered", json!({}))?)
}

/// One agent, one customer at a time.
pub(super) fn must_be_free(tx: &Tx<'_>, actor: &Actor) -> Result<(), CallError> {
    let Some(agent) = actor.staff_id() else { return Ok(()) };
    if calls_of_agent(tx, agent)?.iter().any(|call| call.state.is_with_agent()) { Err(CallError::Busy) } else { Ok(()) }
}

/// Save, or say that another was quicker.
fn put(tx: &mut Tx<'_>, before: CallState, call: &Call) -> Result<(), CallError> {
    if save(tx, before, call)? { Ok(()) } else { Err(CallError::NotNow(before)) }
}
