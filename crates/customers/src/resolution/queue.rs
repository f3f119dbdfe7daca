//! Pairs that may be one person, with the evidence in words.

use crate::{PersonId, QueryError, store};
use identity::{Agreement, Evidence};
use kernel::{Actor, Fault, Permission, ProfileId, ReadTx, Timestamp};
use serde::Serialize;
use std::fmt;
use std::str::FromStr;

kernel::db_enum! {
    /// What was done with a pair.
    pub enum Zone {
        /// Joined without asking.
        Joined = "joined",
        /// Somebody is to say.
        Asked = "asked",
    }
}

/// Two profiles and what speaks for and against their being one person.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct MatchPair {
    /// The older profile.
    pub a: ProfileId,
    /// The other.
    pub b: ProfileId,
    /// How sure, 0 to 99.
    pub confidence: u8,
    /// The logarithm of the odds.
    pub weight: f32,
    /// Field by field, what says most first.
    pub evidence: Vec<Evidence>,
    /// What was done.
    pub zone: Zone,
    /// When the pair was last looked at.
    pub at: Timestamp,
}

impl MatchPair {
    /// Its place in the queue.
    pub fn key(&self) -> PairKey {
        PairKey { weight: (self.weight * 1000.0).round() as i64, a: self.a, b: self.b }
    }

    /// What speaks for and against, field by field, for the faces to put in words.
    pub fn reasons(&self) -> Vec<crate::Reason> {
        self.evidence.iter().filter_map(crate::suggestions::in_words).collect()
    }

    /// What speaks for them, in English; the faces have their own words.
    pub fn in_words(&self) -> String {
        let word = |e: &Evidence| {
            let field = serde_json::to_value(e.field).ok().and_then(|v| v.as_str().map(|s| s.replace('_', " "))).unwrap_or_default();
            match e.agreement {
                Agreement::Exact => format!("same {field}"),
                Agreement::Close | Agreement::Similar => format!("{field} nearly the same"),
                Agreement::Partial => format!("part of the {field} the same"),
                Agreement::Alias => format!("{field} a short form"),
                Agreement::Swapped => format!("{field} in another place"),
                Agreement::Different => format!("other {field}"),
            }
        };
        self.evidence.iter().filter(|e| e.weight > 0.0).map(word).collect::<Vec<_>>().join(", ")
    }
}

/// A pair's place in the queue, as text `weight~profile~profile`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PairKey {
    weight: i64,
    a: ProfileId,
    b: ProfileId,
}

impl fmt::Display for PairKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}~{}~{}", self.weight, self.a, self.b)
    }
}

impl FromStr for PairKey {
    type Err = InvalidPairKey;
    fn from_str(text: &str) -> Result<Self, InvalidPairKey> {
        let mut parts = text.split('~');
        let mut next = || parts.next().ok_or(InvalidPairKey);
        let (weight, a, b) = (next()?, next()?, next()?);
        let profile = |text: &str| text.parse().map_err(|_| InvalidPairKey);
        Ok(PairKey { weight: weight.parse().map_err(|_| InvalidPairKey)?, a: profile(a)?, b: profile(b)? })
    }
}

/// Not a place in the queue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a place in the queue of pairs")]
pub struct InvalidPairKey;

/// Pairs that somebody should look at, surest first, at most `limit` (101), after `after`. Pairs whose persons have been joined or kept apart
/// since are not among them.
pub fn review_queue(tx: &ReadTx<'_>, actor: &Actor, after: Option<PairKey>, limit: usize) -> Result<Vec<MatchPair>, QueryError> {
    actor.require(Permission::ViewCustomers)?;
    let after = after.map(|key| (key.weight, key.a, key.b));
    Ok(store::matches::asked(tx, after, limit.clamp(1, 101) as i64)?)
}

/// The asked pairs of one person, surest first, at most 20.
pub(crate) fn of_person(tx: &ReadTx<'_>, person: PersonId) -> Result<Vec<(MatchPair, PersonId)>, Fault> {
    store::matches::asked_of_person(tx, person)
}

/// What was known when a pair was last looked at.
pub fn evidence(tx: &ReadTx<'_>, a: ProfileId, b: ProfileId) -> Result<Option<MatchPair>, Fault> {
    store::matches::pair(tx, a.min(b), a.max(b))
}
