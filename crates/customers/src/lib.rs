//! Identifiers, claims, persons, profiles, consent.

mod ids;

pub use ids::{ClaimId, PersonId};
