//! Whose a matter is: the machine's, until a person has anything to do with it.

use conversations::{Matter, MatterId, MatterState};
use kernel::{Actor, Fault, ProfileId, ReadTx, Timer, Tx};
use std::time::Duration;

/// The timer that closes what the machine has settled.
pub(crate) const SETTLED: &str = "flows.settled_by_machine";
/// How long the customer may still come back to it.
const PATIENCE: Duration = Duration::from_secs(2 * 3600);
/// Matters looked at.
const MATTERS: usize = 10;

/// Somebody of ours has it, or had.
fn is_somebodys(matter: &Matter) -> bool {
    matter.owner.is_some() || matter.answered_at.is_some()
}

fn open(tx: &ReadTx<'_>, profiles: &[ProfileId]) -> Result<Vec<Matter>, Fault> {
    let mut matters = conversations::matters_of(tx, profiles, MATTERS)?;
    matters.retain(|matter| matter.state != MatterState::Resolved);
    Ok(matters)
}

/// Whether a person of ours is helping them in an open matter: then the machine is silent, wherever they go.
pub fn is_helped(tx: &ReadTx<'_>, profiles: &[ProfileId]) -> Result<bool, Fault> {
    Ok(open(tx, profiles)?.iter().any(is_somebodys))
}

/// Whether they are helped, or wait for a person.
pub(super) fn is_with_people(tx: &ReadTx<'_>, profiles: &[ProfileId]) -> Result<bool, Fault> {
    let theirs = |matter: &Matter| is_somebodys(matter) || matter.waiting_since.is_some() || matter.state == MatterState::Snoozed;
    Ok(open(tx, profiles)?.iter().any(theirs))
}

/// The machine has answered: unless the customer comes back, the matter is done.
pub(super) fn settle_later(tx: &mut Tx<'_>, matter: MatterId) -> Result<(), Fault> {
    let due = tx.now().plus(PATIENCE);
    tx.at(due, SETTLED, &matter.to_string(), &())
}

pub(crate) fn settled(tx: &mut Tx<'_>, timer: &Timer) -> Result<(), Fault> {
    timer.key.parse().map_or(Ok(()), |matter| settle(tx, matter))
}

/// Close what only the machine had to do with, when nobody waits for anything in it.
pub(crate) fn settle(tx: &mut Tx<'_>, id: MatterId) -> Result<(), Fault> {
    let Some(matter) = conversations::matter(tx, id)? else { return Ok(()) };
    if is_somebodys(&matter) || matter.waiting_since.is_some() || matter.state != MatterState::Waiting {
        return Ok(());
    }
    conversations::resolve(tx, &Actor::system(), id).map_err(|error| Fault::outside("closing what the machine has settled", error))
}
