//! Looking at collections.

use super::model::{Collection, MAX_COLLECTIONS, Members};
use super::{CollectionError, CollectionId, store};
use crate::{MAX_PAGE, ProductCard, ProductId, store as products};
use kernel::{Fault, ReadTx};

/// Most members that are counted.
pub const MAX_COUNTED: i64 = 10_000;

/// The collection at an address.
pub fn collection(tx: &ReadTx<'_>, slug: &str) -> Result<Option<Collection>, Fault> {
    store::by_slug(tx, slug)
}

/// The collection with this id.
pub fn collection_by_id(tx: &ReadTx<'_>, id: CollectionId) -> Result<Option<Collection>, Fault> {
    store::by_id(tx, id)
}

/// All collections, by name.
pub fn collections(tx: &ReadTx<'_>) -> Result<Vec<Collection>, Fault> {
    store::all(tx, MAX_COLLECTIONS as i64)
}

/// How many products a collection shows now; [`MAX_COUNTED`] stands for that many or more.
pub fn size(tx: &ReadTx<'_>, collection: &Collection) -> Result<i64, Fault> {
    store::size(tx, collection.id, collection.rule.new_since(tx.now()), MAX_COUNTED)
}

/// Products of a collection in its order, at most `limit` and [`MAX_PAGE`]. Two statements, both by index.
pub fn members(tx: &ReadTx<'_>, collection: &Collection, cursor: Option<&str>, limit: usize) -> Result<Members, CollectionError> {
    let limit = limit.clamp(1, MAX_PAGE);
    let after =
        cursor.map_or_else(|| Ok(store::Place::first()), |text| place(text).ok_or_else(|| CollectionError::BadCursor(text.to_owned())))?;
    let mut found = store::members(tx, collection.id, collection.rule.new_since(tx.now()), &after, limit as i64 + 1)?;
    let is_more = found.len() > limit;
    found.truncate(limit);
    let next = found.last().filter(|_| is_more).map(|at| format!("{}.{}.{}.{}", at.product, at.place, at.rank, at.title_key));
    let ids: Vec<_> = found.into_iter().map(|at| at.product).collect();
    Ok(Members { items: products::product_cards(tx, &ids)?, next })
}

fn place(cursor: &str) -> Option<store::Place> {
    let mut parts = cursor.splitn(4, '.');
    let (product, place, rank) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
    Some(store::Place { product, place, rank, title_key: parts.next()?.to_owned() })
}

/// The products put first, in order, whether they are on sale or not.
pub fn pinned(tx: &ReadTx<'_>, id: CollectionId) -> Result<Vec<ProductCard>, Fault> {
    let ids: Vec<ProductId> = store::pinned(tx, id)?;
    products::product_cards(tx, &ids)
}
