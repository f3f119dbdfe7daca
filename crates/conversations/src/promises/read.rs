//! Reading what was promised.

use super::{Promise, PromiseId};
use crate::MatterId;
use kernel::{Fault, ProfileId, ReadTx, Row, params};
use serde_json::{Value, json};

/// A statement over whole promises: the columns that [`promise_row`] reads, then the rest of the text.
macro_rules! promise_sql {
    ($rest:literal) => {
        kernel::sql!(concat!("SELECT id, matter, profile, author, text, due_at, by_answer, state, made_at, ended_at FROM promise ", $rest))
    };
}

pub(super) fn promise(tx: &ReadTx<'_>, id: PromiseId) -> Result<Option<Promise>, Fault> {
    tx.query_opt(promise_sql!("WHERE id = ?1"), params![id], promise_row)
}

/// What is promised in a matter and not kept yet.
pub fn open_promise(tx: &ReadTx<'_>, matter: MatterId) -> Result<Option<Promise>, Fault> {
    tx.query_opt(promise_sql!("WHERE matter = ?1 AND state = 'open'"), params![matter], promise_row)
}

/// Everything that was promised in a matter, the latest first, at most 50.
pub fn promises_of(tx: &ReadTx<'_>, matter: MatterId) -> Result<Vec<Promise>, Fault> {
    tx.query(promise_sql!("WHERE matter = ?1 ORDER BY made_at DESC, id DESC LIMIT 50"), params![matter], promise_row)
}

/// What these profiles were promised, the latest first, at most 200 of each.
pub(crate) fn export(tx: &ReadTx<'_>, profiles: &[ProfileId]) -> Result<Vec<Value>, Fault> {
    let mut told = Vec::new();
    for profile in profiles {
        let found = tx.query(promise_sql!("WHERE profile = ?1 ORDER BY made_at DESC, id DESC LIMIT 200"), params![profile], promise_row)?;
        told.extend(
            found.into_iter().map(|one| json!({ "matter": one.matter, "text": one.text, "until": one.due_at, "state": one.state })),
        );
    }
    Ok(told)
}

fn promise_row(row: &Row<'_>) -> Result<Promise, Fault> {
    Ok(Promise {
        id: row.get(0)?,
        matter: row.get(1)?,
        profile: row.get(2)?,
        author: row.get(3)?,
        text: row.get(4)?,
        due_at: row.get(5)?,
        by_answer: row.get(6)?,
        state: row.get(7)?,
        made_at: row.get(8)?,
        ended_at: row.get(9)?,
    })
}
