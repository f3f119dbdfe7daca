//! Doing what the preview said.

use super::plan::{Step, VariantRow, plan};
use super::preview::pass;
use super::sheet::problem;
use super::{ImportError, ImportOptions, LineProblem, Outcome, Preview};
use crate::save::save;
use crate::{EditError, MediaId, Product, ProductId, VariantId};
use kernel::{Actor, Money, Permission, Tx};
use serde::Serialize;
use std::collections::HashMap;

/// What was done, and what pricing and inventory may take up.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Applied {
    /// New products.
    pub created: usize,
    /// Products that were changed.
    pub changed: usize,
    /// Products that stayed as they were.
    pub unchanged: usize,
    /// Products that were left out for a problem on one of their lines, as was asked.
    pub left_out: usize,
    /// Each variant of the file, in its order.
    pub variants: Vec<AppliedVariant>,
    /// What is worth knowing.
    pub notes: Vec<LineProblem>,
}

/// One variant of the file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AppliedVariant {
    /// Where in the file.
    pub line: u64,
    /// Its product.
    pub product: ProductId,
    /// Its id.
    pub variant: VariantId,
    /// Its SKU.
    pub sku: String,
    /// True when this import made it: only then is the quantity an opening stock.
    pub is_new: bool,
    /// What it costs.
    pub price: Option<Money>,
    /// What it cost before; always more than the price.
    pub compare_at: Option<Money>,
    /// Whole units in stock, never negative.
    pub quantity: Option<i64>,
}

/// Import `file`: all of it, or nothing when it has a problem, unless products with one are to be left out. Doing it again changes nothing. Announces `product.changed`
/// for each product made or changed.
pub fn apply(tx: &mut Tx<'_>, actor: &Actor, file: &[u8], options: ImportOptions) -> Result<Applied, ImportError> {
    actor.require(Permission::EditCatalogue)?;
    let (mut seen, mut good) = (Preview::default(), Vec::new());
    pass(tx, file, options, &mut seen, |incoming| good.push(incoming))?;
    if !seen.is_ready(options.leave_out) {
        return Err(ImportError::Problems(seen.problems));
    }
    let mut applied = Applied { notes: seen.notes, left_out: seen.left_out, ..Applied::default() };
    for incoming in good {
        let step = plan(tx, &incoming, options)?;
        match step.outcome() {
            Outcome::Created => applied.created += 1,
            Outcome::Changed => applied.changed += 1,
            Outcome::Unchanged => applied.unchanged += 1,
        }
        take(tx, actor, step, &mut applied.variants)?;
    }
    Ok(applied)
}

/// Save one product; its variants are told to other rooms.
pub(super) fn take(tx: &mut Tx<'_>, actor: &Actor, mut step: Step, done: &mut Vec<AppliedVariant>) -> Result<Product, ImportError> {
    give_ids(tx, &mut step);
    let saved = save(tx, actor, step.before.as_ref(), step.after).map_err(|error| match error {
        EditError::Fault(fault) => ImportError::Fault(fault),
        EditError::Denied(denied) => ImportError::Denied(denied),
        refusal => ImportError::Problems(vec![problem(step.line, "", refusal.to_string())]),
    })?;
    for VariantRow { line, at, price, compare_at, quantity } in step.rows {
        let variant = &saved.variants[at];
        let is_new = step.before.as_ref().is_none_or(|before| before.variant(variant.id).is_none());
        let (product, variant, sku) = (saved.id, variant.id, variant.sku.clone());
        done.push(AppliedVariant { line, product, variant, sku, is_new, price, compare_at, quantity });
    }
    Ok(saved)
}

/// Real ids for what is new, in the order of the file.
fn give_ids(tx: &mut Tx<'_>, step: &mut Step) {
    if step.before.is_none() {
        step.after.id = tx.new_id();
    }
    let known = |id: MediaId| step.before.as_ref().is_some_and(|before| before.media.iter().any(|media| media.id == id));
    let mut fresh: HashMap<MediaId, MediaId> = HashMap::new();
    for media in step.after.media.iter_mut().filter(|media| !known(media.id)) {
        let id = tx.new_id();
        fresh.insert(media.id, id);
        media.id = id;
    }
    for variant in &mut step.after.variants {
        if step.before.as_ref().is_none_or(|before| before.variant(variant.id).is_none()) {
            variant.id = tx.new_id();
        }
        variant.media = variant.media.map(|id| fresh.get(&id).copied().unwrap_or(id));
    }
}
