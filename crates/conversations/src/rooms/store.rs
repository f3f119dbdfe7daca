//! Rows of rooms.

use super::{Room, RoomError, RoomId};
use kernel::{Actor, Channel, Event, Fault, ReadTx, Row, Tx, params, sql};
use serde_json::json;

pub(super) fn from_row(row: &Row<'_>) -> Result<Room, Fault> {
    Ok(Room {
        id: row.get(0)?,
        matter: row.get(1)?,
        profile: row.get(2)?,
        opened_by: row.get(3)?,
        token: row.get(4)?,
        guest: row.get(5)?,
        opened_at: row.get(6)?,
        expires_at: row.get(7)?,
        began_at: row.get(8)?,
        left_at: row.get(9)?,
        ended_at: row.get(10)?,
    })
}

pub(super) fn find(tx: &ReadTx<'_>, id: RoomId) -> Result<Room, RoomError> {
    super::room(tx, id)?.ok_or(RoomError::Unknown)
}

pub(super) fn insert(tx: &mut Tx<'_>, room: &Room) -> Result<(), Fault> {
    tx.execute(
        sql!("INSERT INTO room (id, matter, profile, opened_by, token, opened_at, expires_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)"),
        params![room.id, room.matter, room.profile, room.opened_by, room.token, room.opened_at, room.expires_at],
    )
    .map(drop)
}

/// Write what may change.
pub(super) fn save(tx: &mut Tx<'_>, room: &Room) -> Result<(), Fault> {
    tx.execute(
        sql!("UPDATE room SET token = ?2, guest = ?3, expires_at = ?4, began_at = ?5, left_at = ?6, ended_at = ?7 WHERE id = ?1"),
        params![room.id, room.token, room.guest, room.expires_at, room.began_at, room.left_at, room.ended_at],
    )
    .map(drop)
}

/// What happened in a room, on the person's thread.
pub(super) fn event(actor: &Actor, room: &Room, kind: &'static str) -> Event {
    let body = json!({ "matter": room.matter, "seconds": room.seconds() });
    Event::new(kind, room.id).profile(room.profile).channel(Channel::Video).by(actor).body(&body)
}
