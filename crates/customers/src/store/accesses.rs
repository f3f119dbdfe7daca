//! Who opened whose record, and who was erased.

use crate::Access;
use kernel::{Fault, Json, ProfileId, ReadTx, Row, Timestamp, Tx, params, sql};

pub(crate) fn is_noted(tx: &ReadTx<'_>, profile: ProfileId, actor: &str, hour: i64) -> Result<bool, Fault> {
    let one = sql!("SELECT at FROM record_access WHERE profile_id = ?1 AND actor = ?2 AND hour = ?3");
    Ok(tx.query_opt(one, params![profile, actor, hour], |row| row.get::<Timestamp>(0))?.is_some())
}

pub(crate) fn add(tx: &mut Tx<'_>, access: &Access, hour: i64) -> Result<(), Fault> {
    tx.execute(
        sql!(
            "INSERT INTO record_access (profile_id, actor, hour, door, at) VALUES (?1, ?2, ?3, ?4, ?5)
             ON CONFLICT (profile_id, actor, hour) DO NOTHING"
        ),
        params![access.profile, access.actor, hour, access.door, access.at],
    )
    .map(drop)
}

pub(crate) fn of_profile(tx: &ReadTx<'_>, profile: ProfileId, limit: i64) -> Result<Vec<Access>, Fault> {
    tx.query(
        sql!("SELECT profile_id, actor, door, at FROM record_access WHERE profile_id = ?1 ORDER BY at DESC, actor DESC LIMIT ?2"),
        params![profile, limit],
        access,
    )
}

pub(crate) fn latest(tx: &ReadTx<'_>, limit: i64) -> Result<Vec<Access>, Fault> {
    tx.query(
        sql!("SELECT profile_id, actor, door, at FROM record_access ORDER BY at DESC, profile_id DESC, actor DESC LIMIT ?1"),
        params![limit],
        access,
    )
}

fn access(row: &Row<'_>) -> Result<Access, Fault> {
    Ok(Access { profile: row.get(0)?, actor: row.get(1)?, door: row.get(2)?, at: row.get(3)? })
}

pub(crate) fn add_erasure(tx: &mut Tx<'_>, profile: ProfileId, actor: &str, report: &serde_json::Value) -> Result<(), Fault> {
    let now = tx.now();
    tx.execute(
        sql!(
            "INSERT INTO erasure (profile_id, at, actor, report) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT (profile_id) DO UPDATE SET at = excluded.at, actor = excluded.actor, report = excluded.report"
        ),
        params![profile, now, actor, Json(report)],
    )
    .map(drop)
}

pub(crate) fn erasure_of(tx: &ReadTx<'_>, profile: ProfileId) -> Result<Option<(Timestamp, serde_json::Value)>, Fault> {
    tx.query_opt(sql!("SELECT at, report FROM erasure WHERE profile_id = ?1"), params![profile], |row| {
        let Json(report) = row.get(1)?;
        Ok((row.get(0)?, report))
    })
}
