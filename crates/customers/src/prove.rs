//! A signed-in customer adds one more way to reach them, by a code that was sent there.

use crate::codes::{CodeRefused, check_code};
use crate::identifiers::{announce_identifier, attach, sighted};
use crate::{Identifier, Strength, events, store};
use kernel::{Actor, Channel, Fault, ProfileId, Tx};

/// What became of an address whose code was right.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Proved {
    /// It is theirs now, and proven.
    Theirs,
    /// It belongs to another account whose owner has proven it: it stays there.
    Taken,
}

/// As [`check_code`]; a right code gives the identifier to `profile`. One that somebody else only typed, or that a nameless profile
/// holds, moves; one that another account has proven stays. Announces `identifier.added`, `.verified` or `.moved`.
pub fn prove_identifier(
    tx: &mut Tx<'_>,
    profile: ProfileId,
    identifier: &Identifier,
    code: &str,
    source: Channel,
) -> Result<Result<Proved, CodeRefused>, Fault> {
    if let Err(refused) = check_code(tx, identifier, code)? {
        return Ok(Err(refused));
    }
    let (actor, now) = (Actor::customer(profile), tx.now());
    let person = store::profiles::person_of(tx, profile)?;
    let Some(known) = store::identifiers::find(tx, identifier)? else {
        attach(tx, &actor, identifier, profile, source, true, true)?;
        announce_identifier(tx, &actor, events::IDENTIFIER_VERIFIED, identifier, profile, source)?;
        return Ok(Ok(Proved::Theirs));
    };
    if Some(known.person) == person {
        if store::identifiers::verify(tx, identifier, now)? {
            announce_identifier(tx, &actor, events::IDENTIFIER_VERIFIED, identifier, known.profile, source)?;
        }
        return Ok(Ok(Proved::Theirs));
    }
    let of_owner = store::identifiers::of_person(tx, known.person)?;
    let owner_is_known = of_owner.iter().any(|other| other.verified_at.is_some() && other.identifier.strength() == Strength::Strong);
    if known.verified_at.is_some() || (known.vouched && owner_is_known) {
        return Ok(Ok(Proved::Taken));
    }
    store::identifiers::hand_over(tx, identifier, profile, now)?;
    sighted(tx, identifier, known.profile)?;
    announce_identifier(tx, &actor, events::IDENTIFIER_MOVED, identifier, profile, source)?;
    Ok(Ok(Proved::Theirs))
}
