//! How long a caller will wait: from what is queued and how long calls lately took. Honest, so rounded up.

use kernel::{Fault, ReadTx, params, sql};
use std::time::Duration;

/// A call is thought to take so long while too few are known.
const USUAL: Duration = Duration::from_secs(4 * 60);
/// Finished calls that are looked at.
const LATELY: i64 = 20;
/// More than this is not counted.
const MOST: i64 = 200;

/// What a new caller can expect.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CallWait {
    /// Callers and wanted calls before them.
    pub ahead: u32,
    /// Whole minutes until somebody talks with them, at least 1.
    pub minutes: u32,
}

/// What somebody can expect who joins the queue now, or who has waited since `since`.
pub fn call_wait(tx: &ReadTx<'_>, since: Option<kernel::Timestamp>) -> Result<CallWait, Fault> {
    let before = since.unwrap_or(kernel::Timestamp::from_micros(i64::MAX));
    let ahead: i64 = tx.query_one(
        sql!("SELECT COUNT(*) FROM (SELECT id FROM call WHERE waiting_since IS NOT NULL AND waiting_since < ?1 LIMIT ?2) m"),
        params![before, MOST],
        |row| row.get(0),
    )?;
    let talking: i64 = tx.query_one(
        sql!("SELECT COUNT(*) FROM (SELECT id FROM call WHERE agent IS NOT NULL AND ended_at IS NULL LIMIT ?1) m"),
        params![MOST],
        |row| row.get(0),
    )?;
    let lately = tx.query(
        sql!("SELECT answered_at, ended_at FROM call WHERE ended_at IS NOT NULL AND answered_at IS NOT NULL ORDER BY ended_at DESC, id DESC LIMIT ?1"),
        params![LATELY],
        |row| Ok((row.get::<kernel::Timestamp>(0)?, row.get::<kernel::Timestamp>(1)?)),
    )?;
    let took: Vec<u64> = lately.into_iter().map(|(from, to)| to.since(from).as_secs()).collect();
    let usual = if took.len() < 5 { USUAL.as_secs() } else { took.iter().sum::<u64>() / took.len() as u64 };
    Ok(expect(ahead, talking, usual))
}

/// Everybody ahead takes a turn at one of the agents; nobody is known to be free, so the next turn ends in half a call's time.
fn expect(ahead: i64, talking: i64, usual: u64) -> CallWait {
    let ahead = u64::try_from(ahead).unwrap_or_default();
    let agents = u64::try_from(talking).unwrap_or_default().max(1);
    let seconds = if talking == 0 { ahead * usual } else { usual / (2 * agents) + ahead * usual / agents };
    let minutes = u32::try_from(seconds.div_ceil(60)).unwrap_or(u32::MAX).max(1);
    CallWait { ahead: u32::try_from(ahead).unwrap_or(u32::MAX), minutes }
}

#[cfg(test)]
mod tests {
    use super::{CallWait, expect};

    #[test]
    fn more_agents_shorten_and_more_callers_lengthen_it() {
        assert_eq!(expect(0, 0, 240), CallWait { ahead: 0, minutes: 1 });
        assert_eq!(expect(2, 0, 240), CallWait { ahead: 2, minutes: 8 });
        assert_eq!(expect(2, 1, 240), CallWait { ahead: 2, minutes: 10 });
        assert_eq!(expect(2, 4, 240), CallWait { ahead: 2, minutes: 3 });
    }
}
