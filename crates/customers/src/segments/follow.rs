//! What this room does when something happened to a person: keep the fact, and look at the person again.

use super::membership::look;
use super::store::{self, Watched};
use super::{FactKind, Why, facts};
use crate::events::{self, Claimed};
use crate::{PersonId, store as room};
use kernel::{Fault, Logged, Reaction, Tx};

const HEARD: &[&str] = &[
    events::CREATED,
    events::UPDATED,
    events::JOINED,
    events::SEPARATED,
    events::CLAIM_UNDONE,
    events::IDENTIFIER_ADDED,
    events::IDENTIFIER_MOVED,
    events::IDENTIFIER_LOST,
    events::CONSENT_CHANGED,
    events::BUYER_ADDED,
    events::BUYER_REMOVED,
    FactKind::OrderPlaced.as_str(),
    FactKind::OrderPaid.as_str(),
    FactKind::OrderCancelled.as_str(),
    FactKind::Collected.as_str(),
    FactKind::Delivered.as_str(),
    FactKind::ReturnReceived.as_str(),
    FactKind::ReturnRefunded.as_str(),
    FactKind::MessageReceived.as_str(),
    FactKind::MatterOpened.as_str(),
    FactKind::CartChanged.as_str(),
    FactKind::VisitBegan.as_str(),
    FactKind::SignedIn.as_str(),
    FactKind::ProductRated.as_str(),
    FactKind::CommentNoted.as_str(),
];

/// Keep membership up to date with the log.
pub(crate) const REACTIONS: &[Reaction] = &[Reaction { name: "customers.segments", kinds: HEARD, react: follow }];

fn follow(tx: &mut Tx<'_>, event: &Logged) -> Result<(), Fault> {
    match event.kind.as_str() {
        events::JOINED | events::SEPARATED | events::CLAIM_UNDONE => of_claim(tx, &event.read::<Claimed>()?),
        // A new person may fit any condition, those about what never happened among them.
        events::CREATED => {
            let all = store::all_watched(tx)?;
            of_event(tx, &all, event)
        }
        kind => {
            if let Ok(fact) = kind.parse() {
                facts::keep(tx, fact, event)?;
            }
            let touched = store::triggered(tx, kind)?;
            of_event(tx, &touched, event)
        }
    }
}

fn of_event(tx: &mut Tx<'_>, segments: &[Watched], event: &Logged) -> Result<(), Fault> {
    let Some(profile) = event.profile.filter(|_| !segments.is_empty()) else { return Ok(()) };
    match room::profiles::person_of(tx, profile)? {
        Some(person) => look(tx, segments, person, Why::Event),
        None => Ok(()),
    }
}

/// A claim can change who any profile near it belongs to. A person is named after one of its profiles, so looking at all of them as
/// persons finds the new persons, and those that are no more.
fn of_claim(tx: &mut Tx<'_>, claim: &Claimed) -> Result<(), Fault> {
    let all = store::all_watched(tx)?;
    if all.is_empty() {
        return Ok(());
    }
    for (profile, _) in room::claims::region_profiles(tx, claim.profile, claim.other)? {
        look(tx, &all, PersonId::from(profile), Why::Event)?;
    }
    Ok(())
}
