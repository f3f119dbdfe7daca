//! Coming in by the link.

use super::{Room, RoomError, store};
use kernel::{Actor, ReadTx, Tx};

/// The browser `guest` comes in. The first that does keeps the link; any other is refused. Announces hidden `room.entered`, once.
pub fn enter_room(tx: &mut Tx<'_>, token: &str, guest: &str) -> Result<Room, RoomError> {
    let room = guest_room(tx, token, guest)?;
    if room.guest.is_some() {
        return Ok(room);
    }
    let room = Room { guest: Some(guest.to_owned()), ..room };
    store::save(tx, &room)?;
    tx.announce(store::event(&Actor::customer(room.profile), &room, "room.entered").hidden())?;
    Ok(room)
}

/// The room that a link leads the browser `guest` to, or why it does not.
pub fn guest_room(tx: &ReadTx<'_>, token: &str, guest: &str) -> Result<Room, RoomError> {
    let room = super::room_by_token(tx, token)?.ok_or(RoomError::Unknown)?;
    room.admits(guest, tx.now())?;
    Ok(room)
}
