//! A file product by product, whatever its layout. Knows nothing of the database.
//!
//! The file is held once, as rows; its products are made one at a time and let go, so that a large file costs what it weighs.

use super::incoming::Incoming;
use super::layout::{Field, Grouped, Layout, Said};
use super::sheet::{Sheet, parse, problem};
use super::{ImportOptions, LineProblem};
use std::collections::{HashMap, HashSet};

/// The rows of a file, to be read product by product.
#[derive(Debug)]
pub(super) struct Reader {
    sheet: Sheet,
    pub(super) layout: Option<Layout>,
    options: ImportOptions,
    groups: Vec<Vec<usize>>,
    at: usize,
    names: Names,
    /// About the file or lines that belong to no product.
    pub(super) problems: Vec<LineProblem>,
    pub(super) notes: Vec<LineProblem>,
    /// The file cannot be read as one: nothing of it may be taken.
    pub(super) is_broken: bool,
}

/// One product, and what is to be said of its lines.
#[derive(Debug, Default)]
pub(super) struct Found {
    pub(super) incoming: Incoming,
    pub(super) problems: Vec<LineProblem>,
    pub(super) notes: Vec<LineProblem>,
}

/// What stands once in a file, and on which line.
#[derive(Debug, Default)]
struct Names {
    skus: HashMap<String, u64>,
    barcodes: HashMap<String, u64>,
    handles: HashSet<String>,
}

impl Reader {
    /// Whatever is wrong with the file as a file is in `problems`.
    pub(super) fn open(bytes: &[u8], options: ImportOptions) -> Self {
        let (mut sheet, layout) = parse(bytes, &Layout::of, |layout, name| layout.canonical(name));
        let is_broken = !sheet.problems.is_empty();
        let Grouped { groups, problems, notes } = layout.map(|layout| layout.group(&sheet)).unwrap_or_default();
        let mut reader = Reader {
            layout,
            options,
            groups,
            at: 0,
            names: Names::default(),
            problems: std::mem::take(&mut sheet.problems),
            notes: std::mem::take(&mut sheet.notes),
            is_broken,
            sheet,
        };
        reader.problems.extend(problems);
        reader.notes.extend(notes);
        for found in reader.problems.iter_mut().chain(&mut reader.notes) {
            reader.sheet.as_written(found);
        }
        reader
    }

    /// Name the column of a problem as the file writes it.
    pub(super) fn as_written(&self, found: &mut LineProblem) {
        self.sheet.as_written(found);
    }
}

impl Iterator for Reader {
    type Item = Found;

    fn next(&mut self) -> Option<Found> {
        let layout = self.layout?;
        while let Some(group) = self.groups.get(self.at) {
            self.at += 1;
            let rows: Vec<_> = group.iter().filter_map(|n| self.sheet.rows.get(*n)).collect();
            let (mut problems, mut notes) = (Vec::new(), Vec::new());
            let mut said = Said { problems: &mut problems, notes: &mut notes };
            let read = layout.read(&self.sheet, &rows, self.options, &mut said);
            let is_silent = read.is_none();
            let mut incoming = read.unwrap_or_default();
            self.names.check(layout, &mut incoming, &mut said);
            for found in problems.iter_mut().chain(&mut notes) {
                self.sheet.as_written(found);
            }
            if is_silent {
                self.problems.append(&mut problems);
                self.notes.append(&mut notes);
                continue;
            }
            return Some(Found { incoming, problems, notes });
        }
        None
    }
}

impl Names {
    /// SKUs, barcodes and combinations of options stand once in the file; names that had to be made are given here.
    fn check(&mut self, layout: Layout, product: &mut Incoming, said: &mut Said<'_>) {
        self.handle(product);
        let handle = product.handle.clone();
        let mut combinations: HashMap<Vec<String>, u64> = HashMap::new();
        for variant in &mut product.variants {
            if let Some(first) = combinations.insert(variant.option_values.clone(), variant.line) {
                let what = if variant.option_values.is_empty() {
                    "a product without options".to_owned()
                } else {
                    variant.option_values.join(" / ")
                };
                said.problems.push(problem(variant.line, layout.column(Field::Option), format!("{what} is already on line {first}")));
                continue;
            }
            if variant.is_sku_derived {
                let plain = crate::derived_sku(&handle, &variant.option_values);
                let free = (2..).map(|n| format!("{plain}-{n}"));
                variant.sku = std::iter::once(plain.clone()).chain(free).find(|sku| !self.skus.contains_key(sku)).unwrap_or(plain);
                let what = format!("there is no SKU; `{}` was made for it", variant.sku);
                said.notes.push(problem(variant.line, layout.column(Field::Sku), what));
            }
            if let Some(first) = self.skus.insert(variant.sku.clone(), variant.line) {
                let what = format!("the SKU `{}` is already on line {first}", variant.sku);
                said.problems.push(problem(variant.line, layout.column(Field::Sku), what));
            }
            if let Some(code) = variant.barcode.as_ref().and_then(Option::as_ref)
                && let Some(first) = self.barcodes.insert(code.gtin14(), variant.line)
            {
                let what = format!("the barcode {code} is already on line {first}");
                said.problems.push(problem(variant.line, layout.column(Field::Barcode), what));
            }
        }
    }

    /// A handle that was made from a title says which of several products of that title it is by its first SKU.
    fn handle(&mut self, product: &mut Incoming) {
        if !product.is_handle_derived {
            return;
        }
        let title = crate::slug(product.title.as_deref().unwrap_or_default());
        let mut short: String = title.chars().take(LONGEST).collect();
        let sku = product.variants.iter().find(|variant| !variant.is_sku_derived).map(|variant| crate::slug(&variant.sku));
        if short.is_empty() {
            short = sku.clone().unwrap_or_default();
        }
        if self.handles.contains(&short) {
            let rest = sku.filter(|sku| !sku.is_empty()).unwrap_or_else(|| format!("{}", product.line));
            short = format!("{short}-{rest}");
        }
        self.handles.insert(short.clone());
        product.handle = short;
    }
}

/// Letters of a title that a handle takes up, so that a SKU fits behind it.
const LONGEST: usize = 120;
