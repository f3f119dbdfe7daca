//! Keeping the index as the tables are.

use super::alike::Alike;
use super::document::document;
use super::shelves::{Shelves, Touched};
use super::{Follower, SearchIndex, fault};
use crate::search_words::{SYNONYMS_CHANGED, synonyms};
use crate::{PRODUCT_CHANGED, Product, ProductId, VariantId, queries};
use kernel::{Db, Fault, LogKey, ReadTx, log};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, PoisonError};
use tantivy::Term;

/// Events read at once, and products read at once.
const STEP: usize = 500;

/// Take up what changed since the last call; answers how many products. The first call builds the whole index. Call it when
/// the log signals; all that has piled up is one commit of the index. Blocks on the database and on the disk.
pub fn refresh(index: &SearchIndex, db: &Db) -> Result<usize, Fault> {
    let mut follower = index.follower();
    let horizon = db.read(log::horizon).wait()?;
    if !follower.knows_words {
        learn_words(index, &mut follower, db)?;
    }
    match follower.cursor {
        // A cursor beyond the log belongs to another database: a backup was put back.
        Some(cursor) if cursor <= horizon => catch_up(index, &mut follower, db, cursor),
        _ => build(index, &mut follower, db),
    }
}

/// Make the whole index anew; answers how many products were read. Searches go on with the old one meanwhile.
pub fn rebuild(index: &SearchIndex, db: &Db) -> Result<usize, Fault> {
    let mut follower = index.follower();
    learn_words(index, &mut follower, db)?;
    build(index, &mut follower, db)
}

/// The groups of words as they are now.
fn learn_words(index: &SearchIndex, follower: &mut Follower, db: &Db) -> Result<(), Fault> {
    let alike = Alike::new(index, &db.read(synonyms).wait()?);
    *index.alike.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(alike);
    follower.knows_words = true;
    Ok(())
}

fn build(index: &SearchIndex, follower: &mut Follower, db: &Db) -> Result<usize, Fault> {
    let cursor = db.read(log::horizon).wait()?;
    follower.cursor = None;
    follower.writer.delete_all_documents().map_err(fault)?;
    let (mut last, mut count) = (ProductId::nil(), 0);
    loop {
        let from = last;
        let shelves = index.shelves.clone();
        let read = db.read(move |tx| {
            let products = queries::products_after(tx, from, STEP)?;
            let places = places(tx, shelves.as_deref(), products.iter())?;
            Ok::<_, Fault>((products, places))
        });
        let (products, places) = read.wait()?;
        let Some(end) = products.last() else { break };
        last = end.id;
        count += products.len();
        for product in &products {
            put(index, follower, product, &places)?;
        }
    }
    commit(index, follower, cursor)?;
    Ok(count)
}

fn catch_up(index: &SearchIndex, follower: &mut Follower, db: &Db, from: LogKey) -> Result<usize, Fault> {
    let (mut cursor, mut count) = (from, 0);
    loop {
        let shelves = index.shelves.clone();
        let changes = db.read(move |tx| read_changes(tx, cursor, shelves.as_deref())).wait()?;
        let Changes { last, has_words, is_all, products, places } = changes;
        let Some(last) = last else { break };
        if has_words {
            learn_words(index, follower, db)?;
        }
        if is_all {
            return build(index, follower, db);
        }
        cursor = last;
        count += products.len();
        for (id, product) in &products {
            follower.writer.delete_term(Term::from_field_text(index.fields.id, &id.to_string()));
            if let Some(product) = product {
                put(index, follower, product, &places)?;
            }
        }
    }
    if count > 0 {
        commit(index, follower, cursor)?;
    }
    follower.cursor = Some(cursor);
    Ok(count)
}

struct Changes {
    /// Where these events end.
    last: Option<LogKey>,
    /// Whether a group of words changed.
    has_words: bool,
    /// Whether every product is to be read again.
    is_all: bool,
    /// The products they name, as they are now.
    products: Vec<(ProductId, Option<Product>)>,
    places: Places,
}

/// Where variants can be had.
type Places = BTreeMap<VariantId, Vec<String>>;

/// What the next events say.
fn read_changes(tx: &ReadTx<'_>, cursor: LogKey, shelves: Option<&dyn Shelves>) -> Result<Changes, Fault> {
    let events = log::after(tx, cursor, STEP as i64)?;
    let mut ids: BTreeSet<ProductId> = events.iter().filter(|e| e.kind == PRODUCT_CHANGED).filter_map(|e| e.subject.parse().ok()).collect();
    let touched = shelves.map_or(Ok(Touched::Variants(Vec::new())), |shelves| shelves.touched(tx, &events))?;
    if let Touched::Variants(variants) = &touched {
        ids.extend(queries::variants(tx, variants)?.into_iter().map(|variant| variant.product));
    }
    let products = ids.into_iter().map(|id| Ok((id, queries::product(tx, id)?))).collect::<Result<Vec<_>, Fault>>()?;
    let places = places(tx, shelves, products.iter().filter_map(|(_, product)| product.as_ref()))?;
    let has_words = events.iter().any(|event| event.kind == SYNONYMS_CHANGED);
    let is_all = touched == Touched::Everything;
    Ok(Changes { last: events.last().map(|event| event.key), has_words, is_all, products, places })
}

/// Where the variants of these products can be had.
fn places<'a>(tx: &ReadTx<'_>, shelves: Option<&dyn Shelves>, products: impl Iterator<Item = &'a Product>) -> Result<Places, Fault> {
    let Some(shelves) = shelves else { return Ok(Places::new()) };
    let variants: Vec<_> = products.filter(|product| product.is_visible()).flat_map(|product| &product.variants).map(|v| v.id).collect();
    shelves.places(tx, &variants)
}

/// Only what is on sale can be found.
fn put(index: &SearchIndex, follower: &Follower, product: &Product, places: &Places) -> Result<(), Fault> {
    if product.is_visible() {
        follower.writer.add_document(document(&index.fields, product, places)).map_err(fault)?;
    }
    Ok(())
}

/// The cursor is committed with the documents, so that an index in a folder knows where it stands.
fn commit(index: &SearchIndex, follower: &mut Follower, cursor: LogKey) -> Result<(), Fault> {
    let mut prepared = follower.writer.prepare_commit().map_err(fault)?;
    prepared.set_payload(&serde_json::to_string(&cursor).map_err(|e| Fault::outside("writing the cursor of the search index", e))?);
    prepared.commit().map_err(fault)?;
    follower.cursor = Some(cursor);
    index.reader.reload().map_err(fault)
}
