//! This room's part of handing out what is known of a person, and of erasing it.

use crate::{Direction, Matter, MatterId, MessageId, attachments_of, matters_of, scheduled_for, tags_of};
use kernel::{Channel, Fault, ProfileId, ReadTx, Timestamp, Tx, params, sql};
use serde_json::{Value, json};

/// What was taken out of this room.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ErasedTalk {
    /// Messages and notes without words now.
    pub messages: u64,
    /// Files that are gone.
    pub files: u64,
    /// Concerns without a subject now, all of them closed.
    pub matters: u64,
    /// Addresses that are forgotten.
    pub addresses: u64,
}

/// Everything that was said to, by and about these profiles, oldest first; files by name and size.
pub fn export_talk(tx: &ReadTx<'_>, profiles: &[ProfileId]) -> Result<Value, Fault> {
    let matter = |matter: Matter| {
        let tags: Vec<String> = tags_of(tx, matter.id)?.into_iter().map(|tag| tag.name).collect();
        let told =
            json!({ "id": matter.id, "subject": matter.subject, "state": matter.state, "opened_at": matter.opened_at, "tags": tags });
        Ok::<_, Fault>(told)
    };
    let matters: Vec<Value> = matters_of(tx, profiles, 10_000)?.into_iter().map(matter).collect::<Result<_, _>>()?;
    let mut messages = Vec::new();
    for profile in profiles {
        let mut after = (Timestamp::from_micros(i64::MIN), String::new());
        loop {
            let page = said(tx, *profile, &after)?;
            let Some(last) = page.last() else { break };
            after = last.0.clone();
            for ((_, id), mut message) in page {
                let id: MessageId = id.parse().map_err(|e: kernel::IdError| Fault::data(e.to_string()))?;
                let file = |file: crate::Attachment| json!({ "name": file.file_name, "type": file.content_type, "bytes": file.size_bytes });
                message["files"] = attachments_of(tx, id)?.into_iter().map(file).collect();
                messages.push(message);
            }
        }
    }
    let (calls, rooms) = (crate::calls::privacy::export(tx, profiles)?, crate::rooms::privacy::export(tx, profiles)?);
    Ok(
        json!({ "matters": matters, "messages": messages, "calls": calls, "rooms": rooms, "scheduled": waiting(tx, profiles)?, "promises": crate::promises::export(tx, profiles)?,
                "surveys": crate::surveys::export(tx, profiles)? }),
    )
}

/// What is still to be said to them.
fn waiting(tx: &ReadTx<'_>, profiles: &[ProfileId]) -> Result<Vec<Value>, Fault> {
    let told = scheduled_for(tx, profiles)?.into_iter();
    Ok(told.map(|one| json!({ "matter": one.matter, "address": one.address, "text": one.text, "send_at": one.send_at })).collect())
}

type Said = ((Timestamp, String), Value);

fn said(tx: &ReadTx<'_>, profile: ProfileId, (at, id): &(Timestamp, String)) -> Result<Vec<Said>, Fault> {
    tx.query(
        sql!(
            "SELECT id, matter, channel, direction, address, subject, text, at FROM message
              WHERE profile = ?1 AND (at, id) > (?2, ?3) ORDER BY at, id LIMIT 500"
        ),
        params![profile, at, id],
        |row| {
            let (id, at): (String, Timestamp) = (row.get(0)?, row.get(7)?);
            let message = json!({
                "id": id, "matter": row.get::<MatterId>(1)?, "channel": row.get::<Channel>(2)?, "direction": row.get::<Direction>(3)?,
                "address": row.get::<Option<String>>(4)?, "subject": row.get::<Option<String>>(5)?, "text": row.get::<String>(6)?, "at": at,
            });
            Ok(((at, id), message))
        },
    )
}

/// Take the words out of everything said to, by and about these profiles; what waits to leave does not leave; concerns are closed,
/// addresses forgotten. That something was said, when and by which channel stays.
pub fn erase_talk(tx: &mut Tx<'_>, profiles: &[ProfileId]) -> Result<ErasedTalk, Fault> {
    let (mut erased, now) = (ErasedTalk::default(), tx.now());
    for profile in profiles {
        tx.execute(sql!("DELETE FROM media_fetch WHERE message IN (SELECT id FROM message WHERE profile = ?1)"), params![profile])?;
        tx.execute(
            sql!(
                "DELETE FROM shared_file WHERE attachment IN
                  (SELECT a.id FROM attachment a JOIN message m ON m.id = a.message WHERE m.profile = ?1)"
            ),
            params![profile],
        )?;
        erased.files +=
            tx.execute(sql!("DELETE FROM attachment WHERE message IN (SELECT id FROM message WHERE profile = ?1)"), params![profile])?;
        erased.messages += tx.execute(
            sql!(
                "UPDATE message SET text = '', subject = NULL, address = NULL, content = '{}', why_text = NULL, due_at = NULL,
                        state = CASE WHEN state = 'queued' THEN 'cancelled' ELSE state END WHERE profile = ?1"
            ),
            params![profile],
        )?;
        erased.matters += tx.execute(
            sql!(
                "UPDATE matter SET subject = '', preview = '', state = 'resolved', unread = 0, waiting_since = NULL, snoozed_until = NULL,
                        resolved_at = COALESCE(resolved_at, ?2) WHERE profile = ?1"
            ),
            params![profile, now],
        )?;
        tx.execute(sql!("DELETE FROM matter_tag WHERE matter IN (SELECT id FROM matter WHERE profile = ?1)"), params![profile])?;
        tx.execute(sql!("DELETE FROM scheduled_reply WHERE profile = ?1"), params![profile])?;
        tx.execute(sql!("DELETE FROM promise WHERE profile = ?1"), params![profile])?;
        tx.execute(sql!("DELETE FROM survey WHERE profile = ?1"), params![profile])?;
        tx.execute(sql!("DELETE FROM mention WHERE matter IN (SELECT id FROM matter WHERE profile = ?1)"), params![profile])?;
        crate::calls::privacy::erase(tx, *profile)?;
        crate::rooms::privacy::erase(tx, *profile)?;
        tx.execute(sql!("DELETE FROM draft WHERE thread IN (SELECT id FROM matter WHERE profile = ?1)"), params![profile])?;
        tx.execute(sql!("DELETE FROM draft WHERE author = ?1"), params![format!("person:{profile}")])?;
        tx.execute(
            sql!("UPDATE transfer SET summary = '', note = '', why = '' WHERE matter IN (SELECT id FROM matter WHERE profile = ?1)"),
            params![profile],
        )?;
        tx.execute(
            sql!("UPDATE matter SET undo = NULL, answer_due = NULL, resolve_due = NULL, promised = NULL WHERE profile = ?1"),
            params![profile],
        )?;
        erased.addresses += tx.execute(sql!("DELETE FROM contact_point WHERE profile = ?1"), params![profile])?;
    }
    Ok(erased)
}
