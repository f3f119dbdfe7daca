//! One-time codes and sessions.

use crate::{Identifier, PersonId};
use kernel::{Fault, ProfileId, ReadTx, Timestamp, Tx, params, sql};

/// A code that was sent.
pub(crate) struct StoredCode {
    pub salt: Vec<u8>,
    pub hash: Vec<u8>,
    pub expires_at: Timestamp,
    pub attempts: u32,
    pub window_from: Timestamp,
    pub sent: u32,
}

pub(crate) fn code(tx: &ReadTx<'_>, identifier: &Identifier) -> Result<Option<StoredCode>, Fault> {
    tx.query_opt(
        sql!("SELECT salt, hash, expires_at, attempts, window_from, sent FROM customer_code WHERE kind = ?1 AND value = ?2"),
        params![identifier.kind(), identifier.value()],
        |row| {
            Ok(StoredCode {
                salt: row.get(0)?,
                hash: row.get(1)?,
                expires_at: row.get(2)?,
                attempts: row.get(3)?,
                window_from: row.get(4)?,
                sent: row.get(5)?,
            })
        },
    )
}

pub(crate) fn save_code(tx: &mut Tx<'_>, identifier: &Identifier, code: &StoredCode) -> Result<(), Fault> {
    tx.execute(
        sql!(
            "INSERT INTO customer_code (kind, value, salt, hash, expires_at, attempts, window_from, sent) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
             ON CONFLICT (kind, value) DO UPDATE SET salt = excluded.salt, hash = excluded.hash, expires_at = excluded.expires_at,
                attempts = excluded.attempts, window_from = excluded.window_from, sent = excluded.sent"
        ),
        params![
            identifier.kind(),
            identifier.value(),
            code.salt,
            code.hash,
            code.expires_at,
            code.attempts,
            code.window_from,
            code.sent
        ],
    )
    .map(drop)
}

pub(crate) fn count_attempt(tx: &mut Tx<'_>, identifier: &Identifier) -> Result<(), Fault> {
    tx.execute(
        sql!("UPDATE customer_code SET attempts = attempts + 1 WHERE kind = ?1 AND value = ?2"),
        params![identifier.kind(), identifier.value()],
    )
    .map(drop)
}

/// A code serves once; its counters stay for the rate limit.
pub(crate) fn spend_code(tx: &mut Tx<'_>, identifier: &Identifier, now: Timestamp) -> Result<(), Fault> {
    tx.execute(
        sql!("UPDATE customer_code SET expires_at = ?3 WHERE kind = ?1 AND value = ?2"),
        params![identifier.kind(), identifier.value(), now],
    )
    .map(drop)
}

pub(crate) fn forget_code(tx: &mut Tx<'_>, identifier: &Identifier) -> Result<(), Fault> {
    tx.execute(sql!("DELETE FROM customer_code WHERE kind = ?1 AND value = ?2"), params![identifier.kind(), identifier.value()]).map(drop)
}

/// A session as it is looked up.
pub(crate) struct StoredSession {
    pub profile: ProfileId,
    pub person: PersonId,
    pub device: String,
    pub opened_at: Timestamp,
    pub expires_at: Timestamp,
}

pub(crate) fn session(tx: &ReadTx<'_>, token_hash: &[u8]) -> Result<Option<StoredSession>, Fault> {
    tx.query_opt(
        sql!(
            "SELECT s.profile_id, p.person_id, s.device, s.opened_at, s.expires_at
               FROM customer_session s JOIN profile p ON p.id = s.profile_id WHERE s.token_hash = ?1"
        ),
        params![token_hash],
        |row| {
            Ok(StoredSession {
                profile: row.get(0)?,
                person: row.get(1)?,
                device: row.get(2)?,
                opened_at: row.get(3)?,
                expires_at: row.get(4)?,
            })
        },
    )
}

pub(crate) fn open(tx: &mut Tx<'_>, token_hash: &[u8], profile: ProfileId, device: &str, expires_at: Timestamp) -> Result<(), Fault> {
    let now = tx.now();
    tx.execute(sql!("DELETE FROM customer_session WHERE profile_id = ?1 AND expires_at <= ?2"), params![profile, now])?;
    tx.execute(
        sql!("INSERT INTO customer_session (token_hash, profile_id, device, opened_at, expires_at) VALUES (?1, ?2, ?3, ?4, ?5)"),
        params![token_hash, profile, device, now, expires_at],
    )
    .map(drop)
}

pub(crate) fn close(tx: &mut Tx<'_>, token_hash: &[u8]) -> Result<bool, Fault> {
    Ok(tx.execute(sql!("DELETE FROM customer_session WHERE token_hash = ?1"), params![token_hash])? == 1)
}
