//! Taking over what was offered.

use super::{EXPIRE, Recipient, TransferError, TransferId, TransferState, read};
use crate::{Assign, matters, presence, queries};
use kernel::{Actor, Event, Permission, StaffId, Tx, params, sql};
use serde_json::json;

/// Take over an offered matter: whoever was asked, or a member of the team that was asked who knows what it asks for. One of them wins.
/// Announces `transfer.accepted`, and `matter.assigned` off the timeline.
pub fn accept_transfer(tx: &mut Tx<'_>, actor: &Actor, id: TransferId) -> Result<(), TransferError> {
    actor.require(Permission::Reply)?;
    let found = read::transfer(tx, id)?.ok_or(TransferError::UnknownTransfer)?;
    let me = actor.staff_id().ok_or(TransferError::NotForYou)?;
    if found.state == TransferState::Accepted && found.ended_by.as_deref() == Some(&actor.to_string()) {
        return Ok(());
    }
    if found.state != TransferState::Offered {
        return Err(TransferError::Ended(found.state));
    }
    if !is_asked(tx, me, found.to, &found.skill)? {
        return Err(TransferError::NotForYou);
    }
    let now = tx.now();
    let won = tx.execute(
        sql!("UPDATE transfer SET state = 'accepted', ended_at = ?2, ended_by = ?3 WHERE id = ?1 AND state = 'offered'"),
        params![id, now, actor.to_string()],
    )?;
    if won == 0 {
        return Err(TransferError::Ended(TransferState::Accepted));
    }
    tx.cancel_timer(EXPIRE, &id.to_string())?;
    let matter = queries::matter(tx, found.matter)?.ok_or(TransferError::UnknownMatter)?;
    let team = match found.to {
        Recipient::Team(team) => Some(team),
        Recipient::Staff(_) => matter.team,
    };
    matters::hand_to(tx, matter.id, Assign { owner: Some(me), team })?;
    let body = json!({ "matter": matter.id, "owner": me, "team": team, "was": matter.owner });
    tx.announce(Event::new("transfer.accepted", id).profile(matter.profile).by(actor).body(&body))?;
    tx.announce(Event::new("matter.assigned", matter.id).profile(matter.profile).by(actor).hidden().body(&body))?;
    Ok(())
}

/// Whether somebody may take what was offered.
pub(super) fn is_asked(tx: &kernel::ReadTx<'_>, me: StaffId, to: Recipient, skill: &str) -> Result<bool, kernel::Fault> {
    match to {
        Recipient::Staff(staff) => Ok(staff == me),
        Recipient::Team(team) => {
            let knows = skill.is_empty()
                || presence::presence(tx, me)?.is_some_and(|there| there.profile.skills.iter().any(|known| known == skill));
            Ok(knows && matters::teams_of(tx, me)?.contains(&team))
        }
    }
}
