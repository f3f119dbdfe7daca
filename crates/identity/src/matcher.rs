//! Two records and what they say of each other.

use crate::compare::{EXACT, MISSING, Pattern, compare};
use crate::dictionary::{Dictionary, Symbol, hash};
use crate::index;
use crate::kind::{FieldKind, Rule};
use crate::learn::Seen;
use crate::model::{CHANGED, Frequencies, Logs, Model, STEADY, odds};
use crate::record::{MOST_SLOTS, Record, Schema};
use serde::{Deserialize, Serialize};

/// How far two values agree.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Agreement {
    /// The same.
    Exact,
    /// A slip of the hand apart.
    Close,
    /// Alike.
    Similar,
    /// A part of them is the same.
    Partial,
    /// A short form or an initial of the other.
    Alias,
    /// In each other's place.
    Swapped,
    /// Nothing in common.
    Different,
}

impl Agreement {
    /// Its word.
    pub const fn as_str(self) -> &'static str {
        match self {
            Agreement::Exact => "exact",
            Agreement::Close => "close",
            Agreement::Similar => "similar",
            Agreement::Partial => "partial",
            Agreement::Alias => "alias",
            Agreement::Swapped => "swapped",
            Agreement::Different => "different",
        }
    }
}

/// What one field says about a pair.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Evidence {
    /// Which field; of names `given_name`, `family_name`, `middle_name`, and `full_name` for its other words.
    pub field: FieldKind,
    /// How far it agrees.
    pub agreement: Agreement,
    /// For (above 0) or against one person, in natural logarithms of odds.
    pub weight: f32,
}

/// What was learnt from records, in a form to be kept. The counts of single values are kept beside it, as [`Learnt::counts`] tells them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Learnt {
    /// How often values agree.
    pub model: Model,
    /// For each slot, how many persons it is known of.
    pub known: Vec<u32>,
    /// How often each value occurs that more than one person has: the number of [`Matcher::values`], and persons.
    #[serde(skip)]
    pub counts: Vec<(u64, u32)>,
}

/// The rules of one schema with what has been learnt.
#[derive(Debug)]
pub struct Matcher {
    pub(crate) schema: Schema,
    pub(crate) dictionary: Dictionary,
    pub(crate) frequencies: Frequencies,
    model: Model,
    logs: Logs,
}

impl Matcher {
    /// A matcher that begins with what is known of people in general.
    pub fn new(schema: Schema) -> Self {
        let model = Model::prior(&schema, 1000);
        let frequencies = Frequencies::new(&schema);
        Matcher { logs: Logs::of(&model), schema, dictionary: Dictionary::new(), frequencies, model }
    }

    /// A matcher that goes on from what was learnt; the counts of the values it will meet are told by [`Matcher::set_count`].
    pub fn of(schema: Schema, learnt: Learnt) -> Self {
        let mut frequencies = Frequencies::once_per_person(&schema);
        frequencies.set_known(learnt.known);
        let logs = Logs::of(&learnt.model);
        Matcher { logs, schema, dictionary: Dictionary::new(), frequencies, model: learnt.model }
    }

    /// From now on weigh by this.
    pub(crate) fn set_model(&mut self, model: Model) {
        self.logs = Logs::of(&model);
        self.model = model;
    }

    /// So many persons have this value.
    pub fn set_count(&mut self, value: u64, persons: u32) {
        self.frequencies.set(value, persons);
    }

    pub(crate) fn learnt(&self) -> Learnt {
        Learnt { model: self.model.clone(), known: self.frequencies.known().to_vec(), counts: self.frequencies.repeated() }
    }

    /// A row, in the order of the schema's columns, as it is compared.
    pub fn read<S: AsRef<str>>(&mut self, row: &[S]) -> Record {
        self.schema.read(&mut self.dictionary, row)
    }

    /// Keys under which a record is found again: two records of one person are likely to share some. The same on every machine.
    pub fn keys(&self, record: &Record) -> Vec<u64> {
        index::keys(&self.schema, &self.dictionary, record)
    }

    /// Each value of a record as a number, with its slot: what is counted.
    pub fn values(&self, record: &Record) -> impl Iterator<Item = (usize, u64)> {
        record.iter().enumerate().filter(|(_, symbol)| **symbol != 0).map(|(slot, symbol)| (slot, self.value(slot, *symbol)))
    }

    pub(crate) fn value(&self, slot: usize, symbol: Symbol) -> u64 {
        let value = match self.schema.slots[slot].rule {
            Rule::Date | Rule::Age => u64::from(symbol),
            _ => self.dictionary.word(symbol).hash,
        };
        hash(&[&[slot as u8], &value.to_le_bytes()])
    }

    /// The logarithm of the odds that two records are of one person.
    pub fn weigh(&self, a: &Record, b: &Record) -> f32 {
        let seen = self.seen(a, b);
        odds(&self.logs.densities(&seen.pattern, &seen.chances)) as f32
    }

    pub(crate) fn seen(&self, a: &[Symbol], b: &[Symbol]) -> Seen {
        let pattern = compare(&self.schema, &self.dictionary, a, b);
        Seen { chances: self.chances(&pattern, a), pattern }
    }

    fn chances(&self, pattern: &Pattern, record: &[Symbol]) -> [f32; MOST_SLOTS] {
        let mut chances = [0f32; MOST_SLOTS];
        for (slot, symbol) in record.iter().enumerate() {
            if pattern[slot] == EXACT {
                chances[slot] = self.frequencies.chance(slot, self.value(slot, *symbol)) as f32;
            }
        }
        chances
    }

    /// Why: field by field, what says most first.
    pub fn explain(&self, a: &Record, b: &Record) -> Vec<Evidence> {
        let seen = self.seen(a, b);
        let logs = self.logs.densities(&seen.pattern, &seen.chances);
        let for_one = if logs[STEADY] >= logs[CHANGED] { STEADY } else { CHANGED };
        let mut evidence: Vec<Evidence> = self
            .schema
            .slots
            .iter()
            .enumerate()
            .filter(|(slot, s)| seen.pattern[*slot] != MISSING && s.rule != Rule::Source)
            .map(|(slot, s)| {
                let level = seen.pattern[slot] as usize;
                let chance = if seen.pattern[slot] == EXACT { f64::from(seen.chances[slot]) } else { self.model.random[slot][level] };
                let weight = (self.model.classes[for_one].levels[slot][level] / chance).ln() as f32;
                Evidence { field: s.kind, agreement: agreement(level), weight }
            })
            .collect();
        evidence.sort_by(|x, y| y.weight.abs().total_cmp(&x.weight.abs()));
        evidence
    }
}

const fn agreement(level: usize) -> Agreement {
    [
        Agreement::Different,
        Agreement::Exact,
        Agreement::Close,
        Agreement::Similar,
        Agreement::Partial,
        Agreement::Alias,
        Agreement::Swapped,
        Agreement::Different,
    ][level]
}

/// Odds as a probability.
pub fn probability(weight: f32) -> f32 {
    1.0 / (1.0 + (-weight).exp())
}
