//! A transfer that comes to nothing: declined, withdrawn, expired. The matter stays where it was, or goes back there.

use super::accept::is_asked;
use super::offer::TEXT_LIMIT;
use super::{EXPIRE, Transfer, TransferError, TransferId, TransferState, read};
use crate::{Assign, Matter, MatterId, PresenceState, matters, presence, queries};
use kernel::{Actor, Event, Fault, Permission, Timer, Tx, params, sql};
use serde_json::json;

/// Say no, with a reason. The matter goes on where it is. Announces `transfer.declined`.
pub fn decline_transfer(tx: &mut Tx<'_>, actor: &Actor, id: TransferId, why: &str) -> Result<(), TransferError> {
    actor.require(Permission::Reply)?;
    if why.chars().count() > TEXT_LIMIT {
        return Err(TransferError::TooLong(TEXT_LIMIT));
    }
    let found = open(tx, id)?;
    let me = actor.staff_id().ok_or(TransferError::NotForYou)?;
    if !is_asked(tx, me, found.to, "")? {
        return Err(TransferError::NotForYou);
    }
    Ok(end(tx, actor, &found, TransferState::Declined, why.trim())?)
}

/// Take an offer back: whoever made it, whoever has the matter, or whoever leads. Announces `transfer.withdrawn`.
pub fn withdraw_transfer(tx: &mut Tx<'_>, actor: &Actor, id: TransferId) -> Result<(), TransferError> {
    actor.require(Permission::Assign)?;
    let found = open(tx, id)?;
    let is_theirs = found.giver == actor.to_string() || (actor.staff_id().is_some() && found.from_owner == actor.staff_id());
    if !is_theirs && !actor.may(Permission::Supervise) {
        return Err(TransferError::NotForYou);
    }
    Ok(end(tx, actor, &found, TransferState::Withdrawn, "")?)
}

/// The matter was given away or resolved: nothing is left to offer.
pub(crate) fn end_open(tx: &mut Tx<'_>, actor: &Actor, matter: MatterId) -> Result<(), Fault> {
    match read::open_transfer(tx, matter)? {
        Some(found) => end(tx, actor, &found, TransferState::Withdrawn, ""),
        None => Ok(()),
    }
}

/// Nobody answered in time: back to the giver's queue; when the giver is gone as well, to their team's.
pub(crate) fn expire(tx: &mut Tx<'_>, timer: &Timer) -> Result<(), Fault> {
    let id: TransferId = timer.key.parse().map_err(|e: kernel::IdError| Fault::data(e.to_string()))?;
    match read::transfer(tx, id)?.filter(|found| found.state == TransferState::Offered) {
        Some(found) => end(tx, &Actor::system(), &found, TransferState::Expired, ""),
        None => Ok(()),
    }
}

fn open(tx: &Tx<'_>, id: TransferId) -> Result<Transfer, TransferError> {
    let found = read::transfer(tx, id)?.ok_or(TransferError::UnknownTransfer)?;
    if found.state == TransferState::Offered { Ok(found) } else { Err(TransferError::Ended(found.state)) }
}

fn end(tx: &mut Tx<'_>, actor: &Actor, found: &Transfer, state: TransferState, why: &str) -> Result<(), Fault> {
    let now = tx.now();
    let moved = tx.execute(
        sql!("UPDATE transfer SET state = ?2, ended_at = ?3, ended_by = ?4, why = ?5 WHERE id = ?1 AND state = 'offered'"),
        params![found.id, state, now, actor.to_string(), why],
    )?;
    let Some(matter) = queries::matter(tx, found.matter)?.filter(|_| moved > 0) else { return Ok(()) };
    tx.cancel_timer(EXPIRE, &found.id.to_string())?;
    if state != TransferState::Withdrawn {
        back_to_giver(tx, &matter, found)?;
    }
    let kind = match state {
        TransferState::Declined => "transfer.declined",
        TransferState::Expired => "transfer.expired",
        _ => "transfer.withdrawn",
    };
    let body = json!({ "matter": matter.id, "owner": found.from_owner, "reason": why });
    tx.announce(Event::new(kind, found.id).profile(matter.profile).by(actor).body(&body))
}

/// Whoever offered it has it again when it lost its owner meanwhile, unless they are gone: then the routing gives it to their team.
fn back_to_giver(tx: &mut Tx<'_>, matter: &Matter, found: &Transfer) -> Result<(), Fault> {
    let Some(giver) = found.from_owner.filter(|_| matter.owner.is_none()) else { return Ok(()) };
    let is_gone = presence::presence(tx, giver)?.is_some_and(|there| there.state == PresenceState::Offline);
    if is_gone {
        return Ok(());
    }
    matters::hand_to(tx, matter.id, Assign { owner: Some(giver), team: found.from_team })?;
    let body = json!({ "owner": giver, "team": found.from_team, "was": null });
    tx.announce(Event::new("matter.assigned", matter.id).profile(matter.profile).by(&Actor::system()).hidden().body(&body))
}
