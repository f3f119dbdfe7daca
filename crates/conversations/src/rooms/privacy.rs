//! The rooms of a person: to hand out, and to erase.

use super::rooms_of;
use kernel::{Fault, ProfileId, ReadTx, Tx, params, sql};
use serde_json::{Value, json};

/// Rooms that are handed out.
const MOST: i64 = 10_000;

pub(crate) fn export(tx: &ReadTx<'_>, profiles: &[ProfileId]) -> Result<Vec<Value>, Fault> {
    let mut rooms = Vec::new();
    for profile in profiles {
        rooms.extend(rooms_of(tx, *profile, MOST)?.into_iter().rev().map(|room| {
            json!({
                "id": room.id, "matter": room.matter, "opened_at": room.opened_at, "began_at": room.began_at, "ended_at": room.ended_at,
            })
        }));
    }
    Ok(rooms)
}

/// Links lead nowhere and browsers are forgotten; that there was a room, and how long, stays.
pub(crate) fn erase(tx: &mut Tx<'_>, profile: ProfileId) -> Result<u64, Fault> {
    let now = tx.now();
    tx.execute(
        sql!("UPDATE room SET token = id, guest = NULL, expires_at = opened_at, ended_at = COALESCE(ended_at, ?2) WHERE profile = ?1"),
        params![profile, now],
    )
}
