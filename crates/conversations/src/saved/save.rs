//! Making, changing and removing saved replies.

use super::{MOST, SavedReplyError, SavedReplyId, read, variable};
use crate::TeamId;
use kernel::{Actor, Event, Permission, ReadTx, Tx, params, sql};
use serde_json::json;

/// Longest text in one language, in characters.
const LONGEST: usize = 4_000;
/// Longest name, in characters.
const LONGEST_NAME: usize = 40;

/// How a saved reply shall be.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SaveReply {
    /// The word that finds it; kept in lower case.
    pub name: String,
    /// Whose; `None` is everybody's.
    pub team: Option<TeamId>,
    /// In Spanish; may be empty when there is English.
    pub text_es: String,
    /// In English; may be empty when there is Spanish.
    pub text_en: String,
}

/// Make a saved reply. Announces `saved_reply.made`.
pub fn make_saved_reply(tx: &mut Tx<'_>, actor: &Actor, cmd: &SaveReply) -> Result<SavedReplyId, SavedReplyError> {
    actor.require(Permission::Supervise)?;
    let cmd = checked(tx, cmd)?;
    if tx.query_one(sql!("SELECT COUNT(*) FROM (SELECT id FROM saved_reply LIMIT 1000) r"), params![], |row| row.get::<i64>(0))? >= MOST {
        return Err(SavedReplyError::TooMany(MOST));
    }
    let (id, now) = (tx.new_id::<SavedReplyId>(), tx.now());
    let made = tx.execute(
        sql!(
            "INSERT INTO saved_reply (id, name, team, text_es, text_en, changed_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
              ON CONFLICT (name) DO NOTHING"
        ),
        params![id, cmd.name, cmd.team, cmd.text_es, cmd.text_en, now],
    )?;
    if made == 0 {
        return Err(SavedReplyError::NameTaken);
    }
    announce(tx, actor, "saved_reply.made", id, &cmd)?;
    Ok(id)
}

/// Change a saved reply. Announces `saved_reply.changed`.
pub fn change_saved_reply(tx: &mut Tx<'_>, actor: &Actor, id: SavedReplyId, cmd: &SaveReply) -> Result<(), SavedReplyError> {
    actor.require(Permission::Supervise)?;
    read::saved_reply(tx, id)?.ok_or(SavedReplyError::Unknown)?;
    let (cmd, now) = (checked(tx, cmd)?, tx.now());
    let changed = tx.execute(
        sql!(
            "UPDATE saved_reply SET name = ?2, team = ?3, text_es = ?4, text_en = ?5, changed_at = ?6
              WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM saved_reply o WHERE o.name = ?2 AND o.id <> ?1)"
        ),
        params![id, cmd.name, cmd.team, cmd.text_es, cmd.text_en, now],
    )?;
    if changed == 0 {
        return Err(SavedReplyError::NameTaken);
    }
    announce(tx, actor, "saved_reply.changed", id, &cmd)
}

/// Remove a saved reply; one that is gone stays gone. Announces `saved_reply.removed`.
pub fn remove_saved_reply(tx: &mut Tx<'_>, actor: &Actor, id: SavedReplyId) -> Result<(), SavedReplyError> {
    actor.require(Permission::Supervise)?;
    let Some(known) = read::saved_reply(tx, id)? else { return Ok(()) };
    tx.execute(sql!("DELETE FROM saved_reply WHERE id = ?1"), params![id])?;
    let was = SaveReply { name: known.name, team: known.team, text_es: known.text_es, text_en: known.text_en };
    announce(tx, actor, "saved_reply.removed", id, &was)
}

/// The same, tidied; refused when it cannot be.
fn checked(tx: &ReadTx<'_>, cmd: &SaveReply) -> Result<SaveReply, SavedReplyError> {
    let tidy = |text: &str| text.trim().replace("\r\n", "\n");
    let (name, text_es, text_en) = (cmd.name.trim().trim_start_matches('/').to_lowercase(), tidy(&cmd.text_es), tidy(&cmd.text_en));
    let is_name = (1..=LONGEST_NAME).contains(&name.chars().count()) && name.chars().all(|c| c.is_alphanumeric() || c == '-');
    if !is_name {
        return Err(SavedReplyError::BadName);
    }
    if text_es.is_empty() && text_en.is_empty() {
        return Err(SavedReplyError::Empty);
    }
    for text in [&text_es, &text_en] {
        if text.chars().count() > LONGEST {
            return Err(SavedReplyError::TooLong(LONGEST));
        }
        if let Some(name) = variable::unknown(text) {
            return Err(SavedReplyError::UnknownVariable { name });
        }
    }
    if let Some(team) = cmd.team {
        let known = tx.query_opt(sql!("SELECT id FROM team WHERE id = ?1"), params![team], |row| row.get::<TeamId>(0))?;
        known.ok_or(SavedReplyError::UnknownTeam)?;
    }
    Ok(SaveReply { name, team: cmd.team, text_es, text_en })
}

fn announce(tx: &mut Tx<'_>, actor: &Actor, kind: &'static str, id: SavedReplyId, is: &SaveReply) -> Result<(), SavedReplyError> {
    let body = json!({ "name": is.name, "team": is.team, "text_es": is.text_es, "text_en": is.text_en });
    Ok(tx.announce(Event::new(kind, id).by(actor).body(&body))?)
}
