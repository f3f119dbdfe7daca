//! Every SQL text about versions.

use super::{FieldChange, Version};
use crate::{Product, ProductId};
use kernel::{Actor, Fault, Json, ReadTx, Tx, params, sql};

pub(crate) fn insert(tx: &mut Tx<'_>, actor: &Actor, product: &Product, changes: &[FieldChange]) -> Result<(), Fault> {
    tx.execute(
        sql!("INSERT INTO product_version (product, version, saved_at, saved_by, changes) VALUES (?1, ?2, ?3, ?4, ?5)"),
        params![product.id, product.version, product.updated_at, actor.to_string(), Json(changes)],
    )
    .map(drop)
}

pub(super) fn mark_restored(tx: &mut Tx<'_>, product: ProductId, version: i64, restored: i64) -> Result<(), Fault> {
    tx.execute(sql!("UPDATE product_version SET restored = ?3 WHERE product = ?1 AND version = ?2"), params![product, version, restored])
        .map(drop)
}

/// Versions above the first and below the second of `span`, newest first.
pub(super) fn between(tx: &ReadTx<'_>, product: ProductId, span: (i64, i64), limit: i64) -> Result<Vec<Version>, Fault> {
    tx.query(
        sql!(
            "SELECT version, saved_at, saved_by, restored, changes
               FROM product_version WHERE product = ?1 AND version > ?2 AND version < ?3 ORDER BY version DESC LIMIT ?4"
        ),
        params![product, span.0, span.1, limit],
        |row| {
            Ok(Version {
                version: row.get(0)?,
                saved_at: row.get(1)?,
                saved_by: row.get(2)?,
                restored: row.get(3)?,
                changes: row.get::<Json<_>>(4)?.0,
            })
        },
    )
}
