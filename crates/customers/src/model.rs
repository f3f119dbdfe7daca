//! What this room knows, as plain values.

use crate::{ClaimId, Identifier, IdentifierKind, PersonId, Strength};
use kernel::{Channel, Locale, ProfileId, Timestamp};
use serde::{Deserialize, Serialize};

kernel::db_enum! {
    /// What a claim says of two profiles.
    pub enum Verdict {
        /// One person.
        Same = "same",
        /// Two persons, whatever other claims say.
        NotSame = "not_same",
    }
}

kernel::db_enum! {
    /// What a person allows or forbids us to do.
    pub enum Purpose {
        /// News and offers.
        Marketing = "marketing",
        /// Asking for a review.
        Reviews = "reviews",
        /// Learning preferences from visits and purchases.
        Personalisation = "personalisation",
        /// Messages about one's own orders and questions.
        Service = "service",
    }
}

kernel::db_enum! {
    /// The answer somebody gave.
    pub enum ConsentState {
        /// Yes.
        Granted = "granted",
        /// No, or no longer.
        Refused = "refused",
    }
}

/// What one source knows of somebody.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Profile {
    /// Its name for ever.
    pub id: ProfileId,
    /// The person it belongs to now.
    pub person: PersonId,
    /// Given name, or empty.
    pub given_name: String,
    /// Family names, or empty.
    pub family_name: String,
    /// The whole name as the source wrote it, or empty.
    pub full_name: String,
    /// What they want to be called, or empty.
    pub display_name: String,
    /// Their language, if known.
    pub locale: Option<Locale>,
    /// Postcode, or empty.
    pub postcode: String,
    /// Channels they prefer, best first.
    pub preferred_channels: Vec<Channel>,
    /// What staff should know, or empty.
    pub note: String,
    /// Where it came from.
    pub source: Channel,
    /// When it was first seen.
    pub created_at: Timestamp,
    /// When it last changed.
    pub updated_at: Timestamp,
}

impl Profile {
    /// The best name of this profile: whole name, given and family name, display name; may be empty.
    pub fn name(&self) -> String {
        let parts = format!("{} {}", self.given_name, self.family_name);
        [self.full_name.as_str(), parts.trim(), self.display_name.as_str()]
            .into_iter()
            .find(|n| !n.is_empty())
            .unwrap_or_default()
            .to_owned()
    }
}

/// An identifier and what is known of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct KnownIdentifier {
    /// Which.
    pub identifier: Identifier,
    /// The one profile it belongs to.
    pub profile: ProfileId,
    /// The person of that profile now.
    pub person: PersonId,
    /// When its owner proved that it is theirs.
    pub verified_at: Option<Timestamp>,
    /// True when staff, an import or the channel itself stands for it; false when it was only typed by somebody.
    pub vouched: bool,
    /// True when several persons use it: a family e-mail, a shop's tablet.
    pub shared: bool,
    /// Where it was first given.
    pub source: Channel,
    /// When it was first given.
    pub added_at: Timestamp,
}

impl KnownIdentifier {
    /// How much it says, all considered.
    pub fn strength(&self) -> Strength {
        if self.shared { Strength::Weak } else { self.identifier.strength() }
    }
    /// Lower finds first; `None` when it must not find anybody (a shared browser).
    pub(crate) fn rank(&self) -> Option<u8> {
        match (self.strength(), self.identifier.kind()) {
            (Strength::Strong, _) if self.verified_at.is_some() => Some(0),
            (Strength::Strong, _) => Some(1),
            (Strength::Weak, IdentifierKind::Device) if self.shared => None,
            (Strength::Weak, IdentifierKind::Device) => Some(3),
            (Strength::Weak, _) => Some(2),
        }
    }
}

/// A claim with its history.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Claim {
    /// Its name.
    pub id: ClaimId,
    /// The older profile.
    pub profile_a: ProfileId,
    /// The other.
    pub profile_b: ProfileId,
    /// What it says.
    pub verdict: Verdict,
    /// Why, in words.
    pub reason: String,
    /// How sure, 0 to 100.
    pub confidence: u8,
    /// Who said so: `staff:ID`, `system` ...
    pub actor: String,
    /// When.
    pub created_at: Timestamp,
    /// When it was taken back.
    pub withdrawn_at: Option<Timestamp>,
    /// By whom.
    pub withdrawn_by: Option<String>,
}

impl Claim {
    /// True until it is taken back: only then is there something to undo.
    pub const fn is_standing(&self) -> bool {
        self.withdrawn_at.is_none()
    }
}

/// What somebody allowed, on which evidence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Consent {
    /// The profile that answered.
    pub profile: ProfileId,
    /// For what.
    pub purpose: Purpose,
    /// On which channel.
    pub channel: Channel,
    /// The answer.
    pub state: ConsentState,
    /// The words or the form it was given with.
    pub evidence: String,
    /// Where it was given.
    pub source: Channel,
    /// When it was given.
    pub at: Timestamp,
}

/// One page of a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Page<T> {
    /// In order.
    pub items: Vec<T>,
    /// Hand it back for the next page; `None` at the end.
    pub next: Option<String>,
}
