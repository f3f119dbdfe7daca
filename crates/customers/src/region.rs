//! The part of the graph that a claim can change: read once, decided in memory, written back where it differs.

use crate::components::{Edge, Resolution, resolve};
use crate::{ClaimError, ClaimId, PersonId, Verdict, store};
use kernel::{Fault, ProfileId, Tx};
use std::collections::{BTreeMap, BTreeSet};

/// All that standing claims of *same* reach from two profiles.
pub(crate) struct Region {
    before: BTreeMap<ProfileId, PersonId>,
    claims: Vec<Edge>,
}

impl Region {
    /// The region around two profiles, as it stands.
    pub(crate) fn around(tx: &Tx<'_>, a: ProfileId, b: ProfileId) -> Result<Self, ClaimError> {
        let before: BTreeMap<_, _> = store::claims::region_profiles(tx, a, b)?.into_iter().collect();
        for profile in [a, b] {
            if !before.contains_key(&profile) {
                return Err(ClaimError::UnknownProfile(profile));
            }
        }
        Ok(Region { before, claims: store::claims::region_claims(tx, a, b)? })
    }

    /// The profile's person before the change.
    pub(crate) fn person(&self, profile: ProfileId) -> PersonId {
        self.before[&profile]
    }

    /// The claim that keeps two persons apart, if one stands; the oldest of several.
    pub(crate) fn keeps_apart(&self, one: PersonId, other: PersonId) -> Option<ClaimId> {
        let between = |e: &Edge| {
            let ends = (self.before.get(&e.a), self.before.get(&e.b));
            ends == (Some(&one), Some(&other)) || ends == (Some(&other), Some(&one))
        };
        self.claims.iter().filter(|e| e.verdict == Verdict::NotSame && between(e)).map(|e| e.id).min()
    }

    /// One more claim.
    pub(crate) fn add(&mut self, edge: Edge) {
        self.claims.push(edge);
    }

    /// One claim less.
    pub(crate) fn remove(&mut self, id: ClaimId) {
        self.claims.retain(|e| e.id != id);
    }

    /// What the claims add up to now.
    pub(crate) fn resolution(&self) -> Resolution {
        resolve(self.before.keys().copied(), &self.claims)
    }

    /// Write the membership that changed, and nothing else: a person that moves whole is one statement.
    pub(crate) fn settle(&self, tx: &mut Tx<'_>) -> Result<Resolution, Fault> {
        let after = self.resolution();
        let mut goes: BTreeMap<PersonId, BTreeSet<PersonId>> = BTreeMap::new();
        for (profile, old) in &self.before {
            goes.entry(*old).or_default().insert(after.persons[profile]);
        }
        // A person is named after one of its own profiles, so nobody enters one that is left whole: the order does not matter.
        for (profile, old) in &self.before {
            let new = after.persons[profile];
            if new != *old && goes[old].len() > 1 {
                store::claims::move_profile(tx, *profile, new)?;
            }
        }
        for (old, new) in goes {
            if let (Some(to), None) = (new.first().copied(), new.iter().nth(1))
                && to != old
            {
                store::claims::move_person(tx, old, to)?;
            }
        }
        Ok(after)
    }
}
