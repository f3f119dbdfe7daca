//! Looking at segments and their members.

use super::evaluate::Subject;
use super::{Condition, Counted, Segment, SegmentError, SegmentId, SegmentMember, store};
use crate::fold;
use crate::person::current;
use crate::store::search::newest;
use crate::{Page, PersonId, QueryError, cards};
use kernel::{Actor, Fault, Permission, ReadTx, Timestamp};

const MOST: usize = 100;

/// A segment by id.
pub fn segment(tx: &ReadTx<'_>, actor: &Actor, id: SegmentId) -> Result<Segment, SegmentError> {
    actor.require(Permission::ViewCustomers)?;
    store::by_id(tx, id)?.ok_or(SegmentError::Unknown)
}

/// Segments by name, at most 100 a page.
pub fn segments(tx: &ReadTx<'_>, actor: &Actor, cursor: Option<&str>, limit: usize) -> Result<Page<Segment>, QueryError> {
    actor.require(Permission::ViewCustomers)?;
    let limit = limit.clamp(1, MOST);
    let bad = |c: &str| QueryError::BadCursor(c.to_owned());
    let (id, key) = match cursor {
        None => (SegmentId::nil(), ""),
        Some(c) => {
            let (id, key) = c.split_once('~').ok_or_else(|| bad(c))?;
            (id.parse().map_err(|_| bad(c))?, key)
        }
    };
    let mut items = store::list(tx, key, id, limit as i64 + 1)?;
    let more = items.len() > limit;
    items.truncate(limit);
    let next = items.last().filter(|_| more).map(|s| format!("{}~{}", s.id, fold(&s.name)));
    Ok(Page { items, next })
}

/// Who is in a segment, the latest to enter first, at most 50 a page.
pub fn members(
    tx: &ReadTx<'_>,
    actor: &Actor,
    id: SegmentId,
    cursor: Option<&str>,
    limit: usize,
) -> Result<Page<SegmentMember>, QueryError> {
    actor.require(Permission::ViewCustomers)?;
    let limit = limit.clamp(1, 50);
    let bad = |c: &str| QueryError::BadCursor(c.to_owned());
    let before = match cursor {
        None => None,
        Some(c) => {
            let (person, since) = c.split_once('~').ok_or_else(|| bad(c))?;
            let since: i64 = since.parse().map_err(|_| bad(c))?;
            Some((Timestamp::from_micros(since), person.parse().map_err(|_| bad(c))?))
        }
    };
    let mut rows = store::members(tx, id, before, limit as i64 + 1)?;
    let more = rows.len() > limit;
    rows.truncate(limit);
    let next = rows.last().filter(|_| more).map(|(person, since)| format!("{person}~{}", since.as_micros()));
    let persons: Vec<PersonId> = rows.iter().map(|(person, _)| *person).collect();
    let items = cards(tx, &persons)?
        .into_iter()
        .filter_map(|card| {
            let since = rows.iter().find(|(person, _)| *person == card.person)?.1;
            Some(SegmentMember { person: card.person, since, card })
        })
        .collect();
    Ok(Page { items, next })
}

/// The segments that a person is in, by name, at most 100.
pub fn segments_of(tx: &ReadTx<'_>, person: PersonId) -> Result<Vec<(SegmentId, String)>, Fault> {
    store::of_person(tx, current(tx, person)?, MOST as i64)
}

/// For how many of the newest `most` people (1,000 at most) a condition holds: what the builder shows before anything is kept.
pub fn count(tx: &ReadTx<'_>, actor: &Actor, condition: Condition, most: usize) -> Result<Counted, SegmentError> {
    actor.require(Permission::ViewCustomers)?;
    let condition = condition.checked()?;
    let most = most.clamp(1, 1000);
    let persons = newest(tx, None, most as i64 + 1)?;
    let mut inside = 0;
    for person in persons.iter().take(most) {
        inside += usize::from(Subject::new(tx, *person).ask(&condition)?.holds);
    }
    Ok(Counted { inside, looked_at: persons.len().min(most), is_everybody: persons.len() <= most })
}
