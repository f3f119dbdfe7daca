//! Put records together by the mean evidence between whole groups.

use rustc_hash::FxHashMap;
use std::cmp::Ordering;
use std::collections::BinaryHeap;

/// Groups whose mean is lower than this are forgotten as neighbours; asked again, the mean is worked out anew.
const FAR: f32 = -6.0;

/// Two groups and their mean evidence.
#[derive(PartialEq)]
struct Bond {
    mean: f32,
    a: u32,
    b: u32,
}
impl Eq for Bond {}
impl PartialOrd for Bond {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
/// The strongest first; of equals, the oldest records.
impl Ord for Bond {
    fn cmp(&self, other: &Self) -> Ordering {
        self.mean.total_cmp(&other.mean).then_with(|| (other.a, other.b).cmp(&(self.a, self.b)))
    }
}

struct Group {
    members: Vec<u32>,
    /// Sum of the evidence to each neighbour.
    bonds: FxHashMap<u32, f32>,
}

/// Cut `count` nodes into groups: begin with each alone, and again and again put those two together whose pairs weigh most on average, as
/// long as that mean is above `threshold`. `edges` are pairs known to be promising, each once; `weight` answers for any pair. Returns each node's
/// group, numbered from 0 in order of nodes.
pub fn groups(count: usize, threshold: f32, edges: &[(u32, u32, f32)], weight: impl Fn(u32, u32) -> f32) -> Vec<u32> {
    let mut groups: Vec<Group> = (0..count as u32).map(|node| Group { members: vec![node], bonds: FxHashMap::default() }).collect();
    let mut heap = BinaryHeap::with_capacity(edges.len());
    for (a, b, w) in edges.iter().filter(|e| e.2 > threshold) {
        groups[*a as usize].bonds.insert(*b, *w);
        groups[*b as usize].bonds.insert(*a, *w);
        heap.push(Bond { mean: *w, a: *a.min(b), b: *a.max(b) });
    }
    while let Some(Bond { mean, a, b }) = heap.pop() {
        let Some(sum) = groups[a as usize].bonds.get(&b) else { continue };
        let pairs = (groups[a as usize].members.len() * groups[b as usize].members.len()) as f32;
        if mean != sum / pairs {
            continue;
        }
        // `a`, the group with the older first record, takes over `b`.
        let gone = std::mem::replace(&mut groups[b as usize], Group { members: Vec::new(), bonds: FxHashMap::default() });
        let mut mine = std::mem::take(&mut groups[a as usize].bonds);
        mine.remove(&b);
        let mut theirs = gone.bonds;
        theirs.remove(&a);
        let mut neighbours: Vec<u32> = mine.keys().chain(theirs.keys()).copied().collect();
        neighbours.sort_unstable();
        neighbours.dedup();
        for c in neighbours {
            let between =
                |members: &[u32]| -> f32 { members.iter().flat_map(|x| groups[c as usize].members.iter().map(|y| weight(*x, *y))).sum() };
            let sum = mine.get(&c).copied().unwrap_or_else(|| between(&groups[a as usize].members))
                + theirs.get(&c).copied().unwrap_or_else(|| between(&gone.members));
            let mean = sum / ((groups[a as usize].members.len() + gone.members.len()) * groups[c as usize].members.len()) as f32;
            let other = &mut groups[c as usize].bonds;
            other.remove(&b);
            if mean > FAR {
                other.insert(a, sum);
                mine.insert(c, sum);
                if mean > threshold {
                    heap.push(Bond { mean, a: a.min(c), b: a.max(c) });
                }
            } else {
                other.remove(&a);
                mine.remove(&c);
            }
        }
        let keep = &mut groups[a as usize];
        keep.members.extend(gone.members);
        keep.bonds = mine;
    }
    let mut of = vec![0; count];
    for (number, group) in (0..).zip(groups.iter().filter(|g| !g.members.is_empty())) {
        for member in &group.members {
            of[*member as usize] = number;
        }
    }
    of
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(count: usize, weights: &[(u32, u32, f32)]) -> Vec<u32> {
        let weight = |a: u32, b: u32| weights.iter().find(|w| (w.0, w.1) == (a.min(b), a.max(b))).map_or(-10.0, |w| w.2);
        groups(count, 0.0, weights, weight)
    }

    #[test]
    fn a_chain_of_two_good_pairs_does_not_outweigh_a_bad_one() {
        assert_eq!(cut(3, &[(0, 1, 8.0), (1, 2, 5.0), (0, 2, -9.0)]), [0, 0, 1]);
        assert_eq!(cut(3, &[(0, 1, 8.0), (1, 2, 5.0), (0, 2, -1.0)]), [0, 0, 0]);
    }

    #[test]
    fn groups_that_never_met_are_weighed_when_they_do() {
        // 0–1 and 2–3 belong together; 1–2 looks good, the other three pairs speak against.
        assert_eq!(cut(4, &[(0, 1, 9.0), (2, 3, 9.0), (1, 2, 6.0)]), [0, 0, 1, 1]);
    }
}
