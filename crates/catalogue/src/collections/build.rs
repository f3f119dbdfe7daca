//! What goes through many rows, in steps of one transaction each: all products for a new rule, and clearing up after a collection.

use super::model::{Collection, CollectionState};
use super::{CollectionId, store};
use crate::ProductId;
use kernel::{Fault, Timer, TimerHandler, Tx};
use serde::{Deserialize, Serialize};

/// Products looked at in one transaction.
pub const STEP: usize = 200;
const BUILD: &str = "catalogue.build_collection";
const CLEAR: &str = "catalogue.clear_collection";

pub(crate) const BUILDS: TimerHandler = TimerHandler { kind: BUILD, run: go_on };
pub(crate) const CLEARS: TimerHandler = TimerHandler { kind: CLEAR, run: clear };

/// How far it came.
#[derive(Serialize, Deserialize)]
struct Progress {
    /// Every product up to this one was looked at.
    after: ProductId,
}

/// Look at all products with the eyes of its rule. A small catalogue is done at once; a timer goes on with a large one.
pub(super) fn begin(tx: &mut Tx<'_>, collection: Collection) -> Result<Collection, Fault> {
    step(tx, collection, ProductId::nil())
}

fn go_on(tx: &mut Tx<'_>, timer: &Timer) -> Result<(), Fault> {
    let (id, progress) = (collection_of(timer)?, timer.read::<Progress>()?);
    let Some(collection) = store::by_id(tx, id)? else { return Ok(()) };
    if collection.state != CollectionState::Building {
        return Ok(());
    }
    // Only its names changed since: the walk goes on. Another rule has set a timer of its own with the same key.
    step(tx, collection, progress.after).map(drop)
}

/// The next products: those that belong stand there afterwards, and no others.
fn step(tx: &mut Tx<'_>, mut collection: Collection, after: ProductId) -> Result<Collection, Fault> {
    let (now, found) = (tx.now(), store::facts_after(tx, after, STEP as i64)?);
    let pinned = store::pinned(tx, collection.id)?;
    if let Some(last) = found.last() {
        store::remove_between(tx, collection.id, after, last.id)?;
    }
    for facts in &found {
        let place = pinned.iter().position(|pinned| *pinned == facts.id).map(|place| place as i64);
        if let Some(member) = collection.rule.member(collection.id, facts, place, now) {
            store::put(tx, &member)?;
        }
    }
    let key = collection.id.to_string();
    collection.state = match found.last() {
        Some(last) if found.len() == STEP => {
            tx.at(tx.now(), BUILD, &key, &Progress { after: last.id })?;
            CollectionState::Building
        }
        _ => {
            tx.cancel_timer(BUILD, &key)?;
            CollectionState::Ready
        }
    };
    store::set_state(tx, collection.id, collection.state)?;
    Ok(collection)
}

/// Clear up after a collection that is gone.
pub(super) fn begin_clearing(tx: &mut Tx<'_>, id: CollectionId) -> Result<(), Fault> {
    tx.cancel_timer(BUILD, &id.to_string())?;
    clear_some(tx, id)
}

fn clear(tx: &mut Tx<'_>, timer: &Timer) -> Result<(), Fault> {
    clear_some(tx, collection_of(timer)?)
}

fn clear_some(tx: &mut Tx<'_>, id: CollectionId) -> Result<(), Fault> {
    let more = store::forget(tx, id, STEP as i64)? == STEP as u64;
    if more { tx.at(tx.now(), CLEAR, &id.to_string(), &()) } else { Ok(()) }
}

fn collection_of(timer: &Timer) -> Result<CollectionId, Fault> {
    timer.key.parse().map_err(|_| Fault::data(format!("a timer of no collection: {}", timer.key)))
}
