//! What we announce.

use crate::companies::{BuyerRole, Company, CompanyId};
use crate::import::ImportId;
use crate::segments::{SegmentId, Why};
use crate::{ClaimId, ConsentState, FieldKind, FieldSource, PersonId, Purpose};
use kernel::{Channel, ProfileId};
use serde::{Deserialize, Serialize};

/// A profile was made. Subject: the profile. Body: [`Created`].
pub const CREATED: &str = "customer.created";
/// A profile's fields changed. Subject: the profile. No body.
pub const UPDATED: &str = "customer.updated";
/// What is said of a profile changed. Subject: the profile. Body: [`FieldsChanged`]. Hidden when it came with something else.
pub const FIELDS_CHANGED: &str = "customer.fields_changed";
/// A profile of an import that was taken back is gone, with all that this room kept of it. Subject: the profile; on no thread.
pub const WITHDRAWN: &str = "customer.withdrawn";
/// All lines of an import were taken up. Subject: the import. No body.
pub const IMPORTED: &str = "customers.imported";
/// An import was taken back. Subject: the import. No body.
pub const IMPORT_UNDONE: &str = "customers.import_undone";
/// A claim of *same* was made. Subject: the claim. Body: [`Claimed`].
pub const JOINED: &str = "customer.joined";
/// A claim of *not same* was made. Subject: the claim. Body: [`Claimed`].
pub const SEPARATED: &str = "customer.separated";
/// A claim was taken back. Subject: the claim. Body: [`Claimed`].
pub const CLAIM_UNDONE: &str = "customer.claim_undone";
/// A customer signed in by code. Subject: the profile. No body.
pub const SIGNED_IN: &str = "customer.signed_in";
/// A profile has a new identifier. Subject: the profile. Body: [`OfIdentifier`]. Hidden when it is a device.
pub const IDENTIFIER_ADDED: &str = "identifier.added";
/// An identifier was proven. Subject: the profile. Body: [`OfIdentifier`].
pub const IDENTIFIER_VERIFIED: &str = "identifier.verified";
/// Its true owner proved an identifier that another profile held unproven. Subject: the new profile. Body: [`OfIdentifier`].
pub const IDENTIFIER_MOVED: &str = "identifier.moved";
/// A profile lost an identifier that it held unproven. Subject: the profile. Body: [`OfIdentifier`]. Hidden.
pub const IDENTIFIER_LOST: &str = "identifier.lost";
/// A profile gave an identifier that it does not have. Subject: the profile. Body: [`OfIdentifier`]. Hidden.
pub const IDENTIFIER_SEEN: &str = "identifier.seen";
/// An identifier is used by several persons, or no longer. Subject: the profile. Body: [`OfIdentifier`]. Hidden.
pub const IDENTIFIER_SHARED: &str = "identifier.shared";
/// A person allowed or forbade something. Subject: the profile. Body: [`ConsentChanged`].
pub const CONSENT_CHANGED: &str = "consent.changed";
/// A company was made. Subject: the company. Body: [`OfCompany`].
pub const COMPANY_CREATED: &str = "company.created";
/// A company's name, tax id or terms changed. Subject: the company. Body: [`OfCompany`].
pub const COMPANY_UPDATED: &str = "company.updated";
/// Somebody buys for a company. Subject: the company, on the buyer's thread. Body: [`OfBuyer`].
pub const BUYER_ADDED: &str = "company.buyer_added";
/// A buyer does something else now. Subject: the company, on the buyer's thread. Body: [`OfBuyer`].
pub const BUYER_CHANGED: &str = "company.buyer_changed";
/// Somebody buys for a company no longer. Subject: the company, on the buyer's thread. Body: [`OfBuyer`].
pub const BUYER_REMOVED: &str = "company.buyer_removed";
/// A segment was made or changed, or is gone. Subject: the segment. Body: [`OfSegment`].
pub const SEGMENT_SAVED: &str = "segment.saved";
/// See [`SEGMENT_SAVED`].
pub const SEGMENT_DELETED: &str = "segment.deleted";
/// A person is a member now. Subject: the segment, on the person's oldest profile. Body: [`Crossed`]. Hidden.
pub const SEGMENT_ENTERED: &str = "segment.entered";
/// A person is a member no longer. Subject: the segment, on the person's oldest profile. Body: [`Crossed`]. Hidden.
pub const SEGMENT_LEFT: &str = "segment.left";
/// Somebody came to the site. Subject: the visit. No body: its pages are rows that go after a while.
pub const VISIT_BEGAN: &str = "visit.began";
/// Somebody came by a code: on a shelf, in a window, in an advert. Subject: the visit. Body: [`OfScan`].
pub const CODE_SCANNED: &str = "visit.scanned";
/// Somebody known said something in public. Subject: its address. Body: [`OfComment`].
pub const COMMENT_NOTED: &str = "comment.noted";

/// A person was erased at their wish. Subject: the profile. No body.
pub const ERASED: &str = "customer.erased";
/// The brand's contact rule changed. Subject: `brand`. No body.
pub const CONTACT_RULE_CHANGED: &str = "contact.rule_changed";
/// Somebody is left in peace with what they did not ask for. Subject: the profile. Body: [`Paused`].
pub const CONTACT_PAUSED: &str = "contact.paused";
/// No longer. Subject: the profile. Body: [`Paused`].
pub const CONTACT_RESUMED: &str = "contact.resumed";

/// Body of [`CONTACT_PAUSED`] and [`CONTACT_RESUMED`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Paused {
    /// Why.
    pub context: crate::policy::Context,
    /// What it is about: a matter, a payment, a case.
    pub subject: String,
}

/// Body of [`CREATED`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Created {
    /// Its name, or empty.
    pub name: String,
}

/// Body of [`FIELDS_CHANGED`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldsChanged {
    /// Who says it.
    pub source: FieldSource,
    /// About what; never empty.
    pub kinds: Vec<FieldKind>,
    /// The import that brought it, or took it back.
    #[serde(default)]
    pub import: Option<ImportId>,
}

/// Body of the three claim events.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claimed {
    /// Which claim.
    pub claim: ClaimId,
    /// The older profile; the event is on its thread.
    pub profile: ProfileId,
    /// The other.
    pub other: ProfileId,
    /// The first one's person afterwards.
    pub person: PersonId,
    /// The other's person afterwards.
    pub other_person: PersonId,
    /// Why.
    pub reason: String,
    /// 0 to 100.
    pub confidence: u8,
}

/// Body of the identifier events.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfIdentifier {
    /// `kind:value`.
    pub identifier: String,
    /// As people read it.
    pub display: String,
}

/// Body of [`CONSENT_CHANGED`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConsentChanged {
    /// For what.
    pub purpose: Purpose,
    /// On which channel.
    pub channel: Channel,
    /// The answer.
    pub state: ConsentState,
}

/// Body of the events about a company.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfCompany {
    /// Its name.
    pub name: String,
    /// Its tax id in normal form.
    pub tax_id: String,
}

impl OfCompany {
    pub(crate) fn of(company: &Company) -> Self {
        OfCompany { name: company.name.clone(), tax_id: company.tax_id.as_str().to_owned() }
    }
}

/// Body of the events about a buyer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfBuyer {
    /// For which company.
    pub company: CompanyId,
    /// Its name.
    pub name: String,
    /// As what.
    pub role: BuyerRole,
}

/// Body of the events about a segment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfSegment {
    /// Its name.
    pub name: String,
}

/// Body of [`SEGMENT_ENTERED`] and [`SEGMENT_LEFT`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Crossed {
    /// Which segment.
    pub segment: SegmentId,
    /// Its name then.
    pub name: String,
    /// Who.
    pub person: PersonId,
    /// What made them cross.
    pub why: Why,
}

/// Body of [`CODE_SCANNED`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfScan {
    /// Where the code was: `escaparate`, `tv-primavera`.
    pub place: String,
    /// What it opened, by name.
    pub name: String,
    /// What it opened, by id.
    pub product: String,
}

/// Body of [`COMMENT_NOTED`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfComment {
    /// What was said.
    pub name: String,
    /// `x:ana_ruiz`.
    pub handle: String,
    /// Products that are meant, by id.
    pub products: Vec<String>,
}
