//! Claim that two profiles are one person.

use crate::components::Edge;
use crate::region::Region;
use crate::{Claim, ClaimError, ClaimId, Verdict, events, store};
use kernel::{Actor, Event, Fault, Permission, ProfileId, Tx};

/// "These two are one person."
#[derive(Debug, Clone)]
pub struct Join {
    /// One profile.
    pub a: ProfileId,
    /// The other.
    pub b: ProfileId,
    /// Why, in words.
    pub reason: String,
    /// How sure, 0 to 100; the least sure claim gives way when persons are separated.
    pub confidence: u8,
    /// The caller's name for this intent; repeating it returns the first claim.
    pub key: String,
}

/// Claim that two profiles, and so their persons, are one. Nothing but the membership changes, and [`crate::undo`] restores it.
///
/// # Errors
/// [`ClaimError::KeptApart`] when a standing claim says that the two persons are not the same. Announces `customer.joined`.
pub fn join(tx: &mut Tx<'_>, actor: &Actor, cmd: Join) -> Result<ClaimId, ClaimError> {
    actor.require(Permission::JoinCustomers)?;
    if let Some(done) = store::claims::by_key(tx, &cmd.key)? {
        return Ok(done.id);
    }
    check(cmd.a, cmd.b, cmd.confidence)?;
    let mut region = Region::around(tx, cmd.a, cmd.b)?;
    if let Some(obstacle) = region.keeps_apart(region.person(cmd.a), region.person(cmd.b)) {
        let claim = store::claims::by_id(tx, obstacle)?.ok_or(ClaimError::UnknownClaim(obstacle))?;
        return Err(ClaimError::KeptApart(Box::new(claim)));
    }
    let claim = record(tx, actor, Verdict::Same, &cmd)?;
    region.add(edge(&claim));
    let after = region.settle(tx)?;
    announce(tx, actor, events::JOINED, &claim, &after)?;
    Ok(claim.id)
}

pub(crate) fn check(a: ProfileId, b: ProfileId, confidence: u8) -> Result<(), ClaimError> {
    match (a == b, confidence) {
        (true, _) => Err(ClaimError::SameProfile),
        (_, 101..) => Err(ClaimError::Confidence),
        _ => Ok(()),
    }
}

/// Write the claim, older profile first.
pub(crate) fn record(tx: &mut Tx<'_>, actor: &Actor, verdict: Verdict, cmd: &Join) -> Result<Claim, Fault> {
    let claim = Claim {
        id: tx.new_id(),
        profile_a: cmd.a.min(cmd.b),
        profile_b: cmd.a.max(cmd.b),
        verdict,
        reason: cmd.reason.clone(),
        confidence: cmd.confidence,
        actor: actor.to_string(),
        created_at: tx.now(),
        withdrawn_at: None,
        withdrawn_by: None,
    };
    store::claims::insert(tx, &cmd.key, &claim)?;
    Ok(claim)
}

pub(crate) fn edge(claim: &Claim) -> Edge {
    Edge { id: claim.id, a: claim.profile_a, b: claim.profile_b, verdict: claim.verdict, confidence: claim.confidence }
}

pub(crate) fn announce(
    tx: &mut Tx<'_>,
    actor: &Actor,
    kind: &'static str,
    claim: &Claim,
    after: &crate::components::Resolution,
) -> Result<(), Fault> {
    let body = events::Claimed {
        claim: claim.id,
        profile: claim.profile_a,
        other: claim.profile_b,
        person: after.persons[&claim.profile_a],
        other_person: after.persons[&claim.profile_b],
        reason: claim.reason.clone(),
        confidence: claim.confidence,
    };
    tx.announce(Event::new(kind, claim.id).profile(claim.profile_a).by(actor).body(&body))
}
