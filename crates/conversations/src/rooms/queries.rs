//! Reading rooms. Every list is bounded.

use super::{Room, RoomId, store::from_row};
use crate::MatterId;
use kernel::{Fault, ProfileId, ReadTx, params, sql};

/// One room.
pub fn room(tx: &ReadTx<'_>, id: RoomId) -> Result<Option<Room>, Fault> {
    tx.query_opt(
        sql!("SELECT id, matter, profile, opened_by, token, guest, opened_at, expires_at, began_at, left_at, ended_at FROM room WHERE id = ?1"),
        params![id],
        from_row,
    )
}

/// The room that a link leads to.
pub fn room_by_token(tx: &ReadTx<'_>, token: &str) -> Result<Option<Room>, Fault> {
    tx.query_opt(
        sql!("SELECT id, matter, profile, opened_by, token, guest, opened_at, expires_at, began_at, left_at, ended_at FROM room WHERE token = ?1"),
        params![token],
        from_row,
    )
}

/// The room of a matter that is open now.
pub fn open_room_of(tx: &ReadTx<'_>, matter: MatterId) -> Result<Option<Room>, Fault> {
    tx.query_opt(
        sql!(
            "SELECT id, matter, profile, opened_by, token, guest, opened_at, expires_at, began_at, left_at, ended_at FROM room
              WHERE matter = ?1 AND ended_at IS NULL"
        ),
        params![matter],
        from_row,
    )
}

/// The latest rooms of a profile, newest first.
pub fn rooms_of(tx: &ReadTx<'_>, profile: ProfileId, limit: i64) -> Result<Vec<Room>, Fault> {
    tx.query(
        sql!(
            "SELECT id, matter, profile, opened_by, token, guest, opened_at, expires_at, began_at, left_at, ended_at FROM room
              WHERE profile = ?1 ORDER BY opened_at DESC, id DESC LIMIT ?2"
        ),
        params![profile, limit.clamp(1, 10_000)],
        from_row,
    )
}
