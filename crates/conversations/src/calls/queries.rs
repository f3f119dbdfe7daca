//! Reading calls. Every list is bounded.

use super::{Call, CallId, store::from_row};
use crate::AccountId;
use kernel::{Fault, ProfileId, ReadTx, StaffId, params, sql};

/// One call.
pub fn call(tx: &ReadTx<'_>, id: CallId) -> Result<Option<Call>, Fault> {
    tx.query_opt(
        sql!("SELECT id, matter, profile, account, way, state, address, about, provider_id, team, agent, began_at, waiting_since, answered_at, ended_at, recording
              FROM call WHERE id = ?1"),
        params![id],
        from_row,
    )
}

/// The call that the provider calls so.
pub fn call_by_provider(tx: &ReadTx<'_>, account: AccountId, provider_id: &str) -> Result<Option<Call>, Fault> {
    tx.query_opt(
        sql!("SELECT id, matter, profile, account, way, state, address, about, provider_id, team, agent, began_at, waiting_since, answered_at, ended_at, recording
              FROM call WHERE account = ?1 AND provider_id = ?2"),
        params![account, provider_id],
        from_row,
    )
}

/// Calls that somebody is to take, who waits longest first; at most 100.
pub fn waiting_calls(tx: &ReadTx<'_>, limit: i64) -> Result<Vec<Call>, Fault> {
    tx.query(
        sql!("SELECT id, matter, profile, account, way, state, address, about, provider_id, team, agent, began_at, waiting_since, answered_at, ended_at, recording
              FROM call WHERE waiting_since IS NOT NULL ORDER BY waiting_since, id LIMIT ?1"),
        params![limit.clamp(1, 100)],
        from_row,
    )
}

/// The calls that an agent has now, newest first; at most 5.
pub fn calls_of_agent(tx: &ReadTx<'_>, agent: StaffId) -> Result<Vec<Call>, Fault> {
    tx.query(
        sql!("SELECT id, matter, profile, account, way, state, address, about, provider_id, team, agent, began_at, waiting_since, answered_at, ended_at, recording
              FROM call WHERE agent = ?1 AND ended_at IS NULL ORDER BY began_at DESC, id DESC LIMIT 5"),
        params![agent],
        from_row,
    )
}

/// The latest calls of these profiles, newest first.
pub fn calls_of(tx: &ReadTx<'_>, profiles: &[ProfileId], limit: usize) -> Result<Vec<Call>, Fault> {
    let mut found = Vec::new();
    for profile in profiles {
        found.extend(tx.query(
            sql!("SELECT id, matter, profile, account, way, state, address, about, provider_id, team, agent, began_at, waiting_since, answered_at, ended_at, recording
                  FROM call WHERE profile = ?1 ORDER BY began_at DESC, id DESC LIMIT ?2"),
            params![profile, limit as i64],
            from_row,
        )?);
    }
    found.sort_unstable_by_key(|call| std::cmp::Reverse((call.began_at, call.id)));
    found.truncate(limit);
    Ok(found)
}

/// The latest calls of all, newest first, older than the last of the page before; at most 100.
pub fn latest_calls(tx: &ReadTx<'_>, before: Option<(kernel::Timestamp, CallId)>, limit: i64) -> Result<Vec<Call>, Fault> {
    let (at, id) = before.map_or((kernel::Timestamp::from_micros(i64::MAX), String::from("~")), |(at, id)| (at, id.to_string()));
    tx.query(
        sql!("SELECT id, matter, profile, account, way, state, address, about, provider_id, team, agent, began_at, waiting_since, answered_at, ended_at, recording
              FROM call WHERE (began_at, id) < (?1, ?2) ORDER BY began_at DESC, id DESC LIMIT ?3"),
        params![at, id, limit.clamp(1, 100)],
        from_row,
    )
}
