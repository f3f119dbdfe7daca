//! A call that we make: because the customer asked for it, or because an agent wants it.

use super::{Call, CallError, CallId, CallState, CallVerb, CallWay, orders, store};
use crate::{AccountId, MatterId, accounts, reply};
use kernel::{Actor, Channel, Permission, ProfileId, Tx, params, sql};
use serde_json::json;

/// Whom to ring, and why.
#[derive(Debug, Clone)]
pub struct RequestCall {
    /// By which number of ours.
    pub account: AccountId,
    /// Whom.
    pub profile: ProfileId,
    /// All profiles of that person.
    pub person: Vec<ProfileId>,
    /// Their number in E.164.
    pub address: String,
    /// What it is about.
    pub about: String,
    /// What the matter is called when the call opens one.
    pub subject: String,
    /// The caller's name for this intent: the same key asks once.
    pub key: String,
}

/// A customer wants to be rung: a place in the queue, not a call yet. Who waits for a call already, waits for that one. Announces
/// `call.requested`.
pub fn request_call(tx: &mut Tx<'_>, actor: &Actor, cmd: &RequestCall) -> Result<Call, CallError> {
    if let Some(done) = by_key(tx, &cmd.key)? {
        return Ok(done);
    }
    let waiting = super::calls_of(tx, &cmd.person, 5)?.into_iter().find(|call| call.state == CallState::Requested);
    if let Some(waiting) = waiting {
        return Ok(waiting);
    }
    let mut call = draft(tx, cmd, CallWay::Back)?;
    call.waiting_since = Some(call.began_at);
    store::insert(tx, &call, Some(&cmd.key))?;
    store::announce(tx, actor, &call, "call.requested", json!({ "about": cmd.about }))?;
    Ok(call)
}

/// An agent rings a customer; the agent is rung when she has picked up. Announces `call.began`.
pub fn call_out(tx: &mut Tx<'_>, actor: &Actor, cmd: &RequestCall) -> Result<Call, CallError> {
    actor.require(Permission::Reply)?;
    if let Some(done) = by_key(tx, &cmd.key)? {
        return Ok(done);
    }
    super::work::must_be_free(tx, actor)?;
    let mut call = draft(tx, cmd, CallWay::Out)?;
    (call.state, call.agent) = (CallState::Dialling, actor.staff_id());
    store::insert(tx, &call, Some(&cmd.key))?;
    orders::order(tx, call.id, CallVerb::Place)?;
    store::announce(tx, actor, &call, "call.began", json!({}))?;
    Ok(call)
}

fn draft(tx: &mut Tx<'_>, cmd: &RequestCall, way: CallWay) -> Result<Call, CallError> {
    let account = accounts::account(tx, cmd.account)?.filter(|account| account.active && account.channel == Channel::Phone);
    account.ok_or(CallError::NoAccount)?;
    let digits = cmd.address.strip_prefix('+').unwrap_or_default();
    if !(7..=15).contains(&digits.len()) || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(CallError::NotAPhone(cmd.address.clone()));
    }
    let matter: MatterId = reply::open_for(tx, &cmd.person, cmd.profile, Channel::Phone, &cmd.subject)?;
    Ok(Call {
        id: tx.new_id::<CallId>(),
        matter,
        profile: cmd.profile,
        account: cmd.account,
        way,
        state: CallState::Requested,
        address: cmd.address.clone(),
        about: cmd.about.chars().take(500).collect(),
        provider_id: None,
        team: None,
        agent: None,
        began_at: tx.now(),
        waiting_since: None,
        answered_at: None,
        ended_at: None,
        recording: None,
    })
}

fn by_key(tx: &Tx<'_>, key: &str) -> Result<Option<Call>, CallError> {
    let known = tx.query_opt(sql!("SELECT id FROM call WHERE key = ?1"), params![key], |row| row.get::<CallId>(0))?;
    Ok(known.map_or(Ok(None), |id| super::call(tx, id))?)
}
