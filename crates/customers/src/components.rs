//! What the standing claims add up to: a pure function of the claims, so that taking one back restores what was before it.
//!
//! Claims of *same* are taken from the surest to the least sure (of equals, the oldest first). One is set aside when it would put
//! two profiles together that a claim of *not same* keeps apart. So *not same* always wins, a split happens at the least sure claim
//! on the way between the two, and the result does not depend on the order in which claims arrived.

use crate::{ClaimId, PersonId, Verdict};
use kernel::ProfileId;
use std::collections::BTreeMap;

/// A standing claim, as far as the rule needs it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Edge {
    pub id: ClaimId,
    pub a: ProfileId,
    pub b: ProfileId,
    pub verdict: Verdict,
    pub confidence: u8,
}

/// The outcome for one region of the graph.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Resolution {
    /// Each profile's person.
    pub persons: BTreeMap<ProfileId, PersonId>,
    /// Claims of *same* that stand but are outweighed, in order of age.
    pub set_aside: Vec<ClaimId>,
}

/// Apply the rule to `profiles` and every standing claim among them.
pub(crate) fn resolve(profiles: impl IntoIterator<Item = ProfileId>, claims: &[Edge]) -> Resolution {
    // Each profile leads to the oldest of its component, directly.
    let mut oldest: BTreeMap<ProfileId, ProfileId> = profiles.into_iter().map(|p| (p, p)).collect();
    for claim in claims {
        oldest.entry(claim.a).or_insert(claim.a);
        oldest.entry(claim.b).or_insert(claim.b);
    }
    let (mut same, apart): (Vec<&Edge>, Vec<&Edge>) = claims.iter().partition(|c| c.verdict == Verdict::Same);
    same.sort_unstable_by_key(|c| (std::cmp::Reverse(c.confidence), c.id));
    let mut set_aside = Vec::new();
    for claim in same {
        let (a, b) = (oldest[&claim.a], oldest[&claim.b]);
        if a == b {
            continue;
        }
        let parted = |one: ProfileId, other: ProfileId| apart.iter().any(|n| oldest[&n.a] == one && oldest[&n.b] == other);
        if parted(a, b) || parted(b, a) {
            set_aside.push(claim.id);
            continue;
        }
        let (keep, give) = (a.min(b), a.max(b));
        oldest.values_mut().filter(|p| **p == give).for_each(|p| *p = keep);
    }
    set_aside.sort_unstable();
    Resolution { persons: oldest.into_iter().map(|(p, head)| (p, PersonId::from(head))).collect(), set_aside }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn p(n: u64) -> ProfileId {
        ProfileId::from_parts(n, 0)
    }
    fn edge(id: u64, a: u64, b: u64, verdict: Verdict, confidence: u8) -> Edge {
        Edge { id: ClaimId::from_parts(id, 0), a: p(a), b: p(b), verdict, confidence }
    }
    fn heads(claims: &[Edge], n: u64) -> Vec<PersonId> {
        resolve((0..n).map(p), claims).persons.into_values().collect()
    }
    fn persons(of: &[u64]) -> Vec<PersonId> {
        of.iter().map(|n| PersonId::from(p(*n))).collect()
    }

    #[test]
    fn a_split_happens_at_the_least_sure_claim_on_the_way() {
        let chain = [edge(1, 0, 1, Verdict::Same, 90), edge(2, 1, 2, Verdict::Same, 60), edge(3, 2, 3, Verdict::Same, 80)];
        assert_eq!(heads(&chain, 4), persons(&[0, 0, 0, 0]));
        let mut split = chain.to_vec();
        split.push(edge(4, 0, 3, Verdict::NotSame, 100));
        let outcome = resolve((0..4).map(p), &split);
        assert_eq!(outcome.persons.into_values().collect::<Vec<_>>(), persons(&[0, 0, 2, 2]));
        assert_eq!(outcome.set_aside, [ClaimId::from_parts(2, 0)]);
    }

    #[test]
    fn of_equally_sure_claims_the_newer_gives_way() {
        let claims = [edge(1, 0, 1, Verdict::Same, 70), edge(2, 1, 2, Verdict::Same, 70), edge(3, 0, 2, Verdict::NotSame, 50)];
        assert_eq!(heads(&claims, 3), persons(&[0, 0, 2]));
    }

    proptest! {
        #[test]
        fn not_same_wins_and_order_of_arrival_does_not_matter(
            drawn in proptest::collection::vec((0u64..6, 0u64..6, any::<bool>(), 0u8..4), 0..14),
            turn in 0usize..14,
        ) {
            let claims: Vec<Edge> = drawn.iter().enumerate().filter(|(_, (a, b, ..))| a != b)
                .map(|(i, (a, b, same, c))| edge(i as u64, *a, *b, if *same { Verdict::Same } else { Verdict::NotSame }, *c)).collect();
            let outcome = resolve((0..6).map(p), &claims);
            for claim in &claims {
                let together = outcome.persons[&claim.a] == outcome.persons[&claim.b];
                match claim.verdict {
                    Verdict::NotSame => prop_assert!(!together),
                    Verdict::Same => prop_assert_eq!(together, !outcome.set_aside.contains(&claim.id)),
                }
            }
            let mut turned = claims.clone();
            if !turned.is_empty() {
                let at = turn % turned.len();
                turned.rotate_left(at);
            }
            prop_assert_eq!(resolve((0..6).map(p), &turned), outcome);
        }
    }
}
