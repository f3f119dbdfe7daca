//! Take a claim back.

use crate::join::announce;
use crate::region::Region;
use crate::{ClaimError, ClaimId, events, store};
use kernel::{Actor, Permission, Tx};

/// Withdraw a claim of *same* or *not same*. The membership becomes what the remaining claims add up to, so undoing everything done
/// since a moment, in any order, restores exactly that moment. Undoing twice does nothing. Announces `customer.claim_undone`.
pub fn undo(tx: &mut Tx<'_>, actor: &Actor, id: ClaimId) -> Result<(), ClaimError> {
    actor.require(Permission::JoinCustomers)?;
    let claim = store::claims::by_id(tx, id)?.ok_or(ClaimError::UnknownClaim(id))?;
    if !claim.is_standing() {
        return Ok(());
    }
    let mut region = Region::around(tx, claim.profile_a, claim.profile_b)?;
    let now = tx.now();
    store::claims::withdraw(tx, id, &actor.to_string(), now)?;
    region.remove(id);
    let after = region.settle(tx)?;
    Ok(announce(tx, actor, events::CLAIM_UNDONE, &claim, &after)?)
}
