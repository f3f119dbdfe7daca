//! The calls of a person: to hand out, and to erase.

use super::calls_of;
use kernel::{Fault, ProfileId, ReadTx, Tx, params, sql};
use serde_json::{Value, json};

/// Calls that are handed out.
const MOST: usize = 10_000;

pub(crate) fn export(tx: &ReadTx<'_>, profiles: &[ProfileId]) -> Result<Vec<Value>, Fault> {
    let calls = calls_of(tx, profiles, MOST)?.into_iter().rev();
    Ok(calls
        .map(|call| {
            json!({
                "id": call.id, "matter": call.matter, "way": call.way, "state": call.state, "number": call.address, "about": call.about,
                "began_at": call.began_at, "answered_at": call.answered_at, "ended_at": call.ended_at, "recording": call.recording,
            })
        })
        .collect())
}

/// Numbers, words and recordings go, and nobody is rung any more; that there was a call, and how long, stays.
pub(crate) fn erase(tx: &mut Tx<'_>, profile: ProfileId) -> Result<u64, Fault> {
    let now = tx.now();
    tx.execute(sql!("DELETE FROM call_order WHERE call IN (SELECT id FROM call WHERE profile = ?1)"), params![profile])?;
    tx.execute(
        sql!(
            "UPDATE call SET address = '', about = '', recording = NULL, provider_id = NULL, key = NULL, waiting_since = NULL, ended_at = COALESCE(ended_at, ?2),
              state = CASE WHEN ended_at IS NULL THEN 'missed' ELSE state END WHERE profile = ?1"
        ),
        params![profile, now],
    )
}
