//! Every SQL text about collections.

use super::model::{Collection, CollectionState, UNPINNED};
use super::rule::{Facts, Member};
use super::{CollectionId, Rule};
use crate::store::{MANY, padded};
use crate::text::fold;
use crate::{Localised, ProductId};
use kernel::{Bind, Fault, Json, ReadTx, Row, Timestamp, Tx, params, sql};

/// Where a page of members goes on.
pub(super) struct Place {
    pub(super) product: ProductId,
    pub(super) place: i64,
    pub(super) rank: i64,
    pub(super) title_key: String,
}

impl Place {
    /// Before all.
    pub(super) fn first() -> Self {
        Place { product: ProductId::nil(), place: -1, rank: i64::MIN, title_key: String::new() }
    }
}

fn read(row: &Row<'_>) -> Result<Collection, Fault> {
    Ok(Collection {
        id: row.get(0)?,
        slug: row.get(1)?,
        name: Localised { es: row.get(2)?, en: row.get(3)? },
        text: Localised { es: row.get(4)?, en: row.get(5)? },
        rule: Rule { conditions: row.get::<Json<_>>(6)?.0, order: row.get(7)? },
        state: row.get(8)?,
        version: row.get(9)?,
        created_at: row.get(10)?,
        updated_at: row.get(11)?,
    })
}

pub(super) fn by_id(tx: &ReadTx<'_>, id: CollectionId) -> Result<Option<Collection>, Fault> {
    tx.query_opt(
        sql!(
            "SELECT id, slug, name_es, name_en, text_es, text_en, conditions, sorted, state, version, created_at, updated_at
               FROM collection WHERE id = ?1"
        ),
        params![id],
        read,
    )
}

pub(super) fn by_slug(tx: &ReadTx<'_>, slug: &str) -> Result<Option<Collection>, Fault> {
    tx.query_opt(
        sql!(
            "SELECT id, slug, name_es, name_en, text_es, text_en, conditions, sorted, state, version, created_at, updated_at
               FROM collection WHERE slug = ?1"
        ),
        params![slug],
        read,
    )
}

pub(super) fn by_intent(tx: &ReadTx<'_>, intent: &str) -> Result<Option<Collection>, Fault> {
    tx.query_opt(
        sql!(
            "SELECT id, slug, name_es, name_en, text_es, text_en, conditions, sorted, state, version, created_at, updated_at
               FROM collection WHERE intent = ?1"
        ),
        params![intent],
        read,
    )
}

/// By name.
pub(super) fn all(tx: &ReadTx<'_>, limit: i64) -> Result<Vec<Collection>, Fault> {
    tx.query(
        sql!(
            "SELECT id, slug, name_es, name_en, text_es, text_en, conditions, sorted, state, version, created_at, updated_at
               FROM collection ORDER BY name_key, id LIMIT ?1"
        ),
        params![limit],
        read,
    )
}

fn name_key(collection: &Collection) -> String {
    fold(collection.name.get(kernel::Locale::Es))
}

pub(super) fn insert(tx: &mut Tx<'_>, intent: &str, c: &Collection) -> Result<(), Fault> {
    tx.execute(
        sql!(
            "INSERT INTO collection (id, intent, slug, name_es, name_en, text_es, text_en, name_key, conditions, sorted, state, version,
                    created_at, updated_at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)"
        ),
        params![
            c.id,
            intent,
            c.slug,
            c.name.es,
            c.name.en,
            c.text.es,
            c.text.en,
            name_key(c),
            Json(&c.rule.conditions),
            c.rule.order,
            c.state,
            c.version,
            c.created_at,
            c.updated_at
        ],
    )
    .map(drop)
}

pub(super) fn save(tx: &mut Tx<'_>, c: &Collection) -> Result<(), Fault> {
    tx.execute(
        sql!(
            "UPDATE collection SET slug = ?2, name_es = ?3, name_en = ?4, text_es = ?5, text_en = ?6, name_key = ?7, conditions = ?8,
                    sorted = ?9, version = ?10, updated_at = ?11 WHERE id = ?1"
        ),
        params![
            c.id,
            c.slug,
            c.name.es,
            c.name.en,
            c.text.es,
            c.text.en,
            name_key(c),
            Json(&c.rule.conditions),
            c.rule.order,
            c.version,
            c.updated_at
        ],
    )
    .map(drop)
}

pub(super) fn set_state(tx: &mut Tx<'_>, id: CollectionId, state: CollectionState) -> Result<(), Fault> {
    tx.execute(sql!("UPDATE collection SET state = ?2 WHERE id = ?1"), params![id, state]).map(drop)
}

/// Its rule finds nobody any more; its members are cleared up afterwards.
pub(super) fn remove(tx: &mut Tx<'_>, id: CollectionId) -> Result<(), Fault> {
    set_key(tx, id, None)?;
    tx.execute(sql!("DELETE FROM collection_pin WHERE collection = ?1"), params![id])?;
    tx.execute(sql!("DELETE FROM collection WHERE id = ?1"), params![id]).map(drop)
}

/// Under which key products find its rule.
pub(super) fn set_key(tx: &mut Tx<'_>, id: CollectionId, key: Option<String>) -> Result<(), Fault> {
    tx.execute(sql!("DELETE FROM collection_key WHERE collection = ?1"), params![id])?;
    match key {
        Some(key) => tx.execute(sql!("INSERT INTO collection_key (key, collection) VALUES (?1, ?2)"), params![key, id]).map(drop),
        None => Ok(()),
    }
}

/// Rules that stand under one of these keys. One statement for every 24.
pub(super) fn ruled_by(tx: &ReadTx<'_>, keys: &[String]) -> Result<Vec<(CollectionId, Rule)>, Fault> {
    let mut found = Vec::new();
    for chunk in keys.chunks(MANY) {
        found.extend(tx.query(
            sql!(
                "SELECT c.id, c.conditions, c.sorted FROM collection_key k JOIN collection c ON c.id = k.collection
                  WHERE k.key IN (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23, ?24)
                  ORDER BY c.id"
            ),
            &padded(chunk),
            |row| Ok((row.get(0)?, Rule { conditions: row.get::<Json<_>>(1)?.0, order: row.get(2)? })),
        )?);
    }
    Ok(found)
}

/// Where a product is put first, with its place.
pub(super) fn pinned_in(tx: &ReadTx<'_>, product: ProductId) -> Result<Vec<(CollectionId, Rule, i64)>, Fault> {
    tx.query(
        sql!(
            "SELECT c.id, c.conditions, c.sorted, p.place FROM collection_pin p JOIN collection c ON c.id = p.collection
              WHERE p.product = ?1 ORDER BY c.id"
        ),
        params![product],
        |row| Ok((row.get(0)?, Rule { conditions: row.get::<Json<_>>(1)?.0, order: row.get(2)? }, row.get(3)?)),
    )
}

/// In their order.
pub(super) fn pinned(tx: &ReadTx<'_>, id: CollectionId) -> Result<Vec<ProductId>, Fault> {
    tx.query(sql!("SELECT product FROM collection_pin WHERE collection = ?1 ORDER BY place, product"), params![id], |row| row.get(0))
}

pub(super) fn set_pinned(tx: &mut Tx<'_>, id: CollectionId, products: &[ProductId]) -> Result<(), Fault> {
    tx.execute(sql!("DELETE FROM collection_pin WHERE collection = ?1"), params![id])?;
    for (place, product) in (0_i64..).zip(products) {
        tx.execute(sql!("INSERT INTO collection_pin (collection, product, place) VALUES (?1, ?2, ?3)"), params![id, product, place])?;
    }
    Ok(())
}

fn member(row: &Row<'_>) -> Result<Member, Fault> {
    Ok(Member {
        collection: row.get(0)?,
        product: row.get(1)?,
        place: row.get(2)?,
        rank: row.get(3)?,
        title_key: row.get(4)?,
        created_at: row.get(5)?,
    })
}

/// Where a product stands now.
pub(super) fn memberships(tx: &ReadTx<'_>, product: ProductId) -> Result<Vec<Member>, Fault> {
    tx.query(
        sql!(
            "SELECT collection, product, place, rank, title_key, created_at FROM collection_member WHERE product = ?1
              ORDER BY collection"
        ),
        params![product],
        member,
    )
}

pub(super) fn put(tx: &mut Tx<'_>, m: &Member) -> Result<(), Fault> {
    tx.execute(
        sql!(
            "INSERT INTO collection_member (collection, product, place, rank, title_key, created_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
             ON CONFLICT (collection, product) DO UPDATE SET place = excluded.place, rank = excluded.rank, title_key = excluded.title_key"
        ),
        params![m.collection, m.product, m.place, m.rank, m.title_key, m.created_at],
    )
    .map(drop)
}

pub(super) fn take_out(tx: &mut Tx<'_>, id: CollectionId, product: ProductId) -> Result<(), Fault> {
    tx.execute(sql!("DELETE FROM collection_member WHERE collection = ?1 AND product = ?2"), params![id, product]).map(drop)
}

/// Take out all after one product up to another.
pub(super) fn remove_between(tx: &mut Tx<'_>, id: CollectionId, after: ProductId, last: ProductId) -> Result<(), Fault> {
    tx.execute(sql!("DELETE FROM collection_member WHERE collection = ?1 AND product > ?2 AND product <= ?3"), params![id, after, last])
        .map(drop)
}

/// Take out some; answers how many.
pub(super) fn forget(tx: &mut Tx<'_>, id: CollectionId, most: i64) -> Result<u64, Fault> {
    tx.execute(
        sql!(
            "DELETE FROM collection_member WHERE collection = ?1 AND product IN
               (SELECT product FROM collection_member WHERE collection = ?1 ORDER BY product LIMIT ?2)"
        ),
        params![id, most],
    )
}

/// Members in their order, those put first whatever their age.
pub(super) fn members(tx: &ReadTx<'_>, id: CollectionId, new_since: Timestamp, after: &Place, limit: i64) -> Result<Vec<Place>, Fault> {
    tx.query(
        sql!(
            "SELECT product, place, rank, title_key FROM collection_member
              WHERE collection = ?1 AND (place, rank, title_key, product) > (?2, ?3, ?4, ?5) AND (place < ?6 OR created_at > ?7)
              ORDER BY place, rank, title_key, product LIMIT ?8"
        ),
        params![id, after.place, after.rank, after.title_key, after.product, UNPINNED, new_since, limit],
        |row| Ok(Place { product: row.get(0)?, place: row.get(1)?, rank: row.get(2)?, title_key: row.get(3)? }),
    )
}

pub(super) fn size(tx: &ReadTx<'_>, id: CollectionId, new_since: Timestamp, most: i64) -> Result<i64, Fault> {
    tx.query_one(
        sql!(
            "SELECT COUNT(*) FROM (SELECT product FROM collection_member WHERE collection = ?1 AND (place < ?2 OR created_at > ?3)
              ORDER BY place, rank, title_key, product LIMIT ?4) n"
        ),
        params![id, UNPINNED, new_since, most],
        |row| row.get(0),
    )
}

fn facts(row: &Row<'_>) -> Result<Facts, Fault> {
    let tags: Vec<String> = row.get::<Json<_>>(5)?.0;
    Ok(Facts {
        id: row.get(0)?,
        status: row.get(1)?,
        title_key: row.get(2)?,
        category_key: row.get(3)?,
        vendor_key: fold(&row.get::<String>(4)?),
        tags: tags.iter().map(|tag| fold(tag)).collect(),
        created_at: row.get(6)?,
    })
}

/// Of products in order of id.
pub(super) fn facts_after(tx: &ReadTx<'_>, after: ProductId, limit: i64) -> Result<Vec<Facts>, Fault> {
    tx.query(
        sql!("SELECT id, status, title_key, category_key, vendor, tags, created_at FROM product WHERE id > ?1 ORDER BY id LIMIT ?2"),
        params![after, limit],
        facts,
    )
}

/// Of these products; unknown ids are left out. One statement for every 24.
pub(super) fn facts_of(tx: &ReadTx<'_>, ids: &[ProductId]) -> Result<Vec<Facts>, Fault> {
    let mut found = Vec::with_capacity(ids.len());
    for chunk in ids.chunks(MANY) {
        found.extend(tx.query(
            sql!(
                "SELECT id, status, title_key, category_key, vendor, tags, created_at FROM product
                  WHERE id IN (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23, ?24)
                  ORDER BY id"
            ),
            &padded(chunk),
            facts,
        )?);
    }
    Ok(found)
}

/// Products on sale that a tag or category may let in, newest first.
pub(super) fn candidates(
    tx: &ReadTx<'_>,
    (tag, category): (Option<&str>, Option<&str>),
    new_since: Timestamp,
    limit: i64,
) -> Result<Vec<Facts>, Fault> {
    let (statement, key): (_, Option<&dyn Bind>) = match (&tag, &category) {
        (Some(tag), _) => (
            sql!(
                "SELECT p.id, p.status, p.title_key, p.category_key, p.vendor, p.tags, p.created_at
                   FROM product_tag t JOIN product p ON p.id = t.product
                  WHERE p.status = 'active' AND p.created_at > ?1 AND t.tag = ?3 ORDER BY p.created_at DESC, p.id DESC LIMIT ?2"
            ),
            Some(tag),
        ),
        (None, Some(category)) => (
            sql!(
                "SELECT id, status, title_key, category_key, vendor, tags, created_at FROM product
                  WHERE status = 'active' AND created_at > ?1 AND category_key = ?3 ORDER BY created_at DESC, id DESC LIMIT ?2"
            ),
            Some(category),
        ),
        (None, None) => (
            sql!(
                "SELECT id, status, title_key, category_key, vendor, tags, created_at FROM product
                  WHERE status = 'active' AND created_at > ?1 ORDER BY created_at DESC, id DESC LIMIT ?2"
            ),
            None,
        ),
    };
    let bounds: [&dyn Bind; 2] = [&new_since, &limit];
    tx.query(statement, &bounds.into_iter().chain(key).collect::<Vec<_>>(), facts)
}
