//! Claim that two profiles are not one person.

use crate::join::{Join, announce, check, edge, record};
use crate::region::Region;
use crate::{ClaimError, ClaimId, PersonId, Verdict, events, store};
use kernel::{Actor, Permission, ProfileId, Tx};

/// "These two are not one person."
#[derive(Debug, Clone)]
pub struct Separate {
    /// One profile.
    pub a: ProfileId,
    /// The other.
    pub b: ProfileId,
    /// Why, in words.
    pub reason: String,
    /// The caller's name for this intent; repeating it returns the first claim.
    pub key: String,
}

/// What a separation did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Separated {
    /// The claim of *not same*.
    pub claim: ClaimId,
    /// The first profile's person now.
    pub person_a: PersonId,
    /// The other's.
    pub person_b: PersonId,
    /// Claims of *same* that it outweighs: they stand, without effect, until it is undone.
    pub set_aside: Vec<ClaimId>,
}

/// Claim that two profiles are two persons. *Not same* always wins.
///
/// When they were one person it is split: the claims that held them together are taken from the surest to the least sure (of equals,
/// the oldest first), and one that would bring the two together again is set aside. So the split falls on the least sure claim on the
/// way between them, and undoing restores exactly what was. Announces `customer.separated`.
pub fn separate(tx: &mut Tx<'_>, actor: &Actor, cmd: Separate) -> Result<Separated, ClaimError> {
    actor.require(Permission::JoinCustomers)?;
    if let Some(done) = store::claims::by_key(tx, &cmd.key)? {
        let region = Region::around(tx, done.profile_a, done.profile_b)?;
        return Ok(outcome(done.id, &cmd, &region));
    }
    let Separate { a, b, reason, key } = cmd.clone();
    check(a, b, 100)?;
    let mut region = Region::around(tx, a, b)?;
    let claim = record(tx, actor, Verdict::NotSame, &Join { a, b, reason, confidence: 100, key })?;
    region.add(edge(&claim));
    let after = region.settle(tx)?;
    announce(tx, actor, events::SEPARATED, &claim, &after)?;
    Ok(outcome(claim.id, &cmd, &region))
}

fn outcome(claim: ClaimId, cmd: &Separate, region: &Region) -> Separated {
    let after = region.resolution();
    let person = |profile: ProfileId| after.persons.get(&profile).copied().unwrap_or(profile.into());
    Separated { claim, person_a: person(cmd.a), person_b: person(cmd.b), set_aside: after.set_aside }
}
