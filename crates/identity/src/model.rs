//! How much each agreement weighs.
//!
//! Fellegi and Sunter's model with several classes of pairs. Pairs of one person are either *steady* (everything as it was) or *changed* (moved, renamed,
//! badly typed); pairs of two persons are *kin* (share a household: family name, address, telephone), *neighbours* (share an area), or
//! strangers, who agree by chance only: how often is counted from the values themselves, so that agreeing on a rare value weighs more than on a
//! common one.
//! Each class has a number of pairs it is expected to hold among all pairs of records. The weight of a pair is the logarithm of the odds
//! that it is one person: expected pairs of the first two classes with this pattern against expected pairs of the others.

use crate::compare::{EXACT, LEVELS, MISSING, Pattern};
use crate::kind::Rule;
use crate::record::Schema;
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

/// What pairs of one class look like.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Class {
    /// Expected pairs among all records.
    pub pairs: f64,
    /// Probability of each level at each slot, given that both values are known.
    pub levels: Vec<[f64; LEVELS]>,
}

/// Classes of pairs of one person come first.
pub(crate) const STEADY: usize = 0;
pub(crate) const CHANGED: usize = 1;
pub(crate) const KIN: usize = 2;
pub(crate) const NEIGHBOURS: usize = 3;
pub(crate) const CLASSES: usize = 4;

/// How often each value occurs.
#[derive(Debug, Clone, Default)]
pub(crate) struct Frequencies {
    counts: FxHashMap<u64, u32>,
    known: Vec<u32>,
    /// Records of one person, on average; a person's own records say nothing about chance.
    per_person: f64,
    /// For each slot, how likely two strangers agree as far as is known of people in general: serves until enough values are counted.
    general: Vec<f64>,
}

/// Values of a slot after which the brand's own counts say more than what is known in general.
const ENOUGH_VALUES: f64 = 50.0;

impl Frequencies {
    pub(crate) fn new(schema: &Schema) -> Self {
        let general = schema.slots.iter().map(|slot| prior(slot.rule, CLASSES)[EXACT as usize]).collect();
        Frequencies { counts: FxHashMap::default(), known: vec![0; schema.slots.len()], per_person: 1.5, general }
    }
    pub(crate) fn count(&mut self, slot: usize, value: u64) {
        *self.counts.entry(value).or_default() += 1;
        self.known[slot] += 1;
    }
    /// Count each value once for each person who has it, and not for each of their records.
    pub(crate) fn once_per_person(schema: &Schema) -> Self {
        Frequencies { per_person: 1.0, ..Frequencies::new(schema) }
    }
    pub(crate) fn set_known(&mut self, known: Vec<u32>) {
        let slots = self.known.len();
        self.known = known;
        self.known.resize(slots, 0);
    }
    pub(crate) fn set(&mut self, value: u64, persons: u32) {
        self.counts.insert(value, persons);
    }
    pub(crate) fn known(&self) -> &[u32] {
        &self.known
    }
    /// Values that occur more than once, in order.
    pub(crate) fn repeated(&self) -> Vec<(u64, u32)> {
        let mut all: Vec<(u64, u32)> = self.counts.iter().filter(|(_, n)| **n > 1).map(|(v, n)| (*v, *n)).collect();
        all.sort_unstable();
        all
    }
    /// How likely a stranger has this value.
    pub(crate) fn chance(&self, slot: usize, value: u64) -> f64 {
        let count = self.counts.get(&value).copied().unwrap_or(0);
        let known = f64::from(self.known[slot]);
        let seen = (f64::from(count) - self.per_person).max(0.0) + 0.5 * known / (known + ENOUGH_VALUES);
        ((seen + ENOUGH_VALUES * self.general[slot]) / (known + ENOUGH_VALUES)).min(1.0)
    }
}

/// What has been learnt: how often values of one person agree, and values of strangers. Kept as JSON.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Model {
    pub(crate) classes: Vec<Class>,
    /// Strangers: probability of each level, by chance.
    pub(crate) random: Vec<[f64; LEVELS]>,
    /// All pairs of records.
    pub(crate) all_pairs: f64,
}

/// A model's logarithms, worked out once: every pair needs dozens of them.
#[derive(Debug)]
pub(crate) struct Logs {
    /// Of the number of pairs of each class and, last, of all.
    pairs: [f64; CLASSES + 1],
    slots: Vec<SlotLogs>,
}

#[derive(Debug)]
struct SlotLogs {
    /// Of the probability of each level under each class and, last, by chance.
    levels: [[f64; CLASSES + 1]; LEVELS],
    /// For kin and neighbours, how much more often than by chance they have one value because they share it.
    shared: [f64; CLASSES],
}

impl Logs {
    pub(crate) fn of(model: &Model) -> Self {
        let with_all = |of: &dyn Fn(&Class) -> f64, all: f64| -> [f64; CLASSES + 1] {
            std::array::from_fn(|k| model.classes.get(k).map_or(all, of).ln())
        };
        let slot = |(slot, random): (usize, &[f64; LEVELS])| SlotLogs {
            levels: std::array::from_fn(|level| with_all(&|class| class.levels[slot][level], random[level])),
            shared: std::array::from_fn(|k| (model.classes[k].levels[slot][EXACT as usize] - random[EXACT as usize]).max(0.0)),
        };
        Logs { pairs: with_all(&|class| class.pairs, model.all_pairs), slots: model.random.iter().enumerate().map(slot).collect() }
    }

    /// The logarithm of a pair's density under each class and, last, among strangers.
    pub(crate) fn densities(&self, pattern: &Pattern, chances: &[f32]) -> [f64; CLASSES + 1] {
        let mut logs = self.pairs;
        for (at, slot) in self.slots.iter().enumerate() {
            let level = pattern[at];
            if level == MISSING {
                continue;
            }
            let of_level = &slot.levels[level as usize];
            let chance = f64::from(chances[at]);
            for (k, log) in logs.iter_mut().enumerate() {
                *log += match k {
                    CLASSES if level == EXACT => chance.ln(),
                    KIN | NEIGHBOURS if level == EXACT => (slot.shared[k] + (1.0 - slot.shared[k]) * chance).ln(),
                    _ => of_level[k],
                };
            }
        }
        logs
    }
}

/// `ln(exp a + exp b)`.
fn add(a: f64, b: f64) -> f64 {
    let (high, low) = if a > b { (a, b) } else { (b, a) };
    high + (low - high).exp().ln_1p()
}

/// The logarithm of the odds that the pair is one person.
pub(crate) fn odds(logs: &[f64; CLASSES + 1]) -> f64 {
    add(logs[STEADY], logs[CHANGED]) - add(add(logs[KIN], logs[NEIGHBOURS]), logs[CLASSES])
}

impl Model {
    /// What a brand without data of its own begins with.
    pub(crate) fn prior(schema: &Schema, records: usize) -> Model {
        let records = (records.max(2)) as f64;
        let all_pairs = records * (records - 1.0) / 2.0;
        let of = |class: usize| schema.slots.iter().map(|slot| prior(slot.rule, class)).collect::<Vec<_>>();
        let classes = vec![
            Class { pairs: records * 0.4, levels: of(STEADY) },
            Class { pairs: records * 0.1, levels: of(CHANGED) },
            Class { pairs: records * 0.2, levels: of(KIN) },
            Class { pairs: records, levels: of(NEIGHBOURS) },
        ];
        Model { classes, random: of(CLASSES), all_pairs }
    }
}

/// Probabilities before any data, by rule and class: missing (never used), exact, close, similar, partial, alias, swapped, different.
#[rustfmt::skip]
fn prior(rule: Rule, class: usize) -> [f64; LEVELS] {
    let table: [[f64; LEVELS]; CLASSES + 1] = match rule {
        Rule::Given => [
            [0.0, 0.86, 0.05, 0.015, 0.02, 0.035, 0.01, 0.01],
            [0.0, 0.60, 0.13, 0.05, 0.05, 0.07, 0.05, 0.05],
            [0.0, 0.02, 0.02, 0.04, 0.02, 0.04, 0.002, 0.858],
            [0.0, 0.008, 0.006, 0.03, 0.004, 0.02, 0.0005, 0.9315],
            [0.0, 0.008, 0.006, 0.03, 0.004, 0.02, 0.0005, 0.9315],
        ],
        Rule::Family => [
            [0.0, 0.88, 0.06, 0.015, 0.025, 0.002, 0.01, 0.008],
            [0.0, 0.60, 0.13, 0.05, 0.06, 0.002, 0.05, 0.108],
            [0.0, 0.75, 0.06, 0.02, 0.06, 0.002, 0.002, 0.106],
            [0.0, 0.003, 0.003, 0.02, 0.01, 0.0005, 0.0005, 0.963],
            [0.0, 0.003, 0.003, 0.02, 0.01, 0.0005, 0.0005, 0.963],
        ],
        Rule::Middle => [
            [0.0, 0.70, 0.05, 0.02, 0.02, 0.18, 0.01, 0.02],
            [0.0, 0.55, 0.08, 0.04, 0.04, 0.18, 0.01, 0.10],
            [0.0, 0.03, 0.01, 0.02, 0.02, 0.06, 0.005, 0.855],
            [0.0, 0.02, 0.01, 0.02, 0.02, 0.06, 0.005, 0.865],
            [0.0, 0.02, 0.01, 0.02, 0.02, 0.06, 0.005, 0.865],
        ],
        Rule::Epithet => [
            [0.0, 0.60, 0.20, 0.05, 0.08, 0.001, 0.001, 0.068],
            [0.0, 0.30, 0.25, 0.05, 0.15, 0.001, 0.001, 0.248],
            [0.0, 0.10, 0.15, 0.05, 0.20, 0.001, 0.001, 0.498],
            [0.0, 0.002, 0.02, 0.03, 0.03, 0.001, 0.001, 0.916],
            [0.0, 0.002, 0.02, 0.03, 0.03, 0.001, 0.001, 0.916],
        ],
        Rule::Date => [
            [0.0, 0.90, 0.06, 0.008, 0.012, 0.001, 0.012, 0.007],
            [0.0, 0.68, 0.14, 0.04, 0.06, 0.001, 0.03, 0.049],
            [0.0, 0.005, 0.002, 0.03, 0.025, 0.001, 0.0005, 0.9365],
            [0.0, 0.0002, 0.001, 0.02, 0.025, 0.001, 0.0003, 0.9525],
            [0.0, 0.0002, 0.001, 0.02, 0.025, 0.001, 0.0003, 0.9525],
        ],
        Rule::Age => [
            [0.0, 0.75, 0.20, 0.03, 0.001, 0.001, 0.001, 0.017],
            [0.0, 0.60, 0.25, 0.08, 0.001, 0.001, 0.001, 0.067],
            [0.0, 0.02, 0.05, 0.08, 0.001, 0.001, 0.001, 0.847],
            [0.0, 0.013, 0.026, 0.07, 0.001, 0.001, 0.001, 0.888],
            [0.0, 0.013, 0.026, 0.07, 0.001, 0.001, 0.001, 0.888],
        ],
        Rule::Sex => [
            [0.0, 0.985, 0.001, 0.001, 0.001, 0.001, 0.001, 0.01],
            [0.0, 0.97, 0.001, 0.001, 0.001, 0.001, 0.001, 0.025],
            [0.0, 0.48, 0.001, 0.001, 0.001, 0.001, 0.001, 0.515],
            [0.0, 0.50, 0.001, 0.001, 0.001, 0.001, 0.001, 0.495],
            [0.0, 0.50, 0.001, 0.001, 0.001, 0.001, 0.001, 0.495],
        ],
        Rule::Number => [
            [0.0, 0.90, 0.05, 0.01, 0.001, 0.001, 0.001, 0.037],
            [0.0, 0.40, 0.10, 0.02, 0.001, 0.001, 0.001, 0.477],
            [0.0, 0.85, 0.05, 0.01, 0.001, 0.001, 0.001, 0.087],
            [0.0, 0.02, 0.06, 0.01, 0.001, 0.001, 0.001, 0.907],
            [0.0, 0.01, 0.06, 0.01, 0.001, 0.001, 0.001, 0.917],
        ],
        Rule::Street => [
            [0.0, 0.82, 0.10, 0.02, 0.02, 0.001, 0.02, 0.019],
            [0.0, 0.35, 0.10, 0.04, 0.05, 0.001, 0.02, 0.439],
            [0.0, 0.80, 0.08, 0.02, 0.03, 0.001, 0.01, 0.059],
            [0.0, 0.05, 0.01, 0.03, 0.10, 0.001, 0.001, 0.808],
            [0.0, 0.001, 0.002, 0.03, 0.10, 0.001, 0.001, 0.865],
        ],
        Rule::Text => [
            [0.0, 0.86, 0.07, 0.015, 0.025, 0.001, 0.001, 0.028],
            [0.0, 0.55, 0.10, 0.03, 0.05, 0.001, 0.001, 0.268],
            [0.0, 0.75, 0.06, 0.02, 0.03, 0.001, 0.001, 0.138],
            [0.0, 0.60, 0.06, 0.02, 0.03, 0.001, 0.001, 0.288],
            [0.0, 0.02, 0.01, 0.03, 0.02, 0.001, 0.001, 0.918],
        ],
        Rule::Postcode => [
            [0.0, 0.87, 0.06, 0.001, 0.03, 0.001, 0.001, 0.037],
            [0.0, 0.45, 0.10, 0.001, 0.15, 0.001, 0.001, 0.297],
            [0.0, 0.80, 0.06, 0.001, 0.05, 0.001, 0.001, 0.087],
            [0.0, 0.45, 0.05, 0.001, 0.30, 0.001, 0.001, 0.197],
            [0.0, 0.003, 0.01, 0.001, 0.03, 0.001, 0.001, 0.954],
        ],
        Rule::Phone => [
            [0.0, 0.80, 0.06, 0.01, 0.001, 0.001, 0.001, 0.127],
            [0.0, 0.40, 0.06, 0.02, 0.001, 0.001, 0.001, 0.517],
            [0.0, 0.40, 0.02, 0.01, 0.001, 0.001, 0.001, 0.567],
            [0.0, 0.0001, 0.0003, 0.001, 0.001, 0.001, 0.001, 0.9956],
            [0.0, 0.0001, 0.0003, 0.001, 0.001, 0.001, 0.001, 0.9956],
        ],
        Rule::Email => [
            [0.0, 0.80, 0.08, 0.03, 0.04, 0.001, 0.001, 0.048],
            [0.0, 0.45, 0.12, 0.08, 0.08, 0.001, 0.001, 0.268],
            [0.0, 0.05, 0.01, 0.01, 0.005, 0.001, 0.001, 0.923],
            [0.0, 0.0001, 0.0003, 0.003, 0.0005, 0.001, 0.001, 0.9941],
            [0.0, 0.0001, 0.0003, 0.003, 0.0005, 0.001, 0.001, 0.9941],
        ],
        Rule::Id => [
            [0.0, 0.92, 0.05, 0.01, 0.001, 0.001, 0.001, 0.017],
            [0.0, 0.78, 0.10, 0.03, 0.001, 0.001, 0.001, 0.087],
            [0.0, 0.02, 0.002, 0.002, 0.001, 0.001, 0.001, 0.973],
            [0.0, 0.00001, 0.0001, 0.001, 0.001, 0.001, 0.001, 0.9969],
            [0.0, 0.00001, 0.0001, 0.001, 0.001, 0.001, 0.001, 0.9969],
        ],
        Rule::Source => [
            [0.0, 0.30, 0.001, 0.001, 0.001, 0.001, 0.001, 0.695],
            [0.0, 0.30, 0.001, 0.001, 0.001, 0.001, 0.001, 0.695],
            [0.0, 0.45, 0.001, 0.001, 0.001, 0.001, 0.001, 0.545],
            [0.0, 0.45, 0.001, 0.001, 0.001, 0.001, 0.001, 0.545],
            [0.0, 0.45, 0.001, 0.001, 0.001, 0.001, 0.001, 0.545],
        ],
    };
    table[class]
}
