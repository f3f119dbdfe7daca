//! Who else has a matter open, and who is writing: so that two colleagues do not answer one customer.

use crate::MatterId;
use kernel::{Fault, ReadTx, StaffId, Tx, params, sql};
use std::time::Duration;

/// Without another sign for so long somebody has gone.
const LASTS: Duration = Duration::from_secs(60);

/// A colleague with the matter open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Viewer {
    /// Who.
    pub staff: StaffId,
    /// They are writing.
    pub writes: bool,
}

/// Note that somebody has a matter open. Answers whether the others see a difference.
pub fn look_at(tx: &mut Tx<'_>, matter: MatterId, staff: StaffId, writes: bool) -> Result<bool, Fault> {
    let was = viewers(tx, matter)?.into_iter().find(|viewer| viewer.staff == staff);
    let now = tx.now();
    tx.execute(sql!("DELETE FROM viewing WHERE matter = ?1 AND at < ?2"), params![matter, now.minus(LASTS)])?;
    tx.execute(
        sql!(
            "INSERT INTO viewing (matter, staff, writes, at) VALUES (?1, ?2, ?3, ?4)
              ON CONFLICT (matter, staff) DO UPDATE SET writes = excluded.writes, at = excluded.at"
        ),
        params![matter, staff, writes, now],
    )?;
    Ok(was != Some(Viewer { staff, writes }))
}

/// Who has a matter open now, at most 20.
pub fn viewers(tx: &ReadTx<'_>, matter: MatterId) -> Result<Vec<Viewer>, Fault> {
    tx.query(
        sql!("SELECT staff, writes FROM viewing WHERE matter = ?1 AND at >= ?2 ORDER BY staff LIMIT 20"),
        params![matter, tx.now().minus(LASTS)],
        |row| Ok(Viewer { staff: row.get(0)?, writes: row.get(1)? }),
    )
}
