//! Opening a room, and giving out a new link to it.

use super::{EXPIRE, Room, RoomError, RoomId, store};
use crate::{MatterId, queries};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use kernel::{Actor, Fault, Permission, Tx};
use std::time::Duration;

/// How long a link waits for whoever it was sent to.
const LINK: Duration = Duration::from_secs(2 * 3600);

/// Open a room from a matter; a matter has one at a time, and the one that is open is answered. Announces hidden `room.opened`.
pub fn open_room(tx: &mut Tx<'_>, actor: &Actor, matter: MatterId) -> Result<Room, RoomError> {
    let staff = may_open(actor)?;
    if let Some(open) = super::open_room_of(tx, matter)? {
        return Ok(open);
    }
    let matter = queries::matter(tx, matter)?.ok_or(RoomError::UnknownMatter)?;
    let now = tx.now();
    let room = Room {
        id: tx.new_id(),
        matter: matter.id,
        profile: matter.profile,
        opened_by: staff,
        token: fresh_token(tx),
        guest: None,
        opened_at: now,
        expires_at: now.plus(LINK),
        began_at: None,
        left_at: None,
        ended_at: None,
    };
    store::insert(tx, &room)?;
    tx.at(room.expires_at, EXPIRE, &room.id.to_string(), &())?;
    tx.announce(store::event(actor, &room, "room.opened").hidden())?;
    Ok(room)
}

/// Another link to the same room: the old one leads nowhere, and whoever used it must use the new one. Announces hidden `room.opened`.
pub fn renew_room(tx: &mut Tx<'_>, actor: &Actor, id: RoomId) -> Result<Room, RoomError> {
    may_open(actor)?;
    let room = store::find(tx, id)?;
    if room.ended_at.is_some() {
        return Err(RoomError::Over);
    }
    let room = Room { token: fresh_token(tx), guest: None, expires_at: tx.now().plus(LINK), ..room };
    store::save(tx, &room)?;
    tx.at(room.expires_at, EXPIRE, &room.id.to_string(), &())?;
    tx.announce(store::event(actor, &room, "room.opened").hidden())?;
    Ok(room)
}

fn may_open(actor: &Actor) -> Result<kernel::StaffId, RoomError> {
    actor.require(Permission::Reply)?;
    actor.staff_id().ok_or_else(|| RoomError::Fault(Fault::data("a room is opened by somebody of the staff")))
}

/// 128 random bits: nobody finds a room by trying.
fn fresh_token(tx: &mut Tx<'_>) -> String {
    URL_SAFE_NO_PAD.encode(tx.random_bytes::<16>())
}
