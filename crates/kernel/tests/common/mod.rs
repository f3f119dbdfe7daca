//! A tiny room for the kernel's own tests.
#![allow(dead_code)]

use kernel::{Fault, Migration, Migrations, Tx, params, sql};

pub const COUNTER: Migrations = Migrations {
    room: "counter",
    steps: &[Migration { name: "0001_counter", text: "CREATE TABLE counter (\n  id TEXT NOT NULL PRIMARY KEY,\n  n INTEGER NOT NULL\n);" }],
};

pub fn add(tx: &mut Tx<'_>, id: &str, n: i64) -> Result<(), Fault> {
    tx.execute(
        sql!("INSERT INTO counter (id, n) VALUES (?1, ?2) ON CONFLICT (id) DO UPDATE SET n = counter.n + excluded.n"),
        params![id, n],
    )
    .map(drop)
}

pub fn count(tx: &kernel::ReadTx<'_>, id: &str) -> Result<i64, Fault> {
    Ok(tx.query_opt(sql!("SELECT n FROM counter WHERE id = ?1"), params![id], |row| row.get(0))?.unwrap_or(0))
}
