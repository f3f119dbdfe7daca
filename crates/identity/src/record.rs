//! Records as they are compared: one number for each slot.

use crate::dates::{self, DateOrder};
use crate::dictionary::{Dictionary, Symbol};
use crate::kind::{FieldKind, Rule};
use crate::{names, text};

/// Slots of one record, at most.
pub(crate) const MOST_SLOTS: usize = 32;

/// Rows that are looked at to learn how columns relate, and values below which nothing is learnt.
const SAMPLE: usize = 2_000;
const FEW: usize = 20;

/// One thing that is compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Slot {
    pub rule: Rule,
    /// The kind of its column; of names, the part.
    pub kind: FieldKind,
    /// The column it is read from; names are put together from several.
    column: usize,
    /// Another slot of the same kind: lines of an address may have changed places.
    pub twin: Option<usize>,
}

/// Which column holds what, and so what is compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Schema {
    kinds: Vec<FieldKind>,
    pub(crate) slots: Vec<Slot>,
    left_out: usize,
    pub(crate) date_order: DateOrder,
}

/// A record as it is compared: for each slot of the schema a number, 0 where nothing is known. It belongs to the matcher that read it.
pub type Record = Box<[Symbol]>;

impl Schema {
    /// Columns in order.
    pub fn new(kinds: &[FieldKind]) -> Self {
        let mut slots = Vec::new();
        let has = |kind| kinds.contains(&kind);
        let (parts, full) = (has(FieldKind::GivenName) || has(FieldKind::FamilyName), has(FieldKind::FullName));
        let mut name = |rule, kind, wanted| {
            if wanted {
                slots.push(Slot { rule, kind, column: 0, twin: None });
            }
        };
        name(Rule::Given, FieldKind::GivenName, parts || full);
        name(Rule::Family, FieldKind::FamilyName, parts || full);
        name(Rule::Middle, FieldKind::MiddleName, has(FieldKind::MiddleName));
        name(Rule::Epithet, FieldKind::FullName, parts && full);
        let mut left_out = 0;
        for (column, kind) in kinds.iter().enumerate() {
            if let Some(rule) = kind.rule() {
                if slots.len() == MOST_SLOTS {
                    left_out += 1;
                    continue;
                }
                let twin = slots.iter().position(|s| s.kind == *kind && s.rule == Rule::Street);
                let this = slots.len();
                slots.push(Slot { rule, kind: *kind, column, twin });
                if let Some(twin) = twin {
                    slots[twin].twin = Some(this);
                }
            }
        }
        Schema { kinds: kinds.to_vec(), slots, left_out, date_order: DateOrder::default() }
    }

    /// Columns that are not compared, because there are more than 32 things to compare: the last ones.
    pub fn left_out(&self) -> usize {
        self.left_out
    }

    /// Learn from some rows how dates are written, and which columns only repeat others: what is said twice must not count twice.
    pub fn learn_columns<'v>(&mut self, rows: impl Iterator<Item = &'v [String]> + Clone) {
        let repeats = |slot: &Slot| slot.rule == Rule::Text && self.repeats(slot.column, rows.clone().take(SAMPLE));
        let told_before: Vec<usize> = self.slots.iter().filter(|slot| repeats(slot)).map(|slot| slot.column).collect();
        // Streets alone have twins, and none of them goes: places are numbered anew.
        let kept = |slot: &Slot| slot.rule != Rule::Text || !told_before.contains(&slot.column);
        let place: Vec<usize> = self.slots.iter().scan(0, |next, slot| Some((*next, *next += usize::from(kept(slot))).0)).collect();
        self.slots.retain(kept);
        for slot in &mut self.slots {
            slot.twin = slot.twin.map(|twin| place[twin]);
        }
        for (column, kind) in self.kinds.iter().enumerate() {
            if *kind == FieldKind::BirthDate {
                self.date_order = dates::order(rows.clone().filter_map(|row| row.get(column)).map(String::as_str));
            }
        }
    }

    /// Whether nearly every value of a column is made of words that the names, or a column before it, have in the same row.
    fn repeats<'v>(&self, column: usize, rows: impl Iterator<Item = &'v [String]>) -> bool {
        let is_name =
            |kind: FieldKind| matches!(kind, FieldKind::GivenName | FieldKind::MiddleName | FieldKind::FamilyName | FieldKind::FullName);
        let (mut known, mut repeated) = (0, 0);
        for row in rows {
            let words = text::fold(row.get(column).map_or("", String::as_str));
            if words.is_empty() {
                continue;
            }
            let others =
                self.kinds.iter().enumerate().filter(|(c, kind)| is_name(**kind) || (*c < column && kind.rule() == Some(Rule::Text)));
            let told: Vec<String> = others.filter_map(|(c, _)| row.get(c)).map(|value| text::fold(value)).collect();
            known += 1;
            repeated += usize::from(words.split(' ').all(|word| told.iter().any(|value| value.split(' ').any(|w| w == word))));
        }
        known >= FEW && repeated * 10 >= known * 9
    }

    pub(crate) fn position(&self, rule: Rule) -> Option<usize> {
        self.slots.iter().position(|s| s.rule == rule)
    }

    /// One row into the engine's form; columns that the row lacks are empty.
    pub(crate) fn read<S: AsRef<str>>(&self, dictionary: &mut Dictionary, row: &[S]) -> Record {
        let value = |column: usize| row.get(column).map_or("", |v| start(v.as_ref().trim()));
        let named = |kind: FieldKind| {
            let mut all = self.kinds.iter().enumerate().filter(|(_, k)| **k == kind).map(|(c, _)| value(c)).filter(|v| !v.is_empty());
            let first = all.next().unwrap_or_default().to_owned();
            all.fold(first, |mut text, more| {
                let told = text::fold(&text);
                if text::fold(more).split(' ').any(|word| told.split(' ').all(|known| known != word)) {
                    text.push(' ');
                    text.push_str(more);
                }
                text
            })
        };
        let name = names::parts(
            &named(FieldKind::GivenName),
            &named(FieldKind::MiddleName),
            &named(FieldKind::FamilyName),
            &named(FieldKind::FullName),
        );
        self.slots
            .iter()
            .map(|slot| match slot.rule {
                Rule::Given => dictionary.symbol(&name.given),
                Rule::Middle => dictionary.symbol(&name.middle),
                Rule::Family => dictionary.symbol(&name.family),
                Rule::Epithet => dictionary.symbol(&name.epithet),
                rule => single(dictionary, rule, value(slot.column), self.date_order),
            })
            .collect()
    }
}

/// As much of a value as is compared; nobody's name is longer, and no comparison gets slow.
fn start(value: &str) -> &str {
    value.char_indices().nth(96).map_or(value, |(at, _)| &value[..at])
}

/// The value of one column.
fn single(dictionary: &mut Dictionary, rule: Rule, value: &str, order: DateOrder) -> Symbol {
    if is_blank(value) {
        return 0;
    }
    match rule {
        Rule::Date => dates::parse(value, order).unwrap_or(0),
        Rule::Age => {
            value.split(['.', ',']).next().and_then(|v| v.trim().parse::<u32>().ok()).filter(|age| *age < 130).map_or(0, |age| age + 1)
        }
        Rule::Sex => dictionary.symbol(sex(&text::fold(value))),
        Rule::Street => dictionary.symbol(&street(value)),
        Rule::Phone => dictionary.symbol(&phone(value)),
        Rule::Email => dictionary.symbol(&value.to_lowercase()),
        Rule::Id | Rule::Postcode | Rule::Number => dictionary.symbol(&text::compact(value)),
        _ => dictionary.symbol(&text::fold(value)),
    }
}

/// What people write where they have nothing to write.
fn is_blank(value: &str) -> bool {
    value.is_empty()
        || ["null", "none", "nan", "n/a", "na", "unknown", "-", "--", "."].iter().any(|blank| value.eq_ignore_ascii_case(blank))
        || (value.len() >= 3 && value.bytes().all(|b| b == b'0'))
}

fn sex(word: &str) -> &str {
    match word {
        "m" | "male" | "man" | "hombre" | "varon" | "masculino" | "h" | "masculine" => "male",
        "f" | "female" | "woman" | "mujer" | "femenino" | "feminine" => "female",
        other => other,
    }
}

/// Digits; without the country where nine remain after a known prefix.
fn phone(value: &str) -> String {
    let digits: String = value.chars().filter(char::is_ascii_digit).collect();
    let digits = digits.strip_prefix("00").unwrap_or(&digits);
    let local = digits.strip_prefix("34").filter(|rest| rest.len() == 9).unwrap_or(digits);
    local.trim_start_matches('0').to_owned()
}

/// Kinds of street, as they are shortened.
const STREETS: &[(&str, &str)] = &[
    ("calle", ""),
    ("c", ""),
    ("cl", ""),
    ("c/", ""),
    ("avenida", "av"),
    ("avda", "av"),
    ("avd", "av"),
    ("ave", "av"),
    ("avenue", "av"),
    ("plaza", "pl"),
    ("plza", "pl"),
    ("pza", "pl"),
    ("place", "pl"),
    ("paseo", "ps"),
    ("po", "ps"),
    ("pº", "ps"),
    ("carretera", "ctra"),
    ("crta", "ctra"),
    ("camino", "cno"),
    ("ronda", "rda"),
    ("travesia", "trv"),
    ("urbanizacion", "urb"),
    ("poligono", "pol"),
    ("street", "st"),
    ("road", "rd"),
    ("drive", "dr"),
    ("lane", "ln"),
    ("court", "ct"),
    ("crescent", "cr"),
    ("cres", "cr"),
    ("circuit", "cct"),
    ("close", "cl"),
    ("terrace", "tce"),
    ("boulevard", "blvd"),
    ("highway", "hwy"),
    ("parade", "pde"),
    ("square", "sq"),
    ("north", "n"),
    ("south", "s"),
    ("east", "e"),
    ("west", "w"),
    ("number", ""),
    ("numero", ""),
    ("num", ""),
    ("no", ""),
    ("n", ""),
    ("de", ""),
    ("del", ""),
    ("la", ""),
    ("los", ""),
    ("las", ""),
];

/// A street with its kind shortened and small words out.
fn street(value: &str) -> String {
    let folded = text::fold(value);
    let mut out = String::with_capacity(folded.len());
    for word in folded.split(' ') {
        let word = STREETS.iter().find(|(long, _)| *long == word).map_or(word, |(_, short)| *short);
        if !word.is_empty() {
            if !out.is_empty() {
                out.push(' ');
            }
            out.push_str(word);
        }
    }
    if out.is_empty() { folded } else { out }
}
