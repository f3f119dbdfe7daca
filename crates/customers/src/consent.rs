//! What people allow us to do.

use crate::permission::{may_edit, may_view_own};
use crate::person::current;
use crate::{Consent, ConsentState, EditError, PersonId, Purpose, QueryError, events, store};
use kernel::{Actor, Channel, Event, Fault, Permission, ProfileId, ReadTx, Tx};
use serde::Serialize;

const EVIDENCE_LENGTH: usize = 1000;

/// An answer, and how it was given.
#[derive(Debug, Clone)]
pub struct SetConsent {
    /// Whose.
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
}

/// Record an answer; staff, or the customer themselves. Every earlier one is kept: see [`consent_history`]. Announces `consent.changed`.
pub fn set_consent(tx: &mut Tx<'_>, actor: &Actor, cmd: SetConsent) -> Result<Consent, EditError> {
    may_edit(tx, actor, cmd.profile)?;
    if cmd.evidence.chars().count() > EVIDENCE_LENGTH {
        return Err(EditError::TooLong { field: "evidence", most: EVIDENCE_LENGTH });
    }
    let SetConsent { profile, purpose, channel, state, evidence, source } = cmd;
    let consent = Consent { profile, purpose, channel, state, evidence, source, at: tx.now() };
    store::profiles::save_consent(tx, &consent)?;
    store::contact::add_answer(tx, &consent, &actor.to_string())?;
    if purpose == Purpose::Personalisation && state == ConsentState::Refused {
        crate::learnt::forget(tx, profile)?;
    }
    let body = events::ConsentChanged { purpose, channel, state };
    tx.announce(Event::new(events::CONSENT_CHANGED, profile).profile(profile).channel(source).by(actor).body(&body))?;
    Ok(consent)
}

/// A person's answer in force for one purpose and channel; `None` when they were never asked. Of all their profiles the newest counts,
/// and of answers given at one moment the refusal.
pub fn consent(tx: &ReadTx<'_>, person: PersonId, purpose: Purpose, channel: Channel) -> Result<Option<Consent>, Fault> {
    store::profiles::consent_for(tx, current(tx, person)?, purpose, channel)
}

/// An answer as it was given, and by whose hand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ConsentAnswer {
    /// The answer, its words, where and when.
    #[serde(flatten)]
    pub consent: Consent,
    /// Who recorded it: `customer:ID`, `staff:ID`, `api_key:ID`; empty when that was not kept.
    pub by: String,
}

/// Every answer of a person, newest first, at most `limit` (500): for themselves, and for those who may read consents.
pub fn consent_history(tx: &ReadTx<'_>, actor: &Actor, person: PersonId, limit: usize) -> Result<Vec<ConsentAnswer>, QueryError> {
    let person = current(tx, person)?;
    if may_view_own(tx, actor, person)?.is_none() {
        actor.require(Permission::ViewConsents)?;
    }
    let limit = limit.clamp(1, 500);
    let mut found = Vec::new();
    for profile in store::profiles::ids_of_person(tx, person)? {
        found.extend(store::contact::answers_of(tx, profile, limit as i64)?);
    }
    found.sort_by_key(|answer| std::cmp::Reverse(answer.consent.at));
    found.truncate(limit);
    Ok(found)
}
