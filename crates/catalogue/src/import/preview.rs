//! What a file would do, counted whole and shown in part.

use super::incoming::Incoming;
use super::layout::Field;
use super::plan::{Step, check, differences, plan};
use super::read::Reader;
use super::{ImportError, ImportOptions, ImportedPrice, ImportedStock, Layout, LineProblem, MOST_SHOWN, Outcome, ProductPlan};
use kernel::{Actor, Fault, Permission, ReadTx};
use serde::Serialize;

/// What a file would do. Lists hold at most [`MOST_SHOWN`]; everything is counted.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Preview {
    /// How the file is laid out; `None` when its header is none that we read.
    pub layout: Option<Layout>,
    /// Products in the order of the file: those that are new or change come before those that stay as they are.
    pub products: Vec<ProductPlan>,
    /// How many are new.
    pub created: usize,
    /// How many will be changed.
    pub changed: usize,
    /// How many stay as they are.
    pub unchanged: usize,
    /// How many have a problem: they are what is left out when that is asked for.
    pub left_out: usize,
    /// Variants of the others.
    pub variants: usize,
    /// Prices in the file.
    pub prices: Vec<ImportedPrice>,
    /// How many.
    pub prices_total: usize,
    /// Opening stock in the file.
    pub stock: Vec<ImportedStock>,
    /// How many variants have one.
    pub stock_total: usize,
    /// Their units.
    pub units: i64,
    /// What keeps the file from being imported; nothing is while there is one, but what is left out.
    pub problems: Vec<LineProblem>,
    /// How many.
    pub problems_total: usize,
    /// True when a problem is about the file itself, so that leaving lines out does not help.
    pub is_broken: bool,
    /// What is worth knowing and keeps nothing from being imported.
    pub notes: Vec<LineProblem>,
    /// How many.
    pub notes_total: usize,
}

impl Preview {
    /// True when it may be imported as asked.
    pub const fn is_ready(&self, leave_out: bool) -> bool {
        !self.is_broken && (self.problems_total == 0 || (leave_out && self.created + self.changed + self.unchanged > 0))
    }

    fn add(&mut self, step: Step) {
        let outcome = step.outcome();
        match outcome {
            Outcome::Created => self.created += 1,
            Outcome::Changed => self.changed += 1,
            Outcome::Unchanged => self.unchanged += 1,
        }
        self.variants += step.rows.len();
        for row in &step.rows {
            let sku = &step.after.variants[row.at].sku;
            if let Some(price) = row.price {
                let found = || ImportedPrice { line: row.line, sku: sku.clone(), price, compare_at: row.compare_at };
                keep(&mut self.prices, &mut self.prices_total, found);
            }
            if let Some(quantity) = row.quantity {
                self.units = self.units.saturating_add(quantity);
                keep(&mut self.stock, &mut self.stock_total, || ImportedStock { line: row.line, sku: sku.clone(), quantity });
            }
        }
        let full = self.products.len() >= MOST_SHOWN;
        // What stays as it is gives way to what does not.
        let gives_way = self.products.iter().rposition(|known| known.outcome == Outcome::Unchanged);
        if full && (outcome == Outcome::Unchanged || gives_way.is_none()) {
            return;
        }
        if let Some(at) = gives_way.filter(|_| full) {
            self.products.remove(at);
        }
        let changes = step.before.as_ref().map_or_else(Vec::new, |before| differences(before, &step.after));
        let (line, title, variants) = (step.line, step.title, step.rows.len());
        self.products.push(ProductPlan { line, handle: step.after.handle, title, outcome, changes, variants });
    }

    fn tell(&mut self, problems: Vec<LineProblem>, notes: Vec<LineProblem>) {
        for found in problems {
            keep(&mut self.problems, &mut self.problems_total, || found);
        }
        for found in notes {
            keep(&mut self.notes, &mut self.notes_total, || found);
        }
    }
}

fn keep<T>(list: &mut Vec<T>, total: &mut usize, found: impl FnOnce() -> T) {
    *total += 1;
    if list.len() < MOST_SHOWN {
        list.push(found());
    }
}

/// What importing `file` would do. Writes nothing.
pub fn preview(tx: &ReadTx<'_>, actor: &Actor, file: &[u8], options: ImportOptions) -> Result<Preview, ImportError> {
    actor.require(Permission::EditCatalogue)?;
    let mut seen = Preview::default();
    pass(tx, file, options, &mut seen, |_| ())?;
    Ok(seen)
}

/// Go through the file once, product by product; `good` has each that nothing is against.
pub(super) fn pass(
    tx: &ReadTx<'_>,
    file: &[u8],
    options: ImportOptions,
    seen: &mut Preview,
    mut good: impl FnMut(Incoming),
) -> Result<(), Fault> {
    let mut reader = Reader::open(file, options);
    (seen.layout, seen.is_broken) = (reader.layout, reader.is_broken);
    while let Some(found) = reader.next() {
        let mut problems = found.problems;
        let step = plan(tx, &found.incoming, options)?;
        if let Some(layout) = reader.layout {
            let mut further = check(tx, &step, layout)?;
            // A missing value was said with its own line.
            further.retain(|found| problems.is_empty() || found.column != layout.column(Field::Option));
            further.iter_mut().for_each(|found| reader.as_written(found));
            problems.append(&mut further);
        }
        problems.sort_by_key(|found| found.line);
        if problems.is_empty() {
            good(found.incoming);
            seen.add(step);
        } else {
            seen.left_out += 1;
        }
        seen.tell(problems, found.notes);
    }
    seen.tell(reader.problems, reader.notes);
    seen.problems.sort_by_key(|found| found.line);
    seen.notes.sort_by_key(|found| found.line);
    Ok(())
}
