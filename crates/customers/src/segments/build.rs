//! What happens in steps: the first look at everybody, looking again when time has passed, clearing up.

use super::membership::{forget, look, look_at_due};
use super::{SegmentId, SegmentState, Why, store};
use crate::PersonId;
use crate::store::search::newest;
use kernel::{Fault, Timer, TimerHandler, Timestamp, Tx};
use serde::{Deserialize, Serialize};

/// People looked at in one transaction.
const STEP: i64 = 200;
const BUILD: &str = "customers.build_segment";
const DUE: &str = "customers.look_again";
const CLEAR: &str = "customers.clear_segment";
/// The one timer of [`DUE`].
const NEXT: &str = "next";

/// This subject's timers.
pub(crate) const TIMERS: &[TimerHandler] =
    &[TimerHandler { kind: BUILD, run: build }, TimerHandler { kind: DUE, run: again }, TimerHandler { kind: CLEAR, run: clear }];

/// How far the first look came.
#[derive(Serialize, Deserialize)]
struct Progress {
    version: i64,
    /// Everybody newer was looked at.
    before: Option<PersonId>,
}

/// Look at everybody, beginning soon.
pub(super) fn begin(tx: &mut Tx<'_>, segment: SegmentId, version: i64) -> Result<(), Fault> {
    tx.at(tx.now(), BUILD, &segment.to_string(), &Progress { version, before: None })
}

fn build(tx: &mut Tx<'_>, timer: &Timer) -> Result<(), Fault> {
    let (id, progress) = (segment_of(timer)?, timer.read::<Progress>()?);
    let Some(watched) = store::watched(tx, id)?.filter(|w| w.version == progress.version) else { return Ok(()) };
    let persons = newest(tx, progress.before, STEP)?;
    let segments = [watched];
    for person in &persons {
        look(tx, &segments, *person, Why::Built)?;
    }
    match persons.last() {
        Some(last) if persons.len() as i64 == STEP => {
            tx.at(tx.now(), BUILD, &timer.key, &Progress { version: progress.version, before: Some(*last) })
        }
        _ => store::set_state(tx, id, SegmentState::Ready),
    }
}

/// Somebody must be looked at again then.
pub(super) fn wake_at(tx: &mut Tx<'_>, due: Timestamp) -> Result<(), Fault> {
    match store::first_due(tx)? {
        // An earlier one is awaited; it will set the next.
        Some(first) if first < due => Ok(()),
        _ => tx.at(due, DUE, NEXT, &()),
    }
}

fn again(tx: &mut Tx<'_>, _: &Timer) -> Result<(), Fault> {
    look_at_due(tx, STEP)?;
    match store::first_due(tx)? {
        Some(first) => tx.at(first, DUE, NEXT, &()),
        None => Ok(()),
    }
}

/// Clear up after a segment that is gone.
pub(super) fn begin_clearing(tx: &mut Tx<'_>, segment: SegmentId) -> Result<(), Fault> {
    tx.cancel_timer(BUILD, &segment.to_string())?;
    tx.at(tx.now(), CLEAR, &segment.to_string(), &())
}

fn clear(tx: &mut Tx<'_>, timer: &Timer) -> Result<(), Fault> {
    let more = forget(tx, segment_of(timer)?, STEP)? as i64 == STEP;
    if more { tx.at(tx.now(), CLEAR, &timer.key, &()) } else { Ok(()) }
}

fn segment_of(timer: &Timer) -> Result<SegmentId, Fault> {
    timer.key.parse().map_err(|_| Fault::data(format!("a timer of no segment: {}", timer.key)))
}
