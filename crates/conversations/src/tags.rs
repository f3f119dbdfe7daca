//! Tags: what a matter is about, from the brand's own list.

use crate::{ConversationError, Matter, MatterId, QueueKey, queries, report};
use jiff::civil::Date;
use kernel::{Actor, Event, Fault, Logged, Permission, ReadTx, Timestamp, Tx, params, sql};
use serde::Deserialize;
use serde_json::json;

/// Most tags of a brand.
const MOST: i64 = 200;
/// Longest name, in characters.
const LONGEST: usize = 40;

/// What the counts hear.
pub(crate) const KINDS: &[&str] = &["matter.tagged", "matter.untagged"];

kernel::id! {
    /// A word of the brand's list.
    pub struct TagId;
}

/// A word of the brand's list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tag {
    /// Which.
    pub id: TagId,
    /// As staff read it.
    pub name: String,
    /// Whether it can still be given.
    pub is_active: bool,
}

/// Put a word on the list, or back on it. Announces `tag.listed`.
pub fn list_tag(tx: &mut Tx<'_>, actor: &Actor, name: &str) -> Result<TagId, ConversationError> {
    actor.require(Permission::Supervise)?;
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    if name.is_empty() {
        return Err(ConversationError::Empty);
    }
    if name.chars().count() > LONGEST {
        return Err(ConversationError::TooLong(LONGEST));
    }
    let fresh: TagId = tx.new_id();
    let listed = tx.write_query(
        sql!(
            "INSERT INTO tag (id, name, active) VALUES (?1, ?2, 1) ON CONFLICT (name) DO UPDATE SET active = 1 WHERE tag.active = 0 RETURNING id"
        ),
        params![fresh, name],
        |row| row.get::<TagId>(0),
    )?;
    let Some(id) = listed.first().copied() else {
        return Ok(tx.query_one(sql!("SELECT id FROM tag WHERE name = ?1"), params![name], |row| row.get(0))?);
    };
    tx.announce(Event::new("tag.listed", id).by(actor).body(&json!({ "name": name })))?;
    Ok(id)
}

/// Take a word off the list: matters keep it, no other gets it. Announces `tag.unlisted`.
pub fn unlist_tag(tx: &mut Tx<'_>, actor: &Actor, id: TagId) -> Result<(), ConversationError> {
    actor.require(Permission::Supervise)?;
    let tag = tag(tx, id)?.ok_or(ConversationError::UnknownTag)?;
    if tx.execute(sql!("UPDATE tag SET active = 0 WHERE id = ?1 AND active = 1"), params![id])? > 0 {
        tx.announce(Event::new("tag.unlisted", id).by(actor).body(&json!({ "name": tag.name })))?;
    }
    Ok(())
}

/// A matter is about this. Announces `matter.tagged` unless it was known.
pub fn tag_matter(tx: &mut Tx<'_>, actor: &Actor, matter: MatterId, id: TagId) -> Result<(), ConversationError> {
    actor.require(Permission::Reply)?;
    let found = queries::matter(tx, matter)?.ok_or(ConversationError::UnknownMatter)?;
    let tag = tag(tx, id)?.filter(|tag| tag.is_active).ok_or(ConversationError::UnknownTag)?;
    let now = tx.now();
    let given = tx.execute(
        sql!("INSERT INTO matter_tag (matter, tag, at) VALUES (?1, ?2, ?3) ON CONFLICT (matter, tag) DO NOTHING"),
        params![matter, id, now],
    )?;
    if given > 0 { tell(tx, actor, &found, "matter.tagged", (&tag, None)) } else { Ok(()) }
}

/// A matter is not about this after all. Announces `matter.untagged` when it was.
pub fn untag_matter(tx: &mut Tx<'_>, actor: &Actor, matter: MatterId, id: TagId) -> Result<(), ConversationError> {
    actor.require(Permission::Reply)?;
    let found = queries::matter(tx, matter)?.ok_or(ConversationError::UnknownMatter)?;
    let tag = tag(tx, id)?.ok_or(ConversationError::UnknownTag)?;
    let taken = tx.write_query(sql!("DELETE FROM matter_tag WHERE matter = ?1 AND tag = ?2 RETURNING at"), params![matter, id], |row| {
        row.get::<Timestamp>(0)
    })?;
    let Some(at) = taken.first().copied() else { return Ok(()) };
    tell(tx, actor, &found, "matter.untagged", (&tag, Some(at)))
}

/// `since` is when a tag was given that is taken away.
fn tell(
    tx: &mut Tx<'_>,
    actor: &Actor,
    matter: &Matter,
    kind: &'static str,
    (tag, since): (&Tag, Option<Timestamp>),
) -> Result<(), ConversationError> {
    let body = json!({ "tag": tag.id, "name": tag.name, "since": since });
    Ok(tx.announce(Event::new(kind, matter.id).profile(matter.profile).by(actor).body(&body))?)
}

/// One tag, whether it can still be given or not.
pub fn tag(tx: &ReadTx<'_>, id: TagId) -> Result<Option<Tag>, Fault> {
    tx.query_opt(sql!("SELECT id, name, active FROM tag WHERE id = ?1"), params![id], tag_row)
}

/// The brand's list, by name, at most 200.
pub fn tags(tx: &ReadTx<'_>) -> Result<Vec<Tag>, Fault> {
    tx.query(sql!("SELECT id, name, active FROM tag WHERE active = 1 ORDER BY name, id LIMIT ?1"), params![MOST], tag_row)
}

/// What a matter is about, in the order given.
pub fn tags_of(tx: &ReadTx<'_>, matter: MatterId) -> Result<Vec<Tag>, Fault> {
    tx.query(
        sql!(
            "SELECT t.id, t.name, t.active FROM matter_tag m JOIN tag t ON t.id = m.tag WHERE m.matter = ?1 ORDER BY m.at, m.tag LIMIT ?2"
        ),
        params![matter, MOST],
        tag_row,
    )
}

fn tag_row(row: &kernel::Row<'_>) -> Result<Tag, Fault> {
    Ok(Tag { id: row.get(0)?, name: row.get(1)?, is_active: row.get(2)? })
}

/// A page of the matters about something, the latest to be tagged first.
pub(crate) fn tagged(tx: &ReadTx<'_>, tag: TagId, (at, id): (Timestamp, &str), limit: i64) -> Result<Vec<Matter>, Fault> {
    tx.query(
        matter_sql!(
            "JOIN matter_tag g ON g.matter = matter.id WHERE g.tag = ?1 AND (g.at, g.matter) < (?2, ?3) ORDER BY g.at DESC, g.matter DESC LIMIT ?4"
        ),
        params![tag, at, id, limit],
        queries::matter_row,
    )
}

/// The page of [`tagged`] before a key, the other way round.
pub(crate) fn tagged_before(tx: &ReadTx<'_>, tag: TagId, (at, id): QueueKey, limit: i64) -> Result<Vec<Matter>, Fault> {
    tx.query(
        matter_sql!(
            "JOIN matter_tag g ON g.matter = matter.id WHERE g.tag = ?1 AND (g.at, g.matter) > (?2, ?3) ORDER BY g.at, g.matter LIMIT ?4"
        ),
        params![tag, at, id, limit],
        queries::matter_row,
    )
}

/// Where a page of them ended.
pub(crate) fn key(tx: &ReadTx<'_>, tag: TagId, matter: MatterId) -> Result<QueueKey, Fault> {
    let at = tx.query_opt(sql!("SELECT at FROM matter_tag WHERE matter = ?1 AND tag = ?2"), params![matter, tag], |row| row.get(0))?;
    Ok((at.unwrap_or(Timestamp::from_micros(0)), matter))
}

/// How many there are, counted up to `most`.
pub(crate) fn count(tx: &ReadTx<'_>, tag: TagId, most: i64) -> Result<i64, Fault> {
    tx.query_one(
        sql!("SELECT COUNT(*) FROM (SELECT matter FROM matter_tag WHERE tag = ?1 ORDER BY at, matter LIMIT ?2) n"),
        params![tag, most],
        |row| row.get(0),
    )
}

/// How often something came up on a day of the brand's zone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TagDay {
    /// The day.
    pub day: Date,
    /// Which tag.
    pub tag: TagId,
    /// Its name.
    pub name: String,
    /// Matters that got it.
    pub matters: i64,
}

#[derive(Deserialize)]
struct Tagged {
    tag: TagId,
    since: Option<Timestamp>,
}

/// Count what happened: a tag taken away is taken off the day it was given.
pub(crate) fn follow(tx: &mut Tx<'_>, event: &Logged) -> Result<(), Fault> {
    let Tagged { tag, since }: Tagged = event.read()?;
    let (day, by) = (report::day_of(tx, since.unwrap_or(event.at))?, if since.is_some() { -1i64 } else { 1 });
    tx.execute(
        sql!(
            "INSERT INTO tag_day (day, tag, matters) VALUES (?1, ?2, ?3)
              ON CONFLICT (day, tag) DO UPDATE SET matters = tag_day.matters + excluded.matters"
        ),
        params![day, tag, by],
    )
    .map(drop)
}

/// What came up in a stretch of days, both ends in it; at most 400 days.
pub fn tag_days(tx: &ReadTx<'_>, actor: &Actor, from: Date, to: Date) -> Result<Vec<TagDay>, ConversationError> {
    actor.require(Permission::Supervise)?;
    Ok(tx.query(
        sql!(
            "SELECT d.day, d.tag, t.name, d.matters FROM tag_day d JOIN tag t ON t.id = d.tag
              WHERE d.day >= ?1 AND d.day <= ?2 AND d.matters > 0 ORDER BY d.day, t.name, d.tag LIMIT ?3"
        ),
        params![from.to_string(), to.to_string(), 400 * MOST],
        |row| {
            let day: String = row.get(0)?;
            let day = day.parse().map_err(|_| Fault::data(format!("`{day}` is no day")))?;
            Ok(TagDay { day, tag: row.get(1)?, name: row.get(2)?, matters: row.get(3)? })
        },
    )?)
}
