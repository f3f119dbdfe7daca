//! How the conversations stand as a whole: for the studio's first page and for the health page. Every count stops at a limit.

use crate::AccountId;
use kernel::{Fault, ReadTx, Timestamp, params, sql};

/// Matters that are not resolved, counted up to ten thousand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct MatterCounts {
    /// New, open or waiting.
    pub open: i64,
    /// Of these, without an owner.
    pub unassigned: i64,
    /// Messages in them that nobody has looked at.
    pub unread: i64,
}

/// How many matters are open.
pub fn matter_counts(tx: &ReadTx<'_>) -> Result<MatterCounts, Fault> {
    tx.query_one(
        sql!(
            "SELECT COUNT(*), COUNT(*) - COUNT(m.owner), CAST(COALESCE(SUM(m.unread), 0) AS BIGINT)
              FROM (SELECT owner, unread FROM matter WHERE state <> 'resolved' AND state <> 'snoozed' LIMIT 10000) m"
        ),
        params![],
        |row| Ok(MatterCounts { open: row.get(0)?, unassigned: row.get(1)?, unread: row.get(2)? }),
    )
}

/// How one account is doing.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Standing {
    /// Messages that wait to leave, counted up to a thousand.
    pub waiting: i64,
    /// What the far end said to the oldest of them that was tried already.
    pub trouble: Option<String>,
    /// When a message last failed for good, with the provider's word and explanation.
    pub failed: Option<(Timestamp, String, String)>,
}

/// How one account is doing.
pub fn standing(tx: &ReadTx<'_>, account: AccountId) -> Result<Standing, Fault> {
    let waiting = tx.query_one(
        sql!("SELECT COUNT(*) FROM (SELECT id FROM message WHERE due_at IS NOT NULL AND account = ?1 LIMIT 1000) m"),
        params![account],
        |row| row.get(0),
    )?;
    let trouble = tx.query_opt(
        sql!("SELECT why_text FROM message WHERE due_at IS NOT NULL AND account = ?1 AND why_text IS NOT NULL ORDER BY due_at, id LIMIT 1"),
        params![account],
        |row| row.get(0),
    )?;
    let failed = tx.query_opt(
        sql!("SELECT at, COALESCE(why_code, ''), COALESCE(why_text, '') FROM message WHERE account = ?1 AND state = 'failed' ORDER BY at DESC, id DESC LIMIT 1"),
        params![account],
        |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
    )?;
    Ok(Standing { waiting, trouble, failed })
}

/// Messages that wait to leave, and those of them that should have left before `before`; both counted up to a thousand.
pub fn outbox_counts(tx: &ReadTx<'_>, before: Timestamp) -> Result<(i64, i64), Fault> {
    let waiting =
        tx.query_one(sql!("SELECT COUNT(*) FROM (SELECT id FROM message WHERE due_at IS NOT NULL LIMIT 1000) m"), params![], |row| {
            row.get(0)
        })?;
    let late = tx.query_one(
        sql!("SELECT COUNT(*) FROM (SELECT id FROM message WHERE due_at IS NOT NULL AND due_at < ?1 LIMIT 1000) m"),
        params![before],
        |row| row.get(0),
    )?;
    Ok((waiting, late))
}
