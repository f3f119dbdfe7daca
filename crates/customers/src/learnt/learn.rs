//! Learn, and forget.

use super::{Aspect, allowed, store};
use crate::store as room;
use kernel::{Fault, ProfileId, Timestamp, Tx};

/// One piece of evidence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lesson {
    /// Whose.
    pub profile: ProfileId,
    /// What it is about.
    pub aspect: Aspect,
    /// The kind of product, for sizes; else empty.
    pub about: String,
    /// The place's id, the size, the kind.
    pub value: String,
    /// As people read it.
    pub label: String,
    /// What shows it, by its id; the same evidence counts once.
    pub evidence: String,
    /// When it happened.
    pub at: Timestamp,
}

/// Keep a piece of evidence, if the person allows it now and allowed it then; answers whether it was kept.
pub fn learn(tx: &mut Tx<'_>, lesson: &Lesson) -> Result<bool, Fault> {
    let Some(person) = room::profiles::person_of(tx, lesson.profile)? else { return Ok(false) };
    // What happened before they agreed is not learnt from, even when we hear of it later.
    if allowed(tx, person)?.is_none_or(|answer| answer.at > lesson.at) {
        return Ok(false);
    }
    store::insert(tx, lesson)?;
    Ok(true)
}

/// What was bought came back: it shows nothing any more.
pub fn unlearn(tx: &mut Tx<'_>, profile: ProfileId, evidence: &str) -> Result<(), Fault> {
    store::remove_evidence(tx, profile, evidence)
}

/// Everything learnt of a person goes; their answer was no.
pub(crate) fn forget(tx: &mut Tx<'_>, profile: ProfileId) -> Result<(), Fault> {
    let Some(person) = room::profiles::person_of(tx, profile)? else { return Ok(()) };
    store::remove_of_person(tx, person)
}
