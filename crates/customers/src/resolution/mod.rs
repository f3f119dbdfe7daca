//! Who is the same person, by probability: decided when a profile arrives or changes, explained, undone when later evidence says otherwise.
//!
//! The engine itself is the crate `identity`; here it meets profiles and claims. Three zones: above [`JOIN`] the system claims that two profiles are
//! one person; above [`ASK`] somebody is asked; below, they are left apart. What people claimed always wins, and different strong
//! identifiers never join by themselves.

mod arrive;
mod learn;
mod queue;
mod row;
mod shared;

pub use arrive::{REACTIONS, forget, resolve_profile};
pub use learn::{KeepError, Learning, ModelCard, keep_learnt, learn, model, profiles_after};
pub(crate) use queue::of_person;
pub use queue::{InvalidPairKey, MatchPair, PairKey, Zone, evidence, review_queue};
pub(crate) use shared::unlearn_shared;

/// Profiles whose mean evidence is above this are joined without asking: 99 in 100 are expected to be right.
pub const JOIN: f32 = 4.595;
/// Above this, 1 in 5 is expected to be right, and somebody is asked.
pub const ASK: f32 = -1.386;

/// Odds in per cent, 0 to 99: never certain.
pub(crate) fn percent(weight: f32) -> u8 {
    (identity::probability(weight) * 100.0).round().clamp(0.0, 99.0) as u8
}
