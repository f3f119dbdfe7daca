//! The files of pictures.

use super::prepare::Made;
use super::{PictureSize, StoredPicture};
use kernel::{Fault, ReadTx, Tx, params, sql};

pub(super) fn put(tx: &mut Tx<'_>, hash: &str, size: PictureSize, made: &Made) -> Result<(), Fault> {
    let now = tx.now();
    tx.execute(
        sql!(
            "INSERT INTO picture (hash, size, content_type, width, height, bytes, created_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
             ON CONFLICT (hash, size) DO NOTHING"
        ),
        params![hash, size, made.content_type, i64::from(made.width), i64::from(made.height), made.bytes, now],
    )
    .map(drop)
}

pub(super) fn get(tx: &ReadTx<'_>, hash: &str, size: PictureSize) -> Result<Option<StoredPicture>, Fault> {
    tx.query_opt(sql!("SELECT content_type, bytes FROM picture WHERE hash = ?1 AND size = ?2"), params![hash, size], |row| {
        Ok(StoredPicture { content_type: row.get(0)?, bytes: row.get(1)? })
    })
}
