//! The warnings before a promise is due, and when it is broken.

use super::{Promise, PromiseId, PromiseState, read};
use crate::queries;
use kernel::{Actor, Event, Fault, Timer, Timestamp, Tx};
use serde_json::json;
use std::time::Duration;

pub(crate) const NEAR: &str = "conversations.promise_near";
pub(crate) const BROKEN: &str = "conversations.promise_broken";

/// Set both timers of a promise.
pub(super) fn arm(tx: &mut Tx<'_>, id: PromiseId, due: Timestamp, warning: Duration) -> Result<(), Fault> {
    let key = id.to_string();
    tx.at(due.minus(warning), NEAR, &key, &())?;
    tx.at(due, BROKEN, &key, &())
}

/// Nothing is to be told of it any more.
pub(super) fn disarm(tx: &mut Tx<'_>, id: PromiseId) -> Result<(), Fault> {
    let key = id.to_string();
    tx.cancel_timer(NEAR, &key)?;
    tx.cancel_timer(BROKEN, &key).map(drop)
}

/// It is due soon. Announces `promise.near`, off the timeline.
pub(crate) fn near(tx: &mut Tx<'_>, timer: &Timer) -> Result<(), Fault> {
    let Some(promise) = still_open(tx, timer)? else { return Ok(()) };
    let event = told(tx, &promise, "promise.near")?.hidden();
    tx.announce(event)
}

/// Its time has passed. Announces `promise.broken`.
pub(crate) fn broken(tx: &mut Tx<'_>, timer: &Timer) -> Result<(), Fault> {
    let Some(promise) = still_open(tx, timer)? else { return Ok(()) };
    let event = told(tx, &promise, "promise.broken")?;
    tx.announce(event)
}

fn still_open(tx: &Tx<'_>, timer: &Timer) -> Result<Option<Promise>, Fault> {
    let id: PromiseId = timer.key.parse().map_err(|e: kernel::IdError| Fault::data(e.to_string()))?;
    Ok(read::promise(tx, id)?.filter(|promise| promise.state == PromiseState::Open))
}

fn told(tx: &Tx<'_>, promise: &Promise, kind: &'static str) -> Result<Event, Fault> {
    let owner = queries::matter(tx, promise.matter)?.and_then(|matter| matter.owner);
    let body = json!({ "matter": promise.matter, "text": promise.text, "until": promise.due_at, "owner": owner });
    Ok(Event::new(kind, promise.id).profile(promise.profile).by(&Actor::system()).body(&body))
}
