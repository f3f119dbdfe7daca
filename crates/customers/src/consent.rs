//! What people allow us to do.

use crate::permission::may_edit;
use crate::person::current;
use crate::{Consent, ConsentState, EditError, PersonId, Purpose, events, store};
use kernel::{Actor, Channel, Event, Fault, ProfileId, ReadTx, Tx};

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

/// Record an answer; staff, or the customer themselves. The log keeps every earlier one. Announces `consent.changed`.
pub fn set_consent(tx: &mut Tx<'_>, actor: &Actor, cmd: SetConsent) -> Result<Consent, EditError> {
    may_edit(tx, actor, cmd.profile)?;
    if cmd.evidence.chars().count() > EVIDENCE_LENGTH {
        return Err(EditError::TooLong { field: "evidence", most: EVIDENCE_LENGTH });
    }
    let SetConsent { profile, purpose, channel, state, evidence, source } = cmd;
    let consent = Consent { profile, purpose, channel, state, evidence, source, at: tx.now() };
    store::profiles::save_consent(tx, &consent)?;
    let body = events::ConsentChanged { purpose, channel, state };
    tx.announce(Event::new(events::CONSENT_CHANGED, profile).profile(profile).channel(source).by(actor).body(&body))?;
    Ok(consent)
}

/// A person's answer in force for one purpose and channel; `None` when they were never asked. Of all their profiles the newest counts,
/// and of answers given at one moment the refusal.
pub fn consent(tx: &ReadTx<'_>, person: PersonId, purpose: Purpose, channel: Channel) -> Result<Option<Consent>, Fault> {
    store::profiles::consent_for(tx, current(tx, person)?, purpose, channel)
}
