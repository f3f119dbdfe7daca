//! Records in, persons out: all at once, or one by one as they arrive.

use crate::cluster;
use crate::index::Index;
use crate::learn::{Seen, learn};
use crate::matcher::{Evidence, Learnt, Matcher, probability};
use crate::model::Frequencies;
use crate::record::{Record, Schema};
use rustc_hash::{FxHashMap, FxHashSet};

/// Candidates compared in full for one record.
const CANDIDATES: usize = 80;
/// Pairs that weigh less are not kept.
const KEPT: f32 = -6.0;
/// No single pair says more than this against or for; one hopeless pair must not outweigh a whole group.
const MOST_AGAINST: f32 = -10.0;
const MOST_FOR: f32 = 14.0;
/// Records looked at again when one arrives, at most.
const REGION: usize = 160;
/// Pairs that learning looks at.
const LEARNT_FROM: usize = 300_000;
/// Pairs drawn blindly.
const BY_CHANCE: usize = 60_000;
/// Groups are put together when their mean evidence is above this logarithm of odds: a little under even odds, since the mean of the pairs knows
/// less than the group as a whole.
const THRESHOLD: f32 = -1.0;
/// Records from which learning begins; below, the prior stands.
const ENOUGH: usize = 200;

/// A record's number: 0, 1, 2 … in order of arrival.
pub type RecordId = u32;
/// A person's number. Numbers are not used again.
pub type PersonId = u32;

/// What the whole looks like.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Quality {
    /// Pairs of records held to be one person.
    pub pairs: u64,
    /// The share of them that is expected to be wrong, by the model's own estimate.
    pub expected_wrong: f64,
}

/// An engine over records of one schema, in memory.
#[derive(Debug)]
pub struct Engine {
    matcher: Matcher,
    records: Vec<Record>,
    index: Index,
    /// Promising pairs, both ways.
    edges: Vec<Vec<(RecordId, f32)>>,
    person: Vec<PersonId>,
    members: FxHashMap<PersonId, Vec<RecordId>>,
    next_person: PersonId,
    learn_at: usize,
}

/// Numbers that look random and are the same on every run.
struct Chance(u64);
impl Chance {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % bound.max(1) as u64) as usize
    }
}

impl Engine {
    /// An empty engine.
    pub fn new(schema: Schema) -> Self {
        Engine {
            matcher: Matcher::new(schema),
            records: Vec::new(),
            index: Index::default(),
            edges: Vec::new(),
            person: Vec::new(),
            members: FxHashMap::default(),
            next_person: 0,
            learn_at: ENOUGH,
        }
    }

    /// How many records there are.
    pub fn len(&self) -> usize {
        self.records.len()
    }
    /// True before the first record.
    pub fn is_empty(&self) -> bool {
        self.records.is_empty()
    }
    /// A record's person.
    pub fn person(&self, record: RecordId) -> PersonId {
        self.person[record as usize]
    }
    /// Why two records are, or are not, of one person.
    pub fn explain(&self, a: RecordId, b: RecordId) -> Vec<Evidence> {
        self.matcher.explain(&self.records[a as usize], &self.records[b as usize])
    }
    /// What has been learnt, to be kept.
    pub fn learnt(&self) -> Learnt {
        self.matcher.learnt()
    }

    /// Take in a record as a person of its own, to be resolved by [`Engine::resolve_all`].
    pub fn add<S: AsRef<str>>(&mut self, row: &[S]) -> RecordId {
        let record = self.matcher.read(row);
        let keys = self.matcher.keys(&record);
        self.insert(record, &keys)
    }

    fn insert(&mut self, record: Record, keys: &[u64]) -> RecordId {
        let id = self.records.len() as RecordId;
        self.index.insert(keys, id);
        let values: Vec<(usize, u64)> = self.matcher.values(&record).collect();
        for (slot, value) in values {
            self.matcher.frequencies.count(slot, value);
        }
        self.records.push(record);
        self.edges.push(Vec::new());
        let person = self.next_person;
        self.next_person += 1;
        self.person.push(person);
        self.members.insert(person, vec![id]);
        id
    }

    /// Take in a record and find its person at once. Persons may be joined, or come apart, by what it adds. When the records have doubled since
    /// the last time, what is learnt is learnt anew and everything is settled again; that call takes as long as a batch.
    pub fn resolve<S: AsRef<str>>(&mut self, row: &[S]) -> RecordId {
        let record = self.arrive(row);
        if self.records.len() >= self.learn_at {
            self.learn_at = self.records.len() * 2;
            self.resolve_all();
        }
        record
    }

    /// [`Engine::resolve`] without ever learning anew.
    pub fn arrive<S: AsRef<str>>(&mut self, row: &[S]) -> RecordId {
        let record = self.matcher.read(row);
        let keys = self.matcher.keys(&record);
        let candidates = self.index.candidates(&keys, RecordId::MAX, CANDIDATES);
        let mut edges: Vec<(RecordId, f32)> = Vec::new();
        for other in candidates {
            let w = self.matcher.weigh(&record, &self.records[other as usize]);
            if w > KEPT {
                edges.push((other, w));
            }
        }
        edges.sort_unstable_by(|x, y| y.1.total_cmp(&x.1).then(x.0.cmp(&y.0)));
        let id = self.insert(record, &keys);
        for (other, w) in &edges {
            self.edges[*other as usize].push((id, *w));
        }
        self.edges[id as usize] = edges;
        self.settle_around(id);
        id
    }

    /// Group again the persons that a record touches, and those that they touch.
    fn settle_around(&mut self, id: RecordId) {
        let mut region: Vec<RecordId> = vec![id];
        let mut persons: FxHashSet<PersonId> = FxHashSet::default();
        persons.insert(self.person(id));
        let mut from = 0;
        for _hop in 0..2 {
            let until = region.len();
            for at in from..until {
                for edge in 0..self.edges[region[at] as usize].len() {
                    let (other, w) = self.edges[region[at] as usize][edge];
                    let person = self.person(other);
                    if w <= THRESHOLD || persons.contains(&person) {
                        continue;
                    }
                    let members = &self.members[&person];
                    if region.len() + members.len() > REGION {
                        continue;
                    }
                    persons.insert(person);
                    region.extend(members);
                }
            }
            from = until;
        }
        if region.len() == 1 {
            return;
        }
        region.sort_unstable();
        let place: FxHashMap<RecordId, u32> = region.iter().enumerate().map(|(at, r)| (*r, at as u32)).collect();
        let mut edges = Vec::new();
        let mut known: FxHashMap<(u32, u32), f32> = FxHashMap::default();
        for (at, record) in region.iter().enumerate() {
            for (other, w) in &self.edges[*record as usize] {
                if let Some(to) = place.get(other).filter(|to| **to > at as u32) {
                    let w = w.clamp(MOST_AGAINST, MOST_FOR);
                    if known.insert((at as u32, *to), w).is_none() {
                        edges.push((at as u32, *to, w));
                    }
                }
            }
        }
        let weight = |a: u32, b: u32| {
            known.get(&(a.min(b), a.max(b))).copied().unwrap_or_else(|| self.weigh(region[a as usize], region[b as usize]))
        };
        let groups = cluster::groups(region.len(), THRESHOLD, &edges, weight);
        self.regroup(&region, &groups);
    }

    /// Give each group, largest first, a person: the oldest that one of its records had and no other group took; else a new one.
    fn regroup(&mut self, region: &[RecordId], groups: &[u32]) {
        let count = groups.iter().max().map_or(0, |g| *g as usize + 1);
        let mut members: Vec<Vec<RecordId>> = vec![Vec::new(); count];
        for (record, group) in region.iter().zip(groups) {
            members[*group as usize].push(*record);
        }
        let mut free: FxHashSet<PersonId> = region.iter().map(|r| self.person(*r)).collect();
        for person in &free {
            self.members.remove(person);
        }
        members.sort_by_key(|m| (std::cmp::Reverse(m.len()), m[0]));
        for group in members {
            let wanted = group.iter().map(|r| self.person(*r)).filter(|p| free.contains(p)).min();
            let person = wanted.unwrap_or(self.next_person);
            self.next_person = self.next_person.max(person + 1);
            free.remove(&person);
            for record in &group {
                self.person[*record as usize] = person;
            }
            self.members.insert(person, group);
        }
    }

    fn weigh(&self, a: RecordId, b: RecordId) -> f32 {
        self.matcher.weigh(&self.records[a as usize], &self.records[b as usize]).clamp(MOST_AGAINST, MOST_FOR)
    }

    /// Learn from the records and put every one of them in its place, whatever the order they came in.
    pub fn resolve_all(&mut self) {
        let pairs = self.candidate_pairs();
        self.learn(&pairs);
        self.settle(&pairs);
        // Now that persons are known, values are counted once for each, and a person's many records no longer make a rare value common.
        self.count_by_person();
        self.learn(&pairs);
        self.settle(&pairs);
    }

    fn candidate_pairs(&self) -> Vec<(RecordId, RecordId)> {
        let mut pairs = Vec::new();
        for (id, record) in (0..).zip(&self.records) {
            let found = self.index.candidates(&self.matcher.keys(record), id, CANDIDATES);
            pairs.extend(found.into_iter().map(|other| (id.min(other), id.max(other))));
        }
        pairs.sort_unstable();
        pairs.dedup();
        pairs
    }

    fn learn(&mut self, pairs: &[(RecordId, RecordId)]) {
        let count = self.records.len();
        if count < 2 {
            return;
        }
        let mut chance = Chance(7);
        let seen = |(a, b): (RecordId, RecordId)| self.matcher.seen(&self.records[a as usize], &self.records[b as usize]);
        let sample: Vec<Seen> = if pairs.len() <= LEARNT_FROM {
            pairs.iter().copied().map(seen).collect()
        } else {
            (0..LEARNT_FROM).map(|_| seen(pairs[chance.below(pairs.len())])).collect()
        };
        let blind: Vec<Seen> = (0..BY_CHANCE.min(count * count))
            .map(|_| (chance.below(count) as RecordId, chance.below(count) as RecordId))
            .filter(|(a, b)| a != b)
            .map(seen)
            .collect();
        let scale = pairs.len() as f64 / sample.len().max(1) as f64;
        let model = learn(&self.matcher.schema, count, &sample, scale, &blind);
        self.matcher.set_model(model);
    }

    fn count_by_person(&mut self) {
        let mut frequencies = Frequencies::once_per_person(&self.matcher.schema);
        let mut once: FxHashSet<u64> = FxHashSet::default();
        for members in self.members.values() {
            once.clear();
            for record in members {
                for (slot, value) in self.matcher.values(&self.records[*record as usize]) {
                    if once.insert(value) {
                        frequencies.count(slot, value);
                    }
                }
            }
        }
        self.matcher.frequencies = frequencies;
    }

    /// Weigh the pairs and group everything anew.
    fn settle(&mut self, pairs: &[(RecordId, RecordId)]) {
        let mut edges: Vec<(u32, u32, f32)> = Vec::new();
        for list in &mut self.edges {
            list.clear();
        }
        for (a, b) in pairs {
            let w = self.matcher.weigh(&self.records[*a as usize], &self.records[*b as usize]);
            if w > KEPT {
                self.edges[*a as usize].push((*b, w));
                self.edges[*b as usize].push((*a, w));
                edges.push((*a, *b, w.clamp(MOST_AGAINST, MOST_FOR)));
            }
        }
        let groups = cluster::groups(self.records.len(), THRESHOLD, &edges, |a, b| self.weigh(a, b));
        let all: Vec<RecordId> = (0..self.records.len() as RecordId).collect();
        self.regroup(&all, &groups);
    }

    /// How many pairs are held to be one person, and how many of them the model itself expects to be wrong.
    pub fn quality(&self) -> Quality {
        let (mut pairs, mut wrong) = (0u64, 0f64);
        for members in self.members.values() {
            for (at, a) in members.iter().enumerate() {
                for b in &members[at + 1..] {
                    pairs += 1;
                    wrong += f64::from(1.0 - probability(self.weigh(*a, *b)));
                }
            }
        }
        Quality { pairs, expected_wrong: wrong / pairs.max(1) as f64 }
    }
}
