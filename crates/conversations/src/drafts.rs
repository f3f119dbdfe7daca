//! Words that are not sent yet: kept per thread and writer, so that the telephone goes on where the laptop stopped.

use crate::{ConversationError, MatterId, matters};
use kernel::{Actor, Fault, Permission, ReadTx, Tx, params, sql};

/// Longest draft kept, in characters; the rest stays in the browser.
const LONGEST: usize = 20_000;

/// The thread of a customer's own chat.
pub const CHAT: &str = "chat";

/// Keep what somebody is writing; empty words are no draft. Answers whether anything changed.
pub fn save_draft(tx: &mut Tx<'_>, thread: &str, author: &str, text: &str) -> Result<bool, Fault> {
    let text: String = text.chars().take(LONGEST).collect();
    if text.trim().is_empty() {
        return Ok(tx.execute(sql!("DELETE FROM draft WHERE thread = ?1 AND author = ?2"), params![thread, author])? > 0);
    }
    let now = tx.now();
    let changed = tx.execute(
        sql!(
            "INSERT INTO draft (thread, author, text, at) VALUES (?1, ?2, ?3, ?4)
              ON CONFLICT (thread, author) DO UPDATE SET text = excluded.text, at = excluded.at WHERE draft.text <> excluded.text"
        ),
        params![thread, author, text, now],
    )?;
    Ok(changed > 0)
}

/// What somebody was writing; empty when nothing.
pub fn draft(tx: &ReadTx<'_>, thread: &str, author: &str) -> Result<String, Fault> {
    let found =
        tx.query_opt(sql!("SELECT text FROM draft WHERE thread = ?1 AND author = ?2"), params![thread, author], |row| row.get(0))?;
    Ok(found.unwrap_or_default())
}

/// Keep what a colleague is writing in a matter. It is a sign of life of its owner.
pub fn save_matter_draft(tx: &mut Tx<'_>, actor: &Actor, matter: MatterId, text: &str) -> Result<bool, ConversationError> {
    actor.require(Permission::Reply)?;
    matters::touch(tx, actor, matter)?;
    Ok(save_draft(tx, &matter.to_string(), &actor.to_string(), text)?)
}
