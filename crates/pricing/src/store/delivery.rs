//! Ways of delivery and their rules.

use crate::DeliveryMethod;
use kernel::{Fault, Json, ReadTx, Tx, params, sql};
use serde::Serialize;
use serde::de::DeserializeOwned;

pub(crate) fn delivery_methods(tx: &ReadTx<'_>) -> Result<Vec<DeliveryMethod>, Fault> {
    tx.query(sql!("SELECT terms, version FROM delivery_method ORDER BY position, code LIMIT 50"), params![], |row| {
        Ok(DeliveryMethod { version: row.get(1)?, ..row.get::<Json<DeliveryMethod>>(0)?.0 })
    })
}

pub(crate) fn put_delivery_method(tx: &mut Tx<'_>, method: &DeliveryMethod) -> Result<(), Fault> {
    tx.execute(
        sql!(
            "INSERT INTO delivery_method (code, position, version, terms) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT (code) DO UPDATE SET position = excluded.position, version = excluded.version, terms = excluded.terms"
        ),
        params![method.code, method.position, method.version, Json(method)],
    )
    .map(drop)
}

pub(crate) fn remove_delivery_method(tx: &mut Tx<'_>, code: &str) -> Result<(), Fault> {
    tx.execute(sql!("DELETE FROM delivery_method WHERE code = ?1"), params![code]).map(drop)
}

pub(crate) fn delivery_rule<T: DeserializeOwned>(tx: &ReadTx<'_>, name: &str) -> Result<Option<T>, Fault> {
    tx.query_opt(sql!("SELECT rule FROM delivery_rule WHERE name = ?1"), params![name], |row| Ok(row.get::<Json<T>>(0)?.0))
}

pub(crate) fn put_delivery_rule<T: Serialize>(tx: &mut Tx<'_>, name: &str, version: i64, rule: &T) -> Result<(), Fault> {
    tx.execute(
        sql!(
            "INSERT INTO delivery_rule (name, version, rule) VALUES (?1, ?2, ?3)
             ON CONFLICT (name) DO UPDATE SET version = excluded.version, rule = excluded.rule"
        ),
        params![name, version, Json(rule)],
    )
    .map(drop)
}
