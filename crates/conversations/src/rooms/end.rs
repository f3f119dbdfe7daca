//! The talk begins when both are in the room and ends when one hangs up, or when one was gone too long.

use super::{Room, RoomError, RoomId, store};
use kernel::{Actor, Fault, IdError, Permission, Timer, Timestamp, Tx};
use std::time::Duration;

/// How long somebody may be gone (a reload, a tunnel) before the talk is over.
const GONE: Duration = Duration::from_secs(60);
/// No talk is longer.
const LONGEST: Duration = Duration::from_secs(8 * 3600);
/// Looks after who is gone.
pub(crate) const LAPSE: &str = "conversations.room_lapse";
/// Looks after links that nobody used, and rooms that nobody closed.
pub(crate) const EXPIRE: &str = "conversations.room_expire";

/// Both are in the room. The first time it is announced as `room.began`; later, whoever was gone is back.
pub fn begin_room(tx: &mut Tx<'_>, id: RoomId) -> Result<Room, RoomError> {
    let room = open(tx, id)?;
    if room.began_at.is_some() && room.left_at.is_none() {
        return Ok(room);
    }
    let is_first = room.began_at.is_none();
    let now = tx.now();
    let room = Room { began_at: room.began_at.or(Some(now)), left_at: None, ..room };
    store::save(tx, &room)?;
    tx.cancel_timer(LAPSE, &id.to_string())?;
    if is_first {
        tx.at(now.plus(LONGEST), EXPIRE, &id.to_string(), &())?;
        tx.announce(store::event(&Actor::customer(room.profile), &room, "room.began"))?;
    }
    Ok(room)
}

/// One of the two is gone. Who is not back within a minute has left for good, at the moment they went.
pub fn leave_room(tx: &mut Tx<'_>, id: RoomId) -> Result<(), Fault> {
    let Some(room) = super::room(tx, id)?.filter(|room| room.began_at.is_some() && room.left_at.is_none() && room.ended_at.is_none())
    else {
        return Ok(());
    };
    let now = tx.now();
    store::save(tx, &Room { left_at: Some(now), ..room })?;
    tx.at(now.plus(GONE), LAPSE, &id.to_string(), &())
}

/// Hang up, for both. Repeating it changes nothing. Announces `room.ended` with the length, or hidden `room.closed` when nobody came.
pub fn end_room(tx: &mut Tx<'_>, actor: &Actor, id: RoomId) -> Result<Room, RoomError> {
    let room = store::find(tx, id)?;
    if actor.profile() != Some(room.profile) {
        actor.require(Permission::Reply)?;
    }
    let now = tx.now();
    Ok(close(tx, actor, room, now)?)
}

fn close(tx: &mut Tx<'_>, actor: &Actor, room: Room, at: Timestamp) -> Result<Room, Fault> {
    if room.ended_at.is_some() {
        return Ok(room);
    }
    let room = Room { ended_at: Some(at), ..room };
    store::save(tx, &room)?;
    for timer in [LAPSE, EXPIRE] {
        tx.cancel_timer(timer, &room.id.to_string())?;
    }
    let event = match room.began_at {
        Some(_) => store::event(actor, &room, "room.ended"),
        None => store::event(actor, &room, "room.closed").hidden(),
    };
    tx.announce(event)?;
    Ok(room)
}

fn open(tx: &Tx<'_>, id: RoomId) -> Result<Room, RoomError> {
    let room = store::find(tx, id)?;
    if room.ended_at.is_some() { Err(RoomError::Over) } else { Ok(room) }
}

/// Nobody came back.
pub(crate) fn lapse(tx: &mut Tx<'_>, timer: &Timer) -> Result<(), Fault> {
    let Some(room) = of_timer(tx, timer)? else { return Ok(()) };
    match room.left_at {
        Some(left) => close(tx, &Actor::system(), room, left).map(drop),
        None => Ok(()),
    }
}

/// The link was not used in time, or the room was forgotten.
pub(crate) fn expire(tx: &mut Tx<'_>, timer: &Timer) -> Result<(), Fault> {
    let Some(room) = of_timer(tx, timer)? else { return Ok(()) };
    let now = tx.now();
    close(tx, &Actor::system(), room, now).map(drop)
}

fn of_timer(tx: &Tx<'_>, timer: &Timer) -> Result<Option<Room>, Fault> {
    super::room(tx, timer.key.parse().map_err(|e: IdError| Fault::data(e.to_string()))?)
}
