//! Files that are still at a provider's: to be fetched by a job. The message is on the thread meanwhile, and says that a file comes.

use crate::{AccountId, AttachmentId, Content, Media, MessageId, Part};
use kernel::{Channel, Event, Fault, Json, ProfileId, ReadTx, Timestamp, Tx, params, sql};
use std::time::Duration;

kernel::id! {
    /// A file to fetch.
    pub struct MediaFetchId;
}

/// After this many failures a file stays where it is.
const ATTEMPTS: i64 = 8;
/// How long one who fetches may take before another may try.
const LEASE: Duration = Duration::from_secs(120);

/// A file to fetch.
#[derive(Debug, Clone, PartialEq)]
pub struct MediaFetch {
    /// Which.
    pub id: MediaFetchId,
    /// The account whose permission fetches it.
    pub account: AccountId,
    /// What it is and where.
    pub media: Media,
}

/// A file of a message is elsewhere: it is to be fetched. Announces `media.waiting`, off the timeline, which wakes whoever fetches.
pub(crate) fn want(tx: &mut Tx<'_>, message: MessageId, account: AccountId, media: &Media) -> Result<(), Fault> {
    let id: MediaFetchId = tx.new_id();
    let now = tx.now();
    tx.execute(
        sql!("INSERT INTO media_fetch (id, message, account, media, state, attempts, due_at) VALUES (?1, ?2, ?3, ?4, 'waiting', 0, ?5)"),
        params![id, message, account, Json(media), now],
    )?;
    tx.announce(Event::new("media.waiting", message).hidden())
}

/// When the next file wants to be fetched.
pub fn next_media(tx: &ReadTx<'_>) -> Result<Option<Timestamp>, Fault> {
    tx.query_opt(sql!("SELECT due_at FROM media_fetch WHERE state = 'waiting' ORDER BY due_at, id LIMIT 1"), params![], |row| row.get(0))
}

/// Take files that are due, oldest first. If whoever takes one dies, another may take it two minutes later.
pub fn take_media(tx: &mut Tx<'_>, limit: i64) -> Result<Vec<MediaFetch>, Fault> {
    let now = tx.now();
    let due = tx.query(
        sql!("SELECT id, account, media FROM media_fetch WHERE state = 'waiting' AND due_at <= ?1 ORDER BY due_at, id LIMIT ?2"),
        params![now, limit],
        |row| Ok(MediaFetch { id: row.get(0)?, account: row.get(1)?, media: row.get::<Json<Media>>(2)?.0 }),
    )?;
    for fetch in &due {
        tx.execute(sql!("UPDATE media_fetch SET due_at = ?2 WHERE id = ?1"), params![fetch.id, now.plus(LEASE)])?;
    }
    Ok(due)
}

/// The file is here: it becomes an attachment of its message. Announces `media.kept`, off the timeline. Once; a repeat changes nothing.
pub fn keep_media(tx: &mut Tx<'_>, fetch: &MediaFetch, content_type: &str, bytes: &[u8]) -> Result<(), Fault> {
    let done =
        tx.execute(sql!("UPDATE media_fetch SET state = 'kept', why = NULL WHERE id = ?1 AND state = 'waiting'"), params![fetch.id])?;
    let Some(message) = whose(tx, fetch.id)?.filter(|_| done == 1) else { return Ok(()) };
    let id: AttachmentId = tx.new_id();
    let name = fetch.media.file_name.clone().unwrap_or_else(|| fetch.media.kind.to_string());
    tx.execute(
        sql!("INSERT INTO attachment (id, message, kind, content_type, file_name, content_id, size_bytes, bytes) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)"),
        params![id, message.id, fetch.media.kind, content_type, name, fetch.media.content_id, bytes.len() as i64, bytes],
    )?;
    // It is no longer elsewhere.
    let mut content = message.content;
    let source = &fetch.media.source;
    content.parts.retain(|part| !matches!(part, Part::Media(media) if media.source == *source));
    tx.execute(sql!("UPDATE message SET content = ?2 WHERE id = ?1"), params![message.id, Json(content)])?;
    tx.announce(Event::new("media.kept", message.id).profile(message.profile).channel(message.channel).hidden())
}

/// It could not be fetched now: again later, `after` at least; at last, or when `is_final`, it stays where it is. Announces `media.lost` then,
/// off the timeline.
pub fn postpone_media(tx: &mut Tx<'_>, id: MediaFetchId, why: &str, is_final: bool) -> Result<(), Fault> {
    let attempts =
        tx.query_opt(sql!("SELECT attempts FROM media_fetch WHERE id = ?1"), params![id], |row| row.get::<i64>(0))?.unwrap_or(0) + 1;
    let is_lost = is_final || attempts >= ATTEMPTS;
    let due = tx.now().plus(Duration::from_secs(5 << attempts.min(10)));
    tx.execute(
        sql!("UPDATE media_fetch SET attempts = ?2, state = ?3, due_at = ?4, why = ?5 WHERE id = ?1 AND state = 'waiting'"),
        params![id, attempts, if is_lost { "lost" } else { "waiting" }, due, why],
    )?;
    if !is_lost {
        return Ok(());
    }
    let Some(message) = whose(tx, id)? else { return Ok(()) };
    let event = Event::new("media.lost", message.id).profile(message.profile).channel(message.channel).hidden();
    tx.announce(event.body(&serde_json::json!({ "why": why })))
}

struct Owner {
    id: MessageId,
    profile: ProfileId,
    channel: Channel,
    content: Content,
}

fn whose(tx: &ReadTx<'_>, id: MediaFetchId) -> Result<Option<Owner>, Fault> {
    let statement =
        sql!("SELECT m.id, m.profile, m.channel, m.content FROM media_fetch f JOIN message m ON m.id = f.message WHERE f.id = ?1");
    tx.query_opt(statement, params![id], |row| {
        Ok(Owner { id: row.get(0)?, profile: row.get(1)?, channel: row.get(2)?, content: row.get::<Json<Content>>(3)?.0 })
    })
}
