//! Looking at transfers.

use super::{Recipient, Transfer, TransferId};
use crate::{MatterId, matters};
use kernel::{Fault, ReadTx, Row, StaffId, params, sql};

macro_rules! transfer_sql {
    ($rest:literal) => {
        kernel::sql!(concat!(
            "SELECT id, matter, giver, from_owner, from_team, to_staff, to_team, skill, summary, note, promised_at, state, offered_at, expires_at, ",
            "ended_at, ended_by, why FROM transfer ",
            $rest
        ))
    };
}

/// One transfer.
pub fn transfer(tx: &ReadTx<'_>, id: TransferId) -> Result<Option<Transfer>, Fault> {
    tx.query_opt(transfer_sql!("WHERE id = ?1"), params![id], from_row)
}

/// The offer of a matter that waits for an answer.
pub fn open_transfer(tx: &ReadTx<'_>, matter: MatterId) -> Result<Option<Transfer>, Fault> {
    tx.query_opt(transfer_sql!("WHERE matter = ?1 AND state = 'offered'"), params![matter], from_row)
}

/// The transfers of a matter, newest first, at most 50.
pub fn transfers_of(tx: &ReadTx<'_>, matter: MatterId) -> Result<Vec<Transfer>, Fault> {
    tx.query(transfer_sql!("WHERE matter = ?1 ORDER BY offered_at DESC, id DESC LIMIT 50"), params![matter], from_row)
}

/// What is offered to somebody or to one of their teams, first to expire in front, at most 100.
pub fn transfers_for(tx: &ReadTx<'_>, staff: StaffId) -> Result<Vec<Transfer>, Fault> {
    let mut found =
        tx.query(transfer_sql!("WHERE to_staff = ?1 AND state = 'offered' ORDER BY expires_at, id LIMIT 100"), params![staff], from_row)?;
    for team in matters::teams_of(tx, staff)? {
        found.extend(tx.query(
            transfer_sql!("WHERE to_team = ?1 AND state = 'offered' ORDER BY expires_at, id LIMIT 100"),
            params![team],
            from_row,
        )?);
    }
    found.sort_by_key(|transfer| (transfer.expires_at, transfer.id));
    found.truncate(100);
    Ok(found)
}

pub(super) fn by_key(tx: &ReadTx<'_>, key: &str) -> Result<Option<TransferId>, Fault> {
    tx.query_opt(sql!("SELECT id FROM transfer WHERE key = ?1"), params![key], |row| row.get(0))
}

fn from_row(row: &Row<'_>) -> Result<Transfer, Fault> {
    let (staff, team): (Option<StaffId>, Option<crate::TeamId>) = (row.get(5)?, row.get(6)?);
    let to = staff.map(Recipient::Staff).or(team.map(Recipient::Team)).ok_or_else(|| Fault::data("a transfer to nobody"))?;
    Ok(Transfer {
        id: row.get(0)?,
        matter: row.get(1)?,
        giver: row.get(2)?,
        from_owner: row.get(3)?,
        from_team: row.get(4)?,
        to,
        skill: row.get(7)?,
        summary: row.get(8)?,
        note: row.get(9)?,
        promised_at: row.get(10)?,
        state: row.get(11)?,
        offered_at: row.get(12)?,
        expires_at: row.get(13)?,
        ended_at: row.get(14)?,
        ended_by: row.get(15)?,
        why: row.get(16)?,
    })
}
