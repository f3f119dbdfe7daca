//! What a list would do.

use super::read::{Line, Lines, hex, read};
use super::sheet::{Sheet, parse};
use super::target::guess;
use super::{Encoding, Import, ImportError, LineProblem, Outcome, Target};
use crate::record::IMPORT_NAME_LENGTH;
use crate::{ConsentState, FieldKind, FieldSource, Purpose, store};
use kernel::{Actor, Channel, Permission, ReadTx};
use serde::Serialize;
use std::collections::HashMap;

/// Lines shown as they will be read.
const SHOWN: usize = 20;
/// Cells of a column that are shown beside its name, and looked at to guess what it means.
const SAMPLES: usize = 3;

/// How a list is to be read.
#[derive(Debug, Clone, Default)]
pub struct Asked {
    /// What the import is called; lists of one name know their lines again.
    pub name: String,
    /// What each column means, in order; `None` guesses.
    pub mapping: Option<Vec<Target>>,
}

/// A column of the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Column {
    /// Its name in the header.
    pub name: String,
    /// What it means, as asked or guessed.
    pub target: Target,
    /// Its first cells.
    pub samples: Vec<String>,
}

/// A line as it will be read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PreviewLine {
    /// Where in the file.
    pub line: u64,
    /// What it will do.
    pub outcome: Outcome,
    /// Its fields, in the order of kinds.
    pub fields: Vec<(FieldKind, String)>,
    /// Its loyalty cards.
    pub cards: Vec<String>,
    /// Its consents.
    pub consents: Vec<(Purpose, Channel, ConsentState)>,
}

/// What a list would do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Preview {
    /// Which letters it was written with.
    pub encoding: Encoding,
    /// What parts its cells.
    pub separator: char,
    /// Its columns and what they mean.
    pub columns: Vec<Column>,
    /// Lines that will be taken up.
    pub lines: usize,
    /// How many make a profile.
    pub created: usize,
    /// How many change one.
    pub changed: usize,
    /// How many say what is known already.
    pub unchanged: usize,
    /// The first lines, as they will be read.
    pub shown: Vec<PreviewLine>,
    /// What keeps the list from being imported; nothing is while there is one.
    pub problems: Vec<LineProblem>,
    /// What is worth knowing and keeps nothing from being imported.
    pub notes: Vec<LineProblem>,
    /// This very file was brought in before, under another name.
    pub earlier: Option<Import>,
}

/// What importing `file` would do. Writes nothing.
pub fn preview(tx: &ReadTx<'_>, actor: &Actor, file: &[u8], asked: &Asked) -> Result<Preview, ImportError> {
    actor.require(Permission::ImportCustomers)?;
    let (sheet, targets, lines) = taken(file, asked)?;
    let mut outcomes = HashMap::with_capacity(lines.lines.len());
    let source = FieldSource::Import(asked.name.trim().to_owned());
    for chunk in lines.lines.chunks(store::imports::KEYS) {
        let keys: Vec<&str> = chunk.iter().map(|line| line.key.as_str()).collect();
        for (key, digest) in store::imports::digests(tx, &source, &keys)? {
            outcomes.insert(key, digest);
        }
    }
    let outcome = |line: &Line| match outcomes.get(&line.key) {
        None => Outcome::Created,
        Some(digest) if *digest == line.record.digest() => Outcome::Unchanged,
        Some(_) => Outcome::Changed,
    };
    let (mut created, mut changed, mut unchanged) = (0, 0, 0);
    for line in &lines.lines {
        match outcome(line) {
            Outcome::Created => created += 1,
            Outcome::Changed => changed += 1,
            _ => unchanged += 1,
        }
    }
    let shown = lines.lines.iter().take(SHOWN).map(|line| PreviewLine {
        line: line.line,
        outcome: outcome(line),
        fields: line.record.fields.clone(),
        cards: line.record.cards.clone(),
        consents: line.record.consents.clone(),
    });
    Ok(Preview {
        encoding: sheet.encoding,
        separator: char::from(sheet.separator),
        lines: lines.lines.len(),
        created,
        changed,
        unchanged,
        shown: shown.collect(),
        earlier: store::imports::of_file(tx, &hex(file), asked.name.trim())?,
        columns: columns(&sheet, &targets),
        problems: lines.problems,
        notes: lines.notes,
    })
}

/// The list by the mapping asked for, or guessed.
pub(super) fn taken(file: &[u8], asked: &Asked) -> Result<(Sheet, Vec<Target>, Lines), ImportError> {
    let name = asked.name.trim();
    if name.is_empty() || name.chars().count() > IMPORT_NAME_LENGTH || name.chars().any(char::is_control) {
        return Err(ImportError::BadName(IMPORT_NAME_LENGTH));
    }
    let mut sheet = parse(file);
    let targets = match &asked.mapping {
        Some(mapping) if mapping.len() != sheet.columns.len() && !sheet.columns.is_empty() => {
            return Err(ImportError::BadMapping { given: mapping.len(), columns: sheet.columns.len() });
        }
        Some(mapping) => mapping.clone(),
        None => guess(&sheet.columns, |at| samples(&sheet, at, 20)),
    };
    let problems = std::mem::take(&mut sheet.problems);
    let mut lines = if problems.iter().any(|p| p.line == 1) { Lines::default() } else { read(&sheet, &targets) };
    lines.problems.extend(problems);
    lines.problems.sort_by_key(|found| found.line);
    Ok((sheet, targets, lines))
}

fn columns(sheet: &Sheet, targets: &[Target]) -> Vec<Column> {
    let column = |(at, name): (usize, &String)| Column { name: name.clone(), target: targets[at], samples: samples(sheet, at, SAMPLES) };
    sheet.columns.iter().enumerate().map(column).collect()
}

/// The first cells of a column that say something.
fn samples(sheet: &Sheet, at: usize, most: usize) -> Vec<String> {
    let cells = sheet.rows.iter().take(200).map(|row| row.cell(at)).filter(|cell| !cell.is_empty());
    cells.take(most).map(|cell| cell.chars().take(80).collect()).collect()
}
