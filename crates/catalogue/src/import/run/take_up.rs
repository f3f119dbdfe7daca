//! The next products of a file become real.

use super::{ImportState, ItemOutcome, ProductImport, ProductImportId, RunError, store};
use crate::ProductId;
use crate::import::apply::{AppliedVariant, take};
use crate::import::plan::plan;
use crate::import::{ImportError, Outcome};
use kernel::{Actor, Fault, Permission, Tx};
use serde_json::Value;

/// A product that was just taken up, for other rooms.
#[derive(Debug)]
pub struct TakenUp<'a> {
    /// The import.
    pub import: &'a ProductImport,
    /// Its variants in the file.
    pub variants: &'a [AppliedVariant],
}

/// What another room did with it.
#[derive(Debug, Default)]
pub struct Noted {
    /// What to give back when the import is taken back; null for nothing.
    pub before: Value,
    /// What it refused, in a sentence; empty for nothing.
    pub why: String,
}

/// Take the next products up, at most `most`, with what other rooms do for each in `beside`; answers how far it is. Does nothing when there
/// is nothing left. What the rules refuse now is left out with its reason. Announces `product.changed` for each made or changed.
pub fn take_up(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: ProductImportId,
    most: usize,
    mut beside: impl FnMut(&mut Tx<'_>, TakenUp<'_>) -> Result<Noted, Fault>,
) -> Result<ProductImport, RunError> {
    actor.require(Permission::EditCatalogue)?;
    let import = store::by_id(tx, id)?.ok_or(RunError::Unknown(id))?;
    if import.state != ImportState::Running {
        return Ok(import);
    }
    let waiting = store::waiting(tx, id, most as i64)?;
    let is_last = waiting.len() < most;
    let mut counts = [0_i64; 4];
    for incoming in &waiting {
        let step = plan(tx, incoming, import.options)?;
        let version_before = step.before.as_ref().map_or(0, |before| before.version);
        let outcome = match step.outcome() {
            Outcome::Created => ItemOutcome::Created,
            Outcome::Changed => ItemOutcome::Changed,
            Outcome::Unchanged => ItemOutcome::Unchanged,
        };
        let mut variants = Vec::new();
        let done = match take(tx, actor, step, &mut variants) {
            Ok(saved) => {
                let noted = beside(tx, TakenUp { import: &import, variants: &variants })?;
                Done { outcome, product: Some(saved.id), version_before, version: saved.version, noted }
            }
            Err(ImportError::Fault(fault)) => return Err(fault.into()),
            Err(ImportError::Denied(denied)) => return Err(denied.into()),
            Err(ImportError::Problems(problems)) => Done::refused(problems.into_iter().map(|problem| problem.message).collect()),
        };
        counts[done.outcome.place()] += 1;
        store::finish_item(tx, id, incoming.line, &done)?;
    }
    store::count_forward(tx, id, counts)?;
    if is_last {
        store::finish(tx, id, (ImportState::Running, ImportState::Done), tx.now())?;
    }
    store::by_id(tx, id)?.ok_or(RunError::Unknown(id))
}

/// What is kept of a product that was taken up.
pub(super) struct Done {
    pub(super) outcome: ItemOutcome,
    pub(super) product: Option<ProductId>,
    pub(super) version_before: i64,
    pub(super) version: i64,
    pub(super) noted: Noted,
}

impl Done {
    fn refused(reasons: Vec<String>) -> Self {
        let noted = Noted { before: Value::Null, why: reasons.join("; ") };
        Done { outcome: ItemOutcome::Refused, product: None, version_before: 0, version: 0, noted }
    }
}

impl ItemOutcome {
    /// Its place among the counts of what was taken up.
    const fn place(self) -> usize {
        match self {
            ItemOutcome::Created => 0,
            ItemOutcome::Changed => 1,
            ItemOutcome::Unchanged => 2,
            _ => 3,
        }
    }
}
