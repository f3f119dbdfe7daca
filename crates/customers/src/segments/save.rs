//! Make a segment, change it, give it up.

use super::{Condition, Segment, SegmentError, SegmentId, SegmentState, build, store};
use crate::events;
use crate::fold;
use kernel::{Actor, Event, Permission, Tx};

const NAME_LENGTH: usize = 120;
/// Most segments of one brand: a new person is looked at with the eyes of each.
const MOST: usize = 300;

/// A segment that is not there yet.
#[derive(Debug, Clone)]
pub struct CreateSegment {
    /// What people call it; no two are called the same.
    pub name: String,
    /// Who is in it.
    pub condition: Condition,
    /// The caller's name for this intent; repeating it returns the first segment.
    pub key: String,
}

/// The fields to change; `None` leaves one as it is.
#[derive(Debug, Clone, Default)]
pub struct SegmentChange {
    /// What people call it.
    pub name: Option<String>,
    /// Who is in it.
    pub condition: Option<Condition>,
}

/// Make a segment; its members come in steps, and are kept up to date from this moment on. Announces `segment.saved`.
pub fn create_segment(tx: &mut Tx<'_>, actor: &Actor, cmd: CreateSegment) -> Result<Segment, SegmentError> {
    actor.require(Permission::EditSegments)?;
    if let Some(done) = store::by_intent(tx, &cmd.key)? {
        return Ok(done);
    }
    let now = tx.now();
    let segment = Segment {
        id: tx.new_id(),
        name: name(&cmd.name)?,
        condition: cmd.condition.checked()?,
        version: 1,
        state: SegmentState::Building,
        size: 0,
        created_by: actor.to_string(),
        created_at: now,
        updated_at: now,
    };
    if store::list(tx, "", SegmentId::nil(), MOST as i64)?.len() >= MOST {
        return Err(SegmentError::TooMany(MOST));
    }
    if !store::insert(tx, &segment, &fold(&segment.name), &cmd.key)? {
        return Err(SegmentError::TakenName(segment.name));
    }
    store::set_triggers(tx, segment.id, &segment.condition)?;
    build::begin(tx, segment.id, 1)?;
    tell(tx, actor, events::SEGMENT_SAVED, &segment)?;
    Ok(segment)
}

/// Change a segment. Another condition is looked at for everybody again, in steps. Announces `segment.saved` when anything changed.
pub fn update_segment(tx: &mut Tx<'_>, actor: &Actor, id: SegmentId, change: SegmentChange) -> Result<Segment, SegmentError> {
    actor.require(Permission::EditSegments)?;
    let before = store::by_id(tx, id)?.ok_or(SegmentError::Unknown)?;
    let mut after = before.clone();
    if let Some(text) = change.name {
        after.name = name(&text)?;
    }
    if let Some(condition) = change.condition {
        after.condition = condition.checked()?;
    }
    if after == before {
        return Ok(after);
    }
    let key = fold(&after.name);
    if store::by_name_key(tx, &key)?.is_some_and(|owner| owner != id) {
        return Err(SegmentError::TakenName(after.name));
    }
    after.updated_at = tx.now();
    if after.condition != before.condition {
        after.version += 1;
        after.state = SegmentState::Building;
        store::set_triggers(tx, id, &after.condition)?;
        build::begin(tx, id, after.version)?;
    }
    store::save(tx, &after, &key)?;
    tell(tx, actor, events::SEGMENT_SAVED, &after)?;
    Ok(after)
}

/// Give a segment up; nobody is in it any more. Answers whether it was there. Announces `segment.deleted`.
pub fn delete_segment(tx: &mut Tx<'_>, actor: &Actor, id: SegmentId) -> Result<bool, SegmentError> {
    actor.require(Permission::EditSegments)?;
    let Some(segment) = store::by_id(tx, id)? else { return Ok(false) };
    store::remove(tx, id)?;
    build::begin_clearing(tx, id)?;
    tell(tx, actor, events::SEGMENT_DELETED, &segment)?;
    Ok(true)
}

fn tell(tx: &mut Tx<'_>, actor: &Actor, kind: &'static str, segment: &Segment) -> Result<(), SegmentError> {
    Ok(tx.announce(Event::new(kind, segment.id).by(actor).body(&events::OfSegment { name: segment.name.clone() }))?)
}

fn name(text: &str) -> Result<String, SegmentError> {
    let tidy = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match tidy.chars().count() {
        0 => Err(SegmentError::NoName),
        n if n > NAME_LENGTH => Err(SegmentError::TooLong { field: "name", most: NAME_LENGTH }),
        _ if fold(&tidy).is_empty() => Err(SegmentError::NoName),
        _ => Ok(tidy),
    }
}
