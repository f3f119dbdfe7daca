//! Write what a condition says of one person, where it differs from what is written.

use super::evaluate::Subject;
use super::store::{self, Watched};
use super::{SegmentId, Why, build};
use crate::{PersonId, events};
use kernel::{Event, Fault, Timestamp, Tx};

/// Look at one person with these segments' eyes. Announces who entered and who left.
pub(super) fn look(tx: &mut Tx<'_>, segments: &[Watched], person: PersonId, why: Why) -> Result<(), Fault> {
    for segment in segments {
        let answer = Subject::new(tx, person).ask(&segment.condition)?;
        let before = store::membership(tx, segment.id, person)?;
        let (was_inside, was_due) = before.map_or((false, None), |row| (row.inside, row.due));
        let since = before.filter(|_| was_inside == answer.holds).map_or(tx.now(), |row| row.since);
        match (answer.holds || answer.due.is_some(), before.is_some()) {
            (true, _) if was_inside == answer.holds && was_due == answer.due && before.is_some() => {}
            (true, _) => store::save_membership(tx, segment.id, person, answer.holds, since, answer.due)?,
            (false, true) => store::remove_membership(tx, segment.id, person)?,
            (false, false) => {}
        }
        if let Some(due) = answer.due.filter(|due| was_due != Some(*due)) {
            build::wake_at(tx, due)?;
        }
        if was_inside != answer.holds {
            cross(tx, segment, person, answer.holds, why)?;
        }
    }
    Ok(())
}

fn cross(tx: &mut Tx<'_>, segment: &Watched, person: PersonId, inside: bool, why: Why) -> Result<(), Fault> {
    store::add_to_size(tx, segment.id, if inside { 1 } else { -1 })?;
    let kind = if inside { events::SEGMENT_ENTERED } else { events::SEGMENT_LEFT };
    let body = events::Crossed { segment: segment.id, name: segment.name.clone(), person, why };
    tx.announce(Event::new(kind, segment.id).profile(person.oldest_profile()).body(&body).hidden())
}

/// A row of membership.
#[derive(Debug, Clone, Copy)]
pub(super) struct Row {
    pub inside: bool,
    pub since: Timestamp,
    pub due: Option<Timestamp>,
}

/// Look again at whoever is due, at most `limit`; answers how many there were.
pub(super) fn look_at_due(tx: &mut Tx<'_>, limit: i64) -> Result<usize, Fault> {
    let due = store::due(tx, tx.now(), limit)?;
    let mut known: Option<Watched> = None;
    for (segment, person) in &due {
        if known.as_ref().is_none_or(|k| k.id != *segment) {
            known = store::watched(tx, *segment)?;
        }
        match &known {
            Some(watched) => look(tx, std::slice::from_ref(watched), *person, Why::Time)?,
            // Its segment is gone and its rows are being cleared.
            None => store::remove_membership(tx, *segment, *person)?,
        }
    }
    Ok(due.len())
}

/// Forget the rows of a segment that is gone, at most `limit`; answers how many there were.
pub(super) fn forget(tx: &mut Tx<'_>, segment: SegmentId, limit: i64) -> Result<usize, Fault> {
    let rows = store::any_members(tx, segment, limit)?;
    for person in &rows {
        store::remove_membership(tx, segment, *person)?;
    }
    Ok(rows.len())
}
