//! Rows of calls.

use super::{Call, CallError, CallId, CallState};
use kernel::{Actor, Channel, Event, Fault, ReadTx, Row, Tx, params, sql};
use serde_json::{Value, json};

pub(super) fn from_row(row: &Row<'_>) -> Result<Call, Fault> {
    Ok(Call {
        id: row.get(0)?,
        matter: row.get(1)?,
        profile: row.get(2)?,
        account: row.get(3)?,
        way: row.get(4)?,
        state: row.get(5)?,
        address: row.get(6)?,
        about: row.get(7)?,
        provider_id: row.get(8)?,
        team: row.get(9)?,
        agent: row.get(10)?,
        began_at: row.get(11)?,
        waiting_since: row.get(12)?,
        answered_at: row.get(13)?,
        ended_at: row.get(14)?,
        recording: row.get(15)?,
    })
}

pub(super) fn find(tx: &ReadTx<'_>, id: CallId) -> Result<Call, CallError> {
    super::call(tx, id)?.ok_or(CallError::Unknown)
}

pub(super) fn insert(tx: &mut Tx<'_>, call: &Call, key: Option<&str>) -> Result<(), Fault> {
    tx.execute(
        sql!("INSERT INTO call (id, matter, profile, account, way, state, address, about, provider_id, key, team, agent, began_at, waiting_since)
              VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)"),
        params![
            call.id,
            call.matter,
            call.profile,
            call.account,
            call.way,
            call.state,
            call.address,
            call.about,
            call.provider_id,
            key,
            call.team,
            call.agent,
            call.began_at,
            call.waiting_since
        ],
    )
    .map(drop)
}

/// Write a call that went from `before` to what it now is. False when another was quicker.
pub(super) fn save(tx: &mut Tx<'_>, before: CallState, call: &Call) -> Result<bool, CallError> {
    if before != call.state && !before.can_become(call.state) {
        return Err(CallError::NotNow(before));
    }
    let saved = tx.execute(
        sql!(
            "UPDATE call SET state = ?3, about = ?4, provider_id = ?5, team = ?6, agent = ?7, waiting_since = ?8, answered_at = ?9, ended_at = ?10, recording = ?11
              WHERE id = ?1 AND state = ?2"
        ),
        params![
            call.id,
            before,
            call.state,
            call.about,
            call.provider_id,
            call.team,
            call.agent,
            call.waiting_since,
            call.answered_at,
            call.ended_at,
            call.recording
        ],
    )?;
    Ok(saved == 1)
}

/// An entry on the person's thread.
pub(super) fn announce(tx: &mut Tx<'_>, actor: &Actor, call: &Call, kind: &'static str, more: Value) -> Result<(), Fault> {
    tx.announce(event(actor, call, kind, more))
}

/// Known to open pages, but no entry of its own.
pub(super) fn announce_hidden(tx: &mut Tx<'_>, actor: &Actor, call: &Call, kind: &'static str) -> Result<(), Fault> {
    tx.announce(event(actor, call, kind, json!({})).hidden())
}

fn event(actor: &Actor, call: &Call, kind: &'static str, more: Value) -> Event {
    let mut body = json!({ "matter": call.matter, "address": call.address, "way": call.way });
    if let (Some(body), Value::Object(more)) = (body.as_object_mut(), more) {
        body.extend(more);
    }
    Event::new(kind, call.id).profile(call.profile).channel(Channel::Phone).by(actor).body(&body)
}
