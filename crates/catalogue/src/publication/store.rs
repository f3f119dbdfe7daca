//! What is planned.

use super::Planned;
use crate::{ProductId, Status};
use kernel::{Fault, ReadTx, Tx, params, sql};

pub(super) fn put(tx: &mut Tx<'_>, product: ProductId, planned: &Planned) -> Result<(), Fault> {
    tx.execute(
        sql!(
            "INSERT INTO product_plan (product, status, at, planned_by) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT (product, status) DO UPDATE SET at = excluded.at, planned_by = excluded.planned_by"
        ),
        params![product, planned.status, planned.at, planned.planned_by],
    )
    .map(drop)
}

pub(super) fn delete(tx: &mut Tx<'_>, product: ProductId, status: Status) -> Result<(), Fault> {
    tx.execute(sql!("DELETE FROM product_plan WHERE product = ?1 AND status = ?2"), params![product, status]).map(drop)
}

pub(super) fn of_product(tx: &ReadTx<'_>, product: ProductId) -> Result<Vec<Planned>, Fault> {
    tx.query(
        sql!("SELECT status, at, planned_by FROM product_plan WHERE product = ?1 ORDER BY at, status LIMIT 2"),
        params![product],
        |row| Ok(Planned { status: row.get(0)?, at: row.get(1)?, planned_by: row.get(2)? }),
    )
}
