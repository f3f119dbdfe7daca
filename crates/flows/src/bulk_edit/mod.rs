//! One change for many products: looked at first, made in one transaction, and taken back.
//!
//! Each kind of change is a field that is read, computed and written; the preview, the edit and the way back are made of these three
//! alone, so that what is shown is what is done. [`catalogue::bulk`] keeps what was done.

mod apply;
mod field;
mod price;

pub use apply::{ApplyBulkEdit, bulk_edit, undo_bulk_edit};
pub use field::FieldValue;
pub use price::{PriceHow, PriceOf, Rounding};

use catalogue::bulk::{BulkError, BulkItem, BulkOutcome, MOST_PRODUCTS, fingerprint};
use catalogue::{ProductId, Status};
use kernel::{Actor, Fault, Permission, ReadTx, Timestamp};
use serde::{Deserialize, Serialize};
use std::collections::HashSet;

/// Most prices that one edit sets: a second on a small machine.
pub const MOST_PRICES: usize = 5000;

/// What to change for all.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "field", rename_all = "snake_case")]
pub enum BulkChange {
    /// The kind of product; empty takes it away.
    Category {
        /// As written.
        to: String,
    },
    /// The maker; empty takes it away.
    Vendor {
        /// As written.
        to: String,
    },
    /// Tags that all shall have, after those they have.
    AddTags {
        /// At least one.
        tags: Vec<String>,
    },
    /// Tags that none shall have, however they are written.
    RemoveTags {
        /// At least one.
        tags: Vec<String>,
    },
    /// Whether customers see them.
    Status {
        /// From now on.
        to: Status,
    },
    /// When they go on sale and off it, in place of what was planned; two times nothing takes the plan away.
    Publication {
        /// Not yet past.
        on_sale: Option<Timestamp>,
        /// After it goes on sale.
        off_sale: Option<Timestamp>,
    },
    /// What their variants cost on one list.
    Price {
        /// The code of the list.
        list: String,
        /// By which sum.
        how: PriceHow,
        /// What the amounts end in.
        rounding: Rounding,
    },
}

impl BulkChange {
    fn require(&self, actor: &Actor) -> Result<(), BulkError> {
        actor.require(Permission::ViewCatalogue)?;
        actor.require(match self {
            BulkChange::Price { .. } => Permission::EditPrices,
            _ => Permission::EditCatalogue,
        })?;
        Ok(())
    }

    fn check(&self, now: Timestamp) -> Result<(), BulkError> {
        let bad = |field, why: &str| Err(BulkError::Invalid { field, why: why.to_owned() });
        match self {
            BulkChange::AddTags { tags } | BulkChange::RemoveTags { tags } if tags.iter().all(|tag| tag.trim().is_empty()) => {
                bad("tags", "name at least one tag")
            }
            BulkChange::Publication { on_sale, off_sale } => match (on_sale, off_sale) {
                (Some(at), _) if *at <= now => bad("on_sale", "the moment lies in the past; choose a later one"),
                (_, Some(at)) if *at <= now => bad("off_sale", "the moment lies in the past; choose a later one"),
                (Some(from), Some(until)) if until <= from => bad("off_sale", "it would go off sale before it goes on sale"),
                _ => Ok(()),
            },
            BulkChange::Price { how, .. } => how.check().or_else(|why| bad("amount", why)),
            _ => Ok(()),
        }
    }
}

/// What a bulk edit would do to one product.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BulkRow {
    /// Which.
    pub product: ProductId,
    /// What it has.
    pub before: FieldValue,
    /// What it would have; the same where it stays.
    pub after: FieldValue,
    /// Why it stays: `same`, `no_price`, `below_zero`, `gone`, or the sentence of what refuses it.
    pub stays: Option<String>,
}

/// What a bulk edit would do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BulkPreview {
    /// Every product that was chosen, in that order.
    pub rows: Vec<BulkRow>,
    /// Names exactly this: [`bulk_edit`] does it or nothing.
    pub seen: String,
}

/// Say what a change would do to each product, and which stay and why. Needs the permission that the change itself needs.
pub fn preview_bulk_edit(tx: &ReadTx<'_>, actor: &Actor, products: &[ProductId], change: &BulkChange) -> Result<BulkPreview, BulkError> {
    change.require(actor)?;
    change.check(tx.now())?;
    let mut known = HashSet::new();
    let products: Vec<ProductId> = products.iter().copied().filter(|id| known.insert(*id)).collect();
    if products.is_empty() {
        return Err(BulkError::Nothing);
    }
    if products.len() > MOST_PRODUCTS {
        return Err(BulkError::TooMany);
    }
    let rows = field::rows(tx, &products, change)?;
    let seen = fingerprint(&json(change)?, &items(&rows)?)?;
    Ok(BulkPreview { rows, seen })
}

fn items(rows: &[BulkRow]) -> Result<Vec<BulkItem>, Fault> {
    let item = |(line, row): (u64, &BulkRow)| {
        Ok(BulkItem {
            line,
            product: row.product,
            outcome: if row.stays.is_some() { BulkOutcome::Stayed } else { BulkOutcome::Changed },
            before: json(&row.before)?,
            after: json(&row.after)?,
            why: row.stays.clone().unwrap_or_default(),
        })
    };
    (1..).zip(rows).map(item).collect()
}

fn json(value: &impl Serialize) -> Result<serde_json::Value, Fault> {
    serde_json::to_value(value).map_err(|error| Fault::data(error.to_string()))
}
