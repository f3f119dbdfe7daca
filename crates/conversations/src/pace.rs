//! How fast each channel goes lately: what a waiting time is reckoned from.

use crate::Answered;
use kernel::{Channel, Fault, Logged, ReadTx, Tx, params, sql};
use std::time::Duration;

/// A pause this long (a night, a weekend) says nothing about how fast somebody works.
const LONGEST: u64 = 4 * 3600;

/// How fast one channel goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Pace {
    /// From taking it up to the answer.
    pub(crate) handle: Duration,
    /// From the customer's words to the answer.
    pub(crate) answer: Duration,
}

/// The pace of a channel; `None` until somebody has answered on it.
pub(crate) fn of(tx: &ReadTx<'_>, channel: Channel) -> Result<Option<Pace>, Fault> {
    tx.query_opt(sql!("SELECT handle_seconds, answer_seconds FROM pace WHERE channel = ?1"), params![channel], |row| {
        let span = |seconds: i64| Duration::from_secs(seconds.unsigned_abs());
        Ok(Pace { handle: span(row.get(0)?), answer: span(row.get(1)?) })
    })
}

/// Each answer moves the pace by an eighth of the difference.
pub(crate) fn follow(tx: &mut Tx<'_>, event: &Logged) -> Result<(), Fault> {
    let said: Answered = serde_json::from_str(&event.body).map_err(|e| Fault::data(e.to_string()))?;
    let (Some(waited), Some(handled)) = (said.waited_seconds, said.handled_seconds) else { return Ok(()) };
    let was = of(tx, said.channel)?;
    let moved = |was: Option<Duration>, now: u64| {
        let now = now.min(LONGEST);
        was.map_or(now, |was| (was.as_secs() * 7 + now) / 8).cast_signed()
    };
    tx.execute(
        sql!(
            "INSERT INTO pace (channel, handle_seconds, answer_seconds) VALUES (?1, ?2, ?3)
              ON CONFLICT (channel) DO UPDATE SET handle_seconds = excluded.handle_seconds, answer_seconds = excluded.answer_seconds"
        ),
        params![said.channel, moved(was.map(|was| was.handle), handled), moved(was.map(|was| was.answer), waited)],
    )
    .map(drop)
}
