//! One customer, whatever the channel: identifiers, profiles, claims and the persons they add up to, consent, sign-in.
//!
//! See `README.md` beside this file for tables, events and invariants.

mod accesses;
mod cards;
mod claim_error;
mod codes;
pub mod companies;
mod components;
mod consent;
mod contact_rules;
mod edit_error;
mod erase;
pub mod events;
mod find;
mod fold;
mod guarded;
mod identifier;
mod identifiers;
mod ids;
pub mod import;
mod join;
pub mod learnt;
mod model;
mod naming;
mod permission;
mod person;
pub mod policy;
mod preference_link;
mod prove;
mod recognise;
mod record;
mod region;
pub mod resolution;
pub mod segments;
mod separate;
mod sessions;
mod sign_in;
mod store;
mod suggestions;
mod undo;
mod update_profile;
pub mod visits;

pub use accesses::{Access, accesses_of, is_unnoted, latest_accesses, note_access};
pub use cards::{PersonCard, cards, cards_of_profiles};
pub use claim_error::ClaimError;
pub use codes::{CODE_LIFE, CodeRefused, RequestCodeError, check_code, confirm_code, request_code};
pub use consent::{ConsentAnswer, SetConsent, consent, consent_history, set_consent};
pub use contact_rules::{
    ContactRule, ContactSetting, RuleError, begin_contact_rule, contact_pauses, contact_rule, contact_setting, contacts_since,
    pause_contact, record_contact, resume_contact, set_contact_rule, set_contact_setting, was_contacted,
};
pub use edit_error::EditError;
pub use erase::{Erased, erase, erasure_of, export, forget_consents, may_erase, may_export, record_erasure};
pub use find::{QueryError, find, people};
pub use guarded::{GUARDED, Guarded, masked, may_see};
pub use identifier::{HOME_REGION, Identifier, IdentifierKind, InvalidIdentifier, Strength};
pub use identifiers::{Added, add_identifier, mark_shared, verify_identifier};
pub use identity::fold;
pub use ids::{ClaimId, PersonId};
pub use join::{Join, join};
pub use model::{Claim, Consent, ConsentState, KnownIdentifier, Page, Profile, Purpose, Verdict};
pub use naming::{BestName, NameWhy};
pub use person::{Person, by_identifier, claims_of, current, person, person_of, profile, profiles_of, timeline};
pub use preference_link::{preference_token, profile_of_token};
pub use prove::{Proved, prove_identifier};
pub use recognise::{Recognise, RecogniseError, Recognised, recognise};
pub use record::{
    Basis, Field, FieldKind, FieldSource, Known, PastField, RULE, RecordField, Why, fields_of, known_after, note_fields, past_fields,
    record_of_person, set_fields,
};
pub use separate::{Separate, Separated, separate};
pub use sessions::{SESSION_LIFE, Session, close_session, open_session, session};
pub use sign_in::{DeviceOutcome, SIGN_IN_REASON, SignIn, SignedIn, sign_in};
pub use suggestions::{Reason, Suggestion, possible_same};
pub use undo::undo;
pub use update_profile::{ProfileChange, update_profile};

/// What this room does in time.
pub const TIMERS: &[kernel::TimerHandler] =
    &[codes::TIMER, import::TIMER_HANDLER, segments::TIMERS[0], segments::TIMERS[1], segments::TIMERS[2], visits::TIMERS[0]];

/// What this room does when something happens.
pub const REACTIONS: &[kernel::Reaction] = segments::REACTIONS;

/// This room's tables.
pub const MIGRATIONS: kernel::Migrations = kernel::migrations!(
    "customers",
    ["0001_customers", "0002_resolution", "0003_record", "0004_policy", "0005_segments", "0006_learnt", "0007_shared"]
);
