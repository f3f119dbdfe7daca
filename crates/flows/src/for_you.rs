//! What the first page shows to one person, each block with its reason.

use catalogue::{ListError, ListFilter, ProductCard, ProductId, Sort, Status};
use customers::visits::{comments_of, looked_at};
use customers::{PersonId, QueryError, learnt};
use kernel::{Actor, Fault, ReadTx};

/// Products of one block.
const ROW: usize = 8;

/// Why a block is there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reason {
    /// They looked at these in this browser, or signed in elsewhere.
    SeenLately,
    /// They looked at this product.
    LookedAt(ProductCard),
    /// They wrote about this product in public, by this handle.
    WroteAbout(ProductCard, String),
}

/// Products with the reason why they are shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// Why.
    pub reason: Reason,
    /// What; never empty.
    pub products: Vec<ProductCard>,
}

/// Blocks for one person, most personal first. What they looked at is shown to their own browser; anything that draws conclusions needs
/// them signed in, and their consent to personalisation.
pub fn for_you(tx: &ReadTx<'_>, person: PersonId, is_signed_in: bool) -> Result<Vec<Block>, Fault> {
    let seen: Vec<ProductId> = looked_at(tx, person, 2 * ROW)?.iter().filter_map(|looked| looked.product.parse().ok()).collect();
    let seen = on_sale(tx, &seen)?;
    let mut blocks = Vec::new();
    if is_signed_in && learnt::allowed(tx, person)?.is_some() {
        blocks.extend(wrote_about(tx, person)?);
        if let Some(latest) = seen.first() {
            let products = alike(tx, latest)?;
            blocks.extend((!products.is_empty()).then(|| Block { reason: Reason::LookedAt(latest.clone()), products }));
        }
    }
    if !seen.is_empty() {
        blocks.push(Block { reason: Reason::SeenLately, products: seen.into_iter().take(ROW).collect() });
    }
    Ok(blocks)
}

fn wrote_about(tx: &ReadTx<'_>, person: PersonId) -> Result<Option<Block>, Fault> {
    let comments = comments_of(tx, &Actor::system(), person, 5).map_err(|error| match error {
        QueryError::Fault(fault) => fault,
        other => Fault::data(other.to_string()),
    })?;
    for comment in comments {
        let ids: Vec<ProductId> = comment.products.iter().filter_map(|id| id.parse().ok()).collect();
        if let Some(product) = on_sale(tx, &ids)?.into_iter().next() {
            let mut products = vec![product.clone()];
            products.extend(alike(tx, &product)?);
            products.truncate(ROW);
            let handle = comment.handle.split_once(':').map_or(comment.handle.as_str(), |(_, name)| name).to_owned();
            return Ok(Some(Block { reason: Reason::WroteAbout(product, handle), products }));
        }
    }
    Ok(None)
}

/// In this order, without what is gone.
fn on_sale(tx: &ReadTx<'_>, ids: &[ProductId]) -> Result<Vec<ProductCard>, Fault> {
    let cards = catalogue::cards(tx, ids)?;
    let card = |id: &ProductId| cards.iter().find(|card| card.id == *id && card.status == Status::Active).cloned();
    Ok(ids.iter().filter_map(card).collect())
}

/// Others of its kind, newest first.
fn alike(tx: &ReadTx<'_>, product: &ProductCard) -> Result<Vec<ProductCard>, Fault> {
    let filter = ListFilter { category: Some(product.category_key.clone()), ..ListFilter::default() };
    let found = catalogue::list(tx, &filter, Sort::Newest, None, ROW + 1).map_err(|error| match error {
        ListError::Fault(fault) => fault,
        other => Fault::data(other.to_string()),
    })?;
    Ok(found.items.into_iter().filter(|other| other.id != product.id).take(ROW).collect())
}
