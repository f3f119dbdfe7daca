//! From a line of cells to a customer as the list knows them.

use super::sheet::{Row, Sheet};
use super::{LineProblem, Target};
use crate::record::read_value;
use crate::{ConsentState, FieldKind, Identifier, Purpose};
use kernel::{Channel, Timestamp};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::HashMap;

/// Values of one kind that are kept apart; what is more goes into the last.
const SEVERAL: usize = 8;
const OTHER_LENGTH: usize = 1000;
const EVIDENCE_LENGTH: usize = 900;

/// What one line says.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Record {
    pub fields: Vec<(FieldKind, String)>,
    pub cards: Vec<String>,
    pub consents: Vec<(Purpose, Channel, ConsentState)>,
    pub evidence: String,
    pub consent_at: Option<Timestamp>,
}

impl Record {
    /// The same for the same content.
    pub fn digest(&self) -> String {
        hex(&serde_json::to_vec(self).expect("a record is plain data"))
    }
}

/// A record with its place and name.
pub(crate) struct Line {
    pub line: u64,
    /// `id:` and the list's own name for it, or `row:` and a hash of the line.
    pub key: String,
    pub record: Record,
}

/// All lines; what keeps the list from being imported is in `problems`, what is worth knowing in `notes`.
#[derive(Default)]
pub(crate) struct Lines {
    pub lines: Vec<Line>,
    pub problems: Vec<LineProblem>,
    pub notes: Vec<LineProblem>,
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Read every line by this mapping, one target per column.
pub(super) fn read(sheet: &Sheet, targets: &[Target]) -> Lines {
    let mut lines = Lines::default();
    if !targets.iter().any(|target| matches!(target, Target::Field(_) | Target::Card)) {
        lines.problems.push(LineProblem::new(1, "", "no-meaning", "", "no column says anything of a customer; say what the columns mean"));
        return lines;
    }
    let named = targets.iter().position(|target| *target == Target::ExternalId);
    let mut seen: HashMap<String, usize> = HashMap::new();
    for row in &sheet.rows {
        let record = record(sheet, row, targets, &mut lines.notes);
        if record == Record::default() {
            lines.notes.push(LineProblem::new(row.line, "", "nothing-said", "", "nothing is said on this line; it is passed over"));
            continue;
        }
        let id = named.map(|at| row.cell(at)).filter(|id| !id.is_empty());
        let key = match id {
            Some(id) => format!("id:{}", id.chars().take(200).collect::<String>()),
            None => {
                let cells: Vec<&str> = (0..targets.len()).map(|at| row.cell(at)).collect();
                format!("row:{}", hex(cells.join("\u{1f}").as_bytes()))
            }
        };
        match seen.get(&key).map(|at| &lines.lines[*at]) {
            Some(first) if first.record == record => {
                let message = format!("the same as line {}; it is passed over", first.line);
                lines.notes.push(LineProblem::new(row.line, "", "twice", first.line, message));
            }
            Some(first) => {
                let (id, column) = (id.unwrap_or_default(), named.map_or("", |at| sheet.columns[at].as_str()));
                let message = format!("`{id}` is already on line {}, with other data", first.line);
                lines.problems.push(LineProblem::new(row.line, column, "twice-differs", id, message));
            }
            None => {
                seen.insert(key.clone(), lines.lines.len());
                lines.lines.push(Line { line: row.line, key, record });
            }
        }
    }
    lines
}

fn record(sheet: &Sheet, row: &Row, targets: &[Target], notes: &mut Vec<LineProblem>) -> Record {
    let mut record = Record::default();
    let mut joined: Vec<(FieldKind, usize, String)> = Vec::new();
    let mut rest: Vec<String> = Vec::new();
    for (at, target) in targets.iter().enumerate() {
        let (cell, column) = (row.cell(at), sheet.columns[at].as_str());
        if cell.is_empty() {
            continue;
        }
        let mut note = |code: &'static str, value: &str, message: String| {
            notes.push(LineProblem::new(row.line, column, code, short(value), message));
        };
        match target {
            Target::Skip | Target::ExternalId => {}
            Target::Field(FieldKind::Other) => rest.push(format!("{column}: {cell}")),
            Target::Field(kind @ (FieldKind::Email | FieldKind::Phone)) => several(*kind, cell, column, &mut record, &mut rest, &mut note),
            Target::Field(kind) => match joined.iter_mut().find(|(k, _, _)| k == kind) {
                Some((_, _, text)) => *text = format!("{text} {cell}"),
                None => joined.push((*kind, at, cell.to_owned())),
            },
            Target::Card => match Identifier::card(cell) {
                Ok(card) => record.cards.push(card.value().to_owned()),
                Err(why) => {
                    note("bad-card", cell, format!("{why}; kept as a free field"));
                    rest.push(format!("{column}: {cell}"));
                }
            },
            Target::Consent(purpose, channel) => match answer(cell) {
                Some(state) => record.consents.push((*purpose, *channel, state)),
                None => note("bad-answer", cell, format!("`{}` is neither yes nor no; no consent is taken from it", short(cell))),
            },
            Target::Evidence => record.evidence = cell.chars().take(EVIDENCE_LENGTH).collect(),
            Target::ConsentDate => match read_value(FieldKind::BirthDate, cell).ok().and_then(|day| midday(&day)) {
                Some(at) => record.consent_at = Some(at),
                None => note("bad-consent-date", cell, format!("`{}` is not a date; write it like 2024-05-31 or 31/05/2024", short(cell))),
            },
        }
    }
    for (kind, at, text) in joined {
        match read_value(kind, &text) {
            Ok(value) if value.is_empty() => {}
            Ok(value) => record.fields.push((kind, value)),
            Err(why) => {
                let message = format!("{why}; kept as a free field");
                notes.push(LineProblem::new(row.line, &sheet.columns[at], code(kind), short(&text), message));
                rest.push(format!("{}: {text}", sheet.columns[at]));
            }
        }
    }
    if record.consents.is_empty() {
        (record.evidence, record.consent_at) = (String::new(), None);
    }
    record.fields.extend(free(rest).into_iter().map(|text| (FieldKind::Other, text)));
    record.fields.sort_by_key(|(kind, _)| *kind);
    record
}

/// A cell may hold several addresses or numbers.
fn several(
    kind: FieldKind,
    cell: &str,
    column: &str,
    record: &mut Record,
    rest: &mut Vec<String>,
    note: &mut impl FnMut(&'static str, &str, String),
) {
    let parts: Vec<&str> = match read_value(kind, cell) {
        Ok(_) => vec![cell],
        Err(_) => cell.split(['/', ';', ',', '|']).map(str::trim).filter(|part| !part.is_empty()).collect(),
    };
    for part in parts {
        match read_value(kind, part) {
            Ok(value) if record.fields.contains(&(kind, value.clone())) => {}
            Ok(value) if record.fields.iter().filter(|(k, _)| *k == kind).count() < SEVERAL => record.fields.push((kind, value)),
            Ok(_) => rest.push(format!("{column}: {part}")),
            Err(why) => {
                note(code(kind), part, format!("{why}; kept as a free field"));
                rest.push(format!("{column}: {part}"));
            }
        }
    }
}

/// What is wrong with a field of this kind that cannot be read.
fn code(kind: FieldKind) -> &'static str {
    match kind {
        FieldKind::Email => "bad-email",
        FieldKind::Phone => "bad-phone",
        FieldKind::BirthDate => "bad-date",
        FieldKind::Age => "bad-age",
        _ => "too-long",
    }
}

/// At most eight free fields, each as long as is kept.
fn free(mut rest: Vec<String>) -> Vec<String> {
    if rest.len() > SEVERAL {
        let last = rest.split_off(SEVERAL - 1).join("; ");
        rest.push(last);
    }
    let mut kept: Vec<String> = Vec::new();
    for text in rest {
        let text: String = text.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(OTHER_LENGTH).collect();
        if !kept.contains(&text) {
            kept.push(text);
        }
    }
    kept
}

fn answer(cell: &str) -> Option<ConsentState> {
    match crate::fold(cell).as_str() {
        "si" | "s" | "yes" | "y" | "1" | "true" | "verdadero" | "x" | "ok" | "granted" | "subscribed" => Some(ConsentState::Granted),
        "no" | "n" | "0" | "false" | "falso" | "refused" | "unsubscribed" => Some(ConsentState::Refused),
        _ => None,
    }
}

/// Noon of a day, UTC.
fn midday(day: &str) -> Option<Timestamp> {
    Timestamp::from_rfc3339(&format!("{day}T12:00:00Z")).ok()
}

fn short(cell: &str) -> String {
    cell.chars().take(60).collect()
}
