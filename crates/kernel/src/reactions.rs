//! What rooms do when others state facts: each reaction follows the log by a cursor of its own, and each event acts on it exactly once.

use crate::log::{LogKey, Logged, after, newest};
use crate::{Db, Fault, ReadTx, Tx, params, sql};
use std::collections::HashMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// What a room does when others state facts. Its effect and its cursor move in one transaction.
#[derive(Clone, Copy)]
pub struct Reaction {
    /// Name of the cursor; never changes.
    pub name: &'static str,
    /// Kinds it hears; others pass by.
    pub kinds: &'static [&'static str],
    /// It looks at how things stand, not at what happened: of several events about one subject that wait, it hears the last.
    pub folds: bool,
    /// The effect.
    pub react: fn(&mut Tx<'_>, &Logged) -> Result<(), Fault>,
}

/// Events looked at in one round.
const STEP: i64 = 200;
/// Longest that the effects of one transaction take, about: who else writes waits as long.
const SPAN: Duration = Duration::from_millis(15);

/// Let reactions catch up by one round; answers how many of them moved. None waits for another that is behind. An event that fails even alone
/// is parked.
pub fn follow(db: &Db, reactions: &[Reaction]) -> Result<usize, Fault> {
    let names: Vec<&'static str> = reactions.iter().map(|reaction| reaction.name).collect();
    let (mut moved, mut unheard) = (0, Vec::new());
    for (reaction, waits) in reactions.iter().zip(db.read(move |tx| waiting(tx, &names)).wait()?) {
        let Some(last) = waits.events().last() else { continue };
        match waits.events().iter().any(|event| reaction.kinds.contains(&event.kind.as_str())) {
            true => moved += catch_up(db, *reaction, waits)?,
            false => unheard.push((reaction.name, waits.cursor, last.key)),
        }
    }
    if !unheard.is_empty() {
        moved += unheard.len();
        let move_on = move |tx: &mut Tx<'_>| unheard.iter().try_for_each(|(name, from, to)| move_cursor(tx, name, *from, *to).map(drop));
        db.write("log.unheard", move_on).wait()?;
    }
    Ok(moved)
}

/// What happened after a reaction's cursor.
struct Waiting {
    cursor: LogKey,
    /// Shared by all whose cursor lies in it.
    stretch: Arc<[Logged]>,
    from: usize,
}

impl Waiting {
    fn events(&self) -> &[Logged] {
        &self.stretch[self.from..]
    }
}

/// What waits for each reaction; on a reader, so that nobody who writes waits. Those that stand close to each other share one look at the log.
fn waiting(tx: &ReadTx<'_>, names: &[&'static str]) -> Result<Vec<Waiting>, Fault> {
    let mut stretches: Vec<(LogKey, Arc<[Logged]>)> = Vec::new();
    let mut all = Vec::with_capacity(names.len());
    for name in names {
        let cursor = cursor(tx, name)?;
        let covers = |(start, events): &&(LogKey, Arc<[Logged]>)| {
            let is_whole = events.len() < STEP as usize;
            *start <= cursor && (is_whole || events.last().is_some_and(|last| cursor < last.key))
        };
        let stretch = match stretches.iter().find(covers) {
            Some((_, events)) => events.clone(),
            None => {
                let events: Arc<[Logged]> = after(tx, cursor, STEP)?.into();
                stretches.push((cursor, events.clone()));
                events
            }
        };
        let from = stretch.partition_point(|event| event.key <= cursor);
        all.push(Waiting { cursor, stretch, from });
    }
    Ok(all)
}

/// One transaction of a reaction; answers 1 when it moved.
fn catch_up(db: &Db, reaction: Reaction, waits: Waiting) -> Result<usize, Fault> {
    let batch = db.write(reaction.name, move |tx| step(tx, reaction, waits.cursor, waits.events())).wait();
    match batch {
        Err(fault) if !fault.is_passing() => {}
        Err(_) => return Ok(0),
        Ok(has_moved) => return Ok(has_moved.into()),
    }
    let alone = move |tx: &mut Tx<'_>| {
        let from = cursor(tx, reaction.name)?;
        let event = after(tx, from, 1)?;
        step(tx, reaction, from, &event)
    };
    match db.write(reaction.name, alone).wait() {
        Err(fault) if fault.is_passing() => Ok(0),
        Err(fault) => park(db, reaction, &fault),
        Ok(has_moved) => Ok(has_moved.into()),
    }
}

/// React to events that wait, as many as fit; false when there are none, or another process has moved meanwhile.
fn step(tx: &mut Tx<'_>, reaction: Reaction, from: LogKey, events: &[Logged]) -> Result<bool, Fault> {
    let begun = Instant::now();
    if cursor(tx, reaction.name)? != from {
        return Ok(false);
    }
    let hears = |event: &&Logged| reaction.kinds.contains(&event.kind.as_str());
    let mut last: HashMap<&str, LogKey> = HashMap::new();
    if reaction.folds {
        last.extend(events.iter().filter(hears).map(|event| (event.subject.as_str(), event.key)));
    }
    let mut to = from;
    for event in events {
        let is_last = last.get(event.subject.as_str()).is_none_or(|key| *key == event.key);
        if hears(&event) && is_last {
            (reaction.react)(tx, event)?;
        }
        to = event.key;
        if begun.elapsed() > SPAN {
            break;
        }
    }
    move_cursor(tx, reaction.name, from, to)
}

fn park(db: &Db, reaction: Reaction, fault: &Fault) -> Result<usize, Fault> {
    let why = fault.chain();
    tracing::error!(reaction = reaction.name, why, "an event was parked");
    let parked = move |tx: &mut Tx<'_>| {
        let cursor = cursor(tx, reaction.name)?;
        let Some(event) = after(tx, cursor, 1)?.pop() else { return Ok(0) };
        let at = tx.now();
        tx.execute(
            sql!("INSERT INTO parked_event (name, seq, at, why) VALUES (?1, ?2, ?3, ?4) ON CONFLICT (name, seq) DO NOTHING"),
            params![reaction.name, event.key.seq, at, why],
        )?;
        move_cursor(tx, reaction.name, cursor, event.key).map(usize::from)
    };
    db.write(reaction.name, parked).wait()
}

fn cursor(tx: &ReadTx<'_>, name: &str) -> Result<LogKey, Fault> {
    let found = tx.query_opt(sql!("SELECT tx, seq FROM reaction_cursor WHERE name = ?1"), params![name], |row| {
        Ok(LogKey { tx: row.get(0)?, seq: row.get(1)? })
    })?;
    Ok(found.unwrap_or_default())
}

/// Move on; false when that is nowhere, or another process did meanwhile.
fn move_cursor(tx: &mut Tx<'_>, name: &str, from: LogKey, to: LogKey) -> Result<bool, Fault> {
    if from == to {
        return Ok(false);
    }
    let moved = tx.execute(
        sql!(
            "INSERT INTO reaction_cursor (name, tx, seq) VALUES (?1, ?4, ?5) ON CONFLICT (name) DO UPDATE SET tx = excluded.tx, seq = excluded.seq
              WHERE reaction_cursor.tx = ?2 AND reaction_cursor.seq = ?3"
        ),
        params![name, from.tx, from.seq, to.tx, to.seq],
    )?;
    Ok(moved > 0)
}

/// Whether every reaction has passed the newest event.
pub fn is_followed(tx: &ReadTx<'_>) -> Result<bool, Fault> {
    let newest = newest(tx)?;
    let behind = sql!("SELECT name FROM reaction_cursor WHERE (tx, seq) < (?1, ?2) ORDER BY name LIMIT 1");
    Ok(tx.query_opt(behind, params![newest.tx, newest.seq], |row| row.get::<String>(0))?.is_none())
}

/// Events that a reaction refused: how many, for the health page.
pub fn parked(tx: &ReadTx<'_>) -> Result<i64, Fault> {
    tx.query_one(sql!("SELECT COUNT(*) FROM parked_event"), params![], |row| row.get(0))
}
