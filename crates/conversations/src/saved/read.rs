//! Finding saved replies.

use super::{MOST, SavedReply, SavedReplyId};
use kernel::{Fault, ReadTx, Row, params, sql};

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
