//! Durable timers: "do this at that time", kept in the database, fired once.

use crate::{Db, Fault, ReadTx, Timestamp, Tx, params, sql};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::time::Duration;

/// After this many failures a timer rests until somebody looks at it.
const ATTEMPTS: i64 = 12;
/// Where a resting timer waits: beyond any real time.
const RESTING: Timestamp = Timestamp::from_micros(i64::MAX);

/// A timer that has come due.
#[derive(Debug, Clone)]
pub struct Timer {
    /// What to do.
    pub kind: String,
    /// To what.
    pub key: String,
    /// When it was due.
    pub due: Timestamp,
    body: String,
}

impl Timer {
    /// What was left with it.
    pub fn read<T: DeserializeOwned>(&self) -> Result<T, Fault> {
        serde_json::from_str(&self.body).map_err(|e| Fault::data(format!("timer {} {}: {e}", self.kind, self.key)))
    }
}

/// What a room does when its timers come due. The timer goes in the same transaction.
#[derive(Clone, Copy)]
pub struct TimerHandler {
    /// Kind of timer, `room.action`.
    pub kind: &'static str,
    /// The effect; a fault makes it try again later.
    pub run: fn(&mut Tx<'_>, &Timer) -> Result<(), Fault>,
}

pub(crate) fn set(tx: &mut Tx<'_>, due: Timestamp, kind: &str, key: &str, body: &impl Serialize) -> Result<(), Fault> {
    let body = serde_json::to_string(body).map_err(|e| Fault::data(e.to_string()))?;
    tx.execute(
        sql!(
            "INSERT INTO timer (kind, key, due, attempts, body) VALUES (?1, ?2, ?3, 0, ?4)
              ON CONFLICT (kind, key) DO UPDATE SET due = excluded.due, attempts = 0, body = excluded.body, why = NULL"
        ),
        params![kind, key, due, body],
    )
    .map(drop)
}

pub(crate) fn cancel(tx: &mut Tx<'_>, kind: &str, key: &str) -> Result<bool, Fault> {
    Ok(tx.execute(sql!("DELETE FROM timer WHERE kind = ?1 AND key = ?2"), params![kind, key])? > 0)
}

/// When the next timer is due.
pub fn next_due(tx: &ReadTx<'_>) -> Result<Option<Timestamp>, Fault> {
    tx.query_opt(sql!("SELECT due FROM timer ORDER BY due, kind, key LIMIT 1"), params![], |row| row.get(0))
}

/// Timers that failed too often.
pub fn resting(tx: &ReadTx<'_>) -> Result<i64, Fault> {
    tx.query_one(sql!("SELECT COUNT(*) FROM timer WHERE due = ?1"), params![RESTING], |row| row.get(0))
}

/// Fire what is due, earliest first, at most `limit`; answers how many were handled.
pub fn fire_due(db: &Db, handlers: &[TimerHandler], limit: i64) -> Result<usize, Fault> {
    let due = db.read(move |tx| {
        tx.query(
            sql!("SELECT kind, key, due, body FROM timer WHERE due <= ?1 ORDER BY due, kind, key LIMIT ?2"),
            params![tx.now(), limit],
            |row| Ok(Timer { kind: row.get(0)?, key: row.get(1)?, due: row.get(2)?, body: row.get(3)? }),
        )
    });
    let due: Vec<Timer> = due.wait()?;
    let count = due.len();
    for timer in due {
        let Some(handler) = handlers.iter().find(|h| h.kind == timer.kind).copied() else {
            postpone(db, timer, "nobody handles this kind of timer".to_owned())?;
            continue;
        };
        let own = timer.clone();
        let fired = db.write(handler.kind, move |tx| {
            // Another node, or a change of plan, may have taken it since.
            let mine =
                tx.execute(sql!("DELETE FROM timer WHERE kind = ?1 AND key = ?2 AND due = ?3"), params![own.kind, own.key, own.due])?;
            if mine == 1 { (handler.run)(tx, &own) } else { Ok(()) }
        });
        if let Err(fault) = fired.wait() {
            postpone(db, timer, fault.chain())?;
        }
    }
    Ok(count)
}

/// Try again after 1, 2, 4 ... minutes; rest after [`ATTEMPTS`].
fn postpone(db: &Db, timer: Timer, why: String) -> Result<(), Fault> {
    tracing::error!(kind = timer.kind, key = timer.key, why, "a timer failed");
    let later = move |tx: &mut Tx<'_>| {
        let attempts = tx.query_opt(
            sql!("SELECT attempts FROM timer WHERE kind = ?1 AND key = ?2 AND due = ?3"),
            params![timer.kind, timer.key, timer.due],
            |row| row.get::<i64>(0),
        )?;
        let Some(attempts) = attempts else { return Ok(()) };
        let wait = Duration::from_secs(60u64 << attempts.clamp(0, 10));
        let due = if attempts + 1 >= ATTEMPTS { RESTING } else { tx.now().plus(wait) };
        tx.execute(
            sql!("UPDATE timer SET due = ?3, attempts = attempts + 1, why = ?4 WHERE kind = ?1 AND key = ?2"),
            params![timer.kind, timer.key, due, why],
        )
        .map(drop)
    };
    db.write("kernel.postpone_timer", later).wait()
}
