//! Which products a list shows: ids and their sort key, by index. The cards are read afterwards, in one statement.

use crate::{ListFilter, ProductId, Status};
use kernel::{Fault, ReadTx, Row, Timestamp, params, sql};

fn id_and_time(row: &Row<'_>) -> Result<(ProductId, Timestamp), Fault> {
    Ok((row.get(0)?, row.get(1)?))
}

fn id_and_title(row: &Row<'_>) -> Result<(ProductId, String), Fault> {
    Ok((row.get(0)?, row.get(1)?))
}

/// Newest first, older than `(at, id)`.
pub(crate) fn newest_ids(
    tx: &ReadTx<'_>,
    filter: &ListFilter,
    (at, id): (Timestamp, ProductId),
    limit: i64,
) -> Result<Vec<(ProductId, Timestamp)>, Fault> {
    let (status, category, tag) = (filter.status, filter.category.as_deref(), filter.tag.as_deref());
    match (category, tag) {
        (None, None) => tx.query(
            sql!(
                "SELECT id, created_at FROM product WHERE status = ?1 AND (created_at, id) < (?2, ?3)
                  ORDER BY created_at DESC, id DESC LIMIT ?4"
            ),
            params![status, at, id, limit],
            id_and_time,
        ),
        (Some(category), None) => tx.query(
            sql!(
                "SELECT id, created_at FROM product WHERE status = ?1 AND category_key = ?2 AND (created_at, id) < (?3, ?4)
                  ORDER BY created_at DESC, id DESC LIMIT ?5"
            ),
            params![status, category, at, id, limit],
            id_and_time,
        ),
        (category, Some(tag)) => tx.query(
            sql!(
                "SELECT p.id, p.created_at FROM product_tag t JOIN product p ON p.id = t.product
                  WHERE t.tag = ?1 AND p.status = ?2 AND (CAST(?3 AS TEXT) IS NULL OR p.category_key = ?3) AND (p.created_at, p.id) < (?4, ?5)
                  ORDER BY p.created_at DESC, p.id DESC LIMIT ?6"
            ),
            params![crate::fold(tag), status, category, at, id, limit],
            id_and_time,
        ),
    }
}

/// By title, after `(title_key, id)`.
pub(crate) fn title_ids(
    tx: &ReadTx<'_>,
    filter: &ListFilter,
    (title, id): (&str, ProductId),
    limit: i64,
) -> Result<Vec<(ProductId, String)>, Fault> {
    let (status, category, tag) = (filter.status, filter.category.as_deref(), filter.tag.as_deref());
    match (category, tag) {
        (None, None) => tx.query(
            sql!(
                "SELECT id, title_key FROM product WHERE status = ?1 AND (title_key, id) > (?2, ?3)
                  ORDER BY title_key, id LIMIT ?4"
            ),
            params![status, title, id, limit],
            id_and_title,
        ),
        (Some(category), None) => tx.query(
            sql!(
                "SELECT id, title_key FROM product WHERE status = ?1 AND category_key = ?2 AND (title_key, id) > (?3, ?4)
                  ORDER BY title_key, id LIMIT ?5"
            ),
            params![status, category, title, id, limit],
            id_and_title,
        ),
        (category, Some(tag)) => tx.query(
            sql!(
                "SELECT p.id, p.title_key FROM product_tag t JOIN product p ON p.id = t.product
                  WHERE t.tag = ?1 AND p.status = ?2 AND (CAST(?3 AS TEXT) IS NULL OR p.category_key = ?3) AND (p.title_key, p.id) > (?4, ?5)
                  ORDER BY p.title_key, p.id LIMIT ?6"
            ),
            params![crate::fold(tag), status, category, title, id, limit],
            id_and_title,
        ),
    }
}

/// For staff: any status, last touched first, holding each of the first four words of `text` somewhere in names and SKUs.
pub(crate) fn staff_ids(
    tx: &ReadTx<'_>,
    (status, category, text): (Option<Status>, Option<&str>, Option<&str>),
    (at, id): (Timestamp, ProductId),
    limit: i64,
) -> Result<Vec<(ProductId, Timestamp)>, Fault> {
    let folded = crate::fold(text.unwrap_or_default());
    let mut words = folded.split_whitespace().map(|word| format!("%{}%", word.replace('!', "!!").replace('%', "!%").replace('_', "!_")));
    let (one, two, three, four) = (words.next(), words.next(), words.next(), words.next());
    tx.query(
        sql!(
            "SELECT id, updated_at FROM product
              WHERE (updated_at, id) < (?1, ?2) AND (CAST(?3 AS TEXT) IS NULL OR status = ?3) AND (CAST(?4 AS TEXT) IS NULL OR category_key = ?4)
                AND (CAST(?5 AS TEXT) IS NULL OR search_key LIKE ?5 ESCAPE '!') AND (CAST(?6 AS TEXT) IS NULL OR search_key LIKE ?6 ESCAPE '!')
                AND (CAST(?7 AS TEXT) IS NULL OR search_key LIKE ?7 ESCAPE '!') AND (CAST(?8 AS TEXT) IS NULL OR search_key LIKE ?8 ESCAPE '!')
              ORDER BY updated_at DESC, id DESC LIMIT ?9"
        ),
        params![at, id, status, category, one, two, three, four, limit],
        id_and_time,
    )
}
