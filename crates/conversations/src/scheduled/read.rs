//! Reading answers for later.

use super::{Scheduled, ScheduledId};
use kernel::{Fault, ProfileId, ReadTx, Row, params, sql};

/// One of them.
pub fn scheduled(tx: &ReadTx<'_>, id: ScheduledId) -> Result<Option<Scheduled>, Fault> {
    tx.query_opt(
        sql!("SELECT id, matter, profile, account, address, author, text, send_at, state, why, message FROM scheduled_reply WHERE id = ?1"),
        params![id],
        scheduled_row,
    )
}

/// What is still to leave for these profiles, or is held; what leaves first in front, at most 20 for each.
pub fn scheduled_for(tx: &ReadTx<'_>, profiles: &[ProfileId]) -> Result<Vec<Scheduled>, Fault> {
    let mut found = Vec::new();
    for profile in profiles {
        found.extend(tx.query(
            sql!(
                "SELECT id, matter, profile, account, address, author, text, send_at, state, why, message FROM scheduled_reply
                  WHERE profile = ?1 AND state IN ('waiting', 'held') ORDER BY send_at, id LIMIT 20"
            ),
            params![profile],
            scheduled_row,
        )?);
    }
    found.sort_by_key(|one| (one.send_at, one.id));
    Ok(found)
}

fn scheduled_row(row: &Row<'_>) -> Result<Scheduled, Fault> {
    Ok(Scheduled {
        id: row.get(0)?,
        matter: row.get(1)?,
        profile: row.get(2)?,
        account: row.get(3)?,
        address: row.get(4)?,
        author: row.get(5)?,
        text: row.get(6)?,
        send_at: row.get(7)?,
        state: row.get(8)?,
        why: row.get(9)?,
        message: row.get(10)?,
    })
}
