//! Idempotency keys. The answer is kept in the transaction of the effect, so a crash leaves both or neither; of two
//! requests with one key, the database lets one act and the other finds its answer.

use super::{ApiError, Reply};
use axum::http::request::Parts;
use axum::http::{HeaderName, StatusCode};
use kernel::{Fault, ReadTx, Tx, params, sql};
use sha2::{Digest, Sha256};
use std::time::Duration;

const HEADER: HeaderName = HeaderName::from_static("idempotency-key");
const KEPT: Duration = Duration::from_secs(24 * 3600);

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

    /// What was answered under this key, if it was used within a day.
    pub(crate) fn answered(&self, tx: &ReadTx<'_>) -> Result<Option<Reply>, ApiError> {
        let Some(named) = &self.0 else { return Ok(None) };
        let kept = tx.query_opt(
            sql!("SELECT fingerprint, status, body FROM api_answer WHERE caller = ?1 AND idempotency_key = ?2 AND at >= ?3"),
            params![named.caller, named.key, tx.now().minus(KEPT)],
            |row| Ok((row.get::<String>(0)?, row.get::<u16>(1)?, row.get::<String>(2)?)),
        )?;
        let Some((fingerprint, status, body)) = kept else { return Ok(None) };
        if fingerprint != named.fingerprint {
            return Err(ApiError::invalid("api.idempotency_key_reused", "this Idempotency-Key was used for another request"));
        }
        let status = StatusCode::from_u16(status).map_err(|e| Fault::data(e.to_string()))?;
        Ok(Some(Reply::repeated(status, body)))
    }

    /// Keep the answer, and forget those of yesterday.
    pub(crate) fn keep(&self, tx: &mut Tx<'_>, status: StatusCode, body: &str) -> Result<(), Fault> {
        let Some(named) = &self.0 else { return Ok(()) };
        let now = tx.now();
        tx.execute(sql!("DELETE FROM api_answer WHERE at < ?1"), params![now.minus(KEPT)])?;
        tx.execute(
            sql!("INSERT INTO api_answer (caller, idempotency_key, fingerprint, status, body, at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)"),
            params![named.caller, named.key, named.fingerprint, status.as_u16(), body, now],
        )
        .map(drop)
    }
}
