//! Every SQL text of this room. A balance is changed by one statement with its condition in the WHERE clause.

use crate::{Account, AccountName, Balance, Entry, Hold, HoldId, HoldRecord, HoldState, LedgerError, StatementLine, TransferId};
use kernel::{Fault, ReadTx, Row, Timestamp, Tx, params, sql};

/// False when the key had acted before.
pub(crate) fn insert_transfer(tx: &mut Tx<'_>, id: TransferId, key: &str, reason: &str) -> Result<bool, Fault> {
    let at = tx.now();
    let statement = sql!("INSERT INTO ledger_transfer (id, key, reason, at) VALUES (?1, ?2, ?3, ?4) ON CONFLICT (key) DO NOTHING");
    Ok(tx.execute(statement, params![id, key, reason, at])? == 1)
}

pub(crate) fn transfer_by_key(tx: &ReadTx<'_>, key: &str) -> Result<TransferId, Fault> {
    tx.query_one(sql!("SELECT id FROM ledger_transfer WHERE key = ?1"), params![key], |row| row.get(0))
}

pub(crate) fn delete_transfer(tx: &mut Tx<'_>, id: TransferId) -> Result<(), Fault> {
    tx.execute(sql!("DELETE FROM ledger_transfer WHERE id = ?1"), params![id]).map(drop)
}

/// Two rows at a time: most transfers have two entries.
pub(crate) fn insert_postings(tx: &mut Tx<'_>, id: TransferId, entries: &[Entry]) -> Result<(), Fault> {
    for pair in entries.chunks(2) {
        match pair {
            [a, b] => tx.execute(
                sql!("INSERT INTO ledger_posting (account, transfer, amount) VALUES (?1, ?2, ?3), (?4, ?2, ?5)"),
                params![a.account, id, a.amount, b.account, b.amount],
            )?,
            [a] => tx.execute(
                sql!("INSERT INTO ledger_posting (account, transfer, amount) VALUES (?1, ?2, ?3)"),
                params![a.account, id, a.amount],
            )?,
            _ => 0,
        };
    }
    Ok(())
}

/// Change what is posted; false when the account has not that much to give.
pub(crate) fn change(tx: &mut Tx<'_>, name: &AccountName, unit: &str, amount: i64) -> Result<bool, Fault> {
    let grows = amount > 0 || name.may_be_negative();
    let changed = if grows {
        tx.execute(
            sql!(
                "INSERT INTO ledger_account (name, parent, unit, may_be_negative, posted, held) VALUES (?1, ?2, ?3, ?4, ?5, 0)
                  ON CONFLICT (name) DO UPDATE SET posted = ledger_account.posted + excluded.posted
                  WHERE ledger_account.unit = excluded.unit"
            ),
            params![name, name.parent(), unit, name.may_be_negative(), amount],
        )?
    } else {
        tx.execute(
            sql!("UPDATE ledger_account SET posted = posted + ?2 WHERE name = ?1 AND unit = ?3 AND posted + ?2 >= held"),
            params![name, amount, unit],
        )?
    };
    if changed == 0
        && let Some(kept) = account(tx, name)?.filter(|a| a.unit != unit)
    {
        return Err(Fault::data(format!("{name} is kept in {}, not in {unit}", kept.unit)));
    }
    Ok(changed == 1)
}

/// Take back a change made a moment ago in the same transaction.
pub(crate) fn undo_change(tx: &mut Tx<'_>, name: &AccountName, amount: i64) -> Result<(), Fault> {
    tx.execute(sql!("UPDATE ledger_account SET posted = posted - ?2 WHERE name = ?1"), params![name, amount]).map(drop)
}

/// Hold `amount` if `leave` stays besides; the unit and the balance after it.
pub(crate) fn set_aside(tx: &mut Tx<'_>, name: &AccountName, amount: i64, leave: i64) -> Result<Option<(String, Balance)>, Fault> {
    let rows = tx.write_query(
        sql!(
            "UPDATE ledger_account SET held = held + ?2
              WHERE name = ?1 AND (may_be_negative = 1 OR posted - held >= CAST(?2 AS BIGINT) + CAST(?3 AS BIGINT))
              RETURNING unit, posted, held"
        ),
        params![name, amount, leave],
        |row| Ok((row.get(0)?, Balance { posted: row.get(1)?, held: row.get(2)? })),
    )?;
    Ok(rows.into_iter().next())
}

/// Give back what was held.
pub(crate) fn put_back(tx: &mut Tx<'_>, name: &AccountName, amount: i64) -> Result<(), Fault> {
    tx.execute(sql!("UPDATE ledger_account SET held = held - ?2 WHERE name = ?1"), params![name, amount]).map(drop)
}

/// Post `amount` out of an account and give back the `held` that covered it.
pub(crate) fn spend(tx: &mut Tx<'_>, name: &AccountName, amount: i64, held: i64) -> Result<(), Fault> {
    tx.execute(sql!("UPDATE ledger_account SET posted = posted - ?2, held = held - ?3 WHERE name = ?1"), params![name, amount, held])
        .map(drop)
}

/// False when the key had acted before.
pub(crate) fn insert_hold(tx: &mut Tx<'_>, id: HoldId, hold: &Hold, unit: &str) -> Result<bool, Fault> {
    let now = tx.now();
    let inserted = tx.execute(
        sql!(
            "INSERT INTO ledger_hold (id, key, account, unit, amount, reason, state, expires_at, created_at)
              VALUES (?1, ?2, ?3, ?4, ?5, ?6, 'open', ?7, ?8) ON CONFLICT (key) DO NOTHING"
        ),
        params![id, hold.key, hold.account, unit, hold.amount, hold.reason, hold.expires_at, now],
    )?;
    Ok(inserted == 1)
}

pub(crate) fn hold_by_key(tx: &ReadTx<'_>, key: &str) -> Result<Option<HoldId>, Fault> {
    tx.query_opt(sql!("SELECT id FROM ledger_hold WHERE key = ?1"), params![key], |row| row.get(0))
}

/// What an ended hold leaves to its command.
pub(crate) struct Ended {
    pub(crate) account: AccountName,
    pub(crate) unit: String,
    pub(crate) amount: i64,
    pub(crate) reason: String,
    pub(crate) expires_at: Option<Timestamp>,
}

fn ended(row: &Row<'_>) -> Result<Ended, Fault> {
    Ok(Ended { account: row.get(0)?, unit: row.get(1)?, amount: row.get(2)?, reason: row.get(3)?, expires_at: row.get(4)? })
}

/// End an open hold by committing it, if it is large enough.
pub(crate) fn take_hold(tx: &mut Tx<'_>, id: HoldId, transfer: TransferId, amount: Option<i64>) -> Result<Option<Ended>, Fault> {
    let rows = tx.write_query(
        sql!(
            "UPDATE ledger_hold SET state = 'committed', transfer = ?2
              WHERE id = ?1 AND state = 'open' AND amount >= COALESCE(CAST(?3 AS BIGINT), amount)
              RETURNING account, unit, amount, reason, expires_at"
        ),
        params![id, transfer, amount],
        ended,
    )?;
    Ok(rows.into_iter().next())
}

/// End an open hold without a posting.
pub(crate) fn end_hold(tx: &mut Tx<'_>, id: HoldId, state: HoldState) -> Result<Option<Ended>, Fault> {
    let rows = tx.write_query(
        sql!("UPDATE ledger_hold SET state = ?2 WHERE id = ?1 AND state = 'open' RETURNING account, unit, amount, reason, expires_at"),
        params![id, state],
        ended,
    )?;
    Ok(rows.into_iter().next())
}

pub(crate) fn move_end(tx: &mut Tx<'_>, id: HoldId, expires_at: Option<Timestamp>) -> Result<bool, Fault> {
    let statement = sql!("UPDATE ledger_hold SET expires_at = ?2 WHERE id = ?1 AND state = 'open'");
    Ok(tx.execute(statement, params![id, expires_at])? == 1)
}

/// An open hold is one on another account from now on.
pub(crate) fn move_hold(tx: &mut Tx<'_>, id: HoldId, to: &AccountName) -> Result<(), Fault> {
    tx.execute(sql!("UPDATE ledger_hold SET account = ?2 WHERE id = ?1 AND state = 'open'"), params![id, to]).map(drop)
}

pub(crate) fn account(tx: &ReadTx<'_>, name: &AccountName) -> Result<Option<Account>, Fault> {
    tx.query_opt(sql!("SELECT name, unit, posted, held FROM ledger_account WHERE name = ?1"), params![name], account_row)
}

fn account_row(row: &Row<'_>) -> Result<Account, Fault> {
    Ok(Account { name: row.get(0)?, unit: row.get(1)?, balance: Balance { posted: row.get(2)?, held: row.get(3)? } })
}

/// Why `name` could not give what was asked.
pub(crate) fn insufficient(tx: &ReadTx<'_>, name: &AccountName) -> Result<LedgerError, Fault> {
    let available = account(tx, name)?.map_or(0, |a| a.balance.available()).max(0);
    Ok(LedgerError::Insufficient { account: name.clone(), available })
}

/// The portable subset has no arrays: the parents travel as one text, each padded to the width of the widest.
pub(crate) fn accounts_under(tx: &ReadTx<'_>, parents: &[String]) -> Result<Vec<Account>, Fault> {
    let width = parents.iter().map(|p| p.chars().count()).max().unwrap_or(0);
    if width == 0 {
        return Ok(Vec::new());
    }
    let text: String = parents.iter().map(|p| format!("{p:<width$}")).collect();
    tx.query(
        sql!(
            "WITH RECURSIVE place (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM place WHERE n + 1 < ?3),
                  wanted (parent) AS (SELECT DISTINCT rtrim(substr(CAST(?1 AS TEXT), n * ?2 + 1, ?2)) FROM place)
             SELECT a.name, a.unit, a.posted, a.held FROM wanted w JOIN ledger_account a ON a.parent = w.parent ORDER BY a.name"
        ),
        params![text, width as i64, parents.len() as i64],
        account_row,
    )
}

pub(crate) fn free_under(tx: &ReadTx<'_>, parent: &str, at_least: i64, limit: i64) -> Result<Vec<Account>, Fault> {
    tx.query(
        sql!(
            "SELECT name, unit, posted, held FROM ledger_account WHERE parent = ?1 AND posted - held >= ?2
              ORDER BY name LIMIT ?3"
        ),
        params![parent, at_least, limit],
        account_row,
    )
}

/// As the parents of [`accounts_under`].
pub(crate) fn accounts(tx: &ReadTx<'_>, names: &[AccountName]) -> Result<Vec<Account>, Fault> {
    let width = names.iter().map(|name| name.as_str().chars().count()).max().unwrap_or(0);
    if width == 0 {
        return Ok(Vec::new());
    }
    let text: String = names.iter().map(|name| format!("{:<width$}", name.as_str())).collect();
    tx.query(
        sql!(
            "WITH RECURSIVE place (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM place WHERE n + 1 < ?3),
                  wanted (name) AS (SELECT DISTINCT rtrim(substr(CAST(?1 AS TEXT), n * ?2 + 1, ?2)) FROM place)
             SELECT a.name, a.unit, a.posted, a.held FROM wanted w JOIN ledger_account a ON a.name = w.name ORDER BY a.name"
        ),
        params![text, width as i64, names.len() as i64],
        account_row,
    )
}

pub(crate) fn lowest(tx: &ReadTx<'_>, pattern: &str, at_most: i64, limit: i64) -> Result<Vec<Account>, Fault> {
    tx.query(
        sql!(
            "SELECT name, unit, posted, held FROM ledger_account WHERE name LIKE ?1 AND posted - held <= ?2
              ORDER BY posted - held, name LIMIT ?3"
        ),
        params![pattern, at_most, limit],
        account_row,
    )
}

pub(crate) fn statement(tx: &ReadTx<'_>, name: &AccountName, before: Option<TransferId>, limit: i64) -> Result<Vec<StatementLine>, Fault> {
    let line = |row: &Row<'_>| {
        Ok(StatementLine { transfer: row.get(0)?, key: row.get(1)?, reason: row.get(2)?, at: row.get(3)?, amount: row.get(4)? })
    };
    tx.query(
        sql!(
            "SELECT p.transfer, t.key, t.reason, t.at, p.amount FROM ledger_posting p JOIN ledger_transfer t ON t.id = p.transfer
              WHERE p.account = ?1 AND (CAST(?2 AS TEXT) IS NULL OR p.transfer < ?2) ORDER BY p.transfer DESC LIMIT ?3"
        ),
        params![name, before, limit],
        line,
    )
}

/// The sum of the postings after a transfer, of those of these accounts that have any. Names travel as those of [`accounts`].
pub(crate) fn moved_since(tx: &ReadTx<'_>, names: &[AccountName], since: TransferId) -> Result<Vec<(AccountName, i64)>, Fault> {
    let width = names.iter().map(|name| name.as_str().chars().count()).max().unwrap_or(0);
    if width == 0 {
        return Ok(Vec::new());
    }
    let text: String = names.iter().map(|name| format!("{:<width$}", name.as_str())).collect();
    tx.query(
        sql!(
            "WITH RECURSIVE place (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM place WHERE n + 1 < ?3),
                  wanted (name) AS (SELECT DISTINCT rtrim(substr(CAST(?1 AS TEXT), n * ?2 + 1, ?2)) FROM place)
             SELECT p.account, CAST(SUM(p.amount) AS BIGINT) FROM wanted w JOIN ledger_posting p ON p.account = w.name AND p.transfer > ?4
              GROUP BY p.account ORDER BY p.account"
        ),
        params![text, width as i64, names.len() as i64, since],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )
}

fn hold_row(row: &Row<'_>) -> Result<HoldRecord, Fault> {
    Ok(HoldRecord {
        id: row.get(0)?,
        key: row.get(1)?,
        account: row.get(2)?,
        unit: row.get(3)?,
        amount: row.get(4)?,
        reason: row.get(5)?,
        state: row.get(6)?,
        expires_at: row.get(7)?,
        created_at: row.get(8)?,
        transfer: row.get(9)?,
    })
}

pub(crate) fn hold(tx: &ReadTx<'_>, id: HoldId) -> Result<Option<HoldRecord>, Fault> {
    tx.query_opt(
        sql!("SELECT id, key, account, unit, amount, reason, state, expires_at, created_at, transfer FROM ledger_hold WHERE id = ?1"),
        params![id],
        hold_row,
    )
}

pub(crate) fn open_holds(tx: &ReadTx<'_>, name: &AccountName, after: Option<HoldId>, limit: i64) -> Result<Vec<HoldRecord>, Fault> {
    tx.query(
        sql!(
            "SELECT id, key, account, unit, amount, reason, state, expires_at, created_at, transfer FROM ledger_hold
              WHERE account = ?1 AND state = 'open' AND (CAST(?2 AS TEXT) IS NULL OR id > ?2) ORDER BY id LIMIT ?3"
        ),
        params![name, after, limit],
        hold_row,
    )
}

pub(crate) fn imbalance(tx: &ReadTx<'_>) -> Result<Vec<(String, i64)>, Fault> {
    tx.query(
        sql!("SELECT unit, CAST(SUM(posted) AS BIGINT) FROM ledger_account GROUP BY unit HAVING CAST(SUM(posted) AS BIGINT) <> 0 ORDER BY unit"),
        params![],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )
}

pub(crate) fn discrepancies(tx: &ReadTx<'_>, limit: i64) -> Result<Vec<AccountName>, Fault> {
    tx.query(
        sql!(
            "SELECT a.name FROM ledger_account a
               LEFT JOIN (SELECT account, CAST(SUM(amount) AS BIGINT) AS amount FROM ledger_posting GROUP BY account) p ON p.account = a.name
               LEFT JOIN (SELECT account, CAST(SUM(amount) AS BIGINT) AS amount FROM ledger_hold WHERE state = 'open' GROUP BY account) h
                 ON h.account = a.name
              WHERE a.posted <> COALESCE(p.amount, 0) OR a.held <> COALESCE(h.amount, 0) ORDER BY a.name LIMIT ?1"
        ),
        params![limit],
        |row| row.get(0),
    )
}
