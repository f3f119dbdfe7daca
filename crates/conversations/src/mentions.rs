//! Being named in a note: whoever is named finds the matter again, and sees that they have not looked yet.

use crate::{ConversationError, Direction, Matter, MatterId, MessageId, QueueKey, queries};
use kernel::{Actor, Event, Fault, Permission, ReadTx, StaffId, Timestamp, Tx, params, sql};
use serde_json::json;

/// Most that are told of at once.
const MOST: i64 = 100;

/// Somebody was named.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mention {
    /// In which matter.
    pub matter: MatterId,
    /// By which note.
    pub message: MessageId,
    /// When.
    pub at: Timestamp,
}

/// A note names these colleagues; whoever wrote it is not told. Announces `mention.made` when somebody is newly named.
pub fn mention(tx: &mut Tx<'_>, actor: &Actor, note: MessageId, staff: &[StaffId]) -> Result<(), ConversationError> {
    actor.require(Permission::Reply)?;
    let is_note = |message: &crate::Message| message.direction == Direction::Note;
    let message = queries::messages(tx, &[note])?.pop().filter(is_note).ok_or(ConversationError::UnknownMessage)?;
    let mut named = Vec::new();
    for one in staff.iter().filter(|one| actor.staff_id() != Some(**one)) {
        let told = tx.execute(
            sql!(
                "INSERT INTO mention (staff, matter, message, at, seen) VALUES (?1, ?2, ?3, ?4, 0)
                  ON CONFLICT (staff, matter) DO UPDATE SET message = excluded.message, at = excluded.at, seen = 0
                  WHERE mention.message <> excluded.message"
            ),
            params![one, message.matter, note, message.at],
        )?;
        if told > 0 {
            named.push(*one);
        }
    }
    if named.is_empty() {
        return Ok(());
    }
    let body = json!({ "matter": message.matter, "staff": named });
    Ok(tx.announce(Event::new("mention.made", note).profile(message.profile).by(actor).hidden().body(&body))?)
}

/// Where somebody was named and has not looked since, latest first; at most 100.
pub fn unseen_mentions(tx: &ReadTx<'_>, staff: StaffId) -> Result<Vec<Mention>, Fault> {
    tx.query(
        sql!("SELECT matter, message, at FROM mention WHERE staff = ?1 AND seen = 0 ORDER BY at DESC, matter DESC LIMIT ?2"),
        params![staff, MOST],
        |row| Ok(Mention { matter: row.get(0)?, message: row.get(1)?, at: row.get(2)? }),
    )
}

/// They have looked. Announces `mention.seen` when they had not before.
pub(crate) fn see(tx: &mut Tx<'_>, actor: &Actor, matter: MatterId) -> Result<(), Fault> {
    let Some(staff) = actor.staff_id() else { return Ok(()) };
    let seen = tx.execute(sql!("UPDATE mention SET seen = 1 WHERE staff = ?1 AND matter = ?2 AND seen = 0"), params![staff, matter])?;
    if seen > 0 {
        tx.announce(Event::new("mention.seen", matter).by(actor).hidden())?;
    }
    Ok(())
}

/// A page of the matters in which somebody was named, the latest first.
pub(crate) fn mentioned(tx: &ReadTx<'_>, staff: StaffId, (at, id): (Timestamp, &str), limit: i64) -> Result<Vec<Matter>, Fault> {
    tx.query(
        matter_sql!(
            "JOIN mention g ON g.matter = matter.id WHERE g.staff = ?1 AND (g.at, g.matter) < (?2, ?3) ORDER BY g.at DESC, g.matter DESC LIMIT ?4"
        ),
        params![staff, at, id, limit],
        queries::matter_row,
    )
}

/// The page of [`mentioned`] before a key, the other way round.
pub(crate) fn mentioned_before(tx: &ReadTx<'_>, staff: StaffId, (at, id): QueueKey, limit: i64) -> Result<Vec<Matter>, Fault> {
    tx.query(
        matter_sql!(
            "JOIN mention g ON g.matter = matter.id WHERE g.staff = ?1 AND (g.at, g.matter) > (?2, ?3) ORDER BY g.at, g.matter LIMIT ?4"
        ),
        params![staff, at, id, limit],
        queries::matter_row,
    )
}

/// Where a page of them ended.
pub(crate) fn key(tx: &ReadTx<'_>, staff: StaffId, matter: MatterId) -> Result<QueueKey, Fault> {
    let at = tx.query_opt(sql!("SELECT at FROM mention WHERE staff = ?1 AND matter = ?2"), params![staff, matter], |row| row.get(0))?;
    Ok((at.unwrap_or(Timestamp::from_micros(0)), matter))
}

/// How many there are, counted up to `most`.
pub(crate) fn count(tx: &ReadTx<'_>, staff: StaffId, most: i64) -> Result<i64, Fault> {
    tx.query_one(
        sql!("SELECT COUNT(*) FROM (SELECT matter FROM mention WHERE staff = ?1 ORDER BY at, matter LIMIT ?2) n"),
        params![staff, most],
        |row| row.get(0),
    )
}
