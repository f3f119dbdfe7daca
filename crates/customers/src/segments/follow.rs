//! What this room does when something happened to a person: keep the fact, and look at the person again.

use super::membership::look;
use super::store::{self, Watched};
use super::{FactKind, Why, facts};
use crate::events::{self, Claimed};
use crate::{PersonId, companies, learnt, store as room, visits};
use kernel::{Fault, Logged, ProfileId, Reaction, Tx};
use std::collections::BTreeSet;

/// A person was erased at their wish.
const ERASED: &str = "customer.erased";

const HEARD: &[&str] = &[
    events::CREATED,
    events::UPDATED,
    events::FIELDS_CHANGED,
    events::WITHDRAWN,
    ERASED,
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
pub(crate) const REACTIONS: &[Reaction] = &[Reaction { name: "customers.segments", kinds: HEARD, folds: false, react: follow }];

fn follow(tx: &mut Tx<'_>, event: &Logged) -> Result<(), Fault> {
    match event.kind.as_str() {
        events::JOINED | events::SEPARATED | events::CLAIM_UNDONE => of_claim(tx, &event.read::<Claimed>()?),
        events::WITHDRAWN => match event.subject.parse() {
            Ok(profile) => gone(tx, profile),
            Err(_) => Ok(()),
        },
        ERASED => match event.profile {
            Some(profile) => gone(tx, profile),
            None => Ok(()),
        },
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

/// What was kept of a profile here goes with it, and its person is looked at again.
fn gone(tx: &mut Tx<'_>, profile: ProfileId) -> Result<(), Fault> {
    store::forget_facts(tx, profile)?;
    learnt::forget_profile(tx, profile)?;
    visits::forget_profile(tx, profile)?;
    companies::forget_profile(tx, profile)?;
    let all = store::all_watched(tx)?;
    let person = room::profiles::person_of(tx, profile)?;
    look(tx, &all, PersonId::from(profile), Why::Event)?;
    match person.filter(|person| *person != PersonId::from(profile)) {
        Some(person) => look(tx, &all, person, Why::Event),
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
    // The two themselves too: either may be gone by now.
    let near = room::claims::region_profiles(tx, claim.profile, claim.other)?.into_iter().map(|(profile, _)| profile);
    let touched: BTreeSet<ProfileId> = near.chain([claim.profile, claim.other]).collect();
    touched.into_iter().try_for_each(|profile| look(tx, &all, PersonId::from(profile), Why::Event))
}
