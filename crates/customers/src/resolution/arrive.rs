//! A profile arrives or changes: whose is it?

use super::queue::{MatchPair, Zone};
use super::row::{self, Row, conflict};
use super::shared::learn_shared;
use super::{ASK, JOIN, percent};
use crate::join::Join;
use crate::{ClaimError, ClaimId, PersonId, Verdict, events, join, store, undo};
use identity::{Matcher, Record, groups};
use kernel::{Actor, Fault, Logged, ProfileId, Reaction, Timestamp, Tx};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// What this room does when facts are stated.
pub const REACTIONS: &[Reaction] = &[Reaction {
    name: "customers.resolve",
    kinds: &[
        events::CREATED,
        events::UPDATED,
        events::FIELDS_CHANGED,
        events::IDENTIFIER_ADDED,
        events::IDENTIFIER_VERIFIED,
        events::IDENTIFIER_MOVED,
        events::IDENTIFIER_LOST,
        events::IDENTIFIER_SEEN,
        events::IDENTIFIER_SHARED,
    ],
    folds: true,
    react: follow,
}];

/// Profiles compared in full.
const CANDIDATES: i64 = 48;
/// Profiles decided together, at most.
const REGION: usize = 120;
/// No pair says more than this, either way.
const MOST: f32 = 12.0;
/// What may not be joined by itself is asked about at most this sure: 98 in 100.
const MOST_ASKED: f32 = JOIN - 0.5;
/// What people said outweighs everything else.
const CERTAIN: f32 = 1e6;
/// Begins the key of a claim that is made here.
const KEY: &str = "match/";

fn follow(tx: &mut Tx<'_>, event: &Logged) -> Result<(), Fault> {
    match event.subject.parse::<ProfileId>() {
        Ok(profile) => resolve_profile(tx, profile),
        Err(_) => Ok(()),
    }
}

/// A profile within the region that is decided anew.
struct Node {
    profile: ProfileId,
    person: PersonId,
    row: Row,
    record: Record,
}

/// Find whose profile this is: join it to the person whose profiles it agrees with as a whole, part what it shows to be two persons, and note who may be
/// the same. Does the same thing twice without harm; a profile that is not there any more is forgotten.
pub fn resolve_profile(tx: &mut Tx<'_>, profile: ProfileId) -> Result<(), Fault> {
    let Some(row) = row::of_profile(tx, profile)? else { return forget(tx, profile) };
    let mut matcher = row::matcher(tx)?;
    let record = matcher.read(&row);
    store::matches::keep_record(tx, profile, &row)?;
    store::matches::keep_keys(tx, profile, &matcher.keys(&record))?;
    let mine = record.clone();
    let Some(nodes) = region(tx, &mut matcher, profile, row, record)? else {
        store::matches::drop_pairs(tx, profile)?;
        return learn_shared(tx, &mut matcher, profile, &mine);
    };
    let people_say = store::matches::said_by_people(tx, &nodes.iter().map(|n| n.profile).collect::<Vec<_>>(), KEY)?;
    let weights = weigh(&matcher, &nodes, &people_say);
    let group = decide(&nodes, &weights);
    carry_out(tx, &matcher, &nodes, &weights, &group)?;
    note(tx, &matcher, profile, &nodes, &weights, &group)?;
    learn_shared(tx, &mut matcher, profile, &mine)
}

/// The profile, those found by its keys, and all others of their persons; `None` when it meets nobody.
fn region(tx: &Tx<'_>, matcher: &mut Matcher, profile: ProfileId, row: Row, record: Record) -> Result<Option<Vec<Node>>, Fault> {
    let person = store::profiles::person_of(tx, profile)?.unwrap_or(profile.into());
    let mut nodes = vec![Node { profile, person, row, record }];
    let mut persons: BTreeSet<PersonId> = BTreeSet::from([person]);
    // Only a value that both have is weighed by how common it is, so the newcomer's own are all that this first look needs.
    counts(tx, matcher, &nodes[..1])?;
    for (other, person, row) in store::matches::candidates(tx, profile, CANDIDATES)? {
        let record = matcher.read(&row);
        if matcher.weigh(&nodes[0].record, &record) > ASK {
            persons.insert(person);
        }
        nodes.push(Node { profile: other, person, row, record });
    }
    nodes.retain(|n| persons.contains(&n.person));
    for person in persons {
        for (other, row) in store::matches::of_person(tx, person)? {
            if nodes.len() < REGION && nodes.iter().all(|n| n.profile != other) {
                let record = matcher.read(&row);
                nodes.push(Node { profile: other, person, row, record });
            }
        }
    }
    nodes.sort_by_key(|n| n.profile);
    counts(tx, matcher, &nodes)?;
    Ok((nodes.len() > 1).then_some(nodes))
}

/// Tell the matcher how common values are: of one profile all, of several those that two of them have.
fn counts(tx: &Tx<'_>, matcher: &mut Matcher, nodes: &[Node]) -> Result<(), Fault> {
    let mut held: BTreeMap<u64, usize> = BTreeMap::new();
    for node in nodes {
        for (_, value) in matcher.values(&node.record) {
            *held.entry(value).or_default() += 1;
        }
    }
    let values: Vec<u64> = held.into_iter().filter(|(_, times)| *times > 1 || nodes.len() == 1).map(|(value, _)| value).collect();
    for (value, persons) in store::matches::counts(tx, &values)? {
        matcher.set_count(value, persons);
    }
    Ok(())
}

/// Evidence between all pairs, what people said included.
struct Weights {
    count: usize,
    of: Vec<f32>,
}

impl Weights {
    fn get(&self, a: usize, b: usize) -> f32 {
        self.of[a * self.count + b]
    }
}

fn weigh(matcher: &Matcher, nodes: &[Node], people_say: &[(ProfileId, ProfileId, Verdict, bool)]) -> Weights {
    let count = nodes.len();
    let mut of = vec![0.0; count * count];
    let place: HashMap<ProfileId, usize> = nodes.iter().enumerate().map(|(at, n)| (n.profile, at)).collect();
    let mut set = |a: usize, b: usize, w: f32| {
        of[a * count + b] = w;
        of[b * count + a] = w;
    };
    for a in 0..count {
        for b in a + 1..count {
            let weight = matcher.weigh(&nodes[a].record, &nodes[b].record).clamp(-MOST, MOST);
            let asked = if conflict(&nodes[a].row, &nodes[b].row) { weight.min(MOST_ASKED) } else { weight };
            set(a, b, asked);
        }
    }
    for (a, b, verdict, stands) in people_say {
        let (Some(a), Some(b)) = (place.get(a), place.get(b)) else { continue };
        match (verdict, stands) {
            (Verdict::Same, true) => set(*a, *b, CERTAIN),
            (Verdict::NotSame, true) => set(*a, *b, -CERTAIN * 1e3),
            // Somebody took it back: never again without asking.
            (_, false) => {
                let w = matcher.weigh(&nodes[*a].record, &nodes[*b].record).clamp(-MOST, MOST_ASKED);
                set(*a, *b, w);
            }
        }
    }
    Weights { count, of }
}

fn decide(nodes: &[Node], weights: &Weights) -> Vec<u32> {
    let count = nodes.len() as u32;
    let pairs = (0..count).flat_map(|a| (a + 1..count).map(move |b| (a, b)));
    let edges: Vec<(u32, u32, f32)> = pairs.map(|(a, b)| (a, b, weights.get(a as usize, b as usize))).filter(|e| e.2 > JOIN).collect();
    groups(nodes.len(), JOIN, &edges, |a, b| weights.get(a as usize, b as usize))
}

/// Take back the claims of this engine that cross the new groups, and make those that are lacking.
fn carry_out(tx: &mut Tx<'_>, matcher: &Matcher, nodes: &[Node], weights: &Weights, group: &[u32]) -> Result<(), Fault> {
    let place: HashMap<ProfileId, usize> = nodes.iter().enumerate().map(|(at, n)| (n.profile, at)).collect();
    let actor = Actor::system();
    for (claim, a, b) in store::matches::own_claims(tx, &nodes.iter().map(|n| n.profile).collect::<Vec<_>>(), KEY)? {
        let apart = match (place.get(&a), place.get(&b)) {
            (Some(a), Some(b)) => group[*a] != group[*b],
            _ => false,
        };
        if apart {
            take_back(tx, &actor, claim)?;
        }
    }
    let mut members: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
    for (at, group) in group.iter().enumerate() {
        members.entry(*group).or_default().push(at);
    }
    for members in members.values().filter(|m| m.len() > 1) {
        // Strongest first, as long as it brings two persons together.
        let mut pairs: Vec<(usize, usize)> =
            members.iter().enumerate().flat_map(|(at, a)| members[at + 1..].iter().map(move |b| (*a, *b))).collect();
        pairs.sort_by(|x, y| weights.get(y.0, y.1).total_cmp(&weights.get(x.0, x.1)));
        for (a, b) in pairs {
            let (one, other) = (&nodes[a], &nodes[b]);
            if store::profiles::person_of(tx, one.profile)? == store::profiles::person_of(tx, other.profile)? {
                continue;
            }
            let weight = weights.get(a, b).min(MOST);
            if weight <= JOIN {
                continue;
            }
            let pair = MatchPair::new(matcher, (one.profile, &one.record), (other.profile, &other.record), weight, Zone::Joined, tx.now());
            let cmd = Join {
                a: one.profile,
                b: other.profile,
                reason: pair.in_words(),
                confidence: percent(weight),
                key: format!("{KEY}{}/{}/{}", one.profile.min(other.profile), one.profile.max(other.profile), tx.now().as_micros()),
            };
            match join(tx, &actor, cmd) {
                Ok(_) => store::matches::keep_pair(tx, &pair)?,
                // People keep them apart by way of others; they know better.
                Err(ClaimError::KeptApart(_)) => {}
                Err(ClaimError::Fault(fault)) => return Err(fault),
                Err(error) => return Err(Fault::data(format!("joining {} and {}: {error}", one.profile, other.profile))),
            }
        }
    }
    Ok(())
}

fn take_back(tx: &mut Tx<'_>, actor: &Actor, claim: ClaimId) -> Result<(), Fault> {
    match undo(tx, actor, claim) {
        Ok(()) => Ok(()),
        Err(ClaimError::Fault(fault)) => Err(fault),
        Err(error) => Err(Fault::data(format!("taking back claim {claim}: {error}"))),
    }
}

/// Keep the best pair to each other group in the zone where people are asked; forget what no longer holds.
fn note(tx: &mut Tx<'_>, matcher: &Matcher, profile: ProfileId, nodes: &[Node], weights: &Weights, group: &[u32]) -> Result<(), Fault> {
    store::matches::drop_asked(tx, profile)?;
    let Some(me) = nodes.iter().position(|n| n.profile == profile) else { return Ok(()) };
    let mut best: BTreeMap<u32, usize> = BTreeMap::new();
    for at in (0..nodes.len()).filter(|at| group[*at] != group[me]) {
        let held = best.entry(group[at]).or_insert(at);
        if weights.get(me, at) > weights.get(me, *held) {
            *held = at;
        }
    }
    for at in best.into_values().filter(|at| weights.get(me, *at) > ASK) {
        let (one, other) = (&nodes[me], &nodes[at]);
        let pair =
            MatchPair::new(matcher, (one.profile, &one.record), (other.profile, &other.record), weights.get(me, at), Zone::Asked, tx.now());
        store::matches::keep_pair(tx, &pair)?;
    }
    Ok(())
}

/// Nothing of a profile that is gone may find anybody; claims that rested on it alone are taken back.
pub fn forget(tx: &mut Tx<'_>, profile: ProfileId) -> Result<(), Fault> {
    for (claim, _, _) in store::matches::own_claims(tx, &[profile], KEY)? {
        take_back(tx, &Actor::system(), claim)?;
    }
    store::matches::forget(tx, profile)
}

impl MatchPair {
    fn new(matcher: &Matcher, a: (ProfileId, &Record), b: (ProfileId, &Record), weight: f32, zone: Zone, at: Timestamp) -> Self {
        let (first, second) = if a.0 < b.0 { (a, b) } else { (b, a) };
        MatchPair { a: first.0, b: second.0, confidence: percent(weight), weight, evidence: matcher.explain(first.1, second.1), zone, at }
    }
}
