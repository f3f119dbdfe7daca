//! Every SQL text about visits and comments.

use super::note::VisitId;
use super::{Comment, Looked, PageKind};
use crate::PersonId;
use kernel::{Fault, Json, ProfileId, ReadTx, Row, Timestamp, Tx, params, sql};

pub(super) struct Visit {
    pub id: VisitId,
    pub last_at: Timestamp,
    pub pages: i64,
}

pub(super) fn latest(tx: &ReadTx<'_>, profile: ProfileId) -> Result<Option<Visit>, Fault> {
    tx.query_opt(
        sql!("SELECT id, last_at, pages FROM visit WHERE profile_id = ?1 ORDER BY last_at DESC, id DESC LIMIT 1"),
        params![profile],
        |row| Ok(Visit { id: row.get(0)?, last_at: row.get(1)?, pages: row.get(2)? }),
    )
}

pub(super) fn insert(tx: &mut Tx<'_>, id: VisitId, profile: ProfileId, now: Timestamp) -> Result<(), Fault> {
    tx.execute(sql!("INSERT INTO visit (id, profile_id, began_at, last_at, pages) VALUES (?1, ?2, ?3, ?3, 0)"), params![id, profile, now])
        .map(drop)
}

pub(super) fn touch(tx: &mut Tx<'_>, id: VisitId, now: Timestamp, pages: i64) -> Result<(), Fault> {
    tx.execute(sql!("UPDATE visit SET last_at = ?2, pages = pages + ?3 WHERE id = ?1"), params![id, now, pages]).map(drop)
}

pub(super) fn has_page(tx: &ReadTx<'_>, visit: VisitId, page: PageKind, product: &str) -> Result<bool, Fault> {
    let found = tx.query_opt(
        sql!("SELECT 1 FROM visit_page WHERE visit_id = ?1 AND page = ?2 AND product = ?3"),
        params![visit, page, product],
        |row| row.get::<i64>(0),
    )?;
    Ok(found.is_some())
}

pub(super) fn insert_page(tx: &mut Tx<'_>, visit: VisitId, page: PageKind, product: &str, now: Timestamp) -> Result<(), Fault> {
    tx.execute(
        sql!(
            "INSERT INTO visit_page (visit_id, page, product, first_at) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT (visit_id, page, product) DO NOTHING"
        ),
        params![visit, page, product, now],
    )
    .map(drop)
}

pub(super) fn older_than(tx: &ReadTx<'_>, before: Timestamp, limit: i64) -> Result<Vec<VisitId>, Fault> {
    tx.query(sql!("SELECT id FROM visit WHERE last_at < ?1 ORDER BY last_at, id LIMIT ?2"), params![before, limit], |row| row.get(0))
}

pub(super) fn remove(tx: &mut Tx<'_>, visit: VisitId) -> Result<(), Fault> {
    tx.execute(sql!("DELETE FROM visit_page WHERE visit_id = ?1"), params![visit])?;
    tx.execute(sql!("DELETE FROM visit WHERE id = ?1"), params![visit]).map(drop)
}

/// Visits and comments of one profile.
pub(crate) fn forget_profile(tx: &mut Tx<'_>, profile: ProfileId) -> Result<(), Fault> {
    tx.execute(sql!("DELETE FROM visit_page WHERE visit_id IN (SELECT id FROM visit WHERE profile_id = ?1)"), params![profile])?;
    tx.execute(sql!("DELETE FROM visit WHERE profile_id = ?1"), params![profile])?;
    tx.execute(sql!("DELETE FROM public_comment WHERE profile_id = ?1"), params![profile]).map(drop)
}

/// Products on the pages of a person's visits, the latest first.
pub(super) fn products(tx: &ReadTx<'_>, person: PersonId, limit: i64) -> Result<Vec<Looked>, Fault> {
    tx.query(
        sql!(
            "SELECT s.product, s.first_at FROM profile p JOIN visit v ON v.profile_id = p.id
               JOIN visit_page s ON s.visit_id = v.id AND s.page = 'product'
              WHERE p.person_id = ?1 ORDER BY s.first_at DESC, s.product LIMIT ?2"
        ),
        params![person, limit],
        |row| Ok(Looked { product: row.get(0)?, at: row.get(1)? }),
    )
}

fn read_comment(row: &Row<'_>) -> Result<Comment, Fault> {
    let Json(products) = row.get(4)?;
    Ok(Comment { url: row.get(0)?, profile: row.get(1)?, handle: row.get(2)?, text: row.get(3)?, products, at: row.get(5)? })
}

pub(super) fn comment(tx: &ReadTx<'_>, url: &str) -> Result<Option<Comment>, Fault> {
    tx.query_opt(sql!("SELECT url, profile_id, handle, text, products, at FROM public_comment WHERE url = ?1"), params![url], read_comment)
}

pub(super) fn insert_comment(tx: &mut Tx<'_>, new: &Comment) -> Result<(), Fault> {
    tx.execute(
        sql!("INSERT INTO public_comment (url, profile_id, handle, text, products, at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)"),
        params![new.url, new.profile, new.handle, new.text, Json(&new.products), new.at],
    )
    .map(drop)
}

pub(super) fn comments(tx: &ReadTx<'_>, person: PersonId, limit: i64) -> Result<Vec<Comment>, Fault> {
    tx.query(
        sql!(
            "SELECT c.url, c.profile_id, c.handle, c.text, c.products, c.at FROM profile p JOIN public_comment c ON c.profile_id = p.id
              WHERE p.person_id = ?1 ORDER BY c.at DESC, c.url LIMIT ?2"
        ),
        params![person, limit],
        read_comment,
    )
}
