//! Finding saved replies.

use super::{MOST, SavedReply, SavedReplyId};
use crate::{TeamId, queries, teams_of};
use kernel::{Fault, ReadTx, Row, StaffId, params, sql};

/// All of them by name, at most 1000.
pub fn saved_replies(tx: &ReadTx<'_>) -> Result<Vec<SavedReply>, Fault> {
    tx.query(
        sql!("SELECT id, name, team, text_es, text_en, changed_at FROM saved_reply ORDER BY name, id LIMIT ?1"),
        params![MOST],
        saved_reply_row,
    )
}

/// One of them.
pub fn saved_reply(tx: &ReadTx<'_>, id: SavedReplyId) -> Result<Option<SavedReply>, Fault> {
    tx.query_opt(sql!("SELECT id, name, team, text_es, text_en, changed_at FROM saved_reply WHERE id = ?1"), params![id], saved_reply_row)
}

/// What a colleague may use in a matter: everybody's, those of their own teams and of the matter's. Whose name begins with what is typed comes
/// first, then those that say it anywhere; accents and capitals do not matter. At most `limit`.
pub fn saved_replies_for(
    tx: &ReadTx<'_>,
    staff: StaffId,
    matter: Option<TeamId>,
    typed: &str,
    limit: usize,
) -> Result<Vec<SavedReply>, Fault> {
    let mut teams = teams_of(tx, staff)?;
    teams.extend(matter);
    let wanted = queries::folded(typed.trim());
    let mut found: Vec<(u8, SavedReply)> = Vec::new();
    for reply in saved_replies(tx)?.into_iter().filter(|reply| reply.team.is_none_or(|team| teams.contains(&team))) {
        let name = queries::folded(&reply.name);
        let says = |text: &str| queries::folded(text).contains(&wanted);
        let place = match () {
            () if name.starts_with(&wanted) => 0,
            () if name.contains(&wanted) => 1,
            () if says(&reply.text_es) || says(&reply.text_en) => 2,
            () => continue,
        };
        found.push((place, reply));
    }
    found.sort_by_key(|(place, _)| *place);
    Ok(found.into_iter().map(|(_, reply)| reply).take(limit).collect())
}

fn saved_reply_row(row: &Row<'_>) -> Result<SavedReply, Fault> {
    Ok(SavedReply {
        id: row.get(0)?,
        name: row.get(1)?,
        team: row.get(2)?,
        text_es: row.get(3)?,
        text_en: row.get(4)?,
        changed_at: row.get(5)?,
    })
}
