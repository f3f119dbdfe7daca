//! Texts in another language: a file with Handle, Title, Body (HTML), SEO Title, SEO Description.

use super::sheet::{Sheet, parse, problem};
use super::{ImportError, LineProblem};
use crate::save::save;
use crate::{EditError, store};
use kernel::{Actor, Locale, Permission, Tx};
use serde::Serialize;
use std::collections::HashMap;

const COLUMNS: [&str; 5] = ["Handle", "Title", "Body (HTML)", "SEO Title", "SEO Description"];

/// What was done.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct TextsApplied {
    /// Products whose texts changed.
    pub changed: usize,
    /// Products that had these texts already.
    pub unchanged: usize,
    /// What is worth knowing.
    pub notes: Vec<LineProblem>,
}

/// Take the texts of one language from `file`: all, or nothing when it has a problem. Empty cells leave a text as it is.
/// Announces `product.changed` for each product changed.
pub fn apply_texts(tx: &mut Tx<'_>, actor: &Actor, file: &[u8], locale: Locale) -> Result<TextsApplied, ImportError> {
    actor.require(Permission::EditCatalogue)?;
    let mut sheet = texts(file);
    let mut problems = std::mem::take(&mut sheet.problems);
    let mut done = TextsApplied { notes: std::mem::take(&mut sheet.notes), ..TextsApplied::default() };
    let mut seen: HashMap<String, u64> = HashMap::new();
    for row in &sheet.rows {
        let handle = sheet.cell(row, "Handle").unwrap_or("").to_lowercase();
        if let Some(first) = seen.insert(handle.clone(), row.line) {
            problems.push(problem(row.line, "Handle", format!("`{handle}` is already on line {first}")));
            continue;
        }
        let known = match store::id_by_handle(tx, &handle)? {
            Some(id) => store::product(tx, id)?,
            None => None,
        };
        let Some(before) = known else {
            problems.push(problem(row.line, "Handle", format!("there is no product `{handle}`")));
            continue;
        };
        let mut after = before.clone();
        let slots = [&mut after.title, &mut after.description_html, &mut after.seo_title, &mut after.seo_description];
        for (text, column) in slots.into_iter().zip(&COLUMNS[1..]) {
            if let Some(said) = sheet.filled(row, column) {
                said.clone_into(text.slot(locale));
            }
        }
        match save(tx, actor, Some(&before), after) {
            Ok(saved) if saved.version == before.version => done.unchanged += 1,
            Ok(_) => done.changed += 1,
            Err(EditError::Fault(fault)) => return Err(fault.into()),
            Err(EditError::Denied(denied)) => return Err(denied.into()),
            Err(refusal) => problems.push(problem(row.line, "", refusal.to_string())),
        }
    }
    if problems.is_empty() { Ok(done) } else { Err(ImportError::Problems(problems)) }
}

/// The file, when it has handles.
fn texts(file: &[u8]) -> Sheet {
    let canonical = |(): (), name: &str| COLUMNS.contains(&name).then(|| name.to_owned());
    let (mut sheet, _) = parse(file, &|_| Some(()), canonical);
    if sheet.problems.is_empty() && !sheet.has("Handle") {
        sheet.problems.push(problem(1, "Handle", "the column `Handle` is missing"));
        sheet.rows.clear();
    }
    sheet
}
