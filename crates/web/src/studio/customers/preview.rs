//! What a list's columns mean and what it would do, as pages show it.

use super::{field_name, target_name};
use crate::studio::Me;
use crate::{Form, Page};
use askama::Template;
use customers::import::{self, Column, LineProblem, Outcome, PreviewLine, Target};
use customers::{ConsentState, FieldKind};

/// Problems and notes that are shown; all are counted.
const SHOWN: usize = 100;

/// What the columns mean.
#[derive(Template)]
#[template(path = "studio/customers/columns.html")]
pub(super) struct Mapping {
    page: Page,
    me: Me,
    file: String,
    file_name: String,
    name: String,
    read_as: String,
    lines: usize,
    columns: Vec<Chosen>,
    targets: Vec<(String, String)>,
    problems: Vec<Told>,
}

/// A column with what it means.
struct Chosen {
    id: String,
    name: String,
    samples: String,
    target: String,
    skipped: bool,
}

impl Mapping {
    pub(super) fn of(page: Page, me: Me, file_name: String, file: &str, name: &str, seen: import::Preview) -> Self {
        let chosen = |(at, column): (usize, &Column)| Chosen {
            id: format!("c{at}"),
            name: if column.name.is_empty() { page.tn("studio-column-n", at + 1) } else { column.name.clone() },
            samples: column.samples.join(" · "),
            target: column.target.to_string(),
            skipped: column.target == Target::Skip,
        };
        // Only what is wrong with the file itself keeps somebody from going on here.
        let of_file = seen.problems.iter().filter(|p| p.code != "no-meaning" && p.line <= 1);
        Mapping {
            read_as: read_as(&page, &seen),
            lines: seen.lines,
            columns: seen.columns.iter().enumerate().map(chosen).collect(),
            targets: Target::all().into_iter().map(|target| (target.to_string(), target_name(&page, target))).collect(),
            problems: of_file.map(|p| told(&page, p)).collect(),
            file: file.to_owned(),
            file_name,
            name: name.to_owned(),
            page,
            me,
        }
    }
}

/// `UTF-8, cells parted by ;`.
fn read_as(page: &Page, seen: &import::Preview) -> String {
    let separator = match seen.separator {
        '\t' => page.t("studio-separator-tab"),
        other => format!("«{other}»"),
    };
    page.tw("studio-read-as", &[("letters", seen.encoding.as_str().to_uppercase().into()), ("separator", separator.into())])
}

/// What the list would do.
#[derive(Template)]
#[template(path = "studio/customers/preview.html")]
pub(super) struct Preview {
    page: Page,
    me: Me,
    form: Form,
    file_name: String,
    back: String,
    lines: usize,
    created: usize,
    changed: usize,
    unchanged: usize,
    earlier: Option<String>,
    heads: Vec<String>,
    rows: Vec<Row>,
    problems: Vec<Told>,
    problems_total: usize,
    notes: Vec<Told>,
    notes_total: usize,
}

/// A line as it will be read: a cell per head.
struct Row {
    line: u64,
    outcome: String,
    class: &'static str,
    cells: Vec<(String, String)>,
}

/// A problem or note in the reader's language.
struct Told {
    line: u64,
    column: String,
    message: String,
}

impl Preview {
    pub(super) fn of(page: Page, me: Me, form: Form, file_name: String, back: String, seen: import::Preview) -> Self {
        let kinds: Vec<FieldKind> = FieldKind::ALL
            .iter()
            .copied()
            .filter(|kind| seen.shown.iter().any(|line| line.fields.iter().any(|(k, _)| k == kind)))
            .collect();
        let has_cards = seen.shown.iter().any(|line| !line.cards.is_empty());
        let has_consents = seen.shown.iter().any(|line| !line.consents.is_empty());
        let mut heads: Vec<String> = kinds.iter().map(|kind| field_name(&page, *kind)).collect();
        heads.extend(has_cards.then(|| page.t("identifier-card")));
        heads.extend(has_consents.then(|| page.t("studio-consents")));
        let row = |line: &PreviewLine| {
            let of_kind = |kind: &FieldKind| {
                let values: Vec<&str> = line.fields.iter().filter(|(k, _)| k == kind).map(|(_, value)| value.as_str()).collect();
                values.join(" · ")
            };
            let mut cells: Vec<String> = kinds.iter().map(of_kind).collect();
            cells.extend(has_cards.then(|| line.cards.join(" · ")));
            cells.extend(has_consents.then(|| consents(&page, line)));
            Row {
                line: line.line,
                outcome: page.t(&format!("line-is-{}", line.outcome)),
                class: match line.outcome {
                    Outcome::Created => "ok",
                    Outcome::Changed => "live",
                    _ => "plain",
                },
                cells: heads.iter().cloned().zip(cells).collect(),
            }
        };
        let tell = |found: &[LineProblem]| found.iter().take(SHOWN).map(|p| told(&page, p)).collect();
        Preview {
            rows: seen.shown.iter().map(row).collect(),
            heads: heads.clone(),
            problems: tell(&seen.problems),
            notes: tell(&seen.notes),
            problems_total: seen.problems.len(),
            notes_total: seen.notes.len(),
            lines: seen.lines,
            created: seen.created,
            changed: seen.changed,
            unchanged: seen.unchanged,
            earlier: seen.earlier.map(|import| import.name),
            form,
            file_name,
            back,
            page,
            me,
        }
    }
}

fn consents(page: &Page, line: &PreviewLine) -> String {
    let one = |(purpose, channel, state): &(customers::Purpose, kernel::Channel, ConsentState)| {
        let what = format!("{}, {}", page.t(&format!("purpose-{purpose}")), page.t(&format!("channel-{channel}")));
        format!("{what}: {}", page.t(&format!("consent-is-{state}")))
    };
    line.consents.iter().map(one).collect::<Vec<_>>().join(" · ")
}

fn told(page: &Page, found: &LineProblem) -> Told {
    Told { line: found.line, column: found.column.clone(), message: page.tv(&format!("list-{}", found.code), &found.value) }
}
