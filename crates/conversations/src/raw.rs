//! What came in, stored as it came before anybody answers "received": nothing is lost if we fail to understand it.

use crate::{AccountId, RawId};
use kernel::{Fault, Json, ReadTx, Tx, params, sql};
use std::time::Duration;

/// After this many failures an event is set aside for a person to look at.
const ATTEMPTS: i64 = 8;
/// An event is remembered this long, so that a provider that repeats itself is recognised; then its row goes.
const REMEMBERED: Duration = Duration::from_secs(30 * 24 * 3600);
/// Bytes of events handed out at once.
const MOST_BYTES: i64 = 32 * 1024 * 1024;

/// An event as it came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Raw {
    /// Which.
    pub id: RawId,
    /// On which account.
    pub account: AccountId,
    /// Transport headers worth keeping.
    pub headers: Vec<(String, String)>,
    /// The bytes.
    pub body: Vec<u8>,
}

/// Store an event once; false when it was here already (the provider repeats itself).
pub fn store_raw(tx: &mut Tx<'_>, account: AccountId, dedupe: &str, headers: &[(String, String)], body: &[u8]) -> Result<bool, Fault> {
    let id: RawId = tx.new_id();
    let now = tx.now();
    let stored = tx.execute(
        sql!("INSERT INTO raw_inbound (id, account, dedupe, headers, body, received_at, state, attempts, due_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, 'waiting', 0, ?6)
              ON CONFLICT (account, dedupe) DO NOTHING"),
        params![id, account, dedupe, Json(headers.to_vec()), body, now],
    )?;
    if stored == 1 {
        // Wakes the worker that reads these.
        tx.announce(kernel::Event::new("raw.stored", id).hidden())?;
    }
    Ok(stored == 1)
}

/// Events still to be understood, oldest first: as many as fit into memory comfortably, at least one.
pub fn waiting_raw(tx: &ReadTx<'_>, limit: i64) -> Result<Vec<Raw>, Fault> {
    let sizes = tx.query(
        sql!("SELECT LENGTH(body) FROM raw_inbound WHERE state = 'waiting' AND due_at <= ?1 ORDER BY due_at, id LIMIT ?2"),
        params![tx.now(), limit],
        |row| row.get::<i64>(0),
    )?;
    let sums = sizes.iter().scan(0, |sum, size| {
        *sum += size;
        Some(*sum)
    });
    let fit = sums.take_while(|sum| *sum <= MOST_BYTES).count().max(1);
    tx.query(
        sql!("SELECT id, account, headers, body FROM raw_inbound WHERE state = 'waiting' AND due_at <= ?1 ORDER BY due_at, id LIMIT ?2"),
        params![tx.now(), fit as i64],
        |row| Ok(Raw { id: row.get(0)?, account: row.get(1)?, headers: row.get::<Json<_>>(2)?.0, body: row.get(3)? }),
    )
}

/// Take an event for good, in the transaction that acts on it; false when somebody else has. What was understood is kept nowhere
/// else than on the thread, so its bytes go; what was not (`whole` is false) stays readable until [`forget_raw`] takes it.
pub fn finish_raw(tx: &mut Tx<'_>, id: RawId, whole: bool) -> Result<bool, Fault> {
    let nothing: &[u8] = &[];
    let taken = if whole {
        tx.execute(
            sql!("UPDATE raw_inbound SET state = 'done', headers = '[]', body = ?2 WHERE id = ?1 AND state = 'waiting'"),
            params![id, nothing],
        )?
    } else {
        tx.execute(sql!("UPDATE raw_inbound SET state = 'done' WHERE id = ?1 AND state = 'waiting'"), params![id])?
    };
    Ok(taken == 1)
}

/// Forget events that came more than thirty days ago, at most `limit`, and receipts that never found their message in that time.
/// Answers how many events went.
pub fn forget_raw(tx: &mut Tx<'_>, limit: i64) -> Result<u64, Fault> {
    let before = tx.now().minus(REMEMBERED);
    tx.execute(sql!("DELETE FROM early_receipt WHERE at < ?1"), params![before])?;
    tx.execute(
        sql!("DELETE FROM raw_inbound WHERE id IN (SELECT id FROM raw_inbound WHERE state <> 'waiting' AND received_at < ?1 ORDER BY received_at, id LIMIT ?2)"),
        params![before, limit],
    )
}

/// Try again later; after several failures set it aside, where the health page shows it.
pub fn postpone_raw(tx: &mut Tx<'_>, id: RawId, why: &str) -> Result<(), Fault> {
    let attempts =
        tx.query_opt(sql!("SELECT attempts FROM raw_inbound WHERE id = ?1"), params![id], |row| row.get::<i64>(0))?.unwrap_or(0) + 1;
    let state = if attempts >= ATTEMPTS { "refused" } else { "waiting" };
    let due = tx.now().plus(Duration::from_secs(1 << attempts.min(10)));
    tx.execute(
        sql!("UPDATE raw_inbound SET attempts = ?2, state = ?3, due_at = ?4, why = ?5 WHERE id = ?1 AND state = 'waiting'"),
        params![id, attempts, state, due, why],
    )
    .map(drop)
}

/// How many events were set aside.
pub fn refused_raw(tx: &ReadTx<'_>) -> Result<i64, Fault> {
    tx.query_one(sql!("SELECT COUNT(*) FROM raw_inbound WHERE state = 'refused'"), params![], |row| row.get(0))
}
