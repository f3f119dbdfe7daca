//! Idempotency keys. The answer is kept in the transaction of the effect, so a crash leaves both or neither; of two
//! requests with one key, the database lets one act and the other finds its answer.

use super::{ApiError, Reply};
use axum::http::request::Parts;
use axum::http::{HeaderName, StatusCode};
use kernel::{Fault, Tx, params, sql};
use sha2::{Digest, Sha256};
use std::time::Duration;

const HEADER: HeaderName = HeaderName::from_static("idempotency-key");
const KEPT: Duration = Duration::from_secs(24 * 3600);
/// A fingerprint that begins so, one in 16, forgets what was answered yesterday.
const SWEEPS: &str = "0";

/// One caller's name for one intent, and a fingerprint of what was asked under it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Once(Option<Named>);

#[derive(Debug, Clone)]
struct Named {
    caller: String,
    key: String,
    fingerprint: String,
}

impl Once {
    /// Read the header of a request by `caller`.
    pub(crate) fn read(parts: &Parts, caller: &str, body: &[u8]) -> Result<Self, ApiError> {
        let Some(value) = parts.headers.get(HEADER) else { return Ok(Once(None)) };
        let key = value.to_str().ok().map(str::trim).filter(|key| (1..=255).contains(&key.len()));
        let key = key.ok_or_else(|| ApiError::invalid("api.bad_idempotency_key", "an Idempotency-Key has 1 to 255 plain characters"))?;
        let mut hash = Sha256::new();
        for piece in [parts.method.as_str().as_bytes(), parts.uri.path().as_bytes(), parts.uri.query().unwrap_or_default().as_bytes(), body]
        {
            hash.update((piece.len() as u64).to_be_bytes());
            hash.update(piece);
        }
        Ok(Once(Some(Named { caller: caller.to_owned(), key: key.to_owned(), fingerprint: hex::encode(hash.finalize()) })))
    }

    /// The key that a command takes for itself: the caller's, or a fresh one.
    pub(crate) fn command_key(&self, tx: &mut Tx<'_>) -> String {
        match &self.0 {
            // With the fingerprint, since our own memory of the key ends after a day and the command's does not.
            Some(named) => format!("{}/{}/{}", named.caller, named.key, &named.fingerprint[..16]),
            None => format!("api/{:016x}{:016x}", tx.random_u64(), tx.random_u64()),
        }
    }

    /// Take the key for what this transaction does: nothing when it is ours to act under, else what was answered under it within a day.
    pub(crate) fn take(&self, tx: &mut Tx<'_>) -> Result<Option<Reply>, ApiError> {
        let Some(named) = &self.0 else { return Ok(None) };
        let now = tx.now();
        // To look first for a key that is not there would make PostgreSQL see a conflict with everybody who inserts one beside it.
        let taken = tx.execute(
            sql!(
                "INSERT INTO api_answer (caller, idempotency_key, fingerprint, status, body, at) VALUES (?1, ?2, ?3, 0, '', ?4)
                 ON CONFLICT (caller, idempotency_key) DO UPDATE SET fingerprint = excluded.fingerprint, at = excluded.at
                  WHERE api_answer.at < ?5"
            ),
            params![named.caller, named.key, named.fingerprint, now, now.minus(KEPT)],
        )?;
        if taken > 0 {
            return Ok(None);
        }
        let (fingerprint, status, body) = tx.query_one(
            sql!("SELECT fingerprint, status, body FROM api_answer WHERE caller = ?1 AND idempotency_key = ?2"),
            params![named.caller, named.key],
            |row| Ok((row.get::<String>(0)?, row.get::<u16>(1)?, row.get::<String>(2)?)),
        )?;
        if fingerprint != named.fingerprint {
            return Err(ApiError::invalid("api.idempotency_key_reused", "this Idempotency-Key was used for another request"));
        }
        let status = StatusCode::from_u16(status).map_err(|e| Fault::data(e.to_string()))?;
        Ok(Some(Reply::repeated(status, body)))
    }

    /// Keep the answer under the key that was taken, and now and then forget those of yesterday.
    pub(crate) fn keep(&self, tx: &mut Tx<'_>, status: StatusCode, body: &str) -> Result<(), Fault> {
        let Some(named) = &self.0 else { return Ok(()) };
        if named.fingerprint.starts_with(SWEEPS) {
            let yesterday = tx.now().minus(KEPT);
            tx.execute(sql!("DELETE FROM api_answer WHERE at < ?1"), params![yesterday])?;
        }
        tx.execute(
            sql!("UPDATE api_answer SET status = ?3, body = ?4 WHERE caller = ?1 AND idempotency_key = ?2"),
            params![named.caller, named.key, status.as_u16(), body],
        )
        .map(drop)
    }
}
