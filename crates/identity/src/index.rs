//! Who is worth comparing: records that share a rare combination of facts.

use crate::compare::cut;
use crate::dates::{day, month, year};
use crate::dictionary::{Dictionary, Symbol, hash};
use crate::kind::Rule;
use crate::record::Schema;
use rustc_hash::{FxHashMap, FxHashSet};

/// A key with more records than this finds nobody: it is too common to tell persons apart.
const CROWD: usize = 300;
/// Keys of one record, at most.
const MOST_KEYS: usize = 64;

/// A record's keys: each a combination of facts that two records of one person are likely to share.
pub(crate) fn keys(schema: &Schema, dictionary: &Dictionary, record: &[Symbol]) -> Vec<u64> {
    let mut names: Vec<u64> = Vec::with_capacity(4);
    let mut facts: Vec<u64> = Vec::with_capacity(16);
    let mut keys: Vec<u64> = Vec::with_capacity(48);
    let fact = |tag: u8, value: u64| hash(&[&[tag], &value.to_le_bytes()]);
    let (mut number, mut street, mut born) = (0u64, 0u64, 0u64);
    for (slot, symbol) in schema.slots.iter().zip(record) {
        if *symbol == 0 {
            continue;
        }
        let tag = slot.rule as u8;
        match slot.rule {
            Rule::Given => names.extend(dictionary.words(symbol).iter().take(2).map(|w| dictionary.word(*w).sound)),
            Rule::Family => names.extend(dictionary.words(symbol).iter().take(3).map(|w| dictionary.word(*w).sound)),
            Rule::Epithet => facts.extend(dictionary.words(symbol).iter().take(4).map(|w| fact(tag, dictionary.word(*w).hash))),
            Rule::Date => {
                let (y, m, d) = (year(*symbol), month(*symbol), day(*symbol));
                facts.push(fact(b'y', u64::from(y)));
                if m != 0 && d != 0 {
                    facts.push(fact(b'd', u64::from(m * 32 + d)));
                    if m != d && m <= 12 && d <= 12 {
                        facts.push(fact(b'd', u64::from(d * 32 + m)));
                    }
                    born = fact(b'b', u64::from(*symbol));
                    keys.push(born);
                }
            }
            Rule::Email => {
                let text = dictionary.text(*symbol);
                keys.push(fact(tag, dictionary.word(*symbol).hash));
                let local = cut(text).0;
                if local.len() >= 3 {
                    let local = hash(&[local.as_bytes()]);
                    keys.push(fact(b'l', local));
                    facts.push(fact(b'l', local));
                }
            }
            Rule::Id | Rule::Phone => {
                let text = dictionary.text(*symbol);
                keys.push(fact(tag, dictionary.word(*symbol).hash));
                let tail = &text.as_bytes()[text.len().saturating_sub(9)..];
                keys.push(hash(&[b"t", tail]));
                facts.push(hash(&[b"h", &text.as_bytes()[..text.len() / 2]]));
                facts.push(hash(&[b"e", &text.as_bytes()[text.len() / 2..]]));
            }
            Rule::Number => {
                number = fact(tag, dictionary.word(*symbol).hash);
                facts.push(number);
            }
            Rule::Street => {
                // Lines may have changed places, so all share one tag; the longest word tells most.
                let word = dictionary.words(symbol).iter().copied().max_by_key(|w| dictionary.text(*w).len()).unwrap_or(*symbol);
                let this = fact(tag, dictionary.word(word).sound ^ (dictionary.text(word).len() as u64 / 4));
                facts.push(this);
                if street == 0 {
                    street = this;
                }
            }
            Rule::Postcode => facts.push(fact(tag, dictionary.word(*symbol).hash)),
            Rule::Text => facts
                .push(fact(tag ^ slot.kind as u8 ^ 0x40, dictionary.word(*symbol).sound ^ u64::from(dictionary.words(symbol).len() > 1))),
            Rule::Middle | Rule::Age | Rule::Sex | Rule::Source => {}
        }
    }
    names.dedup();
    for (at, one) in names.iter().enumerate() {
        for other in &names[at + 1..] {
            let (low, high) = (one.min(other), one.max(other));
            let both = hash(&[&low.to_le_bytes(), &high.to_le_bytes()]);
            keys.push(both);
            keys.extend(facts.iter().take(6).map(|f| hash(&[b"3", &both.to_le_bytes(), &f.to_le_bytes()])));
        }
    }
    for name in &names {
        keys.extend(facts.iter().map(|f| hash(&[&name.to_le_bytes(), &f.to_le_bytes()])));
    }
    if number != 0 && street != 0 {
        keys.push(hash(&[&number.to_le_bytes(), &street.to_le_bytes()]));
    }
    if born != 0 {
        keys.extend(facts.iter().filter(|f| **f != number).map(|f| hash(&[b"4", &born.to_le_bytes(), &f.to_le_bytes()])).take(8));
    }
    // The first say most; which number a key happens to be must not decide which are kept.
    let mut seen = FxHashSet::default();
    keys.retain(|key| seen.insert(*key));
    keys.truncate(MOST_KEYS);
    keys.sort_unstable();
    keys
}

/// Records by key.
#[derive(Debug, Default)]
pub(crate) struct Index {
    postings: FxHashMap<u64, Vec<u32>>,
}

impl Index {
    pub fn insert(&mut self, keys: &[u64], record: u32) {
        for key in keys {
            let posting = self.postings.entry(*key).or_default();
            if posting.len() <= CROWD {
                posting.push(record);
            }
        }
    }

    /// The most promising records for these keys, best first, at most `limit`, leaving out `but`.
    pub fn candidates(&self, keys: &[u64], but: u32, limit: usize) -> Vec<u32> {
        let mut scores: FxHashMap<u32, f32> = FxHashMap::default();
        for key in keys {
            let Some(posting) = self.postings.get(key).filter(|p| p.len() <= CROWD) else { continue };
            let rarity = 1.0 / (posting.len() as f32).sqrt().max(1.0);
            for record in posting.iter().filter(|r| **r != but) {
                *scores.entry(*record).or_default() += rarity;
            }
        }
        let mut found: Vec<(u32, f32)> = scores.into_iter().collect();
        let order = |a: &(u32, f32), b: &(u32, f32)| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0));
        if found.len() > limit {
            found.select_nth_unstable_by(limit, order);
            found.truncate(limit);
        }
        found.sort_unstable_by(order);
        found.into_iter().map(|(record, _)| record).collect()
    }
}
