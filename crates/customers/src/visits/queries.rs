//! What somebody looked at.

use super::store;
use crate::PersonId;
use crate::person::current;
use kernel::{Fault, ReadTx, Timestamp};
use serde::Serialize;

/// A product that was looked at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Looked {
    /// Its id.
    pub product: String,
    /// When, the last time.
    pub at: Timestamp,
}

/// Products that a person looked at lately, the latest first, each once, at most `limit` (50).
pub fn looked_at(tx: &ReadTx<'_>, person: PersonId, limit: usize) -> Result<Vec<Looked>, Fault> {
    let mut found: Vec<Looked> = Vec::new();
    for looked in store::products(tx, current(tx, person)?, 200)? {
        if !found.iter().any(|known| known.product == looked.product) {
            found.push(looked);
        }
    }
    found.truncate(limit.min(50));
    Ok(found)
}
