//! Learn the weights from the records themselves, without anybody's labels: expectation and maximisation over candidate pairs.

use crate::compare::{LEVELS, MISSING, Pattern};
use crate::model::{CHANGED, CLASSES, Class, KIN, Logs, Model, STEADY, odds};
use crate::record::{MOST_SLOTS, Schema};

/// A pair as learning needs it.
pub(crate) struct Seen {
    pub pattern: Pattern,
    /// How likely a stranger has the value, where the pair agrees exactly.
    pub chances: [f32; MOST_SLOTS],
}

/// Rounds at most; learning stops earlier when nothing moves.
const ROUNDS: usize = 40;

/// Pairs of one person, below which nothing is learnt of how they look.
const FEW: f64 = 30.0;

/// Learn from candidate pairs and from pairs drawn by chance.
///
/// `candidates` stand for `scale` times as many. `chance` are pairs of records drawn blindly: those that are probably one person are left out of
/// what strangers look like.
pub(crate) fn learn(schema: &Schema, records: usize, candidates: &[Seen], scale: f64, chance: &[Seen]) -> Model {
    let prior = Model::prior(schema, records);
    let mut model = prior.clone();
    let slots = schema.slots.len();
    for round in 0..ROUNDS {
        model.random = strangers(&model, &prior, chance, slots);
        let weights = Logs::of(&model);
        let mut sums = vec![vec![[0.0f64; LEVELS]; slots]; CLASSES];
        let mut pairs = [0.0f64; CLASSES];
        for seen in candidates {
            let logs = weights.densities(&seen.pattern, &seen.chances);
            let most = logs.iter().copied().fold(f64::MIN, f64::max);
            let parts = logs.map(|l| (l - most).exp());
            let total: f64 = parts.iter().sum();
            for k in 0..CLASSES {
                let share = parts[k] / total * scale;
                if share < 1e-6 {
                    continue;
                }
                pairs[k] += share;
                for (slot, sum) in sums[k].iter_mut().enumerate() {
                    if seen.pattern[slot] != MISSING {
                        sum[seen.pattern[slot] as usize] += share;
                    }
                }
            }
        }
        // Whoever changed was steady before: where hardly anybody is, the changed would be strangers who look alike.
        pairs[CHANGED] = pairs[CHANGED].min(pairs[STEADY]);
        let next: Vec<Class> = (0..CLASSES).map(|k| class(&sums[k], pairs[k], &prior.classes[k], k)).collect();
        let moved: f64 = next.iter().zip(&model.classes).map(|(n, o)| (n.pairs / o.pairs).ln().abs()).fold(0.0, f64::max);
        model.classes = next;
        if moved < 0.002 && round > 4 {
            break;
        }
    }
    if model.classes[STEADY].pairs < FEW {
        // Too few records of one person to learn from: only how few they are is learnt.
        for (class, known) in model.classes.iter_mut().zip(prior.classes).take(KIN) {
            class.levels = known.levels;
        }
    }
    model
}

/// One class from its counts, pulled to what was known before.
fn class(sums: &[[f64; LEVELS]], pairs: f64, prior: &Class, k: usize) -> Class {
    // The changed are few and could come to mean anything; the prior keeps them what they are.
    let strength = match k {
        STEADY => 5.0 + 0.01 * pairs,
        CHANGED => 10.0 + 0.2 * pairs,
        _ => 10.0 + 0.05 * pairs,
    };
    let levels = sums
        .iter()
        .zip(&prior.levels)
        .map(|(sum, prior)| {
            let known: f64 = sum.iter().sum();
            std::array::from_fn(|level| (sum[level] + strength * prior[level]) / (known + strength))
        })
        .collect();
    Class { pairs: pairs.max(1.0), levels }
}

/// What pairs by chance look like, without those that are one person.
fn strangers(model: &Model, prior: &Model, chance: &[Seen], slots: usize) -> Vec<[f64; LEVELS]> {
    let weights = Logs::of(model);
    let mut sums = vec![[0.0f64; LEVELS]; slots];
    for seen in chance {
        let apart = 1.0 / (1.0 + odds(&weights.densities(&seen.pattern, &seen.chances)).exp());
        for (slot, sum) in sums.iter_mut().enumerate() {
            if seen.pattern[slot] != MISSING {
                sum[seen.pattern[slot] as usize] += apart;
            }
        }
    }
    sums.iter()
        .zip(&prior.random)
        .map(|(sum, prior)| {
            let known: f64 = sum.iter().sum();
            let strength = 200.0;
            std::array::from_fn(|level| (sum[level] + strength * prior[level]) / (known + strength))
        })
        .collect()
}
