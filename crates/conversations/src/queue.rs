//! Queues: which matters a list shows, and in which order.

use crate::{Matter, MatterId, TagId, TeamId, mentions, queries::matter_row, tags};
use kernel::{Fault, ReadTx, StaffId, Timestamp, params, sql};

/// Which matters a list shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum View {
    /// Mine, not resolved.
    Mine(StaffId),
    /// Nobody's, not resolved.
    Unassigned,
    /// Where somebody was named in a note, latest first.
    Mentioned(StaffId),
    /// Mine, in which something is promised, what is due first in front.
    Promised(StaffId),
    /// About one thing, whether resolved or not, the latest to be tagged first.
    Tagged(TagId),
    /// One team's, not resolved.
    Team(TeamId),
    /// Everything not resolved.
    Open,
    /// Whose first target is missed at this moment, or is by then.
    Due(Timestamp),
    /// We wait for the customer.
    Waiting,
    /// Put aside.
    Snoozed,
    /// Done.
    Resolved,
}

/// Where a page of a queue ended.
pub type QueueKey = (Timestamp, MatterId);

/// A page of a queue, newest first; what is due comes as [`queue_by_due`] gives it.
pub fn queue(tx: &ReadTx<'_>, view: View, before: Option<QueueKey>, limit: i64) -> Result<Vec<Matter>, Fault> {
    let (at, id) = before.map_or((Timestamp::from_micros(i64::MAX), String::from("~")), |(at, id)| (at, id.to_string()));
    let limit = limit.clamp(1, 200);
    match view {
        View::Mine(staff) => tx.query(
            matter_sql!("WHERE owner = ?1 AND state <> 'resolved' AND state <> 'snoozed' AND (last_at, id) < (?2, ?3) ORDER BY last_at DESC, id DESC LIMIT ?4"),
            params![staff, at, id, limit],
            matter_row,
        ),
        View::Unassigned => tx.query(
            matter_sql!("WHERE owner IS NULL AND state <> 'resolved' AND state <> 'snoozed' AND (last_at, id) < (?1, ?2) ORDER BY last_at DESC, id DESC LIMIT ?3"),
            params![at, id, limit],
            matter_row,
        ),
        View::Team(team) => tx.query(
            matter_sql!("WHERE team = ?1 AND state <> 'resolved' AND state <> 'snoozed' AND (last_at, id) < (?2, ?3) ORDER BY last_at DESC, id DESC LIMIT ?4"),
            params![team, at, id, limit],
            matter_row,
        ),
        View::Open => tx.query(
            matter_sql!("WHERE state <> 'resolved' AND state <> 'snoozed' AND (last_at, id) < (?1, ?2) ORDER BY last_at DESC, id DESC LIMIT ?3"),
            params![at, id, limit],
            matter_row,
        ),
        View::Mentioned(staff) => mentions::mentioned(tx, staff, (at, &id), limit),
        View::Tagged(tag) => tags::tagged(tx, tag, (at, &id), limit),
        View::Due(_) | View::Promised(_) => queue_by_due(tx, view, before, limit),
        View::Waiting => in_state(tx, "waiting", at, &id, limit),
        View::Snoozed => in_state(tx, "snoozed", at, &id, limit),
        View::Resolved => in_state(tx, "resolved", at, &id, limit),
    }
}

fn in_state(tx: &ReadTx<'_>, state: &str, at: Timestamp, id: &str, limit: i64) -> Result<Vec<Matter>, Fault> {
    tx.query(
        matter_sql!("WHERE state = ?1 AND (last_at, id) < (?2, ?3) ORDER BY last_at DESC, id DESC LIMIT ?4"),
        params![state, at, id, limit],
        matter_row,
    )
}

/// As [`queue`], what is due first in front and what has no clock behind it, last spoken first. Mentions, tags, snoozed, waiting and resolved matters have
/// no clock: they come as [`queue`] gives them.
pub fn queue_by_due(tx: &ReadTx<'_>, view: View, after: Option<QueueKey>, limit: i64) -> Result<Vec<Matter>, Fault> {
    let (rank, id) = after.map_or((i64::MIN, String::new()), |(at, id)| (at.as_micros(), id.to_string()));
    let limit = limit.clamp(1, 200);
    match view {
        View::Mine(staff) => tx.query(
            matter_sql!("WHERE owner = ?1 AND state <> 'resolved' AND state <> 'snoozed' AND (due_rank, id) > (?2, ?3) ORDER BY due_rank, id LIMIT ?4"),
            params![staff, rank, id, limit],
            matter_row,
        ),
        View::Unassigned => tx.query(
            matter_sql!("WHERE owner IS NULL AND state <> 'resolved' AND state <> 'snoozed' AND (due_rank, id) > (?1, ?2) ORDER BY due_rank, id LIMIT ?3"),
            params![rank, id, limit],
            matter_row,
        ),
        View::Team(team) => tx.query(
            matter_sql!("WHERE team = ?1 AND state <> 'resolved' AND state <> 'snoozed' AND (due_rank, id) > (?2, ?3) ORDER BY due_rank, id LIMIT ?4"),
            params![team, rank, id, limit],
            matter_row,
        ),
        View::Promised(staff) => tx.query(
            matter_sql!("WHERE owner = ?1 AND promised IS NOT NULL AND (promised, id) > (?2, ?3) ORDER BY promised, id LIMIT ?4"),
            params![staff, rank, id, limit],
            matter_row,
        ),
        View::Open => by_due(tx, i64::MAX, rank, &id, limit),
        View::Due(by) => by_due(tx, by.as_micros(), rank, &id, limit),
        View::Mentioned(_) | View::Tagged(_) | View::Waiting | View::Snoozed | View::Resolved => queue(tx, view, after, limit),
    }
}

fn by_due(tx: &ReadTx<'_>, to: i64, rank: i64, id: &str, limit: i64) -> Result<Vec<Matter>, Fault> {
    tx.query(
        matter_sql!("WHERE state <> 'resolved' AND state <> 'snoozed' AND due_rank <= ?1 AND (due_rank, id) > (?2, ?3) ORDER BY due_rank, id LIMIT ?4"),
        params![to, rank, id, limit],
        matter_row,
    )
}

/// The page of [`queue_by_due`] that ends before a key, in the same order: the way back.
pub fn queue_before(tx: &ReadTx<'_>, view: View, key: QueueKey, limit: i64) -> Result<Vec<Matter>, Fault> {
    let (at, id, limit) = (key.0.as_micros(), key.1.to_string(), limit.clamp(1, 200));
    let back = match view {
        View::Mine(staff) => tx.query(
            matter_sql!("WHERE owner = ?1 AND state <> 'resolved' AND state <> 'snoozed' AND (due_rank, id) < (?2, ?3) ORDER BY due_rank DESC, id DESC LIMIT ?4"),
            params![staff, at, id, limit],
            matter_row,
        ),
        View::Unassigned => tx.query(
            matter_sql!("WHERE owner IS NULL AND state <> 'resolved' AND state <> 'snoozed' AND (due_rank, id) < (?1, ?2) ORDER BY due_rank DESC, id DESC LIMIT ?3"),
            params![at, id, limit],
            matter_row,
        ),
        View::Team(team) => tx.query(
            matter_sql!("WHERE team = ?1 AND state <> 'resolved' AND state <> 'snoozed' AND (due_rank, id) < (?2, ?3) ORDER BY due_rank DESC, id DESC LIMIT ?4"),
            params![team, at, id, limit],
            matter_row,
        ),
        // What stands before something due by then is due by then itself.
        View::Open | View::Due(_) => tx.query(
            matter_sql!("WHERE state <> 'resolved' AND state <> 'snoozed' AND (due_rank, id) < (?1, ?2) ORDER BY due_rank DESC, id DESC LIMIT ?3"),
            params![at, id, limit],
            matter_row,
        ),
        View::Promised(staff) => tx.query(
            matter_sql!("WHERE owner = ?1 AND promised IS NOT NULL AND (promised, id) < (?2, ?3) ORDER BY promised DESC, id DESC LIMIT ?4"),
            params![staff, at, id, limit],
            matter_row,
        ),
        View::Mentioned(staff) => mentions::mentioned_before(tx, staff, key, limit),
        View::Tagged(tag) => tags::tagged_before(tx, tag, key, limit),
        View::Waiting => in_state_before(tx, "waiting", key, limit),
        View::Snoozed => in_state_before(tx, "snoozed", key, limit),
        View::Resolved => in_state_before(tx, "resolved", key, limit),
    };
    back.map(|mut matters| {
        matters.reverse();
        matters
    })
}

fn in_state_before(tx: &ReadTx<'_>, state: &str, (at, id): QueueKey, limit: i64) -> Result<Vec<Matter>, Fault> {
    tx.query(
        matter_sql!("WHERE state = ?1 AND (last_at, id) > (?2, ?3) ORDER BY last_at, id LIMIT ?4"),
        params![state, at, id, limit],
        matter_row,
    )
}

/// How many matters a view shows, counted up to `most`: what its tab says.
pub fn queue_length(tx: &ReadTx<'_>, view: View, most: i64) -> Result<i64, Fault> {
    macro_rules! count {
        ($condition:literal, [$($param:expr),*], $most:literal) => {
            tx.query_one(
                sql!(concat!("SELECT COUNT(*) FROM (SELECT id FROM matter WHERE ", $condition, " LIMIT ", $most, ") n")),
                params![$($param,)* most],
                |row| row.get(0),
            )
        };
    }
    let in_state = |state: &str| count!("state = ?1 ORDER BY last_at, id", [state], "?2");
    match view {
        View::Mine(staff) => count!("owner = ?1 AND state <> 'resolved' AND state <> 'snoozed' ORDER BY due_rank, id", [staff], "?2"),
        View::Promised(staff) => count!("owner = ?1 AND promised IS NOT NULL ORDER BY promised, id", [staff], "?2"),
        View::Unassigned => count!("owner IS NULL AND state <> 'resolved' AND state <> 'snoozed' ORDER BY due_rank, id", [], "?1"),
        View::Team(team) => count!("team = ?1 AND state <> 'resolved' AND state <> 'snoozed' ORDER BY due_rank, id", [team], "?2"),
        View::Open => count!("state <> 'resolved' AND state <> 'snoozed' ORDER BY due_rank, id", [], "?1"),
        View::Due(by) => {
            count!("state <> 'resolved' AND state <> 'snoozed' AND due_rank <= ?1 ORDER BY due_rank, id", [by.as_micros()], "?2")
        }
        View::Mentioned(staff) => mentions::count(tx, staff, most),
        View::Tagged(tag) => tags::count(tx, tag, most),
        View::Waiting => in_state("waiting"),
        View::Snoozed => in_state("snoozed"),
        View::Resolved => in_state("resolved"),
    }
}

impl View {
    /// Whether [`queue_by_due`] orders it by what is due.
    pub fn has_clocks(self) -> bool {
        !matches!(self, View::Mentioned(_) | View::Tagged(_) | View::Waiting | View::Snoozed | View::Resolved)
    }
}

/// Where a page ended that [`queue_by_due`] gave.
pub fn page_key(tx: &ReadTx<'_>, view: View, last: &Matter) -> Result<QueueKey, Fault> {
    match view {
        View::Mentioned(staff) => mentions::key(tx, staff, last.id),
        View::Tagged(tag) => tags::key(tx, tag, last.id),
        View::Promised(_) => Ok((last.promised.unwrap_or(Timestamp::from_micros(0)), last.id)),
        view if view.has_clocks() => Ok((Timestamp::from_micros(last.due_rank()), last.id)),
        _ => Ok((last.last_at, last.id)),
    }
}
